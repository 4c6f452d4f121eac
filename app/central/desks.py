"""The centre's desks and offices: places made, codes given, tokens taken back, and what is known of each desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, func, or_, select, update

from app.central import written
from app.central.enrolment import CODE_LASTS_US, MOST_TRIES, fingerprint, make_seat, new_code, revoke
from app.central.rights import Hand, NotAccepted, require
from app.central.trust import shown_code
from models.records import Person
from models.tables import flag, mark, office, seat

PAGE = 50
LONGEST_NAME = 100
SILENT_US = 24 * 3_600 * 1_000_000


class OfficeOf(msgspec.Struct, frozen=True):
    number: int
    name: str


class Standing(msgspec.Struct, frozen=True):
    """What the centre knows of a desk. `state` is `waiting` (its code was not used yet), `code_over`, `joined` or
    `revoked`; `lines` and `last_at` are how far its present chain is stored here and when its last line was written;
    `unsent` is how many lines it said to have beyond them when last heard of, None where it has said nothing yet, the
    first of them written at `unsent_at`. Times are µs UTC."""

    number: int
    office: int
    name: str
    state: str
    code_until: int
    seen_at: int | None
    program: str
    lines: int
    last_at: int | None
    unsent: int | None
    unsent_at: int | None


def offices(connection: Connection) -> list[OfficeOf]:
    """All of them, by name."""
    return [
        OfficeOf(*row) for row in connection.execute(select(office.c.number, office.c.name).order_by(office.c.name))
    ]


def desks(
    connection: Connection, who: Person, of: int | None, after: int, now: int, *, behind: bool = False
) -> list[Standing]:
    """A page of desks by number behind `after`, of one office or of all; `behind` keeps those that work here and were
    silent for a day, or said that they have not sent everything. Raises `NotAllowed`."""
    require(who, "administrator", "supervisor")
    query = select(seat).where(seat.c.desk > after).order_by(seat.c.desk).limit(PAGE)
    if of is not None:
        query = query.where(seat.c.office == of)
    if behind:
        silent = func.coalesce(seat.c.seen_at, 0) < now - SILENT_US
        works = (seat.c.token_hash.is_not(None), seat.c.revoked_at.is_(None))
        query = query.where(*works, or_(silent, seat.c.unsent > 0))
    return _standings(connection, query, now)


def desk(connection: Connection, who: Person, number: int, now: int) -> Standing | None:
    """One of them. Raises `NotAllowed`."""
    require(who, "administrator", "supervisor")
    return next(iter(_standings(connection, select(seat).where(seat.c.desk == number), now)), None)


def create(hand: Hand, office_name: str, name: str) -> tuple[int, str]:
    """A place for a desk, in an office that is made where it is new: its number and its one-time code, which nobody can
    be shown again. Raises `NotAllowed`, `NotAccepted`, `NoNumberLeft`."""
    require(hand.person, "administrator")
    office_name = written.text("office", office_name, LONGEST_NAME, needed=True)
    name = written.text("name", name, LONGEST_NAME, needed=True)
    return make_seat(hand.connection, office_name, name, hand.now)


def renew_code(hand: Hand, number: int) -> str:
    """Another code for a desk that has not joined, or whose place was taken back: with it the same desk joins again,
    and sends what it has written meanwhile. Raises `NotAllowed`, `NotAccepted` (`not_found`)."""
    require(hand.person, "administrator")
    code = new_code(number)
    fresh = {
        "code_hash": fingerprint(code.encode()),
        "code_until": hand.now + CODE_LASTS_US,
        "wrong_codes": 0,
        "token_hash": None,
        "revoked_at": None,
    }
    waits = (seat.c.desk == number, or_(seat.c.token_hash.is_(None), seat.c.revoked_at.is_not(None)))
    if hand.connection.execute(update(seat).where(*waits).values(**fresh)).rowcount != 1:
        raise NotAccepted("desk", "not_found")
    return shown_code(hand.connection, code)


def take_back(hand: Hand, number: int) -> None:
    """The desk's token and code open nothing from now on; its lines stay. Raises `NotAllowed`, `NotAccepted`."""
    require(hand.person, "administrator")
    standing = desk(hand.connection, hand.person, number, hand.now)
    if standing is None:
        raise NotAccepted("desk", "not_found")
    if standing.state != "revoked":
        revoke(hand.connection, number, hand.now)


def open_flags(connection: Connection) -> dict[int, int]:
    """How many unsettled flags each office has; offices without any are left out."""
    counted = select(flag.c.office, func.count()).where(flag.c.settled_at.is_(None)).group_by(flag.c.office)
    return {row[0]: row[1] for row in connection.execute(counted)}


def _standings(connection: Connection, query: Select[Any], now: int) -> list[Standing]:
    seats = connection.execute(query).all()
    if not seats:
        return []
    numbers = {number for row in seats for number in (row.desk, row.former) if number is not None}
    marks: Sequence[Any] = connection.execute(
        select(mark.c.office, mark.c.desk, mark.c.next_sequence, mark.c.last_at).where(
            mark.c.office.in_({row.office for row in seats}), mark.c.desk.in_(numbers)
        )
    ).all()
    return [_standing(row, [m for m in marks if (m.office, m.desk) in _names(row)], now) for row in seats]


def _names(row: Row[Any]) -> tuple[tuple[int, int], ...]:
    """Where its lines stand: under its number, and under the one it had before it joined."""
    return (row.office, row.desk), (row.office, row.former)


def _standing(row: Row[Any], chains: Sequence[Any], now: int) -> Standing:
    present = max(chains, key=lambda chain: (chain.last_at, chain.next_sequence), default=None)
    return Standing(
        number=row.desk,
        office=row.office,
        name=row.name,
        state=_state(row, now),
        code_until=row.code_until,
        seen_at=row.seen_at,
        program=row.program,
        lines=present.next_sequence - 1 if present else 0,
        last_at=present.last_at if present else None,
        unsent=row.unsent,
        unsent_at=row.unsent_at,
    )


def _state(row: Row[Any], now: int) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if row.token_hash is not None:
        return "joined"
    return "code_over" if now > row.code_until or row.wrong_codes >= MOST_TRIES else "waiting"
