"""The counter before anybody has come: visits left unfinished, and the day in figures."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources import words
from resources.words import _
from ui import theme
from ui.counter.acts import DraftRow
from ui.counter.presenter import Counter
from ui.theme import px
from ui.widgets.button import PLAIN, QUIET, Button
from ui.widgets.card import Card
from ui.widgets.words import Sentence

MOST_DRAFTS = 3


class DraftLine(Card):
    """One unfinished visit, to be taken up again or dropped."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.row: DraftRow | None = None
        self.text = Sentence(icon="file-pen-line", wraps=False)
        self.resume = Button(_("Continue"), PLAIN)
        self.drop = Button(_("Drop"), QUIET)
        self.resume.clicked.connect(lambda: self.row is not None and counter.resume(self.row))
        self.drop.clicked.connect(lambda: self.row is not None and counter.drop(self.row))
        line = QHBoxLayout()
        line.addWidget(self.text, 1)
        line.addWidget(self.resume)
        line.addWidget(self.drop)
        self.column.addLayout(line)

    def show_draft(self, row: DraftRow) -> None:
        self.row = row
        comma = "، " if theme.is_rtl() else ", "
        said = comma.join(part for part in (row.name, row.service) if part) or _("without a name yet")
        self.text.setText(_("A visit was left unfinished: {visit}").format(visit=said))
        self.resume.setAccessibleDescription(said)


class EmptyView(QWidget):
    def __init__(self, counter: Counter) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(
            Sentence(
                _("Scan the national card or write. A new person begins here as well."),
                size=15,
                ink="text3",
                wraps=False,
            )
        )
        self.drafts = [DraftLine(counter) for _n in range(MOST_DRAFTS)]
        for line in self.drafts:
            column.addWidget(line)
        figures = QHBoxLayout()
        figures.setSpacing(px(40))
        self.figures = []
        for label in (_("visits today"), _("done here"), _("being followed up"), _("guided on")):
            number = Sentence("", size=26, weight=theme.BOLD, wraps=False)
            pair = QVBoxLayout()
            pair.setSpacing(px(2))
            pair.addWidget(number)
            pair.addWidget(Sentence(label, size=13, ink="text3", wraps=False))
            figures.addLayout(pair)
            self.figures.append(number)
        figures.addStretch(1)
        column.addSpacing(px(8))
        column.addLayout(figures)

    def show_state(self, counter: Counter) -> None:
        today = counter.today
        drafts = today.drafts if today else ()
        for number, line in enumerate(self.drafts):
            line.setVisible(number < len(drafts))
            if number < len(drafts):
                line.show_draft(drafts[number])
        if today is None:
            return
        totals = today.totals
        counts = (totals.registered, totals.done, totals.follow_up, totals.guided)
        for figure, count in zip(self.figures, counts, strict=True):
            figure.setText(words.number(count))
