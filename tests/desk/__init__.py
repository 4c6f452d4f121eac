"""The counter's acts on a real store."""
