"""A desk's end of a feed that went back: its centre's database was restored from an older backup.

What the feed no longer has loses its place. The desk's own lines are sent again; other desks' lines stay, folded last,
until their own desks have sent them again; the centre's own word is gone with what it wrote it in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, or_, select, update

from app.book.project import project_again
from models import tables as t
from models.ids import new_id
from models.records import Record
from models.tables import file
from models.tables import line as line_table

THE_CENTRE = 0
"""The desk number under which a centre writes."""
_OF_THE_ORGANISATION = ("person.", "service.", "holiday.")
_TABLES = {
    "flag": t.flag,
    "holiday": t.holiday,
    "office": t.office_settings,
    "person": t.person,
    "service": t.service,
}
"""Where that shows which the centre says itself. An id alone does not tell: a flag goes by that of its entry."""
_c = line_table.c


def unplace(
    connection: Connection, office: int, after: int, *, organisation: bool, is_own: Callable[[int, UUID, int], bool]
) -> list[Record]:
    """Takes their places from the lines of a feed after a position, and returns the records that changed.

    Whatever is not the book's own (`is_own` of desk, incarnation, sequence) also leaves its place in its chain, which
    another line may have by now.
    """
    columns = (_c.entry, _c.subject, _c.desk, _c.incarnation, _c.sequence)
    beyond = select(*columns).where(_c.office == office, _c.position > after, _of_feed(organisation))
    found = connection.execute(beyond).all()
    aside: dict[UUID, UUID] = {}
    moved = []
    for each in found:
        incarnation = each.incarnation
        if not is_own(each.desk, each.incarnation, each.sequence):
            incarnation = aside.setdefault(each.incarnation, new_id())
        moved.append({"o": office, "e": each.entry, "i": incarnation})
    if moved:
        connection.execute(_UNPLACE, moved)
    return project_again(connection, office, (each.subject for each in found))


def forget_the_centres(connection: Connection, office: int, *, organisation: bool) -> list[Record]:
    """When the feed was read to its end: what the centre said in it and does not know any more is nobody's word."""
    gone = and_(_c.office == office, _c.position.is_(None), _c.desk == THE_CENTRE, _of_feed(organisation))
    said = connection.execute(select(_c.kind, _c.subject).where(gone)).all()
    connection.execute(delete(line_table).where(gone))
    records = project_again(connection, office, (each.subject for each in said))
    left = {record.id for record in records}
    for kind, subject in {(kind, subject) for kind, subject in said if subject not in left}:
        table = _TABLES[kind.partition(".")[0]]
        connection.execute(delete(table).where(table.c.office == office, table.c.id == subject))
    return records


def offer_files_again(connection: Connection, office: int) -> None:
    """Every whole file counts as one that the centre may lack."""
    connection.execute(update(file).where(file.c.office == office, file.c.whole_at.is_not(None)).values(unsent=True))


def of_others(connection: Connection, office: int, own: Iterable[UUID]) -> dict[int, int]:
    """How many lines of which other desk are here and have no place in the feed: their own desks have to send them.
    `own` are the incarnations of this book."""
    waiting = waits_for_others(office, own)
    found = connection.execute(select(_c.desk, func.count()).where(waiting).group_by(_c.desk).order_by(_c.desk))
    return {desk: n for desk, n in found}  # noqa: C416  # rows, not pairs


def waits_for_others(office: int, own: Iterable[UUID]) -> ColumnElement[bool]:
    """Of these lines."""
    return and_(_c.office == office, _c.position.is_(None), _c.desk != THE_CENTRE, _c.incarnation.not_in(list(own)))


def _of_feed(organisation: bool) -> ColumnElement[bool]:
    """A desk holds the organisation's feed and its office's in one book, each with positions of its own."""
    of_all = and_(_c.desk == THE_CENTRE, or_(*map(_c.kind.startswith, _OF_THE_ORGANISATION)))
    return of_all if organisation else ~of_all


_UNPLACE = (
    update(line_table)
    .where(_c.office == bindparam("o"), _c.entry == bindparam("e"))
    .values(position=None, incarnation=bindparam("i"))
)
