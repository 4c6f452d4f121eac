"""Painted sentences: lines are broken on logical words and drawn one by one, so Persian ends flush."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint

WIDTHS_KEPT = 8


def broken(text: str, chosen: QFont, width: float) -> list[str]:
    """The text in lines of at most this width, broken between logical words."""
    metrics = QFontMetricsF(chosen)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and metrics.horizontalAdvance(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


class Sentence(QLabel):
    """Text of one or more lines, with an optional icon before it. A label for whoever listens; its name is the text."""

    def __init__(
        self,
        text: str = "",
        *,
        size: float = 15,
        weight: int = theme.REGULAR,
        ink: str = "text",
        icon: str = "",
        alignment: Qt.AlignmentFlag | None = None,
        wraps: bool = True,
        ltr: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._font, self._ink, self._icon = theme.font(size, weight), ink, icon
        self._alignment, self._wraps, self._ltr = alignment, wraps, ltr
        self._text = ""
        self._broken: dict[float, list[str]] = {}  # layouts ask for the same few widths again and again
        # A fixed height would be that of one line, and cut the others off.
        across, down = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed
        if wraps:
            across, down = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
        policy = QSizePolicy(across, down)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        self.setText(text)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        if text == self._text:
            return
        self._text = text
        self._broken.clear()
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def setInk(self, ink: str) -> None:
        if ink != self._ink:
            self._ink = ink
            self.update()

    def setIcon(self, icon: str) -> None:
        if icon != self._icon:
            self._icon = icon
            self.updateGeometry()
            self.update()

    def _icon_width(self) -> float:
        return px(24) if self._icon else 0

    def _line_height(self) -> float:
        return self._font.pixelSize() * 1.56

    def _lines(self, width: float) -> list[str]:
        if not self._wraps:
            return [self._text]
        if width not in self._broken:
            if len(self._broken) > WIDTHS_KEPT:
                self._broken.clear()
            self._broken[width] = broken(self._text, self._font, width)
        return self._broken[width]

    def hasHeightForWidth(self) -> bool:
        return self._wraps

    def heightForWidth(self, width: int) -> int:
        # Layouts give a column a pixel more or less than they asked with; a line must not hang on that.
        return round(len(self._lines(width - self._icon_width() - 2)) * self._line_height())

    def is_whole(self) -> bool:
        """Whether all of the text is seen in the size that it was given."""
        metrics, room = QFontMetricsF(self._font), self.width() - self._icon_width()
        lines = self._lines(room)
        low = len(lines) * self._line_height() > self.height() + 2
        return not low and all(metrics.horizontalAdvance(line) <= room + 1 for line in lines)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font)
        widest = max((metrics.horizontalAdvance(line) for line in self._text.split("\n")), default=0)
        lines = self._text.count("\n") + 1
        return QSize(round(widest + self._icon_width()) + 2, round(lines * self._line_height()))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), px(60)), hint.height()) if self._wraps else QSize(px(20), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = paint.Cursor(QRectF(self.rect()), theme.is_rtl())
        height = self._line_height()
        if self._icon:
            box = area.start(px(18), px(6))
            box.setHeight(height)
            icons.paint(painter, self._icon, paint.square(box, px(18)), colour(self._ink))
        rest = area.rest
        for number, line in enumerate(self._lines(rest.width())):
            place = QRectF(rest.left(), number * height, rest.width(), height)
            paint.text(painter, place, line, self._font, colour(self._ink), self._alignment, ltr=self._ltr)
