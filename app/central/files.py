"""Files at the centre: an office's own, whole and once, and room for no more than is good for it.

A desk sends and reads its office's files; what the organisation has published all offices read.
"""

from __future__ import annotations

from sqlalchemy import Connection

from app.book import files
from app.book.files import Place, Stands
from app.central.enrolment import Seat
from app.central.feed import hold
from app.central.places import ORGANISATION
from app.wire.files import AskFile, FilePart, FileStands, ReadPart, SendPart

OFFICE_BYTES = 4 << 30
"""What the files of one office may take, with those that have begun to come."""
UNFINISHED_US = 24 * 3_600 * 1_000_000
"""How long a file is waited for of which no further part comes."""
FULL = FileStands(stands=0, refused="full")


def stands(connection: Connection, seat: Seat, asked: AskFile, now: int) -> FileStands:
    """How much of the file is there: of what this desk has sent, or all of it, whoever sent it."""
    found = files.stands(connection, _place(seat), asked.head)
    return _said(found) if found.bytes or _has_room(connection, seat.office, asked.size, now) else FULL


def send(connection: Connection, seat: Seat, sent: SendPart, now: int) -> FileStands:
    """Takes a part; where to go on. Call it in a writing transaction. Raises `NotAPart`."""
    place = _place(seat)
    if sent.start == 0 and not files.stands(connection, place, sent.head).bytes:
        hold(connection, place.office)  # two that begin at once are counted one after the other
        files.sweep(connection, place.office, now - UNFINISHED_US)
        if not _has_room(connection, place.office, sent.size, now):
            return FULL
    return _said(files.take_part(connection, place, sent.head, sent.start, sent.part, now))


def read(connection: Connection, seat: Seat, asked: ReadPart) -> FilePart | None:
    """A part of a file that this desk may read; None where there is none."""
    for office in (seat.office, ORGANISATION):
        head = files.whole(connection, office, asked.hash)
        part = files.read_part(connection, office, asked.hash, asked.start) if head is not None else None
        if head is not None and part is not None:
            return FilePart(type=head.type, size=head.size, part=part)
    return None


def _has_room(connection: Connection, office: int, size: int, now: int) -> bool:
    return files.used(connection, office, now - UNFINISHED_US) + size <= OFFICE_BYTES


def _place(seat: Seat) -> Place:
    return Place(seat.office, seat.desk)


def _said(found: Stands) -> FileStands:
    return FileStands(stands=found.bytes, whole=found.is_whole, refused=found.wrong)
