"""Locking the screen: a short PIN opens a session that is still in memory, and nothing else.

The PIN is never stored. Whoever forgets it gives the password, and after a few wrong tries only the password opens.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from app.desk.desk import Desk
from app.desk.people import Session, SignInError, prove
from models.text import compact

MIN_DIGITS, MAX_DIGITS = 4, 8
MOST_TRIES = 5
"""Wrong PINs after which only the password opens; four digits are soon guessed."""


class PinError(Exception):
    """A PIN that cannot be one: `bad_format`."""

    code = "bad_format"


class Lock:
    """One session's lock. What was typed stays where it is while the lock is closed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.is_closed = False
        self._salt = secrets.token_bytes(16)
        self._pin = b""
        self._wrong = 0

    @property
    def takes_pin(self) -> bool:
        """Whether a PIN was set and may still be tried."""
        return bool(self._pin) and self._wrong < MOST_TRIES

    @property
    def tries_left(self) -> int:
        """So many wrong PINs more, and only the password opens."""
        return MOST_TRIES - self._wrong if self._pin else 0

    def set_pin(self, pin: str) -> None:
        """Takes four to eight digits in any script, for this session. Raises `PinError`."""
        digits = compact(pin)
        if not (digits.isascii() and digits.isdecimal() and MIN_DIGITS <= len(digits) <= MAX_DIGITS):
            raise PinError
        self._pin, self._wrong = self._sealed(digits), 0

    def close(self) -> None:
        self.is_closed = True

    def open_by_pin(self, pin: str) -> bool:
        """Opens if it is the PIN; a wrong one counts. Raises `SignInError` (`wrong_password`) where none is taken."""
        if not self.takes_pin:
            raise SignInError("wrong_password")
        if not hmac.compare_digest(self._sealed(compact(pin)), self._pin):
            self._wrong += 1
            return False
        self._opened()
        return True

    def open_by_password(self, desk: Desk, password: str) -> None:
        """Opens if it is the person's password. Raises `SignInError`, with the delays of signing in."""
        prove(desk, self.session.person.name, password)
        self._opened()

    def _opened(self) -> None:
        self.is_closed, self._wrong = False, 0

    def _sealed(self, digits: str) -> bytes:
        return hashlib.sha256(self._salt + digits.encode("utf-8", "surrogatepass")).digest()
