"""The book on both databases."""
