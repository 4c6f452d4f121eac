"""The first guide: five sentences beside the page, put away once and for all."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources import words
from resources.words import _
from ui import theme
from ui.theme import px
from ui.widgets import paint
from ui.widgets.button import PLAIN, Button
from ui.widgets.card import Badge, Card
from ui.widgets.words import Sentence

WIDTH = 400
SHADE = 10


def sentences() -> tuple[str, ...]:
    """How a visit goes, from the first key to the next person."""
    return (
        _("Everything begins in the find field: scan the card or write a number, a name or a code."),
        _("Three cards follow, in any order: the person, the service with its papers, the outcome."),
        _("The receipt at the side grows while you write; Ctrl and Enter register and print it."),
        _("Nothing is lost: what is half written is kept, and is offered again."),
        _("Each key stands on what it works; F1 shows all of them."),
    )


class Guide(QWidget):
    """Lies over `over` at the end of its foot and takes no focus; `put_away` says that it has been read."""

    put_away = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        card = Card()
        column = card.column
        column.setSpacing(px(10))
        column.addWidget(Sentence(_("Welcome to the desk"), size=17, weight=theme.BOLD, wraps=False))
        for number, sentence in enumerate(sentences(), 1):
            row = QHBoxLayout()
            row.setSpacing(px(12))
            badge = Badge(words.number(number))
            badge.show_state("active")
            row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Sentence(sentence, size=15), 1)
            column.addLayout(row)
        self.button = Button(_("I have read it"), PLAIN, icon="check")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where the clerk writes
        self.button.clicked.connect(self._read)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(SHADE, SHADE, SHADE, SHADE)
        whole.addWidget(card)
        self.setAccessibleName(_("The first guide"))
        over.installEventFilter(self)
        self.hide()

    def come(self) -> None:
        self.show()
        self._place()
        self.raise_()

    def _read(self) -> None:
        self.hide()
        self.put_away.emit()

    def _place(self) -> None:
        wide = min(px(WIDTH), self._over.width() - px(120))
        high = self._whole.totalHeightForWidth(wide)
        left = px(20) if theme.is_rtl() else self._over.width() - px(20) - wide
        below = min(
            px(104), max(px(8), self._over.height() - high - px(86))
        )  # over the paper's button, where there is room
        self.setGeometry(left, max(px(8), self._over.height() - high - below), wide, high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._read()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.shadow(painter, QRectF(self.rect()).adjusted(SHADE, SHADE, -SHADE, -SHADE), px(12), SHADE)
