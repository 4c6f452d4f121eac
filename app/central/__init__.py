"""The centre: it keeps a faithful copy of every desk's book, and then reads it."""
