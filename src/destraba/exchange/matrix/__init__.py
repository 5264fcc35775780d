"""What a Matrix sheet means, and how one is written (product.md, A22 and A39)."""
