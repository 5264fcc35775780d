"""All mesas on one page, and what others say of the programme in figures."""
