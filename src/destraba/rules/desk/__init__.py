"""What presses on somebody's desk, and what waits there for whom."""
