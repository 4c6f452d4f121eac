"""What the page after registering is put together from: the mark, the code in its groups, the promise, the places."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from models.codes import grouped
from resources import words
from resources.words import _
from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint

CENTRE = Qt.AlignmentFlag.AlignCenter
CODE_SIZE, LOW_CODE_SIZE = 76, 56


class Mark(QWidget):
    """The tick of what is registered, or the bar of what was voided."""

    def __init__(self) -> None:
        super().__init__()
        self._voided = False
        self.setFixedSize(px(64), px(64))

    def show_voided(self, voided: bool) -> None:
        if voided != self._voided:
            self._voided = voided
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        soft, solid, icon = ("dangerSoft", "danger", "ban") if self._voided else ("accentSoft", "accent", "check")
        paint.rounded(painter, area, px(32), colour(soft))
        paint.rounded(painter, paint.square(area, px(48)), px(24), colour(solid))
        icons.paint(painter, icon, paint.square(area, px(28)), colour("onAccent"), 2.5)


class CodeLine(QWidget):
    """The tracking code as three groups, each a left-to-right text of its own, shrunk to fit; pale once voided."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[str] = []
        self._ink = "text"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_size(CODE_SIZE)

    def show_size(self, size: int) -> None:
        """The letters' size at most; the line is as high as they ask for."""
        self._size = size
        self.setFixedHeight(px(round(size * 1.37)))
        self.update()

    def show_code(self, code: str, ink: str = "text") -> None:
        self._groups, self._ink = [words.digits(group) for group in grouped(code).split(" ")], ink
        self.setAccessibleName(_("Tracking code {code}").format(code=" ".join(self._groups)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(400), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = float(self._size)
        while True:
            chosen = theme.font(size, theme.BOLD)
            chosen.setLetterSpacing(chosen.SpacingType.AbsoluteSpacing, chosen.pixelSize() * 0.035)
            metrics, gap = QFontMetricsF(chosen), chosen.pixelSize() * 0.34
            widths = [metrics.horizontalAdvance(group) for group in self._groups]
            total = sum(widths) + gap * (len(widths) - 1)
            if total <= self.width() or size <= 24:
                break
            size -= 2
        left = (self.width() - total) / 2
        for group, width in zip(self._groups, widths, strict=True):
            place = QRectF(left, 0, width + 1, self.height())
            paint.text(painter, place, group, chosen, colour(self._ink), CENTRE, ltr=True)
            left += width + gap


class PromiseLine(QWidget):
    """A day that matters: the words before it in grey, the day in bold, together in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self._before, self._day, self._after = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(30))

    def text(self) -> str:
        return f"{self._before}{self._day}{self._after}"

    def show_day(self, sentence: str, day: str) -> None:
        """`sentence` has {day} where the day stands."""
        self._before, _mark, self._after = sentence.partition("{day}")
        self._day = day
        self.setAccessibleName(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        plain, bold = theme.font(16), theme.font(17, theme.BOLD)
        parts = ((self._before, plain, "text2"), (self._day, bold, "text"), (self._after, plain, "text2"))
        widths = [QFontMetricsF(chosen).horizontalAdvance(said) for said, chosen, _ink in parts]
        slack = max(0.0, (self.width() - sum(widths)) / 2)
        cursor = paint.Cursor(QRectF(self.rect()).adjusted(slack, 0, -slack, 0), theme.is_rtl())
        painter = QPainter(self)
        for (said, chosen, ink), width in zip(parts, widths, strict=True):
            if said:
                paint.text(painter, cursor.start(width + 1), said, chosen, colour(ink))


class Place(QWidget):
    """One of the places where the record is: its mark, its name, what is known."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._word, self._icon, self._ink = name, "", "circle-check", "accent"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(56))

    def show_state(self, word: str, icon: str, ink: str) -> None:
        self._word, self._icon, self._ink = word, icon, ink
        self.setAccessibleName(f"{self._name}: {word}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(170), px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        upper_font, lower_font = theme.font(15, theme.BOLD), theme.font(14)
        words_width = max(
            QFontMetricsF(upper_font).horizontalAdvance(self._name),
            QFontMetricsF(lower_font).horizontalAdvance(self._word),
        )
        width = min(self.width() - px(12), px(36) + words_width + 2)
        area = QRectF((self.width() - width) / 2, 0, width, self.height())
        cursor = paint.Cursor(area, theme.is_rtl())
        icons.paint(painter, self._icon, paint.square(cursor.start(px(26), px(10)), px(24)), colour(self._ink))
        rest = cursor.rest
        upper = QRectF(rest.left(), rest.top() + px(4), rest.width(), px(24))
        lower = QRectF(rest.left(), upper.bottom(), rest.width(), px(22))
        paint.text(painter, upper, self._name, upper_font, colour("text"))
        paint.text(painter, lower, self._word, lower_font, colour("text3" if self._ink == "accent" else self._ink))


class Places(QWidget):
    """The places side by side, with thin lines over and between them."""

    def __init__(self, *places: Place) -> None:
        super().__init__()
        self._places = places
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(14), 0, px(6))
        row.setSpacing(px(6))
        for place in places:
            row.addWidget(place, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(px(10), 0, self.width() - px(20), 1, colour("line"))
        for one, other in zip(self._places, self._places[1:], strict=False):
            middle = (one.geometry().center().x() + other.geometry().center().x()) // 2
            painter.fillRect(middle, px(18), 1, px(46), colour("line"))
