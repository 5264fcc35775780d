"""The Matrix to take away, as files."""
