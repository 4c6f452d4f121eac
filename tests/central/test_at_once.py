"""Two administrators at one time: whoever comes second sees what the first one wrote."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.central import desks, people, reference, sessions
from app.central.enrolment import make_seat
from app.central.rights import Hand, NotAccepted
from app.central.store import Store
from models.calendar import now_us
from models.ids import new_id
from models.records import Person
from models.tables import office, person, seat
from tests.central.conftest import store
from tests.central.staff import ADMINISTRATOR, SUPERVISOR, people_of

__all__ = ["store"]
HANDS = 4
Together = Callable[[Callable[[Hand, int], object]], list[object]]


@pytest.fixture
def at_once(store: Store) -> Together:
    """Does the same several times at once, each in a process's own chain; what came of each."""
    first = people_of(store)[ADMINISTRATOR]

    def together(act: Callable[[Hand, int], object]) -> list[object]:
        start = Barrier(HANDS)

        def one(n: int) -> object:
            start.wait()
            try:
                with store.writing() as connection:
                    return act(Hand(connection, new_id(), first, now_us()), n)
            except NotAccepted as refused:
                return refused.code

        with ThreadPoolExecutor(HANDS) as threads:
            return list(threads.map(one, range(HANDS)))

    return together


def administrator(store: Store) -> Person:
    with store.reading() as connection:
        found = sessions.candidate(connection, ADMINISTRATOR)
    assert found is not None
    return found


def test_one_name_is_admitted_once(store: Store, at_once: Together) -> None:
    came = at_once(lambda hand, _: people.admit_by(hand, "پریسا کیانی", ("clerk",), "x", "").name)
    assert sorted(map(str, came)) == ["exists"] * (HANDS - 1) + ["پریسا کیانی"]


def test_each_desk_gets_a_number_of_its_own(store: Store, at_once: Together) -> None:
    at_once(lambda hand, n: desks.create(hand, "ماکو", f"میز {n}"))
    with store.reading() as connection:
        assert sorted(connection.execute(select(seat.c.desk)).scalars()) == list(range(1, HANDS + 1))


def test_each_desk_made_by_command_gets_a_number_of_its_own_and_a_new_office_is_made_once(
    store: Store, at_once: Together
) -> None:
    came = at_once(lambda hand, n: make_seat(hand.connection, "بازرگان", f"میز {n}", hand.now)[0])
    assert sorted(map(str, came)) == [str(n) for n in range(1, HANDS + 1)]
    with store.reading() as connection:
        assert connection.execute(select(func.count()).where(office.c.name == "بازرگان")).scalar_one() == 1


def test_each_service_gets_a_number_of_its_own(store: Store, at_once: Together) -> None:
    def publish(hand: Hand, n: int) -> None:
        reference.publish_service(hand, reference.Draft(code=str(n), title=f"خدمت {n}"), is_new=True)

    at_once(publish)
    with store.reading() as connection:
        known = reference.services(connection, administrator(store))
    numbers = sorted(each.offered.number for each in known)
    assert numbers == list(range(1, HANDS + 1))


def test_two_administrators_do_not_dismiss_each_other(store: Store, at_once: Together) -> None:
    first = administrator(store)
    with store.writing() as connection:
        ids = {row.name: row.id for row in connection.execute(select(person.c.name, person.c.id))}
        people.change(Hand(connection, new_id(), first, now_us()), ids[SUPERVISOR], roles=("administrator",))
    pair = [ids[ADMINISTRATOR], ids[SUPERVISOR]]
    at_once(lambda hand, n: people.change(hand, pair[n % 2], retired=True))
    with store.reading() as connection:
        stay = connection.execute(select(person.c.roles).where(person.c.retired.is_(False))).scalars().all()
    assert sorted(stay) == ["administrator", "clerk"]
