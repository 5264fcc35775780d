"""What is known of meetings: of one to come, of one under way, of those that are over."""
