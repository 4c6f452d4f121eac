"""How the desk stands at this moment, without its glass. No Qt here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from printing.printers.reports import STUCK, UNKNOWN
from resources import words
from resources.words import _, ngettext
from ui.counter.papers import Papers
from ui.doors import Doors
from ui.status.line import Line
from ui.status.signs import Sign, centre_sign

if TYPE_CHECKING:
    from app.desk.desk import Desk

LOOK_MS = 5_000


class Status:
    """`changed` tells that something is another. What is shown is what is known: a printer that nobody has asked is
    called by its name and not called ready."""

    def __init__(self, desk: "Desk", doors: Doors, papers: Papers, line: Line | None = None) -> None:
        self.desk, self.doors, self.papers, self.line = desk, doors, papers, line
        self.changed: Callable[[], None] = lambda: None
        self.time = ""
        self._printer: str | None = None  # its name, empty for none; None until it has been read
        self._is_left = False

    def start(self) -> None:
        self.papers.watch(self, self._hears)
        if self.line is not None:
            self.line.watch(self, self._hears)
        self.look_at_printer()
        self.look()

    def leave(self) -> None:
        self._is_left = True
        self.papers.unwatch(self)
        if self.line is not None:
            self.line.unwatch(self)

    def look(self) -> None:
        """The time, and again after a while."""
        if self._is_left:
            return
        time = words.clock(self.desk.clock())
        if time != self.time:
            self.time = time
            self.changed()
        self.doors.later(self, "look", LOOK_MS)

    def look_at_printer(self) -> None:
        """Which printer the usual paper goes to."""
        self.doors.read(self, "_printer_read", self._read_printer, failed="_not_read", latest=True)

    def _read_printer(self) -> str:
        from app.desk.printers import printers

        known = printers(self.desk)
        return known.defaults.get(known.paper, "")

    def _printer_read(self, name: str) -> None:
        self._printer = name
        self.changed()

    def _not_read(self, _error: Exception) -> None:
        """The page that works with the printer says what is wrong."""

    def _hears(self) -> None:
        self.changed()

    @property
    def centre(self) -> Sign:
        return centre_sign(self.line.news if self.line is not None else None, self.desk.clock())

    @property
    def printer(self) -> Sign | None:
        """None until it is known which one there is."""
        waiting = self.papers.waiting()
        if waiting and any(slip.state in (STUCK, UNKNOWN) for slip in waiting):
            out = any(slip.reason == "media-empty" for slip in waiting)
            said = (
                ngettext("out of paper, {n} waits", "out of paper, {n} wait", len(waiting))
                if out
                else ngettext("look at the printer, {n} waits", "look at the printer, {n} wait", len(waiting))
            )
            return Sign("printer", said.format(n=words.number(len(waiting))), "warn")
        if waiting:
            return Sign("printer", _("printing"), "accent")
        if self._printer is None:
            return None
        if not self._printer:
            return Sign("printer", _("no printer is set"), "text3")
        return Sign("printer", _("printer {name}").format(name=f"\u2068{self._printer}\u2069"))
