"""Calm bars: shares below each other, growing from the reading side, and the hours of a day."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme import colour, px
from ui.widgets import paint

_ROW = 34
_TITLE = 30


class Bar(NamedTuple):
    """`tone` is a colour's name."""

    word: str
    value: int
    number: str
    tone: str = "accent"


class Bars(QWidget):
    """A title, and a bar a line; the longest is the whole width."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title, self._bars = title, tuple[Bar, ...]()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        if tuple(bars) != self._bars:
            self._bars = tuple(bars)
            self.setAccessibleName(f"{self._title}: " + "، ".join(f"{bar.word} {bar.number}" for bar in bars))
            self.updateGeometry()
            self.update()

    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    def sizeHint(self) -> QSize:
        return QSize(px(196), px(_TITLE) + px(_ROW) * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rtl, width = QPainter(self), theme.is_rtl(), float(self.width())
        head = QRectF(0, 0, width, px(24))
        paint.text(painter, head, self._title, theme.font(14, theme.BOLD), colour("text"))
        most = max((bar.value for bar in self._bars), default=0)
        for place, bar in enumerate(self._bars):
            top = px(_TITLE) + px(_ROW) * place
            cursor = paint.Cursor(QRectF(0, top, width, px(24)), rtl)
            number = QFontMetricsF(theme.font(14, theme.BOLD)).horizontalAdvance(bar.number) + 1
            paint.text(painter, cursor.end(number, px(8)), bar.number, theme.font(14, theme.BOLD), colour("text"))
            paint.text(painter, cursor.rest, bar.word, theme.font(13), colour("text2"))
            track = QRectF(0, top + px(25), width, px(5))
            paint.rounded(painter, track, px(2.5), colour("surface2"))
            if bar.value and most:
                grown = paint.Cursor(track, rtl).start(max(float(px(5)), width * bar.value / most))
                paint.rounded(painter, grown, px(2.5), colour(bar.tone))


class Hour(NamedTuple):
    """So many in this hour of the day; `now` marks the one that is under way."""

    word: str
    value: int
    now: bool = False


class HourBars(QWidget):
    """An hour beside the other, the earliest at the reading side."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title, self._hours = title, tuple[Hour, ...]()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(62))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_hours(self, hours: Sequence[Hour]) -> None:
        if tuple(hours) != self._hours:
            self._hours = tuple(hours)
            self.setAccessibleName(f"{self._title}: " + "، ".join(f"{hour.word} {hour.value}" for hour in hours))
            self.updateGeometry()
            self.update()

    def hours(self) -> tuple[Hour, ...]:
        return self._hours

    def _title_width(self) -> float:
        return QFontMetricsF(theme.font(13)).horizontalAdvance(self._title) + px(28)

    def sizeHint(self) -> QSize:
        return QSize(round(self._title_width()) + px(41) * len(self._hours), px(62))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(22) * len(self._hours), px(62))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, most = QPainter(self), max((hour.value for hour in self._hours), default=0)
        if not self._hours:
            return
        cursor = paint.Cursor(QRectF(self.rect()), theme.is_rtl())
        titled = self._title_width() + px(26) * len(self._hours) <= self.width()
        if titled:
            paint.text(painter, cursor.start(self._title_width()), self._title, theme.font(13), colour("text3"))
        step = min(px(41), cursor.rest.width() / len(self._hours))
        room = px(62) - px(22)
        for hour in self._hours:
            slot = cursor.start(step)
            height = max(px(3), round((room - px(4)) * hour.value / most)) if hour.value else px(3)
            width = min(px(18), step - px(4))
            bar = QRectF(slot.center().x() - width / 2, room - height, width, height)
            tone = "surface2" if not hour.value else "accent" if hour.now else "accentLine"
            paint.rounded(painter, bar, min(px(3), height / 2), colour(tone))
            under = QRectF(slot.left(), room, slot.width(), px(20))
            paint.text(painter, under, hour.word, theme.font(12), colour("text3"), theme.CENTRE)
