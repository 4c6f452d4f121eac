"""How a command ends."""

DONE = 0
REFUSED = 1
"""Some input was refused, or a check found something."""
WRONG_USE = 2
NO_STORE = 3
"""The store could not be opened, or the person could not be signed in."""
NO_CENTRE = 4


class Stop(Exception):
    """Ends the command with this sentence for people and this exit code."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
