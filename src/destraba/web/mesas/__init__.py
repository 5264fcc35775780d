"""One mesa: where it stands, the end of its quiet, and how a new one begins."""
