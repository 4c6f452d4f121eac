"""The amber question under the form: is this somebody known?"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.text import ascii_digits
from resources import words
from resources.words import _
from ui import theme
from ui.counter.person import Similar
from ui.counter.presenter import Counter
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.button import PLAIN, Button
from ui.widgets.card import Card
from ui.widgets.words import Sentence


class Disc(QWidget):
    """A person's first letter."""

    def __init__(self) -> None:
        super().__init__()
        self._letter = ""
        self.setFixedSize(px(40), px(40))

    def show_name(self, name: str) -> None:
        self._letter = name[:1]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        paint.rounded(painter, area, px(20), colour("surface2"))
        paint.text(painter, area, self._letter, theme.font(16, theme.BOLD), colour("text2"), theme.CENTRE)


class SimilarRow(Card):
    """Somebody known: name, facts of which the amber ones agree, and the answer that it is they."""

    MOST_FACTS = 4

    def __init__(self, number: int) -> None:
        super().__init__(margins=(14, 8))
        self.disc = Disc()
        self.name = Sentence(size=16, weight=theme.MEDIUM, wraps=False)
        self.facts = [Sentence(size=14, wraps=False) for _n in range(self.MOST_FACTS)]
        self.column.setSpacing(0)
        for parts in ((self.name, self.facts[0]), self.facts[1:]):
            line = QHBoxLayout()
            line.setSpacing(px(14))
            for part in parts:
                line.addWidget(part)
            line.addStretch(1)
            self.column.addLayout(line)
        self.same = Button(_("The same person"), PLAIN, icon="user-check", keys=(words.digits(str(number)),))
        self.same.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(0, self.disc)
            row.addWidget(self.same)

    def show_somebody(self, somebody: Similar) -> None:
        self.disc.show_name(somebody.name)
        self.name.setText(somebody.name)
        for place, fact in enumerate(self.facts):
            text, agrees = somebody.facts[place] if place < len(somebody.facts) else ("", False)
            fact.setVisible(bool(text))
            fact.setText(text)
            fact.setInk("warn" if agrees else "text2")


class SimilarView(Card):
    """The question whether this is somebody known. It takes the focus and digits; Enter is no answer."""

    MOST = 5

    def __init__(self, counter: Counter) -> None:
        super().__init__(ground="warnSoft", edge="warnLine")
        self._counter = counter
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title = _("This person may have been registered before")
        self.setAccessibleName(title)
        self.column.addWidget(Sentence(title, size=16, weight=theme.BOLD, ink="warn", icon="users", wraps=False))
        self.rows = [self._row(number) for number in range(1, self.MOST + 1)]
        self.another = Button(_("Another person"), PLAIN, icon="user-plus", keys=("",))
        self.another.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.another.clicked.connect(lambda: counter.answer_similar(len(counter.person.similar) + 1))
        last = QHBoxLayout()
        last.setContentsMargins(px(14), 0, px(14), 0)
        last.addStretch(1)
        last.addWidget(self.another)
        self.column.addLayout(last)

    def _row(self, number: int) -> SimilarRow:
        row = SimilarRow(number)
        row.same.clicked.connect(lambda: self._counter.answer_similar(number))
        self.column.addWidget(row)
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = ascii_digits(event.text())
        if len(typed) == 1 and typed.isascii() and typed.isdecimal():
            self._counter.answer_similar(int(typed), by_key=True)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def show_state(self, similar: tuple[Similar, ...]) -> None:
        self.setVisible(bool(similar))
        for number, row in enumerate(self.rows):
            row.setVisible(number < len(similar))
            if number < len(similar):
                row.show_somebody(similar[number])
        digit = words.digits(str(len(similar) + 1))
        self.another.show_as(_("Another person"), "user-plus", (digit,))
