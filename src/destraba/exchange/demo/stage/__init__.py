"""How the story of a mesa is told: each act of its script, by the same actions as everyone's."""
