"""The third card: what becomes of the visit, the day of the answer, and the note."""

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from resources import words
from resources.words import _
from ui import theme
from ui.counter.due_date_view import DayField, working_days
from ui.counter.presenter import Counter
from ui.counter.state import OUTCOMES
from ui.theme import px
from ui.widgets.button import LINK, QUIET, Button, FlushButton
from ui.widgets.card import Card
from ui.widgets.choices import Segment, Track
from ui.widgets.field import Field
from ui.widgets.words import Sentence


class OutcomeView(Card):
    def __init__(self, counter: Counter, page: QWidget) -> None:
        super().__init__(words.digits("3"))
        self._counter = counter
        caps = ("F8", "F7", "F6") if theme.is_rtl() else ("F6", "F7", "F8")
        self.waiting = FlushButton(_("Outcome of the visit"), QUIET, keys=caps)
        self.waiting.setFixedHeight(px(28))
        self.waiting.setEnabled(False)
        self.column.addWidget(self.waiting)
        names = {
            "done": (_("Done"), _("Answered here"), "circle-check", "F6"),
            "follow_up": (_("Taken in"), _("Papers stay with us"), "inbox", "F7"),
            "guided": (_("Guided"), _("No file is opened"), "info", "F8"),
        }
        track = Track()
        row = QHBoxLayout(track)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        self.group = QButtonGroup(self)
        self.segments = {outcome: Segment(*names[outcome]) for outcome in OUTCOMES}
        for number, segment in enumerate(self.segments.values()):
            self.group.addButton(segment, number)
            row.addWidget(segment, 1)
        self.group.idClicked.connect(lambda number: counter.choose_outcome(OUTCOMES[number]))
        promise = _("On the receipt: answer by {day}")
        self.due = DayField(_("Day of the answer"), counter.due, page, promise, keys=("F9",))
        self.due_note = Sentence(size=13, ink="text3", wraps=False)
        self.due.heading.insertWidget(1, self.due_note)
        self.note = Field(_("Note for the unit"), note=_("optional"), icon="pencil")
        self.note.edited.connect(counter.type_note)
        self.receipt = Button("", LINK)
        self.receipt.setFixedHeight(px(20))
        self.receipt.clicked.connect(counter.toggle_receipt)
        self.reason = Field(_("Why is no receipt wanted?"))
        self.reason.edited.connect(counter.type_no_receipt)
        fields = QHBoxLayout()
        fields.setSpacing(px(14))
        fields.addWidget(self.due, 20)  # its words are the longer ones
        fields.addWidget(self.note, 19)
        self.body = QWidget()
        body = QVBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(px(8))
        body.addWidget(track)
        body.addLayout(fields)
        body.addWidget(self.reason)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.receipt)
        body.addLayout(last)
        self.column.addWidget(self.body)

    def chosen(self) -> Segment:
        return self.segments[self._counter.outcome or "follow_up"]

    def show_state(self, counter: Counter) -> None:
        there = counter.service.chosen is not None
        self.waiting.setVisible(not there)
        self.body.setVisible(there)
        self.mark("waiting" if not there else "look" if counter.due.problem else "active")
        if not there:
            return
        segment = self.segments.get(counter.outcome)
        if segment is not None:
            segment.setChecked(True)
        self.due.setVisible(counter.outcome == "follow_up")
        self.due.show_state()
        self.due_note.setText(self._due_note(counter))
        self.note.show_text(counter.note)
        self.receipt.setVisible(counter.outcome != "guided")
        self.receipt.show_as(_("No receipt wanted") if counter.takes_receipt else _("With a receipt after all"))
        self.reason.setVisible(counter.declines)
        self.reason.show_text(counter.no_receipt_reason)
        self.reason.show_problem(counter.no_receipt_problem)

    def _due_note(self, counter: Counter) -> str:
        service, promise = counter.service.chosen, counter.promise
        if service is None or promise is None:
            return ""
        days = working_days(service.offered.working_days)
        if counter.due.text:
            return _("the service's own: {day}").format(day=words.long_date(promise.due_on))
        if promise.bring_by is not None:
            return _("{days} after the papers").format(days=days)
        return _("{days}, as the service says").format(days=days)
