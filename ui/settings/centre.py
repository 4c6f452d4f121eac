"""The centre in the settings, without its glass: how the line stands, sending now, and joining. No Qt here."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from resources.words import _
from ui.clock import ask_about_clock
from ui.doors import Doors
from ui.settings.acts import Acts
from ui.shell import Shell
from ui.status.line import Line
from ui.status.signs import CATCHING_UP
from ui.trouble import trouble_of

if TYPE_CHECKING:
    from app.desk.link.running import News
    from app.wire.messages import Enrolled


PLACES = {
    "bad_address": "address",
    "not_trusted": "address",
    "misread": "code",
    "wrong_code": "code",
    "bad_certificate": "certificate",
}
"""At which field a refusal is said."""


class CentreSettings:
    """`told` lets the page look again. What is typed is kept until the desk has joined."""

    def __init__(self, acts: Acts, doors: Doors, shell: Shell, line: Line | None, told: Callable[[], None]) -> None:
        self.acts, self.doors, self.shell, self.line, self.told = acts, doors, shell, line, told
        self.address = self.code = self.certificate = ""
        self.problem = self.problem_at = ""
        """What is wrong, and at which field: `address`, `code` or `certificate`; empty for all of it."""
        self.asks_clock = False
        """Two people can put it right by saying that the clock is."""
        self.busy = False

    def start(self) -> None:
        if self.line is not None:
            self.line.watch(self, self.told)

    def leave(self) -> None:
        if self.line is not None:
            self.line.unwatch(self)

    @property
    def news(self) -> "News | None":
        return self.line.news if self.line is not None else None

    @property
    def now(self) -> int:
        return self.acts.desk.clock()

    @property
    def may_join(self) -> bool:
        """Whether there is a centre to join, or to join again because it does not take the desk, or shows itself as
        another."""
        is_in = self.news is not None and self.news.reach not in ("refused", "distrusted")
        return self.line is not None and self.acts.may_join and not is_in

    def send_now(self) -> None:
        if self.line is not None:
            self.line.send_now()
            self.shell.toast(_("The centre is asked now."))

    @property
    def fetches(self) -> bool:
        """So much is to be fetched that one may see how it goes, and let it rest."""
        return self.news is not None and self.news.standing.behind > CATCHING_UP

    def rest_or_go_on(self) -> None:
        """Fetching what others wrote stops where it is, or goes on from there."""
        if self.line is not None and self.news is not None:
            self.line.rest(not self.news.resting)

    def open_file(self, tracking_code: str) -> None:
        """The request that the centre holds something against."""
        self.shell.open_file(tracking_code)

    def type(self, field: str, text: str) -> None:
        """Into `address`, `code` or `certificate`."""
        setattr(self, field, text)
        if self.problem:
            self.problem, self.problem_at, self.asks_clock = "", "", False
            self.told()

    def clock_is_right(self) -> None:
        """The clock stands before what this desk wrote last: two people say that it is right, and the desk joins."""
        ask_about_clock(self.shell, self.acts, lambda _at: self.join())

    def join(self) -> None:
        if self.busy or not self.may_join:
            return
        address, code = self.address, self.code
        certificate = Path(self.certificate.strip()) if self.certificate.strip() else None
        self.busy, self.problem, self.problem_at, self.asks_clock = True, "", "", False
        self.doors.change(self, "_joined", lambda: self.acts.join(address, code, certificate), failed="_not_joined")
        self.told()

    def _joined(self, answer: "Enrolled") -> None:
        self.busy = False
        self.address = self.code = self.certificate = ""
        self.shell.toast(_("This desk has joined {office}.").format(office=answer.office_name))
        if self.line is not None:
            self.line.start_anew()
        self.shell.desk_is(answer.desk_name)
        self.told()

    def _not_joined(self, error: Exception) -> None:
        from app.desk.link.admission import JoinError, join_sentence

        self.busy = False
        if isinstance(error, JoinError):
            self.problem, self.problem_at = join_sentence(error), PLACES.get(error.code, "")
        else:
            trouble = trouble_of(error, "")
            self.problem, self.asks_clock = trouble.text, trouble.asks_clock
        self.told()
