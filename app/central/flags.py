"""What the centre holds against entries: listed by office, and settled by those whose business it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, select

from app.central import written
from app.central.keyset import Place, before
from app.central.rights import Hand, NotAccepted, require
from models import tables as t
from models.entries import FlagSettled
from models.flags import REASONS
from models.records import Person

PAGE = 50
LONGEST_NOTE = 500


class Shown(msgspec.Struct, frozen=True):
    """A flag as it stands: no citizen is named. `owner` is the role that settles it, `waits` whether the entry only
    waits for something and is settled by itself when that comes. Times are µs UTC."""

    office: int
    id: UUID
    reason: str
    owner: str
    waits: bool
    desk: int
    code: str
    raised_at: int
    settled_at: int | None
    settled_by: str
    note: str


def flags(connection: Connection, who: Person, office: int, *, settled: bool, last: Place | None = None) -> list[Shown]:
    """A page of an office's flags, the newest first; `last` is the time and id of the last one shown.

    Raises `NotAllowed`.
    """
    require(who, "administrator", "supervisor")
    query = _FLAGS.where(t.flag.c.office == office, t.flag.c.settled_at.is_not(None) == settled)
    if last is not None:
        query = query.where(before(t.flag.c.raised_at, t.flag.c.id, last))
    return [
        _shown(row)
        for row in connection.execute(query.order_by(t.flag.c.raised_at.desc(), t.flag.c.id.desc()).limit(PAGE))
    ]


def flag(connection: Connection, who: Person, office: int, entry: UUID) -> Shown | None:
    """One of them. Raises `NotAllowed`."""
    require(who, "administrator", "supervisor")
    row = connection.execute(_FLAGS.where(t.flag.c.office == office, t.flag.c.id == entry)).one_or_none()
    return None if row is None else _shown(row)


def settle(hand: Hand, office: int, entry: UUID, note: str) -> None:
    """It was looked at. Settling what is settled changes nothing.

    Raises `NotAllowed` for whose business it is not, `NotAccepted` (`not_found`, `required`, `too_long`, `bad_format`).
    """
    hand.hold(office)
    found = flag(hand.connection, hand.person, office, entry)
    if found is None:
        raise NotAccepted("flag", "not_found")
    require(hand.person, found.owner)
    note = written.text("note", note, LONGEST_NOTE, needed=True, multiline=True)
    if found.settled_at is None:
        hand.say(office, (entry, FlagSettled(note=note)))


def _shown(row: Row[Any]) -> Shown:
    reason = REASONS.get(row.reason)
    return Shown(
        office=row.office,
        id=row.id,
        reason=row.reason,
        owner=reason.owner if reason else "administrator",
        waits=reason.waits if reason else False,
        desk=row.desk,
        code=row.code,
        raised_at=row.raised_at,
        settled_at=row.settled_at,
        settled_by=row.settler or "",
        note=row.note,
    )


_FLAGS = select(t.flag, t.person.c.name.label("settler")).join_from(
    t.flag, t.person, (t.person.c.office == 0) & (t.person.c.id == t.flag.c.settled_by), isouter=True
)
