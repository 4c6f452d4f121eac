"""On or off, at once: a check box with the look of a switch."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from ui import theme
from ui.theme import colour, px
from ui.widgets import paint


class Switch(QCheckBox):
    """Its words come first; it is on towards the side where reading ends."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFixedHeight(px(38))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(theme.font(15)).horizontalAdvance(self.text()) + px(12) if self.text() else 0
        return QSize(round(words) + px(44) + px(8), px(38))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        cursor = paint.Cursor(QRectF(self.rect()).adjusted(px(4), 0, -px(4), 0), theme.is_rtl())
        place = cursor.end(px(44), px(12))
        track = QRectF(place.left(), place.center().y() - px(13), px(44), px(26))
        on, enabled = self.isChecked(), self.isEnabled()
        if paint.shows_focus(self):
            outer = track.adjusted(-px(4), -px(4), px(4), px(4))
            paint.rounded(painter, outer, outer.height() / 2, None, colour("accent"), 2)
        ground, edge, knob = ("accent", "", "onAccent") if on else ("surface", "field", "field")
        if not enabled:
            ground, edge, knob = "surface2", "line", "keyLine"
        elif self.underMouse():
            ground = "accentHover" if on else "surface2"
        paint.rounded(painter, track, px(13), colour(ground), colour(edge) if edge else None, 1.5)
        inner = paint.Cursor(track.adjusted(px(4), 0, -px(4), 0), theme.is_rtl())
        disc = inner.end(px(18)) if on else inner.start(px(18))
        paint.rounded(painter, paint.square(disc, px(18)), px(9), colour(knob))
        ink = colour("text" if enabled else "text3")
        paint.text(painter, cursor.rest, self.text(), theme.font(15), ink)
