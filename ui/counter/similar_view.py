"""The amber question under the form: is this somebody known?"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from models.text import ascii_digits
from resources import words
from resources.words import _
from ui import theme
from ui.counter.person import Similar
from ui.counter.presenter import Counter
from ui.theme import px
from ui.widgets.button import PLAIN, Button
from ui.widgets.card import Card
from ui.widgets.words import Sentence


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
        last.addStretch(1)
        last.addWidget(self.another)
        self.column.addLayout(last)

    def _row(self, number: int) -> tuple[Card, Sentence, list[Sentence]]:
        card = Card()
        name = Sentence(size=16, weight=theme.MEDIUM, wraps=False)
        facts = [Sentence(size=14, wraps=False) for _n in range(3)]
        line = QHBoxLayout()
        line.setSpacing(px(16))
        for fact in facts:
            line.addWidget(fact)
        line.addStretch(1)
        card.column.addWidget(name)
        card.column.addLayout(line)
        same = Button(_("The same person"), PLAIN, icon="user-check", keys=(words.digits(str(number)),))
        same.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        same.clicked.connect(lambda: self._counter.answer_similar(number))
        layout = card.layout()
        if isinstance(layout, QHBoxLayout):
            layout.addWidget(same)
        self.column.addWidget(card)
        return card, name, facts

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
        for number, (card, name, facts) in enumerate(self.rows):
            card.setVisible(number < len(similar))
            if number >= len(similar):
                continue
            somebody = similar[number]
            name.setText(somebody.name)
            for place, fact in enumerate(facts):
                known = place < len(somebody.facts)
                fact.setVisible(known)
                if known:
                    text, agrees = somebody.facts[place]
                    fact.setText(text)
                    fact.setInk("warn" if agrees else "text2")
        digit = words.digits(str(len(similar) + 1))
        self.another.show_as(_("Another person"), "user-plus", (digit,))
