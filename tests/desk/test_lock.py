"""A PIN opens the lock of a session in memory; it is no password."""

import pytest

from app.desk.desk import Desk
from app.desk.lock import MOST_TRIES, Lock, PinError
from app.desk.people import Session, SignInError
from tests.desk.counter import PASSWORD


@pytest.fixture
def lock(clerk: Session) -> Lock:
    closed = Lock(clerk)
    closed.set_pin("۱۲-۳۴")
    closed.close()
    return closed


def test_a_pin_in_any_digits_opens_the_lock(lock: Lock) -> None:
    assert lock.is_closed
    assert lock.open_by_pin("1234")
    assert not lock.is_closed


def test_wrong_pins_leave_only_the_password(desk: Desk, lock: Lock) -> None:
    for _ in range(MOST_TRIES):
        assert not lock.open_by_pin("4321")
    assert not lock.takes_pin
    with pytest.raises(SignInError, match="wrong_password"):
        lock.open_by_pin("1234")
    assert lock.is_closed
    lock.open_by_password(desk, PASSWORD)
    assert not lock.is_closed
    assert lock.takes_pin


def test_a_wrong_password_opens_nothing(desk: Desk, lock: Lock) -> None:
    with pytest.raises(SignInError, match="wrong_password"):
        lock.open_by_password(desk, "گمان")
    assert lock.is_closed


def test_without_a_pin_only_the_password_opens(desk: Desk, clerk: Session) -> None:
    lock = Lock(clerk)
    lock.close()
    with pytest.raises(SignInError):
        lock.open_by_pin("")
    lock.open_by_password(desk, PASSWORD)
    assert not lock.is_closed


@pytest.mark.parametrize("pin", ["", "123", "123456789", "abcd", "۱۲۳x", "\ud800\ud800\ud800\ud800", "²²²²"])
def test_a_pin_is_four_to_eight_digits(clerk: Session, pin: str) -> None:
    with pytest.raises(PinError):
        Lock(clerk).set_pin(pin)


def test_the_pin_is_not_kept_as_it_was_typed(lock: Lock) -> None:
    assert "1234" not in repr(vars(lock))
