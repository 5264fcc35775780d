"""A mesa compared with itself: what changed between two meetings, or two days."""
