"""What the installation needs to run, and people keep for themselves: no history."""
