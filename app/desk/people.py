"""People of the office: who they are, signing in, and the second person's word."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.book.append import ClockSetBack, Fact
from app.desk.desk import HOME_OFFICE, Desk
from models import tables as t
from models.entries import PersonAdmitted, PersonChanged, SignedIn
from models.ids import new_id
from models.people import AdmissionError, check_roles, checked_name, checked_unit, ordered, verifier_of, verifies
from models.records import Person
from models.text import fold, has_forbidden, search_key

FIRST_DELAY_US = 1_000_000
LONGEST_DELAY_US = 300 * 1_000_000


class SignInError(Exception):
    """Somebody could not be signed in: `unknown_person`, `wrong_password`, `retired` or `wait` (seconds)."""

    def __init__(self, code: str, wait_seconds: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.wait_seconds = wait_seconds


class Session(msgspec.Struct, frozen=True):
    """Somebody who gave their password. `may` asks for a right; whoever made an entry stays its actor."""

    id: UUID
    person: Person

    def may(self, *roles: str) -> bool:
        """Whether the person holds any of these roles; a supervisor holds all of a clerk's rights."""
        held = set(self.person.roles)
        return bool(held.intersection(roles)) or ("clerk" in roles and "supervisor" in held)


def people(desk: Desk) -> list[Person]:
    """The office's people who have not retired, by name."""
    with desk.reading() as connection:
        rows = connection.execute(_PEOPLE.where(t.person.c.retired.is_(False)).order_by(t.person.c.name_key))
        return [_person(row) for row in rows]


def sign_in(desk: Desk, name: str, password: str, *, how: str = "window") -> Session:
    """Signs somebody in and writes it in the book. Raises `SignInError`; a wrong try delays the next one.

    Under a clock that was set back nothing is written: who signs in then can only read, or accept the clock.
    """
    person = prove(desk, name, password)
    session = Session(new_id(), person)
    with suppress(ClockSetBack), desk.writing() as writing:
        writing.add(Fact(new_id(), session.id, person.id, SignedIn(how=how)))
    return session


def approve(desk: Desk, name: str, password: str, session: Session) -> Person:
    """A second person's word in place, without signing the first one out.

    Two different people, one of them a supervisor; otherwise `SignInError` with code `not_allowed`.
    """
    second = prove(desk, name, password)
    if not may_approve(session, second):
        raise SignInError("not_allowed")
    return second


def may_approve(session: Session, second: Person) -> bool:
    """Two different people, one of them a supervisor."""
    return second.id != session.person.id and "supervisor" in (*second.roles, *session.person.roles)


def approvers(desk: Desk, session: Session) -> list[Person]:
    """Who may give a second person's word for this one, by name. Raises `StoreError`."""
    return [person for person in people(desk) if may_approve(session, person)]


def admit(desk: Desk, session: Session, name: str, roles: tuple[str, ...], password: str, unit: str = "") -> Person:
    """Admits a person. Raises `AdmissionError`: `not_allowed`, `from_centre`, `required`, `bad_format`,
    `too_long`, `exists`."""
    name, unit = checked_name(name), checked_unit(unit)
    check_roles(roles, unit)
    verifier = verifier_of(password)
    with desk.writing() as writing:
        _check_administrator(session)
        _check_by_itself(writing.connection)
        if _find(writing.connection, name) is not None:
            raise AdmissionError("name", "exists")
        entry = PersonAdmitted(name=name, roles=ordered(roles), unit=unit, verifier=verifier)
        person_id = new_id()
        writing.say(session.person.id, person_id, entry)
        return _by_id(writing.connection, person_id)


def change(
    desk: Desk,
    session: Session,
    name: str,
    *,
    roles: tuple[str, ...] | None = None,
    unit: str | None = None,
    password: str | None = None,
    retired: bool | None = None,
) -> Person:
    """Changes what is given and keeps the rest. Raises `AdmissionError` as `admit`, and `not_found`."""
    verifier = None if password is None else verifier_of(password)
    with desk.writing() as writing:
        _check_administrator(session)
        _check_by_itself(writing.connection)
        person = _find(writing.connection, fold(name))
        if person is None:
            raise AdmissionError("name", "not_found")
        entry = PersonChanged(
            name=person.name,
            roles=person.roles if roles is None else ordered(roles),
            unit=person.unit if unit is None else checked_unit(unit),
            verifier=verifier or person.verifier,
            retired=person.retired if retired is None else retired,
        )
        check_roles(entry.roles, entry.unit)
        if not _an_administrator_remains(writing.connection, person, entry):
            raise AdmissionError("role", "last_administrator")
        writing.say(session.person.id, person.id, entry)
        return _by_id(writing.connection, person.id)


def prove(desk: Desk, name: str, password: str) -> Person:
    """The person, if this is their password. Raises `SignInError`; a wrong try delays the next one."""
    with desk.reading() as connection:
        namesakes = _all_of(connection, fold(name))
        if not namesakes:
            raise SignInError("unknown_person")
        known = [person for person in namesakes if not person.retired]
        if not known:
            raise SignInError("retired")
        wait = max(_wait_us(connection, person.id, desk.clock()) for person in known)
    if wait > 0:
        raise SignInError("wait", -(-wait // 1_000_000))
    for person in known:  # one of this name was here and another came from the centre: the password tells them apart
        if verifies(person.verifier, password):
            _forget_tries(desk, person.id)
            return person
    for person in known:
        _note_wrong_try(desk, person.id)
    raise SignInError("wrong_password")


def _wait_us(connection: Connection, person: UUID, now: int) -> int:
    until = connection.execute(select(t.wrong_try.c.until).where(t.wrong_try.c.person == person)).scalar_one_or_none()
    # A clock set back must not turn a delay of minutes into one of years.
    return 0 if until is None else min(until - now, LONGEST_DELAY_US)


def _note_wrong_try(desk: Desk, person: UUID) -> None:
    with desk.store.writing() as connection:
        query = select(t.wrong_try.c.count).where(t.wrong_try.c.person == person)
        count = (connection.execute(query).scalar_one_or_none() or 0) + 1
        until = desk.clock() + min(FIRST_DELAY_US << min(count - 1, 20), LONGEST_DELAY_US)
        into = insert(t.wrong_try).values(person=person, count=count, until=until)
        connection.execute(into.on_conflict_do_update(index_elements=["person"], set_={"count": count, "until": until}))


def _forget_tries(desk: Desk, person: UUID) -> None:
    with desk.reading() as connection:
        tried = connection.execute(select(t.wrong_try.c.count).where(t.wrong_try.c.person == person)).first()
    if tried:
        with desk.store.writing() as connection:
            connection.execute(delete(t.wrong_try).where(t.wrong_try.c.person == person))


_PEOPLE = select(t.person).where(t.person.c.office == HOME_OFFICE)


def _find(connection: Connection, name: str) -> Person | None:
    return next(iter(_all_of(connection, name)), None)


def _all_of(connection: Connection, name: str) -> list[Person]:
    if has_forbidden(name):
        return []
    rows = connection.execute(_PEOPLE.where(t.person.c.name_key == search_key(name)).order_by(t.person.c.retired))
    return [_person(row) for row in rows]


def _by_id(connection: Connection, person: UUID) -> Person:
    return _person(connection.execute(_PEOPLE.where(t.person.c.id == person)).one())


def _person(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        office=row.office,
        name=row.name,
        roles=tuple(row.roles.split()),
        unit=row.unit,
        verifier=row.verifier,
        retired=row.retired,
    )


def _check_administrator(session: Session) -> None:
    if not session.may("administrator"):
        raise AdmissionError("as", "not_allowed")


def _check_by_itself(connection: Connection) -> None:
    """A desk that has joined a centre gets its people from there; what it said itself would be overruled."""
    from app.desk.link.membership import membership

    if membership(connection) is not None:
        raise AdmissionError("as", "from_centre")


def _an_administrator_remains(connection: Connection, person: Person, entry: PersonChanged) -> bool:
    if "administrator" in entry.roles and not entry.retired:
        return True
    others = connection.execute(_PEOPLE.where(t.person.c.retired.is_(False), t.person.c.id != person.id))
    return any("administrator" in row.roles.split() for row in others)
