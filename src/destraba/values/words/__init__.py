"""Words as they are compared."""
