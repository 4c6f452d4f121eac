"""A tracking code as its three groups, each a left-to-right text of its own."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.codes import grouped
from resources import words
from resources.words import _
from ui import theme
from ui.theme import colour, px
from ui.widgets import paint


class Code(QWidget):
    """The code in one line, `size` logical pixels high, as wide as it needs."""

    def __init__(self, size: float = 28) -> None:
        super().__init__()
        self._size, self._groups = size, [""]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, code: str) -> None:
        self._groups = [words.digits(group) for group in grouped(code).split(" ")]
        self.setAccessibleName(_("Tracking code {code}").format(code=" ".join(self._groups)))
        self.updateGeometry()
        self.update()

    def _measured(self) -> tuple[list[float], float]:
        """How wide each group is, and the gap between them."""
        chosen = self._font()
        metrics = QFontMetricsF(chosen)
        return [metrics.horizontalAdvance(group) + 1 for group in self._groups], chosen.pixelSize() * 0.34

    def _font(self) -> QFont:
        chosen = theme.font(self._size, theme.BOLD)
        chosen.setLetterSpacing(chosen.SpacingType.AbsoluteSpacing, chosen.pixelSize() * 0.035)
        return chosen

    def sizeHint(self) -> QSize:
        widths, gap = self._measured()
        return QSize(round(sum(widths) + gap * (len(widths) - 1)) + 2, px(self._size * 1.45))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, chosen = QPainter(self), self._font()
        widths, gap = self._measured()
        left = 0.0
        for group, width in zip(self._groups, widths, strict=True):
            place = QRectF(left, 0, width, self.height())
            paint.text(painter, place, group, chosen, colour("text"), theme.CENTRE, ltr=True)
            left += width + gap
