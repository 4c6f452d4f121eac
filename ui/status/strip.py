"""The desk's signs as a row beside the paper, and as icons at the rail's foot."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import icons, theme
from ui.status.presenter import Status
from ui.status.signs import Sign
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.words import Sentence

SIZE = 14


class StatusStrip(QWidget):
    """Centre and printer where reading starts, the time at the other end. While it `is_brief`, icons stand for words;
    what wants a look is said in words all the same. Where not all words fit, the calmer sign's go first."""

    def __init__(self) -> None:
        super().__init__()
        self._status: Status | None = None
        self._brief = False
        self._signs: tuple[tuple[Sentence, Sign | None], ...] = ()
        self.centre = Sentence(size=SIZE, wraps=False)
        self.printer = Sentence(size=SIZE, wraps=False)
        self.clock = Sentence(size=17, weight=theme.BOLD, wraps=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(self.centre)
        row.addWidget(self.printer)
        row.addStretch(1)
        row.addWidget(self.clock)

    def show_status(self, status: Status) -> None:
        self._status = status
        self.clock.setText(theme.island(status.time))
        self._signs = ((self.centre, status.centre), (self.printer, status.printer))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """With all words that it would show, so that it gets them back when there is room again."""
        wide = self.clock.sizeHint().width() + px(30) + sum(_wide(sign) for _sentence, sign in self._said())
        return QSize(wide, super().sizeHint().height())

    def _fit(self) -> None:
        """As many words as there is room for."""
        said = list(self._said())
        room = self.width() - self.clock.sizeHint().width() - px(30)
        calm_first = sorted(range(len(said)), key=lambda n: (_is_amber(said[n][1]), -n))
        for number in calm_first:
            if sum(_wide(sign) for _sentence, sign in said) <= room:
                break
            sentence, sign = said[number]
            said[number] = (sentence, sign._replace(text="") if sign is not None else None)
        for (sentence, sign), (_sentence, known) in zip(said, self._signs, strict=True):
            _show(sentence, known, sign.text if sign is not None else "")
        self.updateGeometry()

    def _said(self) -> Iterator[tuple[Sentence, Sign | None]]:
        """The signs with the words that are meant to be seen."""
        for sentence, sign in self._signs:
            hides = self._brief and not _is_amber(sign)
            yield sentence, sign._replace(text="") if hides and sign is not None else sign

    def be_brief(self, brief: bool) -> None:
        if brief != self._brief:
            self._brief = brief
            if self._status is not None:
                self.show_status(self._status)


def _show(sentence: Sentence, sign: Sign | None, seen: str) -> None:
    said = sign.text if sign else ""
    sentence.setText(seen)
    sentence.setAccessibleName(said)
    sentence.setToolTip("\n".join(filter(None, (said, sign.more if sign else ""))))
    sentence.setAccessibleDescription(sign.more if sign else "")
    sentence.setIcon(sign.icon if sign else "")
    sentence.setInk(sign.ink if sign else "text3")


def _is_amber(sign: Sign | None) -> bool:
    return sign is not None and sign.ink == "warn"


def _wide(sign: Sign | None) -> int:
    """How wide it is with its icon."""
    return 0 if sign is None else round(QFontMetricsF(theme.font(SIZE)).horizontalAdvance(sign.text)) + px(24) + 2


class RailStatus(QWidget):
    """Two icons and the time below them; the words are told on hovering and to a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self._signs: tuple[Sign, ...] = ()
        self._time = ""
        self.setFixedHeight(px(54))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(72), px(54))

    def show_status(self, status: Status) -> None:
        signs = tuple(sign for sign in (status.centre, status.printer) if sign is not None)
        if (signs, status.time) != (self._signs, self._time):
            self._signs, self._time = signs, status.time
            said = [sign.text for sign in signs]
            self.setAccessibleName(", ".join([*said, status.time]))
            self.setToolTip("\n".join(said + [sign.more for sign in signs if sign.more]))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        wide = len(self._signs) * px(20) + max(0, len(self._signs) - 1) * px(12)
        middle = area.adjusted((area.width() - wide) / 2, px(2), -(area.width() - wide) / 2, 0)
        middle.setHeight(px(22))
        cursor = paint.Cursor(middle, theme.is_rtl())
        for sign in self._signs:
            icons.paint(painter, sign.icon, paint.square(cursor.start(px(20), px(12)), px(20)), colour(sign.ink))
        below = QRectF(area.left(), px(28), area.width(), px(24))
        paint.text(painter, below, theme.island(self._time), theme.font(15, theme.BOLD), colour("text"), theme.CENTRE)
