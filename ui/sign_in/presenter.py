"""Signing in without its glass: who works here, whose password is asked for, and why it was not taken. No Qt here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.desk.doorstep import LAST_SIGNED_IN, Here, Opening, here
from models.text import search_key
from resources.words import _
from ui.doors import Doors
from ui.sign_in.tries import Tries
from ui.status.line import Line
from ui.status.signs import Sign, yesterday_sign

if TYPE_CHECKING:
    from app.desk.people import Session

AT_A_GLANCE = 8
"""From more people on, names are found by typing."""


def role_name(roles: tuple[str, ...]) -> str:
    """What somebody is called by their highest role."""
    names = {
        "supervisor": _("Supervisor"),
        "clerk": _("Desk clerk"),
        "unit_officer": _("Unit officer"),
        "administrator": _("Administrator"),
    }
    return next((names[role] for role in names if role in roles), "")


class SignIn(Tries):
    """The page's state. `signed_in` is called with the session; `changed` tells the page to look again.

    Names are there before the desk is open; whoever is quicker than it waits for it at the door of changes.
    """

    def __init__(self, opening: Opening, doors: Doors) -> None:
        super().__init__(doors)
        self.opening = opening
        self.signed_in: Callable[[Session], None] = lambda session: None
        self.here = Here((), "", "", "")
        self.chosen = 0
        self.filter = ""
        self.line: Line | None = None

    def follow(self, line: Line) -> None:
        """What the centre has is said from now on."""
        self.line = line
        line.watch(self, self._heard)
        self.changed()

    def _heard(self) -> None:
        self.changed()

    def leave(self) -> None:
        """Somebody else's page comes."""
        if self.line is not None:
            self.line.unwatch(self)

    @property
    def yesterday(self) -> Sign | None:
        """What became of the last days' visits; None where that is not known."""
        return yesterday_sign(self.line.news) if self.line is not None else None

    @property
    def has_filter(self) -> bool:
        """There are more people than one finds at a glance."""
        return len(self.here.people) > AT_A_GLANCE

    @property
    def shown(self) -> tuple[int, ...]:
        """Whom the filter leaves, by their places among the people."""
        wanted = search_key(self.filter)
        people = enumerate(self.here.people)
        return tuple(place for place, person in people if wanted in search_key(person.name))

    @property
    def name(self) -> str:
        people = self.here.people
        return people[self.chosen].name if self.chosen < len(people) else ""

    def start(self, glanced: Here | None = None) -> None:
        """Shows who was seen in a glance, else asks the open desk."""
        if glanced is None:
            self.doors.read(self, "_here_read", lambda: here(self.opening.desk()), failed="refuse")
        else:
            self._here_read(glanced)

    def _here_read(self, read: Here) -> None:
        if read == self.here:
            return
        chosen = self.name or read.last
        self.here = read
        names = [person.name for person in read.people]
        self.chosen = names.index(chosen) if chosen in names else 0
        self.changed()

    def choose(self, index: int) -> None:
        if index != self.chosen:
            self.chosen = index
            self.forgive()
        self.changed()

    def type_filter(self, text: str) -> None:
        """Part of a name: the first whom it leaves is chosen."""
        self.filter = text
        shown = self.shown
        if shown and self.chosen not in shown:
            self.chosen = shown[0]
            self.forgive()
        self.changed()

    def submit(self, password: str) -> None:
        name = self.name
        if self.busy or not name:
            return
        if not password:
            self.message = _("Write your password.")
            self.changed()
            return
        self.busy = True
        self.forgive()
        self.doors.change(self, "_signed", lambda: self._sign_in(name, password), failed="refuse")
        self.changed()

    def _sign_in(self, name: str, password: str) -> "Session":
        from app.desk.people import sign_in

        desk = self.opening.desk()
        session = sign_in(desk, name, password)
        with desk.store.writing() as connection:
            desk.store.keep(connection, LAST_SIGNED_IN, name.encode())
        return session

    def _signed(self, session: "Session") -> None:
        self.busy = False
        self.forgive()
        self.signed_in(session)
