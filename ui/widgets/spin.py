"""A whole number to write or to step through, in the window's digits."""

from PySide6.QtCore import QLocale, QRectF, QSize
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSpinBox

from models import text as texts
from resources import words
from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint

ARROWS = 32


class Spin(QSpinBox):
    """Qt's own box with a painted frame and arrows. Digits of any script are taken, signs between thousands as well."""

    def __init__(self, name: str, least: int = 0, most: int = 99) -> None:
        super().__init__()
        self.setRange(least, most)
        self.setAccessibleName(name)
        self.setFrame(False)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)  # the arrows are painted, and wider than Qt's
        self.setFont(theme.font(16))
        self.setFixedHeight(px(44))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setLocale(QLocale.c())
        line = self.lineEdit()
        line.setStyleSheet("background: transparent; border: 0;")  # the sheet for bare lines passes over it
        line.setAlignment(theme.start())

    def sizeHint(self) -> QSize:
        return QSize(px(120), px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(90), px(44))

    def textFromValue(self, value: int) -> str:
        return words.number(value)

    def valueFromText(self, text: str) -> int:
        return int(_digits(text) or self.minimum())

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        digits = _digits(text)
        if not digits.isdigit():
            state = QValidator.State.Invalid if digits else QValidator.State.Intermediate
        elif int(digits) > self.maximum():
            state = QValidator.State.Invalid
        else:
            state = QValidator.State.Acceptable if int(digits) >= self.minimum() else QValidator.State.Intermediate
        return state, text, position

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel that passes over it must not change anything

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_line()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_line()

    def _place_line(self) -> None:
        """Before the arrows; Qt gives it the whole width."""
        cursor = paint.Cursor(QRectF(self.rect()).adjusted(2, 2, -2, -2), theme.is_rtl())
        cursor.end(px(ARROWS))
        cursor.start(px(11))
        self.lineEdit().setGeometry(cursor.rest.toRect())

    def _arrows(self) -> QRectF:
        return paint.Cursor(QRectF(self.rect()), theme.is_rtl()).end(px(ARROWS))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._arrows().contains(event.position()):
            self.setFocus()
            self.stepBy(1 if event.position().y() < self.height() / 2 else -1)
            return
        super().mousePressEvent(event)

    def takes_halo(self) -> int:
        return 10

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        focused, enabled = paint.shows_focus(self), self.isEnabled()
        edge = "accent" if focused else "field" if enabled else "line"
        paint.rounded(
            painter, area, px(10), colour("surface" if enabled else "surface2"), colour(edge), 2 if focused else 1
        )
        able, column = self.stepEnabled(), self._arrows()
        flags = QSpinBox.StepEnabledFlag
        for icon, step, top in (
            ("chevron-up", flags.StepUpEnabled, area.top() + px(4)),
            ("chevron-down", flags.StepDownEnabled, area.bottom() - px(4) - px(18)),
        ):
            half = QRectF(column.left(), top, column.width(), px(18))
            ink = "text2" if able & step and enabled else "keyLine"
            icons.paint(painter, icon, paint.square(half, px(14)), colour(ink), 2)


def _digits(text: str) -> str:
    """Plain digits, without the signs that stand between thousands."""
    plain = texts.ascii_digits(text)
    return "".join(sign for sign in plain if sign not in "٬,، \u066c")
