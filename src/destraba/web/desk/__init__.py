"""The first page: what needs whoever looks, across all their mesas."""
