"""The second person's word without its glass: who may give it, what is asked, and why it was not taken. No Qt here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resources.words import _
from ui.doors import Doors
from ui.trouble import trouble_of

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.desk.people import Session
    from models.records import Person

Act = Callable[["SecondPerson"], object]
"""What is done with the second person's word. It runs behind the change door and has `app.desk.people.approve` prove
the password; whatever it raises is said in the panel, which stays."""


@dataclass(frozen=True)
class SecondPerson:
    """What somebody else at the desk has written: their name, their password, and the reason where one is asked for."""

    name: str
    password: str = field(repr=False)
    reason: str = ""


def _nothing(result: Any) -> None:
    pass


class Second:
    """One panel for a session. `changed` tells it to look again; it is shown while `is_open`."""

    def __init__(self, desk: "Desk", session: "Session", doors: Doors) -> None:
        self.desk, self.session, self.doors = desk, session, doors
        self.changed: Callable[[], None] = lambda: None
        self.people: tuple[Person, ...] = ()
        self.is_known = False
        """Whether it has been read who may approve."""
        self.rejected = 0  # how many passwords were not taken; the panel clears its field when this rises
        self._close()

    def _close(self) -> None:
        self.is_open = False
        self.what = self.hint = self.reason = ""
        self.wants_reason = False
        self.chosen = 0
        self.message = self.reason_message = ""
        self.busy = False
        self._act: Act = lambda second: None
        self._done: Callable[[Any], None] = _nothing

    @property
    def name(self) -> str:
        """Who gives the word."""
        return self.people[self.chosen].name if self.chosen < len(self.people) else ""

    @property
    def is_lonely(self) -> bool:
        """Nobody else at this desk may approve."""
        return self.is_known and not self.people

    def ask(
        self, what: str, act: Act, done: Callable[[Any], None] = _nothing, *, reason: bool = True, hint: str = ""
    ) -> None:
        """Opens for `what`. Once `act` has succeeded the panel closes and `done` gets its result."""
        if self.busy:
            return
        self._close()
        self.is_open, self.what, self.hint, self.wants_reason = True, what, hint, reason
        self._act, self._done = act, done
        self.doors.read(self, "_people_read", self._read_people, failed="_failed", latest=True)
        self.changed()

    def _read_people(self) -> "tuple[Person, ...]":
        from app.desk.people import approvers

        return tuple(approvers(self.desk, self.session))

    def _people_read(self, people: "tuple[Person, ...]") -> None:
        chosen = self.name
        self.people, self.is_known = people, True
        names = [person.name for person in people]
        self.chosen = names.index(chosen) if chosen in names else 0
        self.changed()

    def choose(self, index: int) -> None:
        if index != self.chosen:
            self.chosen, self.message = index, ""
        self.changed()

    def type_reason(self, text: str) -> None:
        self.reason = text
        if self.reason_message:
            self.reason_message = ""
            self.changed()

    def submit(self, password: str) -> None:
        """The password is in: the act is tried, unless something is lacking."""
        if self.busy or not self.is_open or not self.name:
            return
        self.reason_message = _("Write the reason.") if self.wants_reason and not self.reason.strip() else ""
        self.message = "" if password or self.reason_message else _("Write your password.")
        if not self.reason_message and not self.message:
            self.busy = True
            act, second = self._act, SecondPerson(self.name, password, self.reason.strip())
            self.doors.change(self, "_acted", lambda: act(second), failed="_failed")
        self.changed()

    def _acted(self, result: Any) -> None:
        done = self._done
        self._close()
        self.changed()
        done(result)

    def _failed(self, error: Exception) -> None:
        from app.desk.failures import sign_in_sentence
        from app.desk.people import SignInError
        from app.desk.steps import StepRefused

        self.busy = False
        if isinstance(error, SignInError):
            self.rejected += 1
            self.message = sign_in_sentence(error)
        elif isinstance(error, StepRefused) and error.problem.field == "reason":
            self.reason_message = error.problem.message
        elif isinstance(error, StepRefused):
            self.message = error.problem.message
        else:
            self.message = trouble_of(error, "").text
        self.changed()

    def close(self) -> None:
        """Esc: nothing has happened. What is being written at this moment is waited for."""
        if self.is_open and not self.busy:
            self._close()
            self.changed()
