"""A real desk, its encrypted file, and a real centre."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, select

from app.central import people as central
from app.central.enrolment import revoke
from app.central.people import admit
from app.central.rights import Hand
from app.central.sessions import candidate, person_of
from app.desk import people
from app.desk.checking import check
from app.desk.desk import Desk
from app.desk.finding import find
from app.desk.link.centre import Centre, NotAdmitted, Unreachable
from app.desk.link.joining import AlreadyJoined, join
from app.desk.link.pulling import pull_reference
from app.desk.link.pushing import push_once
from models.calendar import now_us
from models.ids import new_id
from models.people import hash_password
from models.records import Person
from models.tables import PROJECTION, request
from models.tables import person as person_table
from tests.central.conftest import Served
from tests.desk.conftest import session_of
from tests.desk.counter import ADMINISTRATOR, CLERK, HOSSEIN, MARYAM, PASSWORD, SUPERVISOR, registered, visit
from tests.link.desks import code_for, codes, copied, in_step, joined, line_of, member, opened, rows


def test_what_was_registered_before_and_after_joining_is_at_the_centre_and_at_the_other_desk(
    centre: Served, desks: list[Desk]
) -> None:
    first, second = desks
    before = registered(first, session_of(first, CLERK), visit())
    with joined(centre, first, "میز ۱") as line, joined(centre, second, "میز ۲") as other_line:
        after = registered(first, session_of(first, CLERK), visit(MARYAM))
        assert after.tracking_code.startswith(f"{first.number:04}")
        in_step((first, line), (second, other_line))
    assert codes(centre.store) == codes(second) == sorted([before.tracking_code, after.tracking_code])
    assert [hit.name for hit in find(second, "مریم") if hit.kind == "client"] == ["مریم نوری"]
    for desk in desks:
        assert list(check(desk)) == []


def test_joining_twice_is_refused_and_a_wrong_code_opens_nothing(centre: Served, desks: list[Desk]) -> None:
    with pytest.raises(NotAdmitted):
        join(desks[0], centre.url, "0" * 20)
    joined(centre, desks[0], "میز ۱").close()
    with pytest.raises(AlreadyJoined):
        join(desks[0], centre.url, code_for(centre, "میز ۲"))


def test_a_lost_answer_to_joining_is_asked_for_again(
    centre: Served, desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_for(centre, "میز ۱")
    enrol = Centre.enrol

    def lost(self: Centre, said: object) -> object:
        enrol(self, said)  # type: ignore[arg-type]
        raise Unreachable("network")

    monkeypatch.setattr(Centre, "enrol", lost)
    with pytest.raises(Unreachable):
        join(desks[0], centre.url, code)
    monkeypatch.setattr(Centre, "enrol", enrol)
    assert join(desks[0], centre.url, code).office_name == "ماکو"


def test_a_centre_that_is_off_is_unreachable_and_nothing_is_lost(centre: Served, desks: list[Desk]) -> None:
    with joined(centre, desks[0], "میز ۱") as line:
        registered(desks[0], session_of(desks[0], CLERK), visit())
        centre.stop()
        with pytest.raises(Unreachable):
            push_once(desks[0], line)
    assert member(desks[0]).writes.confirmed == 0


def test_a_revoked_desk_is_not_admitted(centre: Served, desks: list[Desk]) -> None:
    with joined(centre, desks[0], "میز ۱") as line:
        with centre.store.writing() as connection:
            revoke(connection, desks[0].number, now_us())
        with pytest.raises(NotAdmitted):
            push_once(desks[0], line)


def test_a_copied_folder_starts_a_chain_of_its_own_and_nothing_is_lost(
    centre: Served, desks: list[Desk], tmp_path: Path
) -> None:
    first = desks[0]
    with joined(centre, first, "میز ۱") as line:
        registered(first, session_of(first, CLERK), visit())
        in_step((first, line))
        copy, here = copied(first, tmp_path / "copy"), opened(tmp_path / "desk0")
        desks[0] = here
        desks.append(copy)
        registered(here, session_of(here, CLERK), visit(MARYAM))
        registered(copy, session_of(copy, CLERK), visit(HOSSEIN, service="102"))
        with line_of(copy) as copy_line:
            in_step((here, line), (copy, copy_line), (here, line))
    assert len(codes(centre.store)) == 3
    assert codes(here) == codes(copy) == codes(centre.store)
    assert member(here).writes.incarnation != member(copy).writes.incarnation
    for table in (PROJECTION.tables["client"], request):
        assert rows(here, table) == rows(copy, table)
    assert list(check(here)) == list(check(copy)) == []


def test_who_is_admitted_at_the_centre_can_sign_in_at_every_desk(centre: Served, desks: list[Desk]) -> None:
    verifier = hash_password("از-مرکز-1405")
    with centre.store.writing() as connection:
        admit(connection, new_id(), "پریسا کیانی", ("supervisor",), verifier, "", now_us())
    with joined(centre, desks[0], "میز ۱") as line:
        assert pull_reference(desks[0], line) == 1
    assert people.sign_in(desks[0], "پریسا کیانی", "از-مرکز-1405").person.roles == ("supervisor",)


def test_who_was_admitted_at_a_desk_is_changed_at_the_centre_once_it_has_joined(
    centre: Served, desks: list[Desk]
) -> None:
    """They keep their id and their password; the centre's word holds at their desk and at every other one."""
    known = {person.name: person for person in people.people(desks[0])}
    with joined(centre, desks[0], "میز ۱") as line, joined(centre, desks[1], "میز ۲") as other:
        in_step((desks[0], line))
        with centre.store.writing() as connection:
            boss = admit(connection, new_id(), "پریسا کیانی", ("administrator",), hash_password("۱۲۳۴"), "", now_us())
            administrator = person(connection, boss)
            hand = Hand(connection, new_id(), administrator, now_us())
            seen = {person.id: person for person in central.people(connection, administrator)}
            assert {person.id for person in known.values()} < set(seen)
            central.change(hand, known[CLERK].id, roles=("supervisor",))
            central.change(hand, known[SUPERVISOR].id, retired=True)
        for desk, to in ((desks[0], line), (desks[1], other)):
            pull_reference(desk, to)
            signed_in = people.sign_in(desk, CLERK, PASSWORD).person
            assert (signed_in.id, signed_in.roles) == (known[CLERK].id, ("supervisor",))
        with pytest.raises(people.SignInError, match="retired"):
            people.sign_in(desks[0], SUPERVISOR, PASSWORD)
        with centre.store.reading() as connection:
            assert len([p for p in central.people(connection, administrator) if p.name == CLERK]) == 1


def person(connection: Connection, who: UUID) -> Person:
    return person_of(connection.execute(select(person_table).where(person_table.c.id == who)).one())


def test_what_a_desk_says_of_people_makes_nobody_an_administrator_of_the_centre(
    centre: Served, desks: list[Desk]
) -> None:
    with joined(centre, desks[0], "میز ۱") as line:
        in_step((desks[0], line))
    with centre.store.reading() as connection:
        assert candidate(connection, ADMINISTRATOR) is None


def test_two_of_one_name_are_told_apart_by_their_passwords(centre: Served, desks: list[Desk]) -> None:
    with centre.store.writing() as connection:
        theirs = admit(connection, new_id(), CLERK, ("clerk",), hash_password("از-مرکز-1405"), "", now_us())
    mine = people.sign_in(desks[0], CLERK, PASSWORD).person.id
    with joined(centre, desks[0], "میز ۱") as line:
        pull_reference(desks[0], line)
    assert people.sign_in(desks[0], CLERK, "از-مرکز-1405").person.id == theirs
    assert people.sign_in(desks[0], CLERK, PASSWORD).person.id == mine
    with pytest.raises(people.SignInError, match="wrong_password"):
        people.sign_in(desks[0], CLERK, "نه این و نه آن")
