"""Looking at a Matrix: which columns, which rows, in which order, how many at a time."""
