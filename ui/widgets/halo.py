"""The soft ring round what has the focus: one transparent child of the window, moved from control to control."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from ui.theme import colour, px
from ui.widgets import paint

REACH = 4


@runtime_checkable
class Haloed(Protocol):
    """A control with a halo, or the frame round one."""

    def takes_halo(self) -> int:
        """The radius of its corners at text scale 1; 0 for no halo just now."""


class Halo(QWidget):
    """Follows the focus through its window; clicks go through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._control: QWidget | None = None
        self._shift, self._tint = QPoint(), ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self.go_to(new)

    def go_to(self, widget: QWidget | None) -> None:
        """Round this control, or the frame that it is in; round nothing if it has no halo."""
        self._follow(False)
        self._control = self._haloed(widget)
        self._follow(True)
        self.place()
        self.raise_()

    def _haloed(self, widget: QWidget | None) -> QWidget | None:
        for candidate in (widget, widget.parentWidget() if widget is not None else None):
            if candidate is not None and isinstance(candidate, Haloed) and self.window().isAncestorOf(candidate):
                return candidate
        return None

    def _follow(self, follows: bool) -> None:
        """Watches the control, and the scrolling of whatever it lies in."""
        control = self._control
        if control is None or not isValid(control):  # its page may be gone by now
            return
        if not follows:
            control.removeEventFilter(self)
        else:
            control.installEventFilter(self)
        parent = control.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                moved = parent.verticalScrollBar().valueChanged
                moved.connect(self.place) if follows else moved.disconnect(self.place)
            parent = parent.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Paint, QEvent.Type.EnabledChange):
            self.place()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.Destroy):
            self.hide()
        return False

    def place(self) -> None:
        """Round the control as far as that is seen: what has been scrolled away takes its halo along."""
        control = self._control
        seen = control.visibleRegion().boundingRect() if control is not None and isValid(control) else None
        if control is None or seen is None or seen.isEmpty() or not _radius(control):
            self.hide()
            return
        whole, reach = control.rect(), px(REACH)
        margins = QMargins(
            reach if seen.left() == whole.left() else 0,
            reach if seen.top() == whole.top() else 0,
            reach if seen.right() == whole.right() else 0,
            reach if seen.bottom() == whole.bottom() else 0,
        )
        corner = control.mapTo(self.window(), QPoint(0, 0))
        wanted = seen.marginsAdded(margins)
        self._shift = QPoint(-reach, -reach) - wanted.topLeft()
        self.setGeometry(wanted.translated(corner))
        self.setVisible(True)
        tint = "dangerSolid" if getattr(control, "wrong", False) else "accent"
        if tint != self._tint:
            self._tint = tint
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        control, reach = self._control, px(REACH)
        if control is not None and isValid(control):
            area = control.rect().adjusted(-reach, -reach, reach, reach)
            area.moveTopLeft(self._shift)
            paint.halo(QPainter(self), QRectF(area), px(_radius(control)) + reach / 2, colour(self._tint))


def _radius(control: QWidget) -> int:
    return control.takes_halo() if isinstance(control, Haloed) and control.isEnabled() else 0
