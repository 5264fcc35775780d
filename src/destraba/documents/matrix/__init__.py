"""The Matrix on paper: A3 or A4, landscape."""
