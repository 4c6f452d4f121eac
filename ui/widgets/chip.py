"""State chips: a request's state as icon, word and colour. Colour is never alone."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk import names
from resources.words import _
from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint

HEIGHT = 26


class Look(NamedTuple):
    """A chip's word and dress; colour names of the theme, an empty `edge` for none."""

    text: str
    icon: str
    ink: str
    ground: str
    edge: str = ""


_DRESS = {
    "open": ("inbox", "text2", "surface", "line"),
    "lacking": ("triangle-alert", "warn", "warnSoft", ""),
    "referred": ("undo-2", "text2", "surface2", ""),
    "answered": ("package-check", "accent", "accentSoft", ""),
    "delivered": ("check-check", "accent", "accentSoft", ""),
    "done": ("check", "accent", "accentSoft", ""),
    "guided": ("footprints", "text2", "surface2", ""),
    "withdrawn": ("user-x", "text2", "surface2", ""),
    "voided": ("ban", "text2", "surface2", ""),
}


def chip_of(state: str) -> Look:
    """The chip of a request's state."""
    return Look(names.state(state), *_DRESS[state])


def late_chip() -> Look:
    """Beside the state of a request whose promised day has passed."""
    return Look(_("late"), "clock-alert", "danger", "dangerSoft")


def chip_width(look: Look) -> float:
    return QFontMetricsF(theme.font(13, theme.MEDIUM)).horizontalAdvance(look.text) + px(44)


def paint_chip(painter: QPainter, area: QRectF, look: Look) -> None:
    """The chip at the reading side of `area`, shortened where it does not fit."""
    width, height = min(chip_width(look), area.width()), px(HEIGHT)
    place = paint.Cursor(area, theme.is_rtl()).start(width)
    box = QRectF(place.left(), area.center().y() - height / 2, width, height)
    edge = colour(look.edge) if look.edge else None
    paint.rounded(painter, box, height / 2, colour(look.ground), edge)
    cursor = paint.Cursor(box.adjusted(px(10), 0, -px(10), 0), theme.is_rtl())
    icons.paint(painter, look.icon, paint.square(cursor.start(px(16), px(6)), px(16)), colour(look.ink))
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
