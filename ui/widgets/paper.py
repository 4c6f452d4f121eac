"""The sheet of paper at the side: a picture of the PDF page with a soft shadow, scaled to fit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import _
from ui.theme import colour, px
from ui.widgets import paint

if TYPE_CHECKING:
    from printing.picture import Picture

SHAPE = 148 / 210
"""A5's width to its height."""


class Paper(QWidget):
    """Shows the newest picture it was given; a plain sheet until there is one."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QImage | None = None
        self._shape = SHAPE
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("The receipt as it will come out"))

    def sizeHint(self) -> QSize:
        return QSize(px(400), px(560))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(280))

    def sheet(self) -> QRectF:
        """Where the sheet lies: as large as fits, centred, near the top."""
        room = QRectF(self.rect()).adjusted(px(8), px(8), -px(8), -px(12))
        width = min(room.width(), room.height() * self._shape)
        # Whole pixels: a picture drawn between them would be blurred.
        left, height = round(room.center().x() - width / 2), round(width / self._shape)
        return QRectF(left, round(room.top()), round(width), height)

    def show_picture(self, picture: QImage | None) -> None:
        """A page of another shape (a roll, a lying A4) makes the sheet so."""
        shape = picture.width() / picture.height() if picture is not None else SHAPE
        self._picture, self._shape = picture, SHAPE if abs(shape - SHAPE) < 0.01 else shape
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, sheet = QPainter(self), self.sheet()
        paint.shadow(painter, sheet, px(3), 9)
        paint.rounded(painter, sheet, px(3), colour("paper"))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.drawImage(sheet, self._picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def grey_picture(page: "Picture") -> QImage:
    """The page as an image that owns its pixels."""
    grey = QImage.Format.Format_Grayscale8
    return QImage(page.pixels, page.width, page.height, page.stride, grey).copy()
