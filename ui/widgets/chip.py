"""State chips: a request's state as icon, word and colour. Colour is never alone."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources import names
from resources.words import _
from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint

HEIGHT = 26


class Look(NamedTuple):
    """A chip's word and dress: colour names of the theme, an empty `edge` or `icon` for none."""

    text: str
    icon: str
    ink: str
    ground: str
    edge: str = ""


TONES = {
    "plain": ("text2", "surface", "keyLine"),
    "calm": ("text2", "surface2", ""),
    "accent": ("accent", "accentSoft", ""),
    "warn": ("warn", "warnSoft", ""),
    "danger": ("danger", "dangerSoft", ""),
}
"""Ink, ground and edge."""
_STATES = {
    "open": ("plain", ""),
    "lacking": ("warn", "triangle-alert"),
    "referred": ("calm", "forward"),
    "answered": ("accent", "package-check"),
    "delivered": ("accent", "check-check"),
    "done": ("accent", "check"),
    "guided": ("calm", "info"),
    "withdrawn": ("calm", "user-x"),
    "voided": ("calm", "ban"),
}


def chip(text: str, tone: str, icon: str = "") -> Look:
    """A chip in one of the `TONES`."""
    return Look(text, icon, *TONES[tone])


def chip_of(state: str, text: str = "") -> Look:
    """The chip of a request's state, in its own words or in others."""
    return chip(text or names.state(state), *_STATES[state])


def late_chip() -> Look:
    """Beside the state of a request whose promised day has passed."""
    return chip(_("late"), "danger", "clock-alert")


def chip_held(look: Look) -> Look:
    """The chip of a request that the centre wants somebody to look at."""
    return chip(look.text, "warn", "circle-alert")


def chip_width(look: Look) -> float:
    icon = px(21) if look.icon else 0
    return QFontMetricsF(theme.font(13, theme.MEDIUM)).horizontalAdvance(look.text) + icon + px(22) + 1


def paint_chip(painter: QPainter, area: QRectF, look: Look) -> None:
    """The chip at the reading side of `area`, shortened where it does not fit."""
    width, height = min(chip_width(look), area.width()), px(HEIGHT)
    place = paint.Cursor(area, theme.is_rtl()).start(width)
    box = QRectF(place.left(), area.center().y() - height / 2, width, height)
    paint.rounded(painter, box, height / 2, colour(look.ground), colour(look.edge) if look.edge else None)
    cursor = paint.Cursor(box.adjusted(px(11), 0, -px(11), 0), theme.is_rtl())
    if look.icon:
        icons.paint(painter, look.icon, paint.square(cursor.start(px(15), px(6)), px(15)), colour(look.ink), 2)
    paint.text(painter, cursor.rest, look.text, theme.font(13, theme.MEDIUM), colour(look.ink))


class StateChip(QWidget):
    """A chip that stands by itself."""

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_look(self, look: Look) -> None:
        if look != self._look:
            self._look = look
            self.setAccessibleName(look.text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self._look)) + 2 if self._look else 0, px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look is not None:
            paint_chip(QPainter(self), QRectF(self.rect()), self._look)
