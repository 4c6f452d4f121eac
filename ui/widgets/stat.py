"""Figures: a number with its word below, side by side."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme import colour, px
from ui.widgets import paint


class Stat(NamedTuple):
    """`ink` is a colour's name: amber and red are for what needs a look."""

    number: str
    word: str
    ink: str = "text"


class Stats(QWidget):
    """Stats with lines between them. What has no room is left out at the end, never cut."""

    def __init__(self) -> None:
        super().__init__()
        self._stats: tuple[Stat, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(62))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_stats(self, stats: Sequence[Stat]) -> None:
        if tuple(stats) != self._stats:
            self._stats = tuple(stats)
            self.setAccessibleName("، ".join(f"{stat.word} {stat.number}" for stat in stats))
            self.updateGeometry()
            self.update()

    def stats(self) -> tuple[Stat, ...]:
        return self._stats

    def _width(self, stat: Stat) -> float:
        number = QFontMetricsF(theme.font(24, theme.BOLD)).horizontalAdvance(stat.number)
        word = QFontMetricsF(theme.font(13)).horizontalAdvance(stat.word)
        return max(number, word) + 1

    def _gap(self) -> float:
        """Between two, half on each side of the line; narrower where room is short."""
        wanted, widths = px(46), sum(map(self._width, self._stats))
        between = max(1, len(self._stats) - 1)
        return min(wanted, max(px(24), (self.width() - widths) / between))

    def sizeHint(self) -> QSize:
        widths = sum(map(self._width, self._stats)) + px(46) * max(0, len(self._stats) - 1)
        return QSize(round(widths) + 2, px(62))

    def minimumSizeHint(self) -> QSize:
        widths = sum(map(self._width, self._stats)) + px(24) * max(0, len(self._stats) - 1)
        return QSize(round(widths) + 2, px(62))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, gap = QPainter(self), self._gap()
        cursor = paint.Cursor(QRectF(self.rect()), theme.is_rtl())
        for place, stat in enumerate(self._stats):
            width = self._width(stat)
            if place:
                line = cursor.start(gap)
                painter.fillRect(QRectF(round(line.center().x()), 0, 1, self.height()), colour("line"))
            if width > cursor.rest.width() + 1:
                return
            box = cursor.start(width)
            upper = QRectF(box.left(), 0, box.width(), px(38))
            lower = QRectF(box.left(), px(39), box.width(), px(22))
            paint.text(painter, upper, stat.number, theme.font(24, theme.BOLD), colour(stat.ink))
            paint.text(painter, lower, stat.word, theme.font(13), colour("text3"))
