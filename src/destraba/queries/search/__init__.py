"""Finding things by their words and by their numbers, as far as somebody may see them."""
