"""Why a password was not taken, and the seconds that are left to wait. No Qt here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from resources.words import _
from ui.doors import Doors
from ui.trouble import trouble_of

if TYPE_CHECKING:
    from app.desk.people import SignInError

SECOND = 1_000


class Tries:
    """`message` says what is wrong; after `wait` seconds it is gone by itself. `changed` tells the page to look again.

    `rejected` counts what was not taken: the page clears its field when it rises.
    """

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self.changed: Callable[[], None] = lambda: None
        self.message = ""
        self.rejected = 0
        self.wait = 0
        self.busy = False
        self._is_wrong_password = False

    def message_for(self, persian: bool) -> str:
        """The message; a wrong password written on a Persian keyboard says that, which is mostly why."""
        if self._is_wrong_password and persian:
            return _("The password is not right; the keyboard is Persian.")
        return self.message

    def forgive(self) -> None:
        self.message, self.wait, self._is_wrong_password = "", 0, False

    def refuse(self, error: Exception) -> None:
        """The desk did not take the password; anything else that went wrong is said as calmly."""
        from app.desk.people import SignInError

        self.busy = False
        self.forgive()
        if isinstance(error, SignInError):
            self.rejected += 1
            self.wait = error.wait_seconds
            self._is_wrong_password = error.code == "wrong_password"
            self._say(error)
            if self.wait:
                self.doors.later(self, "count_down", SECOND)
        else:
            self.message = trouble_of(error, "").text
        self.changed()

    def _say(self, error: "SignInError") -> None:
        from app.desk.failures import sign_in_sentence

        self.message = sign_in_sentence(error)

    def count_down(self) -> None:
        """A second has passed."""
        from app.desk.people import SignInError

        if not self.wait:
            return
        self.wait -= 1
        if self.wait:
            self._say(SignInError("wait", self.wait))
            self.doors.later(self, "count_down", SECOND)
        else:
            self.message = ""
        self.changed()
