"""What stands where there is nothing to show: a picture, what it means, and one thing to do."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.button import PLAIN, Button
from ui.widgets.card import Card
from ui.widgets.words import Sentence

CENTRE = Qt.AlignmentFlag.AlignCenter


class _Picture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.icon = "search-x"
        self.setFixedSize(px(56), px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), self.icon, paint.square(QRectF(self.rect()), px(40)), colour("text2"))


class EmptyState(Card):
    """`button` is there to be connected; it is seen only where it has words."""

    def __init__(self, *, edge: str = "line") -> None:
        super().__init__(edge=edge)
        self._picture = _Picture()
        self.head = Sentence(size=17, weight=theme.BOLD, alignment=CENTRE)
        self.text = Sentence(size=15, ink="text3", alignment=CENTRE)
        self.button = Button("", PLAIN)
        self.column.setContentsMargins(0, px(24), 0, px(24))
        self.column.addWidget(self._picture, 0, CENTRE)
        self.column.addWidget(self.head)
        self.column.addWidget(self.text)
        self.column.addWidget(self.button, 0, CENTRE)

    def show_words(self, icon: str, head: str, text: str = "", button: str = "", button_icon: str = "") -> None:
        self._picture.icon = icon
        self._picture.update()
        self.head.setText(head)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.button.show_as(button, button_icon)
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{head} {text}".strip())
