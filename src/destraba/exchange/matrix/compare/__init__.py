"""A spreadsheet beside what stands on screen and what was said before."""
