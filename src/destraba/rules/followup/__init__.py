"""What is owed between meetings: when its owner is reminded, and what past meetings mean for its light."""
