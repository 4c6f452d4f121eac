"""Who may do what at the centre. Every act asks here, whatever led to it.

An administrator looks after desks, people, services, holidays and offices, and sees no citizen's file; a supervisor
reads the register and settles what is theirs.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from sqlalchemy import Connection

from app.book.append import Fact, Pen
from app.central.feed import hold, publish
from app.central.places import CENTRE
from models.entries import Entry
from models.ids import new_id
from models.records import Person


class NotAllowed(Exception):
    """The person lacks the right."""


class NotAccepted(Exception):
    """What was written cannot be taken: the `field` and a stable `code`. Nothing was written."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(field, code)
        self.field = field
        self.code = code


def require(person: Person, *roles: str) -> None:
    """Raises `NotAllowed` unless the person holds one of the roles."""
    if person.retired or not set(roles) & set(person.roles):
        raise NotAllowed


class Hand(msgspec.Struct, frozen=True):
    """A person who acts in a transaction of this process of the centre, at a moment."""

    connection: Connection
    incarnation: UUID
    person: Person
    now: int

    def hold(self, office: int) -> None:
        """Nobody else writes in this feed until the transaction ends: what is read from here on stays so."""
        hold(self.connection, office)

    def say(self, office: int, *said: tuple[UUID, Entry]) -> None:
        """Writes entries, each with its subject, into a feed. `hold` it first where something was read before."""
        facts = [Fact(new_id(), subject, self.person.id, entry) for subject, entry in said]
        publish(self.connection, Pen(office, CENTRE, self.incarnation), facts, self.now)
