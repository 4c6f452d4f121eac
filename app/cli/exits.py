"""How a command ends."""

DONE = 0
REFUSED = 1
"""Some input was refused, or a check found something."""
WRONG_USE = 2
NO_STORE = 3
"""The store could not be opened, or the person could not be signed in."""
NO_CENTRE = 4
