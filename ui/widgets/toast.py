"""A passing word at the window's foot. It takes no focus, and the hand that goes to it keeps it there."""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.button import Button, Dress
from ui.widgets.words import broken

STAY_MS, IN_MS, OUT_MS = 5000, 160, 120
HEIGHT, LINE = 52, 24
WIDEST = 620
_ACTION = Dress("toastAccent", "", "toastHover", "toastHover", "", 38, 15, theme.BOLD, filled=True, focus="toastAccent")


class Toast(QWidget):
    """One for a window, shown with `say`; a new word takes the place of the old one. It lies over `parent`, `inset`
    logical pixels from the side where reading starts and `foot` from below."""

    def __init__(self, parent: QWidget, *, inset: int = 116, foot: int = 20) -> None:
        super().__init__(parent)
        self._over, self._inset, self._foot = parent, inset, foot
        self._text, self._icon, self._tone = "", "info", "toastAccent"
        self._act: Callable[[], None] | None = None
        self._before: QWidget | None = None
        self.button = Button("", _ACTION, parent=self)
        # Reached with Tab, and not by a click: the clerk goes on where they were.
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._acted)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._slid)
        self._leaving = self._stays = False
        parent.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        action: str = "",
        act: Callable[[], None] | None = None,
        *,
        icon: str = "",
        warns: bool = False,
        keys: tuple[str, ...] = (),
        stays: bool = False,
    ) -> None:
        """`act` is called when somebody presses `action`; `keys` do the same and are handled by the page. One that
        `stays` goes only when another comes."""
        self._text, self._act = text, act
        self._icon = icon or ("triangle-alert" if warns else "undo-2" if action else "info")
        self._tone = "toastWarn" if warns else "toastAccent"
        self._before, self._leaving = QApplication.focusWidget(), False
        self.button.show_as(action, keys=keys)
        self.button.setVisible(bool(action))
        self.setAccessibleName(text)
        self._arrange()
        self.show()
        self.raise_()
        self._move(QPoint(self.x(), self._over.height()), self._place(), IN_MS)
        self._stays = stays
        self._wait()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def text(self) -> str:
        """What is being said; empty when nothing is."""
        return self._text if self.isVisible() and not self._leaving else ""

    def leave(self) -> None:
        """Goes, unless somebody is at it."""
        if self.underMouse() or self.button.hasFocus():
            self._wait()
            return
        if self.isVisible() and not self._leaving:
            self._leaving = True
            self._timer.stop()
            self._move(self.pos(), QPoint(self.x(), self._over.height()), OUT_MS)

    def _wait(self) -> None:
        self._timer.stop()
        if not self._stays:
            self._timer.start(STAY_MS)

    # --- place ---------------------------------------------------------------------------------------------------

    def _lines(self) -> list[str]:
        room = min(px(WIDEST), self._over.width() - px(self._inset) - px(28))
        room -= px(62) + (self.button.sizeHint().width() + px(10) if self.button.text() else 0)
        return broken(self._text, theme.font(15), max(room, px(160)))

    def _arrange(self) -> None:
        lines, metrics = self._lines(), QFontMetricsF(theme.font(15))
        words = round(max(metrics.horizontalAdvance(line) for line in lines)) + 2
        height = max(px(HEIGHT), px(LINE) * len(lines) + px(24))
        hint = self.button.sizeHint()
        acting = hint.width() + px(4) if self.button.text() else px(16)
        self.resize(px(14) + px(22) + px(10) + words + acting, height)
        cursor = paint.Cursor(QRectF(self.rect()).adjusted(px(4), 0, -px(4), 0), theme.is_rtl())
        place = cursor.end(hint.width())
        self.button.setGeometry(
            round(place.left()), (height - px(_ACTION.height)) // 2, hint.width(), px(_ACTION.height)
        )

    def _place(self) -> QPoint:
        room = self._over
        left = room.width() - px(self._inset) - self.width() if theme.is_rtl() else px(self._inset)
        return QPoint(max(0, left), room.height() - self.height() - px(self._foot))

    def _move(self, begin: QPoint, end: QPoint, milliseconds: int) -> None:
        self._slide.stop()
        self._slide.setDuration(theme.duration(milliseconds))
        self._slide.setStartValue(QPoint(end.x(), begin.y()))
        self._slide.setEndValue(end)
        self._slide.start()

    def _slid(self) -> None:
        if self._leaving:
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._slide.stop()
            self._slid()
            self._arrange()
            self.move(self._place())
        return False

    # --- hands ---------------------------------------------------------------------------------------------------

    def _acted(self) -> None:
        act, self._act = self._act, None
        if self.button.hasFocus() and self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._leaving = True
        self._slide.stop()
        self._timer.stop()
        self.hide()
        if act is not None:
            act()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._wait()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        paint.rounded(painter, area, px(12), colour("toast"), colour("toastLine"))
        cursor = paint.Cursor(area.adjusted(px(14), 0, -px(14), 0), theme.is_rtl())
        icons.paint(painter, self._icon, paint.square(cursor.start(px(22), px(10)), px(20)), colour(self._tone))
        lines = self._lines()
        top = (area.height() - px(LINE) * len(lines)) / 2
        for line in lines:
            place = QRectF(cursor.rest.left(), top, cursor.rest.width(), px(LINE))
            paint.text(painter, place, line, theme.font(15), colour("onToast"))
            top += px(LINE)
