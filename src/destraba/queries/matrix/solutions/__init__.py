"""What is read of solutions: their versions, their norms on the way, their places, who pays."""
