"""How much of something long has been done, as a quiet bar that grows from the reading side."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme import colour, px
from ui.widgets import paint

_HEIGHT = 8


class Progress(QWidget):
    """`show_share` takes hundredths. The words beside it say what is being done; it only has a picture of it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._share = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, hundredths: int) -> None:
        share = min(max(hundredths, 0), 100)
        if share != self._share:
            self._share = share
            self.update()

    def share(self) -> int:
        return self._share

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, whole = QPainter(self), QRectF(self.rect())
        paint.rounded(painter, whole, px(_HEIGHT) / 2, colour("surface2"), colour("line"))
        done = QRectF(whole)
        done.setWidth(whole.width() * self._share / 100)
        if theme.is_rtl():
            done.moveRight(whole.right())
        if done.width() >= px(_HEIGHT):
            paint.rounded(painter, done, px(_HEIGHT) / 2, colour("accent"))
