"""Grey bars where words will be: something is on its way, and where it will stand."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from resources.words import _
from ui import theme
from ui.theme import colour, px
from ui.widgets import paint

_SHARES = (0.08, 0.16, 0.2, 0.28, 0.14)


class Skeleton(QWidget):
    """So many rows of a list. It does not move."""

    def __init__(self, *, rows: int = 6, height: int = 44) -> None:
        super().__init__()
        self._rows, self._height = rows, height
        self.setAccessibleName(_("Being read"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for row in range(self._rows):
            top = px(self._height) * row
            if top + px(self._height) > self.height():
                return
            cursor = paint.Cursor(QRectF(px(11), top, self.width() - px(22), px(self._height)), theme.is_rtl())
            whole = (cursor.rest.width() - px(24) * len(_SHARES)) / sum(_SHARES)
            for place, share in enumerate(_SHARES):
                box = cursor.start(whole * share, px(24))
                length = box.width() * (0.7 + 0.3 * ((row * 3 + place) % 4) / 3)
                bar = paint.Cursor(QRectF(box.left(), box.center().y() - px(6), box.width(), px(12)), theme.is_rtl())
                paint.rounded(painter, bar.start(length), px(6), colour("surface2"))
