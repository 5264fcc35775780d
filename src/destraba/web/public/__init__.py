"""What anybody may look at: it reads `queries.public` and nothing else."""
