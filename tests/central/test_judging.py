"""A fact is never refused; what is odd about it is said in the feed, for every end to see."""

from __future__ import annotations

import datetime
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, select

from app.book.append import Fact, Mark, Pen, compose
from app.central.feed import open_feed, take
from app.central.people import admit
from app.central.places import ORGANISATION
from app.central.store import Store
from app.wire.messages import push_of
from models import entries as e
from models.ids import client_key, new_id
from models.lines import GENESIS, Line, chained
from models.tables import flag, request
from tests.book.facts import NOON, SERVICE, details
from tests.central.conftest import store

__all__ = ["store"]
OFFICE, CENTRE = 1, UUID(int=99)


class Scribe:
    """A desk whose every entry is pushed at once."""

    def __init__(self, store: Store, desk: int = 1, clock: int = NOON) -> None:
        self.store, self.pen, self.stands, self.clock = store, Pen(OFFICE, desk, new_id()), Mark(), clock
        with store.writing() as connection:
            self.clerk = admit(connection, CENTRE, f"کارشناس {desk}", ("clerk",), "x", "", NOON)
            self.supervisor = admit(connection, CENTRE, f"سرپرست {desk}", ("supervisor",), "x", "", NOON)

    def say(self, subject: UUID, entry: e.Entry, actor: UUID | None = None) -> UUID:
        fact = Fact(new_id(), subject, actor or self.clerk, entry)
        self.push(compose(self.pen, self.stands, [fact], at=self.clock, business_day=14_050_903))
        return fact.id

    def push(self, lines: tuple[Line, ...]) -> None:
        with self.store.writing() as connection:
            take(connection, OFFICE, push_of(lines, self.stands.head), CENTRE, NOON)
        self.stands = Mark(lines[-1].sequence + 1, lines[-1].hash, lines[-1].at)

    def register(self, code: str = "000100000019", subject: UUID | None = None) -> UUID:
        request = subject or new_id()
        entry = e.RequestRegistered(
            client=new_id(), said=details(), tracking_code=code, service=SERVICE, outcome="follow_up"
        )
        self.say(request, entry)
        return request


@pytest.fixture
def desk(store: Store) -> Scribe:
    with store.writing() as connection:
        open_feed(connection, OFFICE)
    return Scribe(store)


def flags(store: Store) -> dict[UUID, tuple[str, bool]]:
    """Flagged entry → reason and whether it is settled."""
    with store.reading() as connection:
        return {row.id: (row.reason, row.settled_at is not None) for row in connection.execute(select(flag))}


def states(connection: Connection) -> list[str]:
    return list(connection.execute(select(request.c.state)).scalars())


def test_an_ordinary_visit_is_held_against_nobody(store: Store, desk: Scribe) -> None:
    desk.register()
    assert flags(store) == {}


def test_a_clerk_who_has_left_is_flagged_and_the_visit_stays(store: Store, desk: Scribe) -> None:
    stranger = new_id()
    client = new_id()
    entry = desk.say(client, e.ClientRegistered(details=details()), actor=stranger)
    assert flags(store) == {entry: ("not_allowed", False)}


def test_a_clerk_does_not_merge_clients(store: Store, desk: Scribe) -> None:
    one, other = new_id(), new_id()
    for client in (one, other):
        desk.say(client, e.ClientRegistered(details=details()))
    by_clerk = desk.say(one, e.ClientMerged(into=other))
    desk.say(one, e.ClientMerged(into=other), actor=desk.supervisor)
    assert flags(store) == {by_clerk: ("not_allowed", False)}


def test_an_illegal_step_is_flagged_and_the_legal_one_before_it_is_not(store: Store, desk: Scribe) -> None:
    visit = desk.register()
    desk.say(visit, e.RequestWithdrawn(reason="نخواست"))
    late = desk.say(visit, e.RequestReferred(unit="واحد"))
    assert flags(store) == {late: ("illegal_step", False)}


def test_a_step_that_comes_before_its_registration_waits_for_it(store: Store, desk: Scribe) -> None:
    visit = new_id()
    step = desk.say(visit, e.RequestReferred(unit="واحد"))
    assert flags(store) == {step: ("waits_for_request", False)}
    Scribe(store, desk=2).register(subject=visit)
    assert flags(store)[step] == ("waits_for_request", True)


def test_a_second_equal_code_is_flagged(store: Store, desk: Scribe) -> None:
    desk.register()
    Scribe(store, desk=2).register()
    assert [reason for reason, _settled in flags(store).values()] == ["repeated_code"]


def test_one_number_and_another_name_is_flagged(store: Store, desk: Scribe) -> None:
    key = client_key("person", "IR", "2821234562")
    desk.say(key, e.ClientRegistered(details=details()))
    other = desk.say(key, e.ClientRegistered(details=details(family_name="محمدی")))
    assert flags(store) == {other: ("same_number", False)}


def test_what_a_newer_program_wrote_waits(store: Store, desk: Scribe) -> None:
    (line,) = compose(
        desk.pen,
        desk.stands,
        [Fact(new_id(), new_id(), desk.clerk, e.SignedIn(how="window"))],
        at=NOON,
        business_day=14_050_903,
    )
    newer = replace(line, kind="request.beamed_up")
    newer = replace(newer, hash=chained(newer, GENESIS))
    desk.push((newer,))
    assert flags(store) == {newer.entry: ("unknown_kind", False)}


def test_a_desk_from_the_future_is_flagged(store: Store, desk: Scribe) -> None:
    desk.clock = NOON + 11 * 60 * 1_000_000
    desk.register()
    assert [reason for reason, _settled in flags(store).values()] == ["clock"]


THE_CENTRES_OWN: list[e.Entry] = [
    e.PersonAdmitted(name="کسی", roles=("administrator",), verifier="x"),
    e.FlagRaised(reason="override", about=UUID(int=1), desk=2, code=""),
    e.ServicePublished(offered=SERVICE),
    e.HolidaySet(day=datetime.date(2026, 12, 23), title="روز", type="local"),
]


@pytest.mark.parametrize("entry", THE_CENTRES_OWN, ids=lambda entry: type(entry).__name__)
def test_what_is_the_centres_to_say_is_held_against_a_desk_that_has_joined(
    store: Store, desk: Scribe, entry: e.Entry
) -> None:
    said = desk.say(new_id(), entry, desk.supervisor)
    assert flags(store) == {said: ("not_allowed", False)}


def test_no_desk_settles_what_is_held_against_it(store: Store, desk: Scribe) -> None:
    held = desk.say(new_id(), e.ClientRegistered(details=details()), new_id())
    desk.say(held, e.FlagSettled(note="خوب است"), desk.supervisor)
    assert flags(store)[held][1] is False


def test_the_organisations_people_hold_over_the_offices_own(store: Store) -> None:
    with store.writing() as connection:
        open_feed(connection, OFFICE)
    desk, own = Scribe(store, 5_001), new_id()  # it has not joined when it says so
    desk.say(own, e.PersonAdmitted(name="کسی", roles=("clerk",), verifier="x"))
    desk.say(new_id(), e.ClientRegistered(details=details()), actor=own)
    assert flags(store) == {}
    with store.reading() as connection:
        assert states(connection) == []
    assert ORGANISATION == 0
