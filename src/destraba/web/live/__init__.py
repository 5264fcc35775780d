"""The page from which a meeting is chaired."""
