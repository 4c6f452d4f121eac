"""Signing in at the centre's pages: administrators and supervisors of the organisation, with their own password.

A browser holds a secret drawn at random, the centre only its fingerprint. A session ends by signing out, half an hour
after its last use, twelve hours after it began, and with the rights of its person.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from app.central import hits
from app.central.enrolment import fingerprint
from app.central.places import ORGANISATION
from models import tables as t
from models.people import verifies
from models.records import Person
from models.text import fold, has_forbidden, search_key

IDLE_US = 30 * 60 * 1_000_000
LONGEST_US = 12 * 3_600 * 1_000_000
_SEEN_EVERY_US = 60 * 1_000_000
QUARTER = 900
TRIES_OF_ONE_NAME_FROM_ONE_NETWORK, TRIES_OF_ONE_NAME, TRIES_FROM_ONE_NETWORK = 8, 60, 120
"""Tries to sign in in a quarter of an hour, the right ones too. The first is small; the second is large, so that a
stranger elsewhere cannot keep an administrator out."""
MAY_SIGN_IN = frozenset({"administrator", "supervisor"})
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5cyBzYWx0IQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""A verifier that no password fits: an unknown name takes as long as a wrong password."""


class Session(msgspec.Struct, frozen=True):
    """Somebody whose browser showed its secret. The roles are those of this moment."""

    person: Person
    stale: bool
    """Whether its use is to be noted (`touch`)."""


def counts_a_try(connection: Connection, name: str, network: str, now: int) -> bool:
    """Counts a try before it is made; whether it may be made. Names, known or invented, are counted by fingerprint."""
    who = hashlib.sha256(_key(name).encode()).hexdigest()[:24]
    together = hits.count(connection, f"sign-in {who} {network}", now, QUARTER)
    of_name = hits.count(connection, f"sign-in {who}", now, QUARTER)
    of_network = hits.count(connection, f"sign-in {network}", now, QUARTER)
    return (
        together <= TRIES_OF_ONE_NAME_FROM_ONE_NETWORK
        and of_name <= TRIES_OF_ONE_NAME
        and of_network <= TRIES_FROM_ONE_NETWORK
    )


def candidate(connection: Connection, name: str) -> Person | None:
    """Who of this name may sign in here; their password is still to be proved (`proves`)."""
    for row in connection.execute(_PEOPLE.where(t.person.c.name_key == _key(name)).order_by(t.person.c.id)):
        found = person_of(row)
        if may_sign_in(found):
            return found
    return None


def proves(person: Person | None, password: str) -> bool:
    """Whether this is their password; as slow for nobody. It takes 64 MiB and a tenth of a second: call it in a thread,
    outside any transaction."""
    fits = verifies(person.verifier if person is not None else NOBODYS, password)
    return fits and person is not None


def begin(connection: Connection, person: UUID, now: int, *, instead_of: str = "") -> str:
    """A new session's secret; the one that the browser had before is over, all that ran out are, and old
    counts of tries are forgotten."""
    end(connection, instead_of)
    connection.execute(
        delete(t.session).where(or_(t.session.c.seen_at < now - IDLE_US, t.session.c.made_at < now - LONGEST_US))
    )
    hits.forget(connection, now)
    token = secrets.token_urlsafe(32)
    values = {"token_hash": fingerprint(token.encode()), "person": person, "made_at": now, "seen_at": now}
    connection.execute(insert(t.session), values)
    return token


def find(connection: Connection, token: str, now: int) -> Session | None:
    """The session of this secret; None for none, an unknown or ended one, or one whose person may no longer."""
    if not token or len(token) > 100:
        return None
    row = connection.execute(
        select(t.session.c.person, t.session.c.made_at, t.session.c.seen_at).where(
            t.session.c.token_hash == fingerprint(token.encode())
        )
    ).one_or_none()
    if row is None or now - row.seen_at > IDLE_US or now - row.made_at > LONGEST_US:
        return None
    known = connection.execute(_PEOPLE.where(t.person.c.id == row.person)).one_or_none()
    if known is None or not may_sign_in(person := person_of(known)):
        return None
    return Session(person, stale=now - row.seen_at > _SEEN_EVERY_US)


def touch(connection: Connection, token: str, now: int) -> None:
    """Notes that the session was used."""
    connection.execute(
        update(t.session).where(t.session.c.token_hash == fingerprint(token.encode())).values(seen_at=now)
    )


def end(connection: Connection, token: str) -> None:
    """The session is over; nothing happens where there is none."""
    if token:
        connection.execute(delete(t.session).where(t.session.c.token_hash == fingerprint(token.encode())))


def end_all_of(connection: Connection, person: UUID) -> None:
    """Whoever had this person's password has nothing any more."""
    connection.execute(delete(t.session).where(t.session.c.person == person))


def form_token(token: str) -> str:
    """What every form of this session carries; whoever does not hold the session's secret cannot make it."""
    return hmac.new(token.encode(), b"form", "sha256").hexdigest()


def is_form_token(token: str, said: str) -> bool:
    return hmac.compare_digest(form_token(token).encode(), said.encode("utf-8", "surrogatepass"))


def may_sign_in(person: Person) -> bool:
    return not person.retired and bool(MAY_SIGN_IN & set(person.roles))


def person_of(row: Row[Any]) -> Person:
    """A row of the table of people."""
    return Person(
        id=row.id,
        office=row.office,
        name=row.name,
        roles=tuple(row.roles.split()),
        unit=row.unit,
        verifier=row.verifier,
        retired=row.retired,
    )


def _key(name: str) -> str:
    return "" if has_forbidden(name) else search_key(fold(name[:200]))


_PEOPLE = select(t.person).where(t.person.c.office == ORGANISATION)
