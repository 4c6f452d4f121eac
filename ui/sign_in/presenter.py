"""Signing in without its glass: who works here, whose password is asked for, and why it was not taken. No Qt here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.desk.doorstep import LAST_SIGNED_IN, Here, Opening, here
from resources.words import _
from ui.doors import Doors
from ui.trouble import trouble_of

if TYPE_CHECKING:
    from app.desk.people import Session


def role_name(roles: tuple[str, ...]) -> str:
    """What somebody is called by their highest role."""
    names = {
        "supervisor": _("Supervisor"),
        "clerk": _("Desk clerk"),
        "unit_officer": _("Unit officer"),
        "administrator": _("Administrator"),
    }
    return next((names[role] for role in names if role in roles), "")


class SignIn:
    """The page's state. `signed_in` is called with the session; `changed` tells the page to look again.

    Names are there before the desk is open; whoever is quicker than it waits for it at the door of changes.
    """

    def __init__(self, opening: Opening, doors: Doors) -> None:
        self.opening, self.doors = opening, doors
        self.changed: Callable[[], None] = lambda: None
        self.signed_in: Callable[[Session], None] = lambda session: None
        self.here = Here((), "", "", "")
        self.chosen = 0
        self.message = ""
        self.busy = False
        self.rejected = 0  # how many passwords were not taken; the page clears its field when this rises

    @property
    def name(self) -> str:
        people = self.here.people
        return people[self.chosen].name if self.chosen < len(people) else ""

    def start(self, glanced: Here | None = None) -> None:
        """Shows who was seen in a glance, else asks the open desk."""
        if glanced is None:
            self.doors.read(self, "_here_read", lambda: here(self.opening.desk()), failed="_failed")
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
            self.chosen, self.message = index, ""
        self.changed()

    def submit(self, password: str) -> None:
        name = self.name
        if self.busy or not name:
            return
        if not password:
            self.message = _("Write your password.")
            self.changed()
            return
        self.busy, self.message = True, ""
        self.doors.change(self, "_signed", lambda: self._sign_in(name, password), failed="_failed")
        self.changed()

    def _sign_in(self, name: str, password: str) -> "Session":
        from app.desk.people import sign_in

        desk = self.opening.desk()
        session = sign_in(desk, name, password)
        with desk.store.writing() as connection:
            desk.store.keep(connection, LAST_SIGNED_IN, name.encode())
        return session

    def _signed(self, session: "Session") -> None:
        self.busy, self.message = False, ""
        self.signed_in(session)

    def _failed(self, error: Exception) -> None:
        from app.desk.failures import sign_in_sentence
        from app.desk.people import SignInError

        self.busy = False
        if isinstance(error, SignInError):
            self.message = sign_in_sentence(error)
            self.rejected += 1
        else:
            self.message = trouble_of(error, "").text
        self.changed()
