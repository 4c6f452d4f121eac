"""How the desk stands at this moment, without its glass. No Qt here."""

from collections.abc import Callable

from printing.printers.reports import STUCK, UNKNOWN
from resources import words
from resources.words import _, ngettext
from ui.clock import Hand, ask_about_clock
from ui.counter.papers import Papers
from ui.doors import Doors
from ui.shell import NoShell, Shell
from ui.status.line import Line
from ui.status.notices import Notice, notices
from ui.status.signs import Sign, centre_sign

LOOK_MS = 5_000


class Status:
    """`changed` tells that something is another. What is shown is what is known: a printer that nobody has asked is
    called by its name and not called ready."""

    def __init__(
        self, hand: Hand, doors: Doors, papers: Papers, line: Line | None = None, shell: Shell | None = None
    ) -> None:
        self.hand, self.desk, self.doors, self.papers, self.line = hand, hand.desk, doors, papers, line
        self.shell = shell or NoShell()
        self.changed: Callable[[], None] = lambda: None
        self.time = ""
        self._printer: str | None = None  # its name, empty for none; None until it has been read
        self._closed: set[str] = set()  # notices that were read and put away, until somebody signs in again
        self._noticed: Notice | None = None
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
        if time != self.time or self.notice != self._noticed:
            self.time, self._noticed = time, self.notice
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

    # --- what is said over the cards ---------------------------------------------------------------------------------

    @property
    def notice(self) -> Notice | None:
        """The gravest that nobody has put away."""
        line = self.line
        if line is None:
            return None
        known = notices(line.news, self.desk.clock(), accepted=line.accepted)
        return next((notice for notice in known if notice.key not in self._closed), None)

    def act_on_notice(self) -> None:
        """The banner's button."""
        notice, line = self.notice, self.line
        if notice is None or line is None or line.news is None:
            return
        if notice.does == "details":
            self.shell.open_centre()
        elif notice.does == "clock":
            ahead = line.news.ahead

            def accepted(_at: object) -> None:
                line.accepted = ahead
                self.changed()

            ask_about_clock(self.shell, self.hand, accepted)

    def close_notice(self) -> None:
        """It was read."""
        if self.notice is not None:
            self._closed.add(self.notice.key)
            self.changed()

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
