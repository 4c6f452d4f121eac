"""After registering: the tick, the code in its groups, the promised day, and where the record is by now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources import words
from resources.words import _
from ui import theme
from ui.counter.arriving import Arrival
from ui.counter.paper_strip import PaperStrip
from ui.counter.papers import BROKEN_OFF, NO_PRINTER, Slip
from ui.counter.presenter import Counter
from ui.counter.receipting import OUT
from ui.counter.saved import Saved
from ui.counter.saved_parts import CENTRE, CODE_SIZE, LOW_CODE_SIZE, CodeLine, Mark, Place, Places, PromiseLine
from ui.theme import px
from ui.widgets.button import DANGER, LINK, PLAIN, QUIET, Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.words import Sentence


class Declining(QWidget):
    """The reason why the client takes no paper, asked for in place."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.reason = Field(_("Why is no receipt wanted?"))
        self.write = Button(_("Register without receipt"), PLAIN, icon="check", keys=("Enter",))
        leave = Button(_("Cancel"), QUIET, keys=("Esc",))
        self.reason.entered.connect(lambda: counter.decline(self.reason.text()))
        self.write.clicked.connect(lambda: counter.decline(self.reason.text()))
        leave.clicked.connect(counter.stop_declining)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(self.reason, 1)
        for button in (self.write, leave):
            place = QVBoxLayout()
            place.addSpacing(px(26))
            place.addWidget(button)
            place.addStretch(1)
            row.addLayout(place)

    def show_state(self, counter: Counter) -> None:
        if counter.is_declining and not self.isVisible():
            self.reason.show_text("")
        self.setVisible(counter.is_declining)
        self.reason.show_problem(counter.declined_problem)


class SavedView(QWidget):
    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self.person = Sentence(size=17, weight=theme.BOLD, wraps=False)
        self.service = Sentence(size=14, ink="text2", wraps=False)
        self.file = Button(_("File"), LINK, icon="folder-open")
        self.file.clicked.connect(counter.open_saved_file)
        self.mark = Mark()
        self.head = Sentence(size=18, weight=theme.BOLD, alignment=CENTRE, wraps=False)
        self.code = CodeLine()
        self.due = PromiseLine()
        self.here, self.paper, self.centre = Place(_("At this desk")), Place(_("On paper")), Place(_("At the centre"))
        self.strip = PaperStrip(counter)
        self.came, self.missing = self.strip.came, self.strip.missing
        self.back, self.other = self.strip.back, self.strip.other
        self.another = Button(_("Another service for this person"), PLAIN, icon="plus", keys=("F3",))
        self.another.clicked.connect(counter.go_to_service)
        self.again = Button(_("Print again"), PLAIN, icon="printer", keys=("F12",))
        self.again.clicked.connect(counter.bring_paper)
        self.pdf = Button(_("Save the receipt as PDF"), PLAIN, icon="file-down", keys=("F12",))
        self.pdf.clicked.connect(counter.save_paper)
        self.void = Button(_("Void this registration"), DANGER, icon="ban")
        self.void.clicked.connect(counter.void)
        self.note = Sentence(size=14, ink="text3")
        self.decline = Button(_("No receipt wanted"), QUIET)
        self.decline.clicked.connect(counter.start_declining)
        self.declining = Declining(counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(self._heading())
        column.addWidget(self._card())
        column.addWidget(self.strip)
        column.addWidget(self.declining)
        self.rest = self._rest()
        column.addWidget(self.rest)

    def _rest(self) -> QWidget:
        """What can be done next, and what is worth knowing."""
        rest = QWidget()
        column = QVBoxLayout(rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(self._actions())
        under = QHBoxLayout()
        under.setSpacing(px(10))
        under.addWidget(self.note, 1)
        under.addWidget(self.decline, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(under)
        return rest

    def _heading(self) -> QHBoxLayout:
        heading = QHBoxLayout()
        heading.setSpacing(px(12))
        heading.addWidget(self.person)
        heading.addWidget(self.service)
        heading.addStretch(1)
        heading.addWidget(self.file)
        return heading

    def _card(self) -> Card:
        card = Card()
        column = card.column
        column.setContentsMargins(0, px(10), 0, 0)
        column.addWidget(self.mark, 0, CENTRE)
        column.addWidget(self.head)
        column.addWidget(Sentence(_("Tracking code"), size=14, ink="text3", alignment=CENTRE, wraps=False))
        column.addWidget(self.code)
        column.addWidget(self.due)
        column.addSpacing(px(8))
        column.addWidget(Places(self.here, self.paper, self.centre))
        return card

    def _actions(self) -> QHBoxLayout:
        actions = QHBoxLayout()
        actions.setSpacing(px(10))
        for button in (self.another, self.again, self.pdf):
            actions.addWidget(button)
        actions.addStretch(1)
        actions.addWidget(self.void)
        return actions

    def show_low(self, low: bool) -> None:
        """In a low window the code is smaller and the tick gone, so that what is to be done is seen at once."""
        self.mark.setVisible(not low)
        self.code.show_size(LOW_CODE_SIZE if low else CODE_SIZE)

    def show_saved(self, saved: Saved, slip: Slip | None) -> None:
        """`slip` is the printer's paper; None where it goes to a file."""
        counter = self._counter
        self.person.setText(saved.person)
        self.service.setText(saved.service)
        paper = counter.paper_stands
        self.mark.show_voided(saved.is_voided)
        self.head.setText(_("This registration is void") if saved.is_voided else _head(saved, paper))
        self.code.show_code(saved.tracking_code, "text3" if saved.is_voided else "text")
        self.due.setVisible(saved.due_on is not None and not saved.is_voided)
        if saved.due_on is not None:
            self.due.show_day(_("Answer by {day}"), words.long_date(saved.due_on))
        self.here.show_state(_("saved"), "circle-check", "accent")
        self.paper.show_state(*_paper_state(saved, paper))
        self.centre.show_state(*_centre_state(counter.arrival))
        self.strip.show_state(counter, slip)
        self._show_actions(saved, slip)
        self.declining.show_state(counter)
        self.rest.setVisible(not counter.is_declining)
        self.decline.setVisible(counter.may_decline)
        self.note.setText("\n".join(_notes(saved)))

    def _show_actions(self, saved: Saved, slip: Slip | None) -> None:
        is_asked = slip is not None and slip.asks
        may_print = saved.prints and not is_asked and not (slip and slip.is_moving)
        self.again.show_as(_("Print again") if slip else _("Print the receipt"), "printer", ("F12",))
        self.again.setVisible(may_print and not saved.is_voided)
        may_write = saved.paper in ("waiting", "failed", "none") and not saved.prints
        self.pdf.setVisible(may_write and not saved.is_voided)
        self.void.setVisible(not saved.is_voided)


def _notes(saved: Saved) -> list[str]:
    """What is worth knowing, one thing a line, the most important first."""
    lines = []
    if saved.file is not None:
        file = theme.island(f"{saved.file.parent.name}/{saved.file.name}")
        lines.append(_("The receipt is in {file}").format(file=file))
    lines += saved.warnings
    if not saved.is_voided:
        lines.append(_("Voiding is possible until delivery; take the paper receipt back from the client."))
    return lines


def _head(saved: Saved, paper: str) -> str:
    if saved.is_declined and paper not in OUT:
        return _("Registered; no receipt was wanted")
    heads = {
        "saved": _("Registered, and the receipt is written"),
        "none": _("Registered"),
        "print-queued": _("Registered; the receipt is in the print queue"),
        "print-sent": _("Registered; the receipt is being printed"),
        "print-printing": _("Registered; the receipt is being printed"),
        "print-printed": _("Registered, and the receipt is printed"),
        "print-delivered": _("Registered; the receipt was handed to the printer"),
        "print-unknown": _("Registered. Did the receipt come out?"),
    }
    return heads.get(paper, _("Registered; the receipt is not out yet"))


def _centre_state(arrival: Arrival) -> tuple[str, str, str]:
    states: dict[Arrival, tuple[str, str, str]] = {
        "none": (_("no centre is set"), "cloud-off", "text3"),
        "sending": (_("being sent"), "cloud-upload", "text2"),
        "waits": (_("sent once the centre answers"), "cloud-off", "warn"),
        "arrived": (_("arrived"), "cloud-check", "accent"),
    }
    return states[arrival]


def _paper_state(saved: Saved, paper: str) -> tuple[str, str, str]:
    if saved.is_voided and paper in OUT:
        return _("to be taken back"), "undo-2", "warn"
    if saved.is_voided or (saved.is_declined and paper not in OUT):
        return _("none comes out"), "info", "text3"
    return {
        "none": (_("no paper is needed"), "info", "text3"),
        "waiting": (_("waiting"), "clock", "warn"),
        "writing": (_("being written"), "clock", "text2"),
        "saved": (_("written as PDF"), "circle-check", "accent"),
        "failed": (_("not written"), "triangle-alert", "warn"),
        "print-queued": (_("in the print queue"), "printer", "text2"),
        "print-sent": (_("handed to the printer"), "printer", "text2"),
        "print-printing": (_("being printed"), "printer", "text2"),
        "print-stuck": (_("waits at the printer"), "clock-alert", "warn"),
        "print-printed": (_("printed"), "printer-check", "accent"),
        "print-failed": (_("not printed"), "triangle-alert", "warn"),
        "print-unknown": (_("not known"), "circle-alert", "warn"),
        "print-delivered": (_("handed to the printer"), "printer", "text2"),
        f"print-{NO_PRINTER}": (_("waiting"), "clock", "warn"),
        f"print-{BROKEN_OFF}": (_("not followed"), "triangle-alert", "warn"),
    }[paper]
