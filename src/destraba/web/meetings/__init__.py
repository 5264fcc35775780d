"""The pages of a mesa's meetings."""
