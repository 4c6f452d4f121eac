"""The organisation's people: admitted here, published to every desk. At a desk they sign in with the same password."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, select

from app.book.append import Fact, Pen
from app.central.feed import publish
from app.central.places import CENTRE, ORGANISATION
from models.entries import PersonAdmitted
from models.ids import new_id
from models.tables import person
from models.text import search_key


class NameTaken(Exception):
    """Somebody of this name works here."""


def admit(
    connection: Connection, incarnation: UUID, name: str, roles: tuple[str, ...], verifier: str, unit: str, now: int
) -> UUID:
    """Admits a person by the organisation's word. `verifier` is an Argon2id hash. Raises `NameTaken`."""
    taken = select(person.c.id).where(
        person.c.office == ORGANISATION, person.c.name_key == search_key(name), person.c.retired.is_(False)
    )
    if connection.execute(taken).first() is not None:
        raise NameTaken
    who = new_id()
    entry = PersonAdmitted(name=name, roles=roles, verifier=verifier, unit=unit)
    publish(connection, Pen(ORGANISATION, CENTRE, incarnation), [Fact(new_id(), who, who, entry)], now)
    return who
