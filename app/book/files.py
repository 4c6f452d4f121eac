"""The files that entries name, at desk and centre alike: they come in part by part, and count once their hash is right.

A sender that is cut goes on where it was; several may send the same file at once, each by itself, so that none can
spoil another's. The first that is whole is kept, the only one of its content in an office.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, text, update
from sqlalchemy.exc import IntegrityError

from models.files import PART, TYPES, Head, head_of, part_bytes
from models.findings import Finding
from models.tables import file, file_part


class NotAPart(ValueError):
    """Bytes that are no part of a file of that size."""


class Place(msgspec.Struct, frozen=True):
    """Whose file it is, and which desk sends it; 0 where it is not a desk that sends."""

    office: int
    sender: int = 0


class Stands(msgspec.Struct, frozen=True):
    """How many bytes are there, of a whole file all. `wrong` says why what had come was thrown away: for its `hash` or
    its `type`."""

    bytes: int
    is_whole: bool = False
    wrong: Literal["", "hash", "type"] = ""


def whole(connection: Connection, office: int, hash: bytes) -> Head | None:  # noqa: A002  # the column's name
    """The file of this content; None where there is none, or not all of it."""
    row = connection.execute(_WHOLE, {"o": office, "h": hash}).one_or_none()
    return None if row is None else Head(row.hash, row.type, row.size)


def stands(connection: Connection, place: Place, head: Head) -> Stands:
    """How much of it is there from this sender, or whole from anybody."""
    if whole(connection, place.office, head.hash) is not None:
        return Stands(head.size, is_whole=True)
    here = begun(connection, place, head.hash)
    return Stands(here[1] if here is not None and here[0] == head else 0)


def begun(connection: Connection, place: Place, hash: bytes) -> tuple[Head, int] | None:  # noqa: A002
    """What has begun to come from this sender, and how many bytes of it are there."""
    row = connection.execute(_BEGUN, _key(place, hash)).one_or_none()
    return None if row is None else (Head(hash, row.type, row.size), row.stands)


def take_part(connection: Connection, place: Place, head: Head, start: int, part: bytes, now: int) -> Stands:
    """Takes the next part, which is durable when the transaction has ended; any other is passed over, and the answer
    says where to go on. With the last part hash and type are checked, and what is wrong is thrown away.

    Raises `NotAPart`.
    """
    if len(part) != part_bytes(head.size, start) or not part:
        raise NotAPart
    key = _key(place, head.hash)
    if start == 0:
        connection.execute(_BEGIN, key | {"t": head.type, "z": head.size, "now": now})
    row = connection.execute(_BEGUN.with_for_update(), key).one_or_none()
    if whole(connection, place.office, head.hash) is not None:  # looked for after the row that nobody else waits for
        drop(connection, place, head.hash)
        return Stands(head.size, is_whole=True)
    if row is None:
        return Stands(0)
    if (row.type, row.size) != (head.type, head.size):
        drop(connection, place, head.hash)
        return Stands(0)
    if start != row.stands:
        return Stands(row.stands)
    through = start + len(part)
    connection.execute(_ADD_PART, key | {"start": start, "bytes": part})
    connection.execute(_MOVE, key | {"stands": through, "now": now})
    return _finished(connection, place, head, now) if through == head.size else Stands(through)


def put(connection: Connection, office: int, content: bytes, type: str, now: int, *, unsent: bool = False) -> bytes:  # noqa: A002
    """Keeps a whole file; its hash. Raises ValueError for what begins unlike its type."""
    head, place = head_of(content, type), Place(office)
    if whole(connection, office, head.hash) is None:
        drop(connection, place, head.hash)
        for start in range(0, head.size, PART):
            if take_part(connection, place, head, start, content[start : start + PART], now).wrong:
                raise ValueError("The file is not of its type.")
        if unsent:
            connection.execute(_SENT, _key(place, head.hash) | {"unsent": True})
    return head.hash


def read_part(connection: Connection, office: int, hash: bytes, start: int) -> bytes | None:  # noqa: A002
    """The part of a whole file that begins there; None where none does."""
    part: bytes | None = connection.execute(_READ_PART, {"o": office, "h": hash, "start": start}).scalar()
    return part


def content(connection: Connection, office: int, hash: bytes) -> bytes | None:  # noqa: A002
    """All of a whole file, its hash checked; None where it is not there as it should be."""
    known = whole(connection, office, hash)
    if known is None:
        return None
    parts = (read_part(connection, office, hash, start) or b"" for start in range(0, known.size, PART))
    found = b"".join(parts)
    return found if hashlib.sha256(found).digest() == hash else None


def next_unsent(connection: Connection, office: int) -> Head | None:
    """The oldest whole file that the centre has not confirmed."""
    row = connection.execute(_UNSENT, {"o": office}).one_or_none()
    return None if row is None else Head(row.hash, row.type, row.size)


def note_sent(connection: Connection, office: int, hash: bytes) -> None:  # noqa: A002
    """The centre has it."""
    connection.execute(_SENT, _key(Place(office), hash) | {"unsent": False})


def used(connection: Connection, office: int, since: int) -> int:
    """Bytes of all files of an office; of those that have begun to come and of which something came since, as many as
    they will have."""
    return int(connection.execute(_USED, {"o": office, "since": since}).scalar() or 0)


def sweep(connection: Connection, office: int, before: int) -> None:
    """Throws away what has begun to come and of which nothing came since."""
    rows = connection.execute(_LEFT, {"o": office, "before": before}).all()
    for row in rows:
        drop(connection, Place(office, row.sender), row.hash)


def drop(connection: Connection, place: Place, hash: bytes) -> None:  # noqa: A002
    """Throws away what has come from this sender of a file that is not whole."""
    key = _key(place, hash)
    if connection.execute(_DROP, key).rowcount:
        connection.execute(_DROP_PARTS, key)


def check_files(connection: Connection) -> Iterator[Finding]:
    """Every whole file has the content that it is named by."""
    for office, hash_ in connection.execute(select(file.c.office, file.c.hash).where(file.c.whole_at.is_not(None))):
        if content(connection, office, hash_) is None:
            yield Finding("file_damaged", hash_.hex())


def _finished(connection: Connection, place: Place, head: Head, now: int) -> Stands:
    key, digest, beginning = _key(place, head.hash), hashlib.sha256(), b""
    for start in range(0, head.size, PART):  # one at a time: a file is never whole in memory
        part: bytes = connection.execute(_OWN_PART, key | {"start": start}).scalar_one()
        digest.update(part)
        beginning = beginning or part[:16]
    if digest.digest() != head.hash or not beginning.startswith(TYPES[head.type]):
        drop(connection, place, head.hash)
        return Stands(0, wrong="type" if digest.digest() == head.hash else "hash")
    try:
        with connection.begin_nested():
            connection.execute(_MAKE_WHOLE, key | {"now": now})
    except IntegrityError:  # another sender's became whole a moment before
        drop(connection, place, head.hash)
    return Stands(head.size, is_whole=True)


def _key(place: Place, hash_: bytes) -> dict[str, Any]:
    return {"o": place.office, "h": hash_, "s": place.sender}


_f, _p = file.c, file_part.c
_HERE = and_(_f.office == bindparam("o"), _f.hash == bindparam("h"), _f.sender == bindparam("s"))
_PARTS_HERE = and_(_p.office == bindparam("o"), _p.hash == bindparam("h"), _p.sender == bindparam("s"))
_HEAD = (_f.hash, _f.type, _f.size)
_WHOLE: Any = select(*_HEAD).where(_f.office == bindparam("o"), _f.hash == bindparam("h"), _f.whole_at.is_not(None))
_BEGUN = select(_f.type, _f.size, _f.stands).where(_HERE, _f.whole_at.is_(None))
_BEGIN = text(
    "INSERT INTO file (office, hash, sender, type, size, stands, at, unsent) "
    "VALUES (:o, :h, :s, :t, :z, 0, :now, false) ON CONFLICT DO NOTHING"
)
_ADD_PART = insert(file_part).values(
    office=bindparam("o"),
    hash=bindparam("h"),
    sender=bindparam("s"),
    start=bindparam("start"),
    bytes=bindparam("bytes"),
)
_MOVE = update(file).where(_HERE).values(stands=bindparam("stands"), at=bindparam("now"))
_MAKE_WHOLE = update(file).where(_HERE).values(whole_at=bindparam("now"))
_SENT = update(file).where(_HERE, _f.whole_at.is_not(None)).values(unsent=bindparam("unsent"))
_READ_PART = (
    select(_p.bytes)
    .join(file, and_(_f.office == _p.office, _f.hash == _p.hash, _f.sender == _p.sender, _f.whole_at.is_not(None)))
    .where(_p.office == bindparam("o"), _p.hash == bindparam("h"), _p.start == bindparam("start"))
)
_OWN_PART = select(_p.bytes).where(_PARTS_HERE, _p.start == bindparam("start"))
_UNSENT: Any = select(*_HEAD).where(_f.office == bindparam("o"), _f.unsent).order_by(_f.at).limit(1)
_USED = select(func.sum(_f.size)).where(
    _f.office == bindparam("o"), or_(_f.whole_at.is_not(None), _f.at >= bindparam("since"))
)
_LEFT = select(_f.hash, _f.sender).where(
    _f.office == bindparam("o"), _f.whole_at.is_(None), _f.at < bindparam("before")
)
_DROP = delete(file).where(_HERE, _f.whole_at.is_(None))
_DROP_PARTS = delete(file_part).where(_PARTS_HERE)
