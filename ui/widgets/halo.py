"""The soft ring round the field that has the focus: one transparent child of the window, moved from field to field."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.field import Frame


class Halo(QWidget):
    """Follows the focused `Frame` of its window; clicks go through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._frame: Frame | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._frame is not None and isValid(self._frame):  # its page may be gone by now
            self._frame.removeEventFilter(self)
        parent = new.parentWidget() if new is not None else None
        mine = isinstance(parent, Frame) and self.window().isAncestorOf(parent)
        self._frame = parent if mine and isinstance(parent, Frame) else None
        if self._frame is None:
            self.hide()
            return
        self._frame.installEventFilter(self)
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Paint):
            self.place()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.Destroy):
            self.hide()
        return False

    def place(self) -> None:
        if self._frame is None or not isValid(self._frame):
            return
        corner = self._frame.mapTo(self.window(), QPoint(0, 0))
        margin = px(4)
        wanted = self._frame.rect().translated(corner).adjusted(-margin, -margin, margin, margin)
        if self.geometry() != wanted:
            self.setGeometry(wanted)
        if not self.isVisible():
            self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._frame is not None and isValid(self._frame):
            tint = colour("dangerSolid" if self._frame.wrong else "accent")
            paint.halo(QPainter(self), QRectF(self.rect()), px(13), tint)
