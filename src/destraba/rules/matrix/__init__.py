"""The Matrix: how the method sorts problems and their answers."""
