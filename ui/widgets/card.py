"""Cards, their numbered badges, and the amber and red boxes."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint


class Badge(QWidget):
    """A card's number; a tick when its part is done, an exclamation mark when it needs a look."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number, self._state = number, "waiting"
        self.setFixedSize(px(26), px(26))

    def sizeHint(self) -> QSize:
        return QSize(px(26), px(26))

    def show_state(self, state: str) -> None:
        """`waiting`, `active`, `done` or `look`."""
        if state != self._state:
            self._state = state
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        ground, ink, edge = {
            "waiting": ("", "text2", "keyLine"),
            "active": ("accent", "onAccent", ""),
            "done": ("accentSoft", "accent", ""),
            "look": ("warnSoft", "warn", ""),
        }[self._state]
        paint.rounded(painter, area, px(13), colour(ground) if ground else None, colour(edge) if edge else None)
        if self._state == "done":
            icons.paint(painter, "check", paint.square(area, px(16)), colour(ink), 3)
            return
        word = "!" if self._state == "look" else self._number
        paint.text(painter, area, word, theme.font(14, theme.BOLD), colour(ink), Qt.AlignmentFlag.AlignCenter)


class Card(QWidget):
    """A white box with a faint edge. With `badge` its content stands beside the gutter where the badge sits."""

    def __init__(
        self, badge: str = "", *, ground: str = "surface", edge: str = "line", margins: tuple[int, int] = (18, 14)
    ) -> None:
        super().__init__()
        self._ground, self._edge = ground, edge
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(margins[0]), px(margins[1]), px(margins[0]), px(margins[1]))
        row.setSpacing(px(14))
        self.badge: Badge | None = None
        if badge:
            self.badge = Badge(badge)
            row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout()
        self.column.setSpacing(px(8))
        row.addLayout(self.column, 1)

    def mark(self, state: str) -> None:
        if self.badge is not None:
            self.badge.show_state(state)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        attentive = self._ground != "surface" and paint.shows_focus(self)
        edge, width = ("accent", 2.0) if attentive else (self._edge, 1.0)
        paint.rounded(painter, area, px(12), colour(self._ground), colour(edge), width)
