"""Signing in without its glass: who works here, whose password is asked for, and why it was not taken. No Qt here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.desk.failures import sign_in_sentence
from resources.words import _
from ui.doors import Doors
from ui.trouble import trouble_of

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.desk.people import Session

_LAST = "last_signed_in"


@dataclass(frozen=True)
class Colleague:
    name: str
    role: str


@dataclass(frozen=True)
class Here:
    """Who and where we are: people, office, desk, and whoever signed in last at this desk."""

    people: tuple[Colleague, ...]
    office: str
    desk: str
    last: str


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
    """The page's state. `signed_in` is called with the session; `changed` tells the page to look again."""

    def __init__(self, desk: "Desk", doors: Doors) -> None:
        self.desk, self.doors = desk, doors
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

    def start(self) -> None:
        self.doors.read(self, "_here_read", self._read, failed="_failed")

    def _read(self) -> Here:
        from app.desk.desk import reference
        from app.desk.people import people

        with self.desk.reading() as connection:
            office = reference(connection).office.name
            last = self.desk.store.kept(connection, _LAST) or b""
        colleagues = tuple(Colleague(person.name, role_name(person.roles)) for person in people(self.desk))
        return Here(colleagues, office, self.desk.name, last.decode())

    def _here_read(self, here: Here) -> None:
        self.here = here
        names = [person.name for person in here.people]
        self.chosen = names.index(here.last) if here.last in names else 0
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

        session = sign_in(self.desk, name, password)
        with self.desk.store.writing() as connection:
            self.desk.store.keep(connection, _LAST, name.encode())
        return session

    def _signed(self, session: "Session") -> None:
        self.busy, self.message = False, ""
        self.signed_in(session)

    def _failed(self, error: Exception) -> None:
        from app.desk.people import SignInError

        self.busy = False
        if isinstance(error, SignInError):
            self.message = sign_in_sentence(error)
            self.rejected += 1
        else:
            self.message = trouble_of(error, "").text
        self.changed()
