"""The page of the programme: all mesas in rows, and the figures that others declare."""
