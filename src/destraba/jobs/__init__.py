"""What happens without anybody asking: thin functions that take the time, and the queue that runs them."""
