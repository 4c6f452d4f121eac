"""A message that pushes the page down: what happened, what is safe, and one thing to do."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.button import PLAIN, QUIET, Button
from ui.widgets.words import Sentence


class Banner(QWidget):
    """Shown with `show_message`, hidden with `hide`. `acted` and `closed` say which button was pressed."""

    acted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind = "danger"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(9), px(12), px(9))
        row.setSpacing(px(10))
        self.head = Sentence(weight=theme.BOLD, ink="danger", icon="octagon-alert")
        self.text = Sentence(size=14)
        self.action = Button("", PLAIN, icon="refresh-cw")
        self.close_button = Button("", QUIET)
        self.action.clicked.connect(self.acted)
        self.close_button.clicked.connect(self.closed)
        row.addWidget(self.head, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.action)
        row.addWidget(self.close_button)
        self.hide()

    def show_message(self, kind: str, head: str, text: str, action: str, close: str, icon: str = "refresh-cw") -> None:
        self._kind = kind
        self.head.setText(head)
        self.head.setInk(kind)
        self.head.setIcon("octagon-alert" if kind == "danger" else "triangle-alert")
        self.text.setText(text)
        self.action.setVisible(bool(action))
        self.action.show_as(action, icon)
        self.close_button.show_as(close)
        self.setAccessibleName(f"{head} {text}")
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(self.rect())
        paint.rounded(QPainter(self), area, px(12), colour(f"{self._kind}Soft"), colour(f"{self._kind}Line"))
