"""The layout that the keyboard writes at this moment, as far as the display tells it."""

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from ui.x11 import Display

PERSIAN, LATIN = "fa", "la"
_X_LAYOUTS = {"ir": PERSIAN, "af": PERSIAN} | dict.fromkeys(
    ("us", "gb", "de", "fr", "tr", "es", "it", "nl", "pl", "pt", "ca", "az"), LATIN
)
_LANGUAGES = {QLocale.Language.Persian: PERSIAN, QLocale.Language.English: LATIN}


def written(typed: str = "") -> str:
    """`PERSIAN`, `LATIN`, or empty where nobody can say. `typed` speaks where the display does not: its last letter."""
    known = _x11_layout() if QGuiApplication.platformName() == "xcb" else ""
    if known:
        return known
    for sign in reversed(typed):
        if sign.isalnum():
            return LATIN if sign.isascii() else PERSIAN
    return _LANGUAGES.get(QGuiApplication.inputMethod().locale().language(), "")


def _x11_layout() -> str:
    display = _display()
    return _X_LAYOUTS.get(display.layout(), "") if display is not None else ""


@cache
def _display() -> "Display | None":
    from ui.x11 import Display  # only once somebody asks: the first painting waits for no library

    try:
        return Display()
    except OSError:
        return None
