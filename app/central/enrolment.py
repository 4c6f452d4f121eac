"""How a desk joins: an administrator makes its place, a one-time code is typed at the desk, and from then on the desk
shows a token that only it knows. The centre keeps fingerprints of code and token, never the things themselves.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

import msgspec
from sqlalchemy import Connection, Update, bindparam, case, func, insert, select, update

from app.central.feed import hold, open_feed
from app.central.places import LAST_NUMBER, ORGANISATION
from app.central.trust import shown_code
from app.wire.messages import Enrol, Enrolled, Unsent
from models.codes import damm_digit
from models.tables import office as office_table
from models.tables import seat as seat_table

CODE_LASTS_US = 24 * 3_600 * 1_000_000
MOST_TRIES = 5
_CODE_DIGITS = 15
PUSHES, PUSHES_SECONDS = 600, 10
"""Pushes that a desk may make in so many seconds. Full ones come slower than that from any desk, since the centre takes
fewer than 60,000 lines a second: it stops a desk that asks in a circle, not one that catches up."""


class Revoked(Exception):
    """The desk that spoke lost its token while it did."""


class NoNumberLeft(Exception):
    """All 4,999 numbers were given; they are never given again."""


class Seat(msgspec.Struct, frozen=True):
    """Who speaks: a desk that showed its token; last written down as heard of at `seen_at`, µs UTC. It has made
    `pushes` in the span of time numbered `push_slot`."""

    desk: int
    office: int
    former: int | None
    seen_at: int
    token_hash: bytes
    push_slot: int
    pushes: int

    def may_write_as(self, desk: int) -> bool:
        """Under its number, and under the one it had before it joined."""
        return desk in (self.desk, self.former)

    def must_wait(self, now: int, pushes: int) -> int:
        """Seconds until it may push again, if it has made so many already; 0 where it may."""
        span = PUSHES_SECONDS * 1_000_000
        if self.pushes < pushes or self.push_slot != now // span:
            return 0
        return -((now % span - span) // 1_000_000)


def make_seat(connection: Connection, office_name: str, name: str, now: int) -> tuple[int, str]:
    """A place for a desk, in an office that is made where it is new: the desk's number and its one-time code as it is
    told to people."""
    hold(connection, ORGANISATION)  # one at a time: each takes the next number, and a new office's name but once
    office = _office(connection, office_name, now)
    last = connection.execute(select(func.max(seat_table.c.desk))).scalar_one() or 0
    if last >= LAST_NUMBER:
        raise NoNumberLeft
    code = new_code(last + 1)
    connection.execute(
        insert(seat_table),
        {
            "desk": last + 1,
            "office": office,
            "name": name,
            "made_at": now,
            "code_hash": fingerprint(code.encode()),
            "code_until": now + CODE_LASTS_US,
            "wrong_codes": 0,
            "program": "",
        },
    )
    return last + 1, shown_code(connection, code)


def new_code(desk: int) -> str:
    """Twenty digits: the desk's number (4), random ones (15), and a check digit against slips."""
    digits = f"{desk:04}{secrets.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}}"
    return digits + damm_digit(digits)


def enrol(connection: Connection, said: Enrol, now: int) -> Enrolled | None:
    """Gives the desk its place. The same again gets the same answer, also after the code has run out. A place that was
    taken before and given up again is only for the desk that had it: nobody else has its key.

    None where the code opens nothing: whether unknown, used up or too old is nobody's business. That a try was wrong
    is written, so the caller commits in any case.
    """
    if not (len(said.code) == _CODE_DIGITS + 5 and said.code.isdecimal() and said.code.isascii()):
        return None
    seat = connection.execute(
        select(seat_table).where(seat_table.c.desk == int(said.code[:4])).with_for_update()
    ).one_or_none()
    if seat is None or seat.revoked_at is not None:
        return None
    if not hmac.compare_digest(seat.code_hash or b"", fingerprint(said.code.encode())):
        tries = seat_table.c.wrong_codes + 1
        connection.execute(update(seat_table).where(seat_table.c.desk == seat.desk).values(wrong_codes=tries))
        return None
    if seat.token_hash is None:
        if now > seat.code_until or seat.wrong_codes >= MOST_TRIES:
            return None
        if seat.public_key not in (None, said.public_key):
            return None
        joined = {"public_key": said.public_key, "token_hash": said.token_hash, "joined_at": now}
        if seat.public_key is None:
            joined["former"] = said.former
        connection.execute(update(seat_table).where(seat_table.c.desk == seat.desk).values(**joined))
    elif (seat.token_hash, seat.public_key) != (said.token_hash, said.public_key):
        return None
    name = connection.execute(select(office_table.c.name).where(office_table.c.number == seat.office)).scalar_one()
    return Enrolled(desk=seat.desk, office=seat.office, office_name=name, desk_name=seat.name)


def seat_of(connection: Connection, token: bytes) -> Seat | None:
    """The desk that this token belongs to; None for a token that is unknown or was revoked."""
    row = connection.execute(_SEAT, {"token": fingerprint(token)}).one_or_none()
    return None if row is None else Seat(*row)


def is_admitted(connection: Connection, seat: Seat) -> bool:
    """Whether its token still opens what it opened."""
    return connection.execute(_SEAT, {"token": seat.token_hash}).one_or_none() is not None


def note_contact(connection: Connection, seat: Seat, now: int, program: str, unsent: Unsent | None) -> None:
    """The desk was heard of, and said so much of what it has not sent yet."""
    connection.execute(_still(seat).values(_heard(now, program, unsent)))


def note_push(connection: Connection, seat: Seat, now: int, program: str, unsent: Unsent | None) -> None:
    """Like `note_contact`, and counts a push. Raises `Revoked`."""
    slot = now // (PUSHES_SECONDS * 1_000_000)
    count = case((seat_table.c.push_slot == slot, seat_table.c.pushes + 1), else_=1)
    said = {**_heard(now, program, unsent), "pushes": count, "push_slot": slot}
    if connection.execute(_still(seat).values(said)).rowcount != 1:
        raise Revoked


def revoke(connection: Connection, desk: int, now: int) -> None:
    """From now on the desk's token opens nothing. Its lines stay."""
    connection.execute(update(seat_table).where(seat_table.c.desk == desk).values(revoked_at=now))


def fingerprint(secret: bytes) -> bytes:
    """SHA-256; enough for what is drawn at random and long."""
    return hashlib.sha256(secret).digest()


def _still(seat: Seat) -> Update:
    """Changes the desk's place, unless its token was taken back since."""
    same = (seat_table.c.desk == seat.desk, seat_table.c.token_hash == seat.token_hash)
    return update(seat_table).where(*same, seat_table.c.revoked_at.is_(None))


def _heard(now: int, program: str, unsent: Unsent | None) -> dict[str, Any]:
    said: dict[str, Any] = {"seen_at": now, "program": program}
    if unsent is not None:
        said |= {"unsent": unsent.lines, "unsent_at": unsent.oldest_at if unsent.lines else None}
    return said


def _office(connection: Connection, name: str, now: int) -> int:
    found = connection.execute(select(office_table.c.number).where(office_table.c.name == name)).scalar_one_or_none()
    if found is not None:
        return int(found)
    number = (connection.execute(select(func.max(office_table.c.number))).scalar_one() or 0) + 1
    connection.execute(insert(office_table), {"number": number, "name": name, "opened_at": now})
    open_feed(connection, number)
    return int(number)


_SEAT = select(
    seat_table.c.desk,
    seat_table.c.office,
    seat_table.c.former,
    func.coalesce(seat_table.c.seen_at, 0),
    seat_table.c.token_hash,
    seat_table.c.push_slot,
    seat_table.c.pushes,
).where(seat_table.c.token_hash == bindparam("token"), seat_table.c.revoked_at.is_(None))
