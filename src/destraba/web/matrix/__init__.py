"""The Matrix on screen: addresses read as views, rows drawn, pieces for its script."""
