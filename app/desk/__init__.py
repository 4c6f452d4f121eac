"""The counter's acts, one module a subject."""
