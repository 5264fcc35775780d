"""What to say, to whom, and the way it takes: decided by rules, put in the outbox, delivered by a job."""
