"""The small cards beside the timeline: papers, promise, receipts, and what else is to be known of the request."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.desk.files import File, PaperOnFile
from app.desk.paper_words import reason_sentence
from app.desk.sentences import problem
from models.calendar import business_day
from models.codes import grouped
from models.records import OPEN_STATES, Receipt
from resources import words
from resources.words import _, ngettext
from ui import theme
from ui.request_file.happenings import day_of, late_words, moment_of, paper_name
from ui.request_file.paper_panel import outcome_of
from ui.request_file.presenter import Files
from ui.theme import island, px
from ui.widgets.button import LINK, Button
from ui.widgets.card import Card
from ui.widgets.words import Sentence


class Pair(QWidget):
    """A fact: its label, the fact, and a word about it; shown only where there is one."""

    def __init__(self, label: str, *, icon: str = "", weight: int = theme.MEDIUM) -> None:
        super().__init__()
        self.label = Sentence(label, size=13, ink="text3", wraps=False)
        self.value = Sentence(size=15, weight=weight, icon=icon)
        self.note = Sentence(size=13, ink="text3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(1))
        for part in (self.label, self.value, self.note):
            column.addWidget(part)
        self.label.setVisible(bool(label))

    def show_fact(self, value: str, note: str = "", ink: str = "text", note_ink: str = "text3") -> None:
        self.value.setText(value)
        self.value.setInk(ink)
        self.note.setText(note)
        self.note.setInk(note_ink)
        self.note.setVisible(bool(note))
        self.setVisible(bool(value))


class Rows(QWidget):
    """As many facts as there are, made once and shown again with other words."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Pair] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))

    def show_facts(self, facts: list[tuple[str, str, str, str]]) -> None:
        """Each fact as icon, value, note and the ink of both."""
        while len(self.rows) < len(facts):
            row = Pair("")
            self.rows.append(row)
            self._column.addWidget(row)
        for number, row in enumerate(self.rows):
            if number < len(facts):
                icon, value, note, ink = facts[number]
                row.value.setIcon(icon)
                row.show_fact(value, note, ink, ink if ink == "warn" else "text3")
            row.setVisible(number < len(facts))


class Titled(Card):
    def __init__(self, title: str) -> None:
        super().__init__()
        self.count = Sentence(size=13, weight=theme.MEDIUM, ink="accent", wraps=False)
        head = QHBoxLayout()
        head.addWidget(Sentence(title, size=16, weight=theme.BOLD, wraps=False))
        head.addStretch(1)
        head.addWidget(self.count)
        self.rows = Rows()
        self.column.addLayout(head)
        self.column.addWidget(self.rows)


class PapersCard(Titled):
    def __init__(self) -> None:
        super().__init__(_("Papers"))

    def show_file(self, file: File) -> None:
        papers = file.papers
        received = sum(paper.at is not None for paper in papers)
        counts = words.number(received), words.number(len(papers))
        self.count.setText(_("{n} of {all}").format(n=counts[0], all=counts[1]))
        self.count.setInk("accent" if received == len(papers) else "warn")
        self.rows.show_facts([self._paper(paper, file) for paper in papers])
        self.setVisible(bool(papers))

    def _paper(self, paper: PaperOnFile, file: File) -> tuple[str, str, str, str]:
        if paper.at is not None:
            return "file-check", paper.title, day_of(business_day(paper.at), file.today), "text"
        bring_by, note = file.request.bring_by, _("lacking")
        if file.request.state in OPEN_STATES and bring_by is not None:
            note = _("lacking; bring by {day}").format(day=day_of(bring_by, file.today))
        return "triangle-alert", paper.title, note, "warn"


class PromiseCard(Card):
    def __init__(self) -> None:
        super().__init__()
        self.due = Pair(_("Day of the answer"), weight=theme.BOLD)
        self.printed = Pair(_("As printed on the receipt"))
        self.unit = Pair(_("Unit"))
        self.officer = Pair(_("Officer"))
        for pair in (self.due, self.printed, self.unit, self.officer):
            self.column.addWidget(pair)

    def show_file(self, file: File) -> None:
        request = file.request
        due = request.due_on if request.outcome == "follow_up" else None
        note, ink = _left(file)
        if due is not None:
            self.due.show_fact(words.long_date(due), note, "danger" if ink == "danger" else "text", ink)
        self.due.setVisible(due is not None)
        moved = request.promised is not None and request.promised != due
        self.printed.show_fact(words.long_date(request.promised) if moved and request.promised else "")
        self.unit.show_fact(request.unit)
        self.officer.show_fact(request.officer)
        self.setVisible(due is not None or bool(request.unit or request.officer))


def _left(file: File) -> tuple[str, str]:
    """The promise in working days as the service says, and how much of it is left while an answer is owed."""
    request = file.request
    days = request.service.working_days
    promised = ngettext("{n} working day", "{n} working days", days).format(n=words.number(days)) if days else ""
    if request.state not in OPEN_STATES or request.due_on is None:
        return promised, "text3"
    late = late_words(file)
    left = (request.due_on - file.today).days
    if late:
        said, ink = late, "danger"
    elif not left:
        said, ink = _("today"), "warn"
    else:
        said = ngettext("{n} day left", "{n} days left", left).format(n=words.number(left))
        ink = "warn" if left == 1 else "text3"
    return " · ".join(part for part in (promised, said) if part), ink


class ReceiptsCard(Titled):
    def __init__(self) -> None:
        super().__init__(_("Receipts"))

    def show_file(self, file: File) -> None:
        request = file.request
        facts = [self._receipt(receipt, file) for receipt in reversed(request.receipts)]
        if request.receipt_declined is not None:
            facts.append(("ban", _("The client wanted no receipt"), request.receipt_declined, "text"))
        self.count.setText(words.number(request.copies) if request.copies > 1 else "")
        self.rows.show_facts(facts or [("", _("No receipt yet"), "", "text3")])

    def _receipt(self, receipt: Receipt, file: File) -> tuple[str, str, str, str]:
        name = paper_name(receipt.copy) if receipt.copy else _("Original")
        when = moment_of(receipt.settled_at or receipt.at, file.today)
        doubtful = receipt.outcome in ("failed", "unknown") and receipt.reason != "delivered"
        why = reason_sentence(receipt.reason) if doubtful else ""
        icon = {"printed": "printer-check", "queued": "clock"}.get(receipt.outcome, "printer")
        note = "\n".join(part for part in (when, why) if part)
        return icon, f"{name}: {outcome_of(receipt)}", note, "warn" if doubtful else "text"


class FactsCard(Card):
    """Subject, note, the visit that is continued, and what a person should look at."""

    def __init__(self, files: Files) -> None:
        super().__init__()
        self.subject = Pair(_("Subject"), weight=theme.REGULAR)
        self.note = Pair(_("Note for the unit"), weight=theme.REGULAR)
        self.continued = Button("", LINK, icon="footprints")
        self.continued.clicked.connect(files.open_continued)
        self.warnings = Rows()
        for part in (self.subject, self.note, self.continued, self.warnings):
            self.column.addWidget(part)

    def show_file(self, file: File) -> None:
        request = file.request
        self.subject.show_fact(request.subject)
        self.note.show_fact(request.note)
        self.continued.setVisible(bool(request.continues))
        if request.continues:
            code = island(words.digits(grouped(request.continues)))
            self.continued.show_as(_("Continues {code}").format(code=code), "footprints")
        doubts = _doubts(file)
        self.warnings.show_facts(doubts)
        self.warnings.setVisible(bool(doubts))
        self.setVisible(bool(request.subject or request.note or request.continues or doubts))


def _doubts(file: File) -> list[tuple[str, str, str, str]]:
    """What was warned of at the counter, what was taken all the same, and what came out of order."""
    facts = [("info", problem(w.field, w.code).message, "", "text") for w in file.request.warnings]
    for forced in file.forced:
        head = _("A refused number was taken all the same")
        by = _("Approved by {name}").format(name=forced.approver) if forced.approver else ""
        facts.append(("triangle-alert", head, "\n".join(part for part in (forced.reason, by) if part), "warn"))
    if "illegal_step" in file.request.flags:
        facts.append(("triangle-alert", _("A step came out of order; it changed nothing"), "", "warn"))
    if "same_number" in file.client_flags:
        facts.append(("triangle-alert", _("Another person is registered with the same number"), "", "warn"))
    return facts
