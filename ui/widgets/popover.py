"""A leaf that opens beside a control and lies over the page. The focus stays where it is."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui import theme
from ui.theme import colour, px
from ui.widgets import paint

SHADE = 12
"""What the shadow takes on each side, at text scale 1."""


class Popover(QWidget):
    """A child of `page`, over everything else in it; what it holds goes into `column`.

    It closes on Esc, on a press outside of it and of the control it belongs to, and when the focus goes elsewhere.
    `closed` tells so, however it came.
    """

    closed = Signal()

    def __init__(self, page: QWidget, name: str) -> None:
        super().__init__(page)
        self._page = page
        self._anchor: QWidget | None = None
        self.setAccessibleName(name)
        self.column = QVBoxLayout(self)
        edge = px(SHADE) + px(12)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(px(8))
        self.hide()

    def open_at(self, anchor: QWidget) -> None:
        """Opens below the control, or above it where there is more room; as wide as its content wants to be."""
        if self._anchor is None:
            application = QApplication.instance()
            if isinstance(application, QApplication):
                application.installEventFilter(self)
                application.focusChanged.connect(self._focus_moved)
        self._anchor = anchor
        self.place()
        self.show()
        self.raise_()

    def leave(self) -> None:
        if self._anchor is None:
            return
        self._anchor = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.removeEventFilter(self)
            application.focusChanged.disconnect(self._focus_moved)
        self.hide()
        self.closed.emit()

    def is_open(self) -> bool:
        return self._anchor is not None

    def place(self) -> None:
        """Beside its control, flush with its reading side, and inside the page."""
        page, anchor = self._page, self._anchor
        if anchor is None or not isValid(anchor):
            return
        size, shade = self.sizeHint(), px(SHADE)
        corner = anchor.mapTo(page, QPoint(0, 0))
        left = corner.x() - shade if not theme.is_rtl() else corner.x() + anchor.width() + shade - size.width()
        left = max(-shade, min(left, page.width() - size.width() + shade))
        below, above = corner.y() + anchor.height() + px(6) - shade, corner.y() - px(6) + shade - size.height()
        room_below, room_above = page.height() + shade - below - size.height(), above + shade
        top = below if room_below >= 0 or room_below >= room_above else max(-shade, above)
        self.setGeometry(QRect(QPoint(left, top), size))

    # --- what closes it ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and isinstance(event, QKeyEvent):
            if event.key() != Qt.Key.Key_Escape or event.modifiers():
                return False
            event.accept()
            if kind == QEvent.Type.KeyPress:
                self.leave()
            return True
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            if not self._is_ours(watched):
                self.leave()
        elif watched in (self._page, self._anchor) and kind in (QEvent.Type.Resize, QEvent.Type.Move):
            self.place()
        elif watched is self._anchor and kind == QEvent.Type.Hide:
            self.leave()
        return False

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and not self._is_ours(new):
            self.leave()

    def _is_ours(self, widget: QWidget) -> bool:
        return any(
            owner is not None and isValid(owner) and (owner is widget or owner.isAncestorOf(widget))
            for owner in (self, self._anchor)
        )

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._anchor is not None:
            self.place()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # not for the page beneath

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, shade = QPainter(self), px(SHADE)
        leaf = QRectF(self.rect()).adjusted(shade, shade, -shade, -shade)
        paint.shadow(painter, leaf, px(14), shade)
        paint.rounded(painter, leaf, px(14), colour("surface"), colour("line"))
