"""A mesa's Matrix at two moments, and what lies between them."""
