"""The page that stands where the desk cannot be opened: what happened, what to do, and a way out."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from resources.words import _
from ui import theme
from ui.theme import px
from ui.widgets.button import PLAIN, Button
from ui.widgets.card import Card
from ui.widgets.words import Sentence


class ClosedPage(QMainWindow):
    """Closing it ends the program."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setWindowTitle(_("Miz-e Khedmat"))
        card = Card()
        card.column.setSpacing(px(12))
        card.column.addWidget(
            Sentence(_("The desk could not be opened."), size=20, weight=theme.BOLD, icon="triangle-alert", wraps=False)
        )
        card.column.addWidget(Sentence(sentence))
        self.close_button = Button(_("Close"), PLAIN)
        self.close_button.clicked.connect(self.close)
        card.column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignLeft)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(px(40), px(40), px(40), px(40))
        column.addStretch(1)
        column.addWidget(card)
        column.addStretch(1)
        self.setCentralWidget(middle)
        self.close_button.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(px(640), px(360))
