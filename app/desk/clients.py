"""Clients: whom the desk knows, and the question whether somebody is one of them.

Two people are never joined silently. A client who shows a document gets a key derived from its number, so that two
desks arrive at the same client; it is used only when nobody holds that key yet or the holder's number, folded name
and birth date agree. Everything less certain is a question.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from rapidfuzz.distance import OSA
from sqlalchemy import CompoundSelect, Connection, Row, Select, bindparam, select, true, union_all

from app.desk.desk import HOME_OFFICE, Desk
from app.desk.sentences import Candidate
from models import tables as t
from models.entries import ClientDetails
from models.folds import is_same_person
from models.ids import client_key, new_id
from models.text import search_key

MOST_CANDIDATES = 5
NEIGHBOURS = 300


class Known(msgspec.Struct, frozen=True):
    """The client is in the register. `details` are the profile with what was said now; `corrected` if they differ."""

    id: UUID
    details: ClientDetails
    corrected: bool


class New(msgspec.Struct, frozen=True):
    """Nobody known; registered under this id. `same_number_as` is set for *another person* of a known number."""

    id: UUID
    details: ClientDetails
    same_number_as: UUID | None = None


class Question(msgspec.Struct, frozen=True):
    """Somebody known may be the same person; only the person at the counter can say."""

    candidates: tuple[Candidate, ...]


class Unknown(msgspec.Struct, frozen=True):
    """The client's id is not in the register."""


class ClientRow(msgspec.Struct, frozen=True):
    id: UUID
    details: ClientDetails
    registered_at: int


def client(desk: Desk, client_id: UUID) -> ClientRow | None:
    """A client's profile as it stands, following a merge to its target; None if nobody has this id."""
    with desk.reading() as connection:
        return client_row(connection, client_id)


def client_row(connection: Connection, client_id: UUID) -> ClientRow | None:
    row = connection.execute(_BY_ID, {"id": client_id}).first()
    seen = {client_id}
    while row is not None and row.merged_into is not None and row.merged_into not in seen:
        seen.add(row.merged_into)  # two merges that point at each other must not turn in a circle
        row = connection.execute(_BY_ID, {"id": row.merged_into}).first()
    return None if row is None else _client(row)


def who_is(
    connection: Connection, client_id: UUID | None, said: ClientDetails, given: frozenset[str], another: bool
) -> Known | New | Question | Unknown:
    """Decides whom the visit is about. `given` are the details that were said; `another` answers the question."""
    if client_id is not None:
        row = client_row(connection, client_id)
        return Unknown() if row is None else _known(row, said, given)
    holders = _holders(connection, said)
    if not another:
        for holder in holders:
            names_said = bool(given & {"given_name", "family_name", "name"})
            if is_same_person(holder.details, said if names_said else _named_as(said, holder.details)):
                return _known(holder, said, given)
    key = client_key(said.kind, said.country, said.number) if said.number else None
    similar = () if another else _candidates(holders) or _candidates(_similar(connection, said))
    if similar:
        return Question(similar)
    if key is None or any(holder.id == key for holder in holders) or client_row(connection, key) is not None:
        return New(new_id(), said, holders[0].id if holders else None)
    return New(key, said, holders[0].id if holders else None)


def _named_as(said: ClientDetails, known: ClientDetails) -> ClientDetails:
    """A number alone names its holder: the scanner sends no more."""
    return msgspec.structs.replace(
        said, given_name=known.given_name, family_name=known.family_name, name=known.name, country=said.country
    )


def _known(row: ClientRow, said: ClientDetails, given: frozenset[str]) -> Known:
    changes = {name: getattr(said, name) for name in given if name in ClientDetails.__struct_fields__}
    if not said.number:
        changes.pop("kind", None)  # a number belongs to its kind; without another number the kind stays
    details = msgspec.structs.replace(row.details, **changes)
    # A name written with other letters or spacing is the same name; the profile keeps the one it has.
    for name in ("given_name", "family_name", "father_name", "name"):
        before, after = getattr(row.details, name), getattr(details, name)
        if before and search_key(before) == search_key(after):
            details = msgspec.structs.replace(details, **{name: before})
    return Known(row.id, details, details != row.details)


def _candidates(rows: list[ClientRow]) -> tuple[Candidate, ...]:
    return tuple(Candidate(row.id, row.details.display_name) for row in rows[:MOST_CANDIDATES])


_c = t.client.c
_CLIENTS: Select[Any] = select(
    _c.id,
    *(_c[field] for field in ClientDetails.__struct_fields__),
    _c.registered_at,
    _c.merged_into,
).where(_c.office == HOME_OFFICE)
_UNMERGED = _CLIENTS.where(_c.merged_into.is_(None))
# Built once: putting a statement together costs more than running it.
_BY_ID = _CLIENTS.where(_c.id == bindparam("id"))
_BY_NUMBER = _UNMERGED.where(_c.number == bindparam("number"), _c.kind == bindparam("kind")).order_by(_c.registered_at)
_BY_MOBILE = _UNMERGED.where(_c.mobile == bindparam("mobile")).limit(NEIGHBOURS)
_BY_IDS = _UNMERGED.where(_c.id.in_(bindparam("ids", expanding=True)))


def _named_alike(*days: Any) -> CompoundSelect[Any]:
    """The same father's name with the same family or given name, born on one of those days; names only, since of
    hundreds of neighbours hardly anybody has a close name."""
    family, given = _c.family_key == bindparam("family"), _c.given_key == bindparam("given")
    names = select(_c.id, _c.given_key, _c.family_key).where(_c.office == HOME_OFFICE, _c.merged_into.is_(None))
    alike = names.where(_c.father_key == bindparam("father"))
    return union_all(*(alike.where(name, day) for name in (family, given) for day in days)).limit(NEIGHBOURS)


_BORN_SOME_DAY = _named_alike(true())
_BORN_THAT_DAY = _named_alike(_c.birth_date == bindparam("born"), _c.birth_date.is_(None))
"""A day each, not "this or unknown": in a common name's thousands the index leads to the few of that day."""


def _rows(connection: Connection, query: Select[Any], **asked: object) -> list[ClientRow]:
    return [_client(row) for row in connection.execute(query, asked)]


def _holders(connection: Connection, said: ClientDetails) -> list[ClientRow]:
    """Who holds this very number of this kind, the first registered first."""
    if not said.number:
        return []
    holders = _rows(connection, _BY_NUMBER, number=said.number, kind=said.kind)
    return [holder for holder in holders if said.kind != "passport" or holder.details.country == said.country]


def _similar(connection: Connection, said: ClientDetails) -> list[ClientRow]:
    """The same mobile, or a close name with the same father's name; known birth dates must not contradict."""
    found: dict[UUID, ClientRow] = {}
    if said.mobile:
        found |= {row.id: row for row in _rows(connection, _BY_MOBILE, mobile=said.mobile)}
    for row in _close_names(connection, said):
        found.setdefault(row.id, row)
    return [row for row in found.values() if _dates_agree(row.details, said)]


def _dates_agree(known: ClientDetails, said: ClientDetails) -> bool:
    return known.birth_date is None or said.birth_date is None or known.birth_date == said.birth_date


def _close_names(connection: Connection, said: ClientDetails) -> list[ClientRow]:
    given, family, father = (search_key(part) for part in (said.given_name, said.family_name, said.father_name))
    if not (given and family and father):
        return []
    names = {"father": father, "family": family, "given": given}
    if said.birth_date is None:
        neighbours = connection.execute(_BORN_SOME_DAY, names)
    else:
        neighbours = connection.execute(_BORN_THAT_DAY, {**names, "born": said.birth_date})
    close = {id_ for id_, own, of in neighbours if _is_close(own, given) and _is_close(of, family)}
    return _rows(connection, _BY_IDS, ids=sorted(close)) if close else []


def _is_close(known: str, said: str) -> bool:
    """One slip of the hand, two in a long name (insert, drop, change, or two letters swapped)."""
    return OSA.distance(known, said) <= (1 if max(len(known), len(said)) < 6 else 2)


def _client(row: Row[Any]) -> ClientRow:
    details = ClientDetails(
        kind=row.kind,
        number=row.number,
        country=row.country,
        given_name=row.given_name,
        family_name=row.family_name,
        name=row.name,
        father_name=row.father_name,
        birth_date=row.birth_date,
        mobile=row.mobile,
        phone=row.phone,
        postal_code=row.postal_code,
        address=row.address,
    )
    return ClientRow(row.id, details, row.registered_at)
