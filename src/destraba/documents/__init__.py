"""PDF and DOCX, rendered from plain data."""
