"""What happens around a meeting: called, prepared, held, written down."""
