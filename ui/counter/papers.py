"""Papers on their way to the printer, whoever stands at the counter by now. No Qt here."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from app.desk.paper_words import paper_sentence, printer_sentence, reason_sentence
from app.desk.printers import PrinterError
from app.desk.receipts import Unconfirmed, Voided
from printing.printers.reports import FAILED, FINAL, PRINTED, QUEUED, STUCK, UNKNOWN, Report
from resources import words
from resources.words import _, ngettext
from ui.doors import Doors
from ui.trouble import trouble_of

if TYPE_CHECKING:
    from app.desk.spool import Came, Hand, Waiting
    from printing.printers import Queue
    from ui.paper_acts import PaperActs as Acts

NO_PRINTER = "no-printer"
"""The printer that papers go to is gone: a file is offered instead."""
BROKEN_OFF = "broken-off"
"""The program could not go on with the paper; what became of it is asked anew by printing again."""


class Slip:
    """The paper of one request: `state` is a `Report`'s, `no-printer` or `broken-off`; `why` says it in a sentence."""

    def __init__(self, papers: "Papers", tracking_code: str, name: str) -> None:
        self.tracking_code, self.name = tracking_code, name
        self.state, self.reason, self.why = QUEUED, "", ""
        self.is_closed = False
        """The clerk has read how it stands and closed the banner."""
        self.is_unwanted = False
        """Its visit is void or the client wants none: that it does not come out is no concern of anybody's."""
        self.is_asked_of = False
        """The clerk wants another of a paper of which the printer says no more: so whether it came out is asked."""
        self._papers = papers
        self._hand: Hand | None = None
        self._elsewhere: Callable[[], None] | None = None
        """What brings it out of another printer, once it is certain that it does not come out of this one."""

    @property
    def is_moving(self) -> bool:
        """Whether it may come out by itself."""
        return self.state not in FINAL and self.state not in (NO_PRINTER, BROKEN_OFF)

    @property
    def is_stuck(self) -> bool:
        """It waits at a printer until something is done there."""
        return self.state == STUCK

    @property
    def wants_a_look(self) -> bool:
        if self.is_unwanted:
            return False
        if self.is_delivered:
            return False  # such a printer never says more, and nobody is to be asked after every visit
        return self.state == UNKNOWN or (self.state in (STUCK, FAILED, BROKEN_OFF) and not self.is_closed)

    @property
    def is_delivered(self) -> bool:
        """The printer took it and can say no more."""
        return self.state == UNKNOWN and self.reason == "delivered"

    @property
    def asks(self) -> bool:
        """Somebody is to say whether it came out."""
        return self.state == UNKNOWN and (self.is_asked_of or not self.is_delivered)

    def print(self, acts: "Acts", queue: "Queue | None" = None) -> None:
        """The request's next paper goes to the printer; the desk decides whether it is a duplicate."""
        self._elsewhere, self.is_unwanted = None, False
        self._go(lambda told, hand: acts.print_receipt(self.tracking_code, told, hand, queue))

    def print_elsewhere(self, acts: "Acts", queue: "Queue") -> None:
        """Another printer takes it. Where it may still come out it is asked back first: no two are to come out."""
        if self.is_moving or self.state == UNKNOWN:
            self._elsewhere = lambda: self.print(acts, queue)
            self.take_back()
        else:
            self.print(acts, queue)

    def follow(self, acts: "Acts", attempt: UUID) -> None:
        """A paper that had left when the program ended."""
        self._go(lambda told, hand: acts.follow_paper(attempt, told, hand))

    def take_back(self) -> None:
        """It is asked back from a printer where it sticks."""
        if self._hand is not None:
            self._hand.give_up()

    def forgo(self) -> None:
        """It is not wanted any more; it is asked back, wherever it is."""
        self.is_unwanted, self._elsewhere = True, None
        self.take_back()

    def answer(self, acts: "Acts", came_out: bool) -> None:
        """The clerk's word on a paper of which nobody else knows."""
        if self.state == UNKNOWN:
            self._stands(Report(PRINTED if came_out else FAILED, "clerk"))
            self.is_closed = True  # who says so knows it
            code = self.tracking_code
            self._papers.doors.change(
                self, "_written", lambda: acts.say_whether_it_came_out(code, came_out), failed="_failed"
            )

    def ask(self, reason: str) -> None:
        self._stands(Report(UNKNOWN, reason))

    def _go(self, job: "Callable[[Callable[[object], None], Hand], Came | None]") -> None:
        from app.desk.spool import Hand  # it brings in what draws papers

        hand = self._hand = Hand()
        self._stands(Report(QUEUED))
        self._papers.doors.paper(
            self, "_came", lambda told: job(told, hand), told="_told", failed="_failed", leave=hand.leave
        )

    def _told(self, report: Report) -> None:
        """What became of it in the end stands only once it is written: until then nobody is asked and none is sent."""
        if not report.is_final:
            self._stands(report)

    def _stands(self, report: Report) -> None:
        self.state, self.reason = report
        self.why = paper_sentence(report)
        self.is_closed = self.is_asked_of = False
        self._papers.changed()

    def _came(self, came: "Came | None") -> None:
        if came is not None:
            self._stands(Report(came.outcome, came.reason))
            if came.outcome == FAILED:
                self._go_elsewhere()
        else:
            self.state, self.reason, self.why = NO_PRINTER, "", ""
            self._papers.changed()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Unconfirmed):
            self.ask("")
            return
        if isinstance(error, Voided):
            self._stands(Report(FAILED, "voided"))
            return
        self.state, self.reason, self.is_closed = BROKEN_OFF, "", False
        self.why = printer_sentence(error) if isinstance(error, PrinterError) else trouble_of(error, "").text
        self._papers.changed()

    def _written(self, _nothing: None) -> None:
        self._papers.changed()
        if self.state == FAILED:
            self._go_elsewhere()

    def _go_elsewhere(self) -> None:
        """The printer that was named meanwhile takes it; nothing where none was."""
        go, self._elsewhere = self._elsewhere, None
        if go is not None:
            go()


class Papers:
    """Every paper since the window was opened. It outlives a sign-out; the pages that are open hear of every change."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self._slips: dict[str, Slip] = {}
        self._watchers: dict[int, Callable[[], None]] = {}

    def watch(self, page: object, changed: Callable[[], None]) -> None:
        """`changed` is called with every news until the page says `unwatch`."""
        self._watchers[id(page)] = changed

    def unwatch(self, page: object) -> None:
        self._watchers.pop(id(page), None)

    def changed(self) -> None:
        for tell in tuple(self._watchers.values()):
            tell()

    def of(self, tracking_code: str) -> Slip | None:
        return self._slips.get(tracking_code)

    def print(self, acts: "Acts", tracking_code: str, name: str) -> None:
        """Prints, unless its paper is on its way or somebody must first say whether it came out."""
        slip = self._slips.get(tracking_code)
        if slip is None:
            slip = self._new(tracking_code, name)
        elif slip.is_delivered:
            slip.is_asked_of = True
            self.changed()
            return
        elif slip.is_moving or slip.state == UNKNOWN:
            return
        slip.print(acts)

    def drop(self, tracking_code: str) -> None:
        """Its paper came out elsewhere."""
        self._slips.pop(tracking_code, None)

    def take_up(self, acts: "Acts", waiting: "list[Waiting]") -> None:
        """Goes on where the program ended: follows what is at a printer, asks about what nobody knows."""
        for paper in waiting:
            if paper.tracking_code in self._slips or not paper.is_unconfirmed:
                continue
            slip = self._new(paper.tracking_code, paper.client_name)
            if paper.outcome == UNKNOWN:
                slip.ask(paper.reason)
            else:
                slip.follow(acts, paper.attempt)

    def to_look_at(self, beside: str) -> Slip | None:
        """The first paper that the clerk should know of, questions first; not the one that is on the page."""
        found = [slip for slip in self._slips.values() if slip.wants_a_look and slip.tracking_code != beside]
        return min(found, key=lambda slip: slip.state != UNKNOWN, default=None)

    def waiting(self) -> "tuple[Slip, ...]":
        """Those that may still come out, or of which nobody knows."""
        return tuple(slip for slip in self._slips.values() if not slip.is_unwanted and (slip.is_moving or slip.asks))

    def stuck(self) -> "tuple[Slip, ...]":
        """Those that wait at a printer until something is done there."""
        return tuple(slip for slip in self._slips.values() if slip.is_stuck)

    def unwanted(self, tracking_code: str) -> None:
        """Its visit is void, or the client wants none: what may still come out is asked back."""
        slip = self._slips.get(tracking_code)
        if slip is not None:
            slip.forgo()

    def _new(self, tracking_code: str, name: str) -> Slip:
        slip = self._slips[tracking_code] = Slip(self, tracking_code, name)
        return slip


def heading(slip: Slip) -> str:
    """What a banner says first of a paper that wants a look."""
    if slip.state == UNKNOWN:
        return _("Did the receipt of {name} come out?").format(name=slip.name)
    if slip.state == STUCK:
        waits = _("The receipt of {name} waits at the printer.").format(name=slip.name)
        return reason_sentence(slip.reason) or waits
    return _("The receipt of {name} is not out.").format(name=slip.name)


def safe_words(slip: Slip, how_many: int) -> str:
    """What is safe while it sticks, for so many papers that stick alike."""
    if how_many == 1:
        return _("The visit is safe, and the receipt of {name} comes out once this is over.").format(name=slip.name)
    return ngettext(
        "{n} receipt waits; the visits are safe, and all come out once this is over.",
        "{n} receipts wait; the visits are safe, and all come out once this is over.",
        how_many,
    ).format(n=words.number(how_many))
