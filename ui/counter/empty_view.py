"""The counter before anybody has come: visits left unfinished, the day in figures, the last visits; or how to begin."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources import words
from resources.words import _, ngettext
from ui import theme
from ui.counter.acts import DraftRow
from ui.counter.last_visits import LastVisits
from ui.counter.presenter import Counter
from ui.theme import px
from ui.widgets.button import LINK, PLAIN, QUIET, Button
from ui.widgets.card import Badge, Card
from ui.widgets.words import Sentence

MOST_DRAFTS = 3


class DraftLine(Card):
    """One unfinished visit, to be taken up again (a click anywhere on it, or Enter) or dropped."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(margins=(18, 6))
        self._counter = counter
        self.row: DraftRow | None = None
        self.text = Sentence(icon="file-pen-line", wraps=False)
        self.resume = Button(_("Continue"), PLAIN)
        self.drop = Button(_("Drop"), QUIET)
        self.resume.clicked.connect(self._take_up)
        self.drop.clicked.connect(lambda: self.row is not None and counter.drop(self.row))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        line = QHBoxLayout()
        line.addWidget(self.text, 1)
        line.addWidget(self.resume)
        line.addWidget(self.drop)
        self.column.addLayout(line)

    def _take_up(self) -> None:
        if self.row is not None:
            self._counter.resume(self.row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self._take_up()

    def show_draft(self, row: DraftRow) -> None:
        self.row = row
        comma = "، " if theme.is_rtl() else ", "
        said = comma.join(part for part in (row.name, row.service) if part) or _("without a name yet")
        self.text.setText(_("A visit was left unfinished: {visit}").format(visit=said))
        self.resume.setAccessibleDescription(said)
        self.drop.setAccessibleDescription(said)


class Figures(QWidget):
    """The day in four numbers."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(px(8), px(8), px(8), px(4))
        row.setSpacing(px(44))
        self.numbers = []
        for label in (_("visits today"), _("done here"), _("being followed up"), _("guided on")):
            number = Sentence("", size=26, weight=theme.BOLD, wraps=False)
            pair = QVBoxLayout()
            pair.setSpacing(px(2))
            pair.addWidget(number)
            pair.addWidget(Sentence(label, size=14, ink="text3", wraps=False))
            row.addLayout(pair)
            self.numbers.append(number)
        row.addStretch(1)

    def show_counts(self, counts: tuple[int, ...]) -> None:
        for figure, count in zip(self.numbers, counts, strict=True):
            figure.setText(words.number(count))


class Lesson(Card):
    """How a visit goes, while the day has none yet."""

    def __init__(self) -> None:
        super().__init__()
        self.column.setSpacing(px(12))
        self.column.addWidget(Sentence(_("Nobody has been here today yet."), size=16, weight=theme.BOLD, wraps=False))
        steps = (
            _("Who has come: scan the card, or write the number or the name. Enter takes the marked row."),
            _("What for: the digit of a service, or some letters of its name. F4 says that all papers are here."),
            _("What becomes of it: F6 done, F7 taken in, F8 told only. Ctrl and Enter register it."),
        )
        for number, said in enumerate(steps, 1):
            row = QHBoxLayout()
            row.setSpacing(px(12))
            row.addWidget(Badge(words.digits(str(number))), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Sentence(said, ink="text2"), 1)
            self.column.addLayout(row)
        self.column.addWidget(Sentence(_("F1 shows every key."), size=14, ink="text3", wraps=False))


class EmptyView(QWidget):
    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        hint = _("Scan the national card or write. A new person begins here as well.")
        self.drafts = [DraftLine(counter) for _n in range(MOST_DRAFTS)]
        self.more_drafts = Sentence(size=14, ink="text3", wraps=False)
        self.day = Figures()
        self.figures = self.day.numbers
        self.lesson = Lesson()
        self.log = Button(_("Daily log"), LINK, icon="book-open-text")
        self.log.clicked.connect(self._open_log)
        self.last = LastVisits()
        self.last.meant.connect(self._open_file)
        self.last_card = Card(margins=(0, 4))
        self.last_card.column.addWidget(self.last)
        self.last_heading = QWidget()
        heading = QHBoxLayout(self.last_heading)
        heading.setContentsMargins(px(8), px(6), px(8), 0)
        heading.addWidget(Sentence(_("Last visits"), size=15, weight=theme.BOLD, wraps=False))
        heading.addStretch(1)
        heading.addWidget(self.log)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(Sentence(hint, size=15, ink="text3", wraps=False))
        for line in self.drafts:
            column.addWidget(line)
        column.addWidget(self.more_drafts)
        for part in (self.day, self.lesson, self.last_heading, self.last_card):
            column.addWidget(part)
            part.hide()

    def _open_log(self) -> None:
        self._counter.shell.open_log()

    def _open_file(self, tracking_code: str) -> None:
        self._counter.shell.open_file(tracking_code)

    def show_state(self, counter: Counter) -> None:
        today = counter.today
        drafts = today.drafts if today else ()
        for number, line in enumerate(self.drafts):
            line.setVisible(number < len(drafts))
            if number < len(drafts):
                line.show_draft(drafts[number])
        more = len(drafts) - MOST_DRAFTS
        self.more_drafts.setVisible(more > 0)
        if more > 0:
            said = ngettext("and {n} more unfinished visit", "and {n} more unfinished visits", more)
            self.more_drafts.setText(said.format(n=words.number(more)))
        if today is None:
            return
        totals = today.totals
        self.day.show_counts((totals.registered, totals.done, totals.follow_up, totals.guided))
        self.day.setVisible(totals.registered > 0)
        self.lesson.setVisible(totals.registered == 0)
        self.last.show_visits(today.last)
        self.last_heading.setVisible(bool(today.last))
        self.last_card.setVisible(bool(today.last))
