"""Tells what a scanner types from what a person types. No Qt here.

A scanner is a keyboard: it types a card's or a paper's code, very fast, and ends it with Enter. Its letters are read by
the place of their keys, because a Persian keyboard layout would make another text of them.
"""

from enum import Enum

GAP = 35
"""Milliseconds between two keys of a scanner, at most. Nobody types eight keys like that."""
LEAST = 8
"""So many keys make a scan; a hurried hand strikes two or three at once."""
ENTER = "\n"

_ROWS = {
    2: ("1234567890-=", "!@#$%^&*()_+"),
    16: ("qwertyuiop[]", "QWERTYUIOP{}"),
    30: ("asdfghjkl;'`", 'ASDFGHJKL:"~'),
    43: ("\\zxcvbnm,./", "|ZXCVBNM<>?"),
    55: ("*", "*"),
    57: (" ", " "),
    71: ("789-456+1230.", "789-456+1230."),
}
_LETTERS = {
    (first + place, shifted): letter
    for first, rows in _ROWS.items()
    for shifted, row in zip((False, True), rows, strict=True)
    for place, letter in enumerate(row)
}


def us_letter(scan_code: int, *, shifted: bool) -> str:
    """What stands on this key of a US keyboard, as which every scanner leaves the factory; empty for other keys.

    `scan_code` counts as the PC's keyboards do (set 1), as Linux and Windows both number their main keys.
    """
    return _LETTERS.get((scan_code, shifted), "")


class Verdict(Enum):
    """What is to become of a key."""

    THROUGH = "let through"
    HOLD = "held back"
    SCAN = "a scan is whole"


class Burst:
    """Tells a scan from typing, key by key.

    The first key of a burst passes, so that nobody's typing is ever held up; those that follow at a scanner's pace are
    held until it is clear what they are. Where even a first key would do something (`patient`) it is held as well.
    `releases` says after each verdict whether what was held is to be typed first, after all.
    """

    def __init__(self) -> None:
        self.text = ""
        self.releases = False
        self.first_passed = False
        self._held = 0
        self._last = float("-inf")

    def key(self, at: float, letter: str, *, patient: bool = False) -> Verdict:
        """A key at this millisecond: its letter, `ENTER`, or empty for one that no scanner sends within a code."""
        goes_on = bool(self.text) and 0 <= at - self._last <= GAP
        self._last = at
        if goes_on and letter == ENTER and len(self.text) >= LEAST:
            self.releases, self._held = False, 0
            return Verdict.SCAN
        if goes_on and letter not in ("", ENTER):
            self.text += letter
            self._held += 1
            self.releases = False
            return Verdict.HOLD
        self.let_go()
        if letter.strip():
            self.text, self.first_passed = letter, not patient
            self._held = int(patient)
        return Verdict.HOLD if self._held else Verdict.THROUGH

    def take(self) -> str:
        """The scan's text; what comes next is a burst of its own."""
        text, self.text = self.text, ""
        return text

    def let_go(self) -> bool:
        """No more keys came: whether any are held, which are to be typed now."""
        self.releases = bool(self._held)
        self.text, self._held = "", 0
        return self.releases
