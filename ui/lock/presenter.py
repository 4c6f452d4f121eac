"""The locked screen without its glass: a PIN or the password opens it, and everything behind it stays. No Qt here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.desk.lock import Lock
from resources.words import _, ngettext, number
from ui.doors import Doors
from ui.sign_in.tries import Tries

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.desk.people import Session


class Locking(Tries):
    """One session's locked screen. `turned` tells the window that it was closed or opened."""

    def __init__(self, desk: "Desk", session: "Session", doors: Doors) -> None:
        super().__init__(doors)
        self.desk, self.session = desk, session
        self.lock = Lock(session)
        self.turned: Callable[[], None] = lambda: None
        self.has_pin = False
        """Whether a PIN was set in this session."""
        self._prefers_password = False

    @property
    def is_closed(self) -> bool:
        return self.lock.is_closed

    @property
    def by_pin(self) -> bool:
        """Whether a PIN is asked for; else the password."""
        return self.lock.takes_pin and not self._prefers_password

    @property
    def may_choose(self) -> bool:
        """Whether PIN and password both open."""
        return self.lock.takes_pin

    def set_pin(self, pin: str) -> None:
        """Raises `app.desk.lock.PinError`."""
        self.lock.set_pin(pin)
        self.has_pin = True

    def close(self) -> None:
        """The screen is locked; what is written stays where it is."""
        if not self.is_closed:
            self.forgive()
            self._prefers_password = False
            self.lock.close()
            self.turned()

    def choose(self, *, password: bool) -> None:
        self.forgive()
        self._prefers_password = password
        self.changed()

    def submit(self, text: str) -> None:
        """What stands in the field: the PIN, or the password."""
        if self.busy or not self.is_closed:
            return
        if not text:
            self.message = _("Write the PIN.") if self.by_pin else _("Write your password.")
        elif self.by_pin:
            self._try_pin(text)
        else:
            self.busy = True
            self.forgive()
            self.doors.change(self, "_opened", lambda: self.lock.open_by_password(self.desk, text), failed="refuse")
        self.changed()

    def _try_pin(self, pin: str) -> None:
        if self.lock.open_by_pin(pin):
            self._opened()
            return
        self.rejected += 1
        left = self.lock.tries_left
        if left:
            said = ngettext("The PIN is not right; {n} try is left.", "The PIN is not right; {n} tries are left.", left)
            self.message = said.format(n=number(left))
        else:
            self.message = _("The PIN is not right. Now only the password opens.")

    def _opened(self, _nothing: object = None) -> None:
        self.busy = False
        self.forgive()
        self.turned()
