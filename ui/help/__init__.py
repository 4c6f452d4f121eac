"""Help: the keys of the page at hand, and the first guide."""
