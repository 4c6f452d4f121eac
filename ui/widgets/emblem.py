"""The emblem of eight points, and the pattern of the same star on the sign-in panel."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.theme import colour, px


def star(centre: QPointF, radius: float, depth: float = 0.7653, turn: float = 0.0) -> QPolygonF:
    """A star of eight points; `depth` is how far its inner corners lie from the centre, as a share of the radius."""
    corners = []
    for step in range(16):
        angle = turn + step * math.pi / 8
        reach = radius if step % 2 == 0 else radius * depth
        corners.append(QPointF(centre.x() + reach * math.cos(angle), centre.y() + reach * math.sin(angle)))
    return QPolygonF(corners)


def emblem(painter: QPainter, area: QRectF, ink: QColor, ground: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = area.width() / 2
    for share, tint in ((1.0, ink), (0.72, ground), (0.58, ink), (0.3, ground)):
        painter.setBrush(tint)
        painter.drawPolygon(star(area.center(), radius * share))


class Emblem(QWidget):
    def __init__(self, size: int = 40, ink: str = "accent", ground: str = "surface") -> None:
        super().__init__()
        self._ink, self._ground = ink, ground
        self.setFixedSize(px(size), px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        emblem(QPainter(self), QRectF(self.rect()), colour(self._ink), colour(self._ground))


class PatternPanel(QWidget):
    """The deep green panel under the office's name."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = QLinearGradient(0, 0, 0, self.height())
        ground.setColorAt(0, colour("deep"))
        ground.setColorAt(1, colour("deepFoot"))
        painter.fillRect(self.rect(), ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = colour("onDeep")
        lines.setAlpha(22)
        painter.setPen(QPen(lines, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        step = px(120)
        here, between = QPointF(0, 0), QPointF(step / 2, step / 2)
        stars = (star(here, step * 0.46), star(here, step * 0.27), star(between, step * 0.24, turn=math.pi / 8))
        for row in range(self.height() // step + 2):
            for column in range(self.width() // step + 2):
                for shape in stars:
                    painter.drawPolygon(shape.translated(column * step, row * step))
