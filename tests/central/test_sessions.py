"""Who is signed in at the centre, how long, and how often somebody may try."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from app.central import sessions
from app.central.people import change
from app.central.rights import Hand
from app.central.store import Store
from models.ids import new_id
from models.records import Person
from models.tables import hit, session
from tests.book.facts import NOON
from tests.central.conftest import store
from tests.central.staff import ADMINISTRATOR, CLERK, SUPERVISOR, people_of

__all__ = ["store"]
MINUTE = 60 * 1_000_000


@pytest.fixture
def people(store: Store) -> dict[str, Person]:
    return people_of(store)


def begin(store: Store, person: UUID, **more: str) -> str:
    with store.writing() as connection:
        return sessions.begin(connection, person, NOON, **more)


def found(store: Store, token: str, minutes: int = 0) -> str | None:
    with store.reading() as connection:
        session = sessions.find(connection, token, NOON + minutes * MINUTE)
    return None if session is None else session.person.name


def test_a_session_ends_half_an_hour_after_its_last_use(store: Store, people: dict[str, Person]) -> None:
    token = begin(store, people[ADMINISTRATOR].id)
    assert found(store, token, 30) == ADMINISTRATOR
    assert found(store, token, 31) is None
    with store.writing() as connection:
        sessions.touch(connection, token, NOON + 20 * MINUTE)
    assert found(store, token, 50) == ADMINISTRATOR


def test_a_session_in_use_ends_after_twelve_hours_all_the_same(store: Store, people: dict[str, Person]) -> None:
    token = begin(store, people[SUPERVISOR].id)
    with store.writing() as connection:
        sessions.touch(connection, token, NOON + 719 * MINUTE)
    assert found(store, token, 720) == SUPERVISOR
    assert found(store, token, 721) is None


def test_the_secret_itself_is_not_stored(store: Store, people: dict[str, Person]) -> None:
    token = begin(store, people[SUPERVISOR].id)
    with store.reading() as connection:
        kept = connection.execute(select(session.c.token_hash)).scalars().all()
    assert [len(each) for each in kept] == [32]
    assert token.encode() not in kept[0]


def test_a_new_session_ends_the_one_before_it_and_all_that_ran_out(store: Store, people: dict[str, Person]) -> None:
    old = begin(store, people[SUPERVISOR].id)
    new = begin(store, people[SUPERVISOR].id, instead_of=old)
    assert found(store, old) is None
    with store.writing() as connection:
        sessions.begin(connection, people[ADMINISTRATOR].id, NOON + 31 * MINUTE)
        left = connection.execute(select(session.c.person)).scalars().all()
    assert found(store, new) is None
    assert left == [people[ADMINISTRATOR].id]


@pytest.mark.parametrize("token", ["", "x", "a" * 101, "نشان"])
def test_what_is_no_secret_opens_nothing(store: Store, token: str) -> None:
    assert found(store, token) is None


def test_the_rights_are_those_of_the_moment(store: Store, people: dict[str, Person]) -> None:
    supervisor, token = people[SUPERVISOR], begin(store, people[SUPERVISOR].id)
    with store.writing() as connection:
        change(Hand(connection, new_id(), people[ADMINISTRATOR], NOON), supervisor.id, roles=("clerk",))
    assert found(store, token) is None


@pytest.mark.parametrize("what", [{"retired": True}, {"verifier": "another"}])
def test_who_left_or_got_another_password_is_signed_out_everywhere(
    store: Store, people: dict[str, Person], what: dict[str, object]
) -> None:
    tokens = [begin(store, people[SUPERVISOR].id) for _ in range(2)]
    with store.writing() as connection:
        change(Hand(connection, new_id(), people[ADMINISTRATOR], NOON), people[SUPERVISOR].id, **what)  # type: ignore[arg-type]
    assert [found(store, token) for token in tokens] == [None, None]


def test_a_form_token_is_of_one_session(store: Store, people: dict[str, Person]) -> None:
    mine, other = (begin(store, people[SUPERVISOR].id) for _ in range(2))
    assert sessions.is_form_token(mine, sessions.form_token(mine))
    assert not sessions.is_form_token(mine, sessions.form_token(other))
    assert not sessions.is_form_token(mine, "")


def test_only_administrators_and_supervisors_may_sign_in(store: Store, people: dict[str, Person]) -> None:
    with store.reading() as connection:
        names = {name: sessions.candidate(connection, name) for name in (*people, "کسی", "\x00")}
    assert {name for name, person in names.items() if person is not None} == {ADMINISTRATOR, SUPERVISOR}
    assert names[CLERK] is None


def test_tries_for_one_name_are_counted_together_known_or_invented(store: Store) -> None:
    def tries(name: str, network: str) -> int:
        with store.writing() as connection:
            return sum(sessions.counts_a_try(connection, name, network, NOON) for _ in range(20))

    assert tries("نسرین رستمی", "10.0.0.0/24") == tries("هیچ کس", "10.0.0.0/24") == 8
    assert tries("نسرين  رستمي", "10.0.0.0/24") == 0
    assert tries("نسرین رستمی", "10.0.1.0/24") == 8  # elsewhere, an administrator is not kept out by a stranger


def test_from_many_places_one_name_is_tried_a_limited_number_of_times(store: Store) -> None:
    with store.writing() as connection:
        allowed = [sessions.counts_a_try(connection, "نسرین رستمی", f"10.0.{n}.0/24", NOON) for n in range(100)]
        for_many_names = [sessions.counts_a_try(connection, f"نام {n}", "10.9.9.0/24", NOON) for n in range(150)]
    assert sum(allowed) == sessions.TRIES_OF_ONE_NAME
    assert sum(for_many_names) == sessions.TRIES_FROM_ONE_NETWORK


def test_counting_keeps_no_names(store: Store) -> None:
    with store.writing() as connection:
        sessions.counts_a_try(connection, "نسرین رستمی", "10.0.0.0/24", NOON)
        keys = connection.execute(select(hit.c.key)).scalars().all()
    assert keys
    assert not any("نسرین" in key or "رستمی" in key for key in keys)
