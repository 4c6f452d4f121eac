"""The daily log: a day's register with its figures, to be read."""
