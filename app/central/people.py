"""The organisation's people: admitted here, published to every desk. At a desk they sign in with the same password.

Whom a desk admitted before it joined keeps their id, and is an office's own person until an administrator changes
something about them here: from then on the organisation's word holds at every desk. Nobody becomes the organisation's
by what a desk alone has said, or a stolen desk could make an administrator.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, or_, select

from app.book.append import Fact, Pen
from app.central.feed import hold, publish
from app.central.keyset import Place, behind
from app.central.places import CENTRE, ORGANISATION
from app.central.rights import Hand, NotAccepted, require
from app.central.sessions import end_all_of, person_of
from models.entries import PersonAdmitted, PersonChanged
from models.ids import new_id
from models.people import check_roles, checked_name, checked_unit, ordered
from models.records import Person
from models.tables import person
from models.text import fold, has_forbidden, search_key

PAGE = 50


def admit(
    connection: Connection, incarnation: UUID, name: str, roles: tuple[str, ...], verifier: str, unit: str, now: int
) -> UUID:
    """Admits a person by the word of whoever holds the database. `verifier` is an Argon2id hash."""
    who = new_id()
    entry = PersonAdmitted(name=name, roles=roles, verifier=verifier, unit=unit)
    publish(connection, Pen(ORGANISATION, CENTRE, incarnation), [Fact(new_id(), who, who, entry)], now)
    return who


def first_administrator(connection: Connection, incarnation: UUID, name: str, verifier: str, now: int) -> Person:
    """Admits an administrator by the word of whoever holds the database. One of that name who is here already gets
    this password, and the role if it was lost: so nobody is ever shut out. Raises `AdmissionError`."""
    name = checked_name(name)
    hold(connection, ORGANISATION)
    known = _of_name(connection, name)
    if known is None:
        return _by_id(connection, admit(connection, incarnation, name, ("administrator",), verifier, "", now))
    entry = PersonChanged(
        name=known.name, roles=ordered((*known.roles, "administrator")), unit=known.unit, verifier=verifier
    )
    Hand(connection, incarnation, known, now).say(ORGANISATION, (known.id, entry))
    end_all_of(connection, known.id)
    return _by_id(connection, known.id)


def people(connection: Connection, who: Person, starts: str = "", after: Place | None = None) -> list[Person]:
    """A page of the organisation's people and of the offices' own by name, the retired ones too; `starts` is how the
    name begins, `after` the sort name and id of the last one shown. Raises `NotAllowed`."""
    require(who, "administrator")
    query = _ALL.order_by(person.c.name_key, person.c.id).limit(PAGE)
    if starts:
        key = "" if has_forbidden(starts) else search_key(fold(starts))
        query = query.where(person.c.name_key >= key, person.c.name_key < key + "\U0010ffff")
    if after is not None:
        query = query.where(behind(person.c.name_key, person.c.id, after))
    return [person_of(row) for row in connection.execute(query)]


def one(connection: Connection, who: Person, person_id: UUID) -> Person | None:
    """One of them, as the organisation says where it says anything. Raises `NotAllowed`."""
    require(who, "administrator")
    row = connection.execute(_ALL.where(person.c.id == person_id)).first()
    return None if row is None else person_of(row)


def admit_by(hand: Hand, name: str, roles: tuple[str, ...], verifier: str, unit: str) -> Person:
    """An administrator admits a person. Raises `NotAllowed`, `AdmissionError`, `NotAccepted` (`exists`)."""
    require(hand.person, "administrator")
    name, unit = checked_name(name), checked_unit(unit)
    check_roles(roles, unit)
    hand.hold(ORGANISATION)
    if _of_name(hand.connection, name) is not None:
        raise NotAccepted("name", "exists")
    who = new_id()
    entry = PersonAdmitted(name=name, roles=ordered(roles), unit=unit, verifier=verifier)
    hand.say(ORGANISATION, (who, entry))
    return _by_id(hand.connection, who)


def change(
    hand: Hand,
    person_id: UUID,
    *,
    name: str | None = None,
    roles: tuple[str, ...] | None = None,
    unit: str | None = None,
    verifier: str | None = None,
    retired: bool | None = None,
) -> Person:
    """Changes what is given and keeps the rest; an office's own person is the organisation's from then on. Whose
    password changed, or who left, is signed out everywhere.

    Raises `NotAllowed`, `AdmissionError`, `NotAccepted` (`not_found`, `exists`, `last_administrator`).
    """
    require(hand.person, "administrator")
    hand.hold(ORGANISATION)
    known = one(hand.connection, hand.person, person_id)
    if known is None:
        raise NotAccepted("name", "not_found")
    entry = PersonChanged(
        name=known.name if name is None else checked_name(name),
        roles=known.roles if roles is None else ordered(roles),
        unit=known.unit if unit is None else checked_unit(unit),
        verifier=verifier or known.verifier,
        retired=known.retired if retired is None else retired,
    )
    check_roles(entry.roles if roles is None else roles, entry.unit)
    namesake = None if entry.retired else _of_name(hand.connection, entry.name)
    if namesake is not None and namesake.id != known.id:
        raise NotAccepted("name", "exists")
    if not _an_administrator_remains(hand.connection, known.id, entry):
        raise NotAccepted("role", "last_administrator")
    hand.say(ORGANISATION, (known.id, entry))
    if verifier or entry.retired:
        end_all_of(hand.connection, known.id)
    return _by_id(hand.connection, known.id)


def _an_administrator_remains(connection: Connection, changed: UUID, entry: PersonChanged) -> bool:
    if "administrator" in entry.roles and not entry.retired:
        return True
    others = select(person.c.roles).where(
        person.c.office == ORGANISATION, person.c.retired.is_(False), person.c.id != changed
    )
    return any("administrator" in roles.split() for roles in connection.execute(others).scalars())


def _of_name(connection: Connection, name: str) -> Person | None:
    query = _PEOPLE.where(person.c.name_key == search_key(name), person.c.retired.is_(False))
    row = connection.execute(query).first()
    return None if row is None else person_of(row)


def _by_id(connection: Connection, person_id: UUID) -> Person:
    return person_of(connection.execute(_PEOPLE.where(person.c.id == person_id)).one())


_PEOPLE = select(person).where(person.c.office == ORGANISATION)
_OF_THE_ORGANISATION = select(person.c.id).where(person.c.office == ORGANISATION)
_ALL = select(person).where(or_(person.c.office == ORGANISATION, person.c.id.not_in(_OF_THE_ORGANISATION)))
