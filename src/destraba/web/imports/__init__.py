"""A spreadsheet between being handed over and being written."""
