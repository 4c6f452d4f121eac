"""What the counter knows, and how it gets back to empty. The verbs are in the modules that build on this one."""

import datetime
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from models.ids import new_id
from resources.words import _
from ui.counter.due_date import DayPick
from ui.counter.find import Find
from ui.counter.papers import Papers
from ui.counter.person import Person
from ui.counter.saved import Saved
from ui.counter.service import ServicePick
from ui.doors import Doors
from ui.shell import NoShell, Shell
from ui.status.line import Line
from ui.trouble import Trouble, trouble_of

if TYPE_CHECKING:
    from app.desk.promises import Promise
    from ui.counter.acts import Acts, Today

OUTCOMES = ("done", "follow_up", "guided")
DRAFT_PAUSE = 300
"""Milliseconds after the last key until what is typed is kept in the desk's file."""


class CounterState:
    """The page's state. `focus` names the part that should have the focus next; the page takes it."""

    def __init__(
        self,
        acts: "Acts",
        doors: Doors,
        receipts: Path,
        papers: Papers | None = None,
        now: Callable[[], float] = time.monotonic,
        shell: Shell | None = None,
        line: Line | None = None,
    ) -> None:
        self.shell: Shell = shell or NoShell()
        self.line = line
        self.acts, self.doors, self.receipts, self.now = acts, doors, receipts, now
        self.papers = papers or Papers(doors)
        self.changed: Callable[[], None] = lambda: None
        self.service = ServicePick()
        self.due = DayPick("due_on", self.touched)
        self.bring = DayPick("bring_by", self.bring_changed)
        self.today: Today | None = None
        self.banner: Trouble | None = None
        self.saved: Saved | None = None
        self.clear()

    def clear(self) -> None:
        """An empty counter; the office's services stay."""
        self.id = new_id()  # becomes the request's, so that a second try of the same form is a replay
        self.find = Find(self.now)
        self.person = Person()
        self.service.clear()
        self.outcome = ""
        self.due.clear()
        self.bring.clear()
        self.promise: Promise | None = None
        self.note = ""
        self.takes_receipt = True
        self.no_receipt_reason = self.no_receipt_problem = ""
        """Why the client has said beforehand that they take no receipt; it is asked for before one is printed."""
        self.continues = ""
        self.asked_at = float("-inf")
        self.leaving = ""
        self.wanted: UUID | None = None  # who was picked and is being read
        self.busy = False
        self.focus = "find"

    @property
    def stage(self) -> str:
        """What the page shows: `saved`, `visit`, `found` (the list of results) or `empty`."""
        if self.saved is not None:
            return "saved"
        if self.find.text.strip() and not self.person.is_there:
            return "found"
        return "visit" if self.person.is_there or self.service.chosen else "empty"

    @property
    def service_waits(self) -> bool:
        """The form of a new person comes first; the service is one line until the clerk gets there."""
        comes_first = self.person.is_new and (not self.service.is_reached or bool(self.person.similar))
        return comes_first and self.service.chosen is None

    @property
    def lacks_papers(self) -> bool:
        """An answer is promised although papers are lacking, and the clerk has looked at them."""
        return self.outcome == "follow_up" and self.service.papers_looked_at and bool(self.service.lacking)

    @property
    def due_on(self) -> datetime.date | None:
        """The day that would be promised; None where none is, or where what is written is no day."""
        return self.due.day if self.outcome == "follow_up" else None

    @property
    def bring_by(self) -> datetime.date | None:
        """The day until which the lacking papers are to be brought."""
        return self.bring.day if self.lacks_papers else None

    @property
    def lacks(self) -> str:
        """The part that keeps the visit from being registered, empty when it is whole."""
        if self.person.similar:
            return "similar"
        if not self.person.is_there:
            return "find"
        if self.person.lacks:
            return self.person.lacks
        if self.service.chosen is None:
            return "service"
        if self.lacks_papers and self.bring.is_wrong:
            return "bring"
        if self.outcome == "follow_up" and self.due.is_wrong:
            return "due"
        return "no_receipt" if self.declines and not self.no_receipt_reason.strip() else ""

    @property
    def declines(self) -> bool:
        """The client takes no receipt of a visit that has one."""
        return not self.takes_receipt and self.outcome != "guided"

    def touched(self) -> None:
        """Something was written: keep it after a pause, and show it."""
        self.doors.later(self, "keep_draft", DRAFT_PAUSE)
        self.changed()

    def bring_changed(self) -> None:
        """The answer counts from the day on which the papers are there."""
        self.touched()

    def look_at_today(self) -> None:
        self.doors.read(self, "_today_read", self.acts.today, failed="_read_failed", latest=True)

    def _today_read(self, today: "Today") -> None:
        self.today = today
        self.changed()

    def _read_failed(self, error: Exception) -> None:
        self.leaving = ""
        self.banner = trouble_of(error, _("This could not be read just now."))
        self.changed()
