"""One person's desk, across all mesas that they may read; its statements grow with nothing."""
