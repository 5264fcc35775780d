"""From cells to problems, solutions and commitments."""
