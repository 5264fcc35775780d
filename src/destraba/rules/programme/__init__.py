"""What the programme asks of its mesas, and what it says of itself."""
