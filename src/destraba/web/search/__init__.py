"""The page of the search, and the list that a dialog shows while somebody types."""
