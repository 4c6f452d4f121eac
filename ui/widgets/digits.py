"""Validators that rewrite what is typed: any digit script becomes the shown one, Arabic letters become Persian."""

from PySide6.QtGui import QValidator

from models import text as texts
from resources import words

_PARTS = frozenset(" -/")
_ARABIC = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})


def shown_digits(text: str) -> str:
    """Digits as the window shows them: Persian, or Latin where the window speaks English."""
    plain = texts.ascii_digits(text)
    return texts.persian_digits(plain) if words.language() == "fa" else plain


class Letters(QValidator):
    """Lets everything through and shows it in the window's letters and digits while it is typed."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return QValidator.State.Acceptable, shown_digits(text.translate(_ARABIC)), position


class Digits(QValidator):
    """Lets digits of any script through, and the signs that people put between them; at most `most` digits."""

    def __init__(self, most: int, also: str = "") -> None:
        super().__init__()
        self._most, self._also = most, frozenset(also) | _PARTS

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        digits = sum(c.isdecimal() for c in text)
        if digits > self._most or any(not c.isdecimal() and c not in self._also for c in text):
            return QValidator.State.Invalid, text, position
        return QValidator.State.Acceptable, shown_digits(text), position
