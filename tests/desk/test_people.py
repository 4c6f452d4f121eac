"""Who may sign in, what a wrong password costs, and the second person's word."""

import pytest

from app.desk import people
from app.desk.desk import Desk
from app.desk.people import Session, SignInError
from models.people import AdmissionError
from tests.desk.counter import ADMINISTRATOR, CLERK, NOON, PASSWORD, SUPERVISOR, Clock


def sign_in_fails(desk: Desk, name: str, password: str) -> tuple[str, int]:
    with pytest.raises(SignInError) as refused:
        people.sign_in(desk, name, password)
    return refused.value.code, refused.value.wait_seconds


def admission_fails(*args: object, **kwargs: object) -> tuple[str, str]:
    with pytest.raises(AdmissionError) as refused:
        people.admit(*args, **kwargs)  # type: ignore[arg-type]
    return refused.value.field, refused.value.code


def test_a_name_is_known_in_any_letters_and_digits(desk: Desk) -> None:
    assert people.sign_in(desk, "زهرا نوري", PASSWORD).person.name == CLERK
    assert people.sign_in(desk, "زهرا‌نوری", PASSWORD).person.name == CLERK


def test_wrong_tries_delay_longer_and_longer_and_never_lock_for_good(desk: Desk) -> None:
    clock = Clock(NOON)
    desk.clock = clock
    waited = []
    for _ in range(11):
        assert sign_in_fails(desk, CLERK, "گمان") == ("wrong_password", 0)
        code, seconds = sign_in_fails(desk, CLERK, PASSWORD)
        assert code == "wait"
        waited.append(seconds)
        clock.now += seconds * 1_000_000
    assert waited == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert people.sign_in(desk, CLERK, PASSWORD).person.name == CLERK
    assert sign_in_fails(desk, CLERK, "گمان") == ("wrong_password", 0)
    assert sign_in_fails(desk, CLERK, PASSWORD) == ("wait", 1)


def test_one_persons_wrong_tries_delay_nobody_else(desk: Desk) -> None:
    sign_in_fails(desk, CLERK, "گمان")
    assert people.sign_in(desk, SUPERVISOR, PASSWORD).person.name == SUPERVISOR


def test_a_clock_set_back_makes_no_delay_of_years(desk: Desk) -> None:
    sign_in_fails(desk, CLERK, "گمان")
    desk.clock = Clock(NOON - 1_000_000 * 86_400 * 365)
    assert sign_in_fails(desk, CLERK, PASSWORD) == ("wait", 300)


def test_nobody_unknown_signs_in(desk: Desk) -> None:
    assert sign_in_fails(desk, "غریبه", PASSWORD) == ("unknown_person", 0)
    assert sign_in_fails(desk, "\ud800", "\ud800") == ("unknown_person", 0)


def test_two_different_people_and_one_of_them_a_supervisor(desk: Desk, clerk: Session, supervisor: Session) -> None:
    assert people.approve(desk, SUPERVISOR, PASSWORD, clerk).name == SUPERVISOR
    assert people.approve(desk, CLERK, PASSWORD, supervisor).name == CLERK
    for name, session in ((SUPERVISOR, supervisor), (CLERK, clerk)):
        with pytest.raises(SignInError, match="not_allowed"):
            people.approve(desk, name, PASSWORD, session)


def test_an_administrator_admits_changes_and_retires(desk: Desk) -> None:
    administrator = people.sign_in(desk, ADMINISTRATOR, PASSWORD)
    people.admit(desk, administrator, "لیلا صادقی", ("unit_officer",), "رمز۱۲", "معاونت اقتصادی")
    changed = people.change(desk, administrator, "لیلا صادقی", roles=("clerk",), password="تازه")
    assert changed.roles == ("clerk",)
    assert people.sign_in(desk, "لیلا صادقی", "تازه").person.unit == "معاونت اقتصادی"
    people.change(desk, administrator, "لیلا صادقی", retired=True)
    assert sign_in_fails(desk, "لیلا صادقی", "تازه") == ("retired", 0)
    assert "لیلا صادقی" not in {person.name for person in people.people(desk)}


def test_nobody_is_admitted_by_others_or_half(desk: Desk, supervisor: Session) -> None:
    administrator = people.sign_in(desk, ADMINISTRATOR, PASSWORD)
    assert admission_fails(desk, supervisor, "کس", ("clerk",), "1234") == ("as", "not_allowed")
    assert admission_fails(desk, administrator, "زهرا نوري", ("clerk",), "1234") == ("name", "exists")
    assert admission_fails(desk, administrator, "\u200f ", ("clerk",), "1234") == ("name", "required")
    assert admission_fails(desk, administrator, "ک\x00س", ("clerk",), "1234") == ("name", "bad_format")
    assert admission_fails(desk, administrator, "ک" * 101, ("clerk",), "1234") == ("name", "too_long")
    assert admission_fails(desk, administrator, "کس", (), "1234") == ("role", "required")
    assert admission_fails(desk, administrator, "کس", ("unit_officer",), "1234") == ("unit", "required")
    assert admission_fails(desk, administrator, "کس", ("clerk",), "12") == ("password", "too_short")


def test_the_last_administrator_stays(desk: Desk) -> None:
    administrator = people.sign_in(desk, ADMINISTRATOR, PASSWORD)
    with pytest.raises(AdmissionError, match="last_administrator"):
        people.change(desk, administrator, ADMINISTRATOR, retired=True)
    people.admit(desk, administrator, "دومی", ("administrator",), "1234")
    assert people.change(desk, administrator, ADMINISTRATOR, roles=("clerk",)).roles == ("clerk",)


def test_the_book_says_who_signed_in_and_holds_no_password(desk: Desk) -> None:
    clerk = people.sign_in(desk, CLERK, PASSWORD)
    from sqlalchemy import select

    from models import tables as t

    with desk.reading() as connection:
        bodies = [bytes(body) for (body,) in connection.execute(select(t.line.c.body))]
        last = connection.execute(select(t.line.c.kind, t.line.c.actor).order_by(t.line.c.sequence.desc())).first()
    assert last == ("session.signed_in", clerk.person.id)
    assert not any(PASSWORD.encode() in body for body in bodies)
