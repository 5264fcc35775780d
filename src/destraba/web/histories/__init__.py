"""The history of a cell and of a row: a page, or the piece of one that the grid shows in a dialog."""
