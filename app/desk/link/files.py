"""Files to and from the centre, a part at a time: it is asked where each stands, so what was cut goes on from there."""

from __future__ import annotations

from sqlalchemy import Connection

from app.book import files
from app.book.files import NotAPart, Place
from app.book.histories import histories
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.link.centre import Centre, Unreachable
from app.wire.files import AskFile, ReadPart, SendPart
from models.entries import OfficeSet
from models.files import Head, hash_of
from models.ids import reference_id

HERE = Place(HOME_OFFICE)


def send_part(desk: Desk, centre: Centre) -> bool:
    """One part of the oldest file that the centre lacks; False when it has them all, or has no room now. Raises like
    `push_once`."""
    with desk.reading() as connection:
        head = files.next_unsent(connection, HOME_OFFICE)
    if head is None:
        return False
    stands = centre.file_stands(AskFile(hash=head.hash, type=head.type, size=head.size))
    if not (stands.whole or stands.refused):
        with desk.reading() as connection:
            part = files.read_part(connection, HOME_OFFICE, head.hash, stands.stands)
        if part is None:
            raise Unreachable("not_a_centre")  # it has more of the file than there is
        stands = centre.send_part(
            SendPart(hash=head.hash, type=head.type, size=head.size, start=stands.stands, part=part)
        )
    if stands.whole:
        with desk.store.writing() as connection:
            files.note_sent(connection, HOME_OFFICE, head.hash)
    return not stands.refused


def fetch_part(desk: Desk, centre: Centre) -> bool:
    """One part of a file that the book names and that is not here; False when nothing came. Raises like `push_once`."""
    with desk.reading() as connection:
        lacking = _lacking(connection)
    for hash_, start in lacking:
        came = centre.read_part(ReadPart(hash=hash_, start=start))
        if came is None:
            continue  # whoever has it has not sent it yet
        head = Head(hash_, came.type, came.size)
        with desk.store.writing() as connection:
            try:
                return not files.take_part(connection, HERE, head, start, came.part, desk.clock()).wrong
            except NotAPart:
                raise Unreachable("not_a_centre") from None
    return False


def _lacking(connection: Connection) -> list[tuple[bytes, int]]:
    """The files that the book names and that are not here, the one in use first, and how much of each is."""
    office = reference_id("office", "home")
    settings = (each.entry for each in histories(connection, HOME_OFFICE, [office]).get(office, ()))
    named = dict.fromkeys(hash_of(entry.emblem) for entry in settings if isinstance(entry, OfficeSet))
    found = []
    for hash_ in reversed(named):
        if hash_ is not None and files.whole(connection, HOME_OFFICE, hash_) is None:
            here = files.begun(connection, HERE, hash_)
            found.append((hash_, here[1] if here is not None else 0))
    return found
