"""A desk's end of the feed: other desks' lines come in, its own get their places, a copied chain starts anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from app.book.append import Pen, insert_lines, move_marks
from app.book.histories import LINE_COLUMNS, as_line, recorded
from app.book.project import project, project_new
from models.lines import GENESIS, Line, chained
from models.records import Record
from models.tables import line as line_table
from models.tables import link as link_table


def receive(connection: Connection, office: int, lines: Sequence[Line], places: dict[UUID, int]) -> list[Record]:
    """Takes lines of the feed, and the `places` that it gave to lines which are here already, by their entry; brings
    the tables up to date and returns the records that changed. The same again changes nothing."""
    here = _by_entry(connection, office, [*places, *(line.entry for line in lines)])
    for line in lines:
        if line.entry in here and line.position is not None:
            places = {**places, line.entry: line.position}
    new = [line for line in lines if line.entry not in here]
    placed = [here[entry] for entry in places if entry in here]
    if placed:
        connection.execute(_PLACE, [{"o": office, "e": line.entry, "p": places[line.entry]} for line in placed])
    records = project_new(connection, new, recorded(new))
    insert_lines(connection, new)
    fresh = {record.id for record in records}
    return [*records, *project(connection, [line for line in placed if line.subject not in fresh])]


def known_entries(connection: Connection, office: int, entries: Sequence[UUID]) -> set[UUID]:
    """Which of these are here."""
    return set(_by_entry(connection, office, entries))


def unsent(connection: Connection, pen: Pen, after: int, most: int) -> list[Line]:
    """The chain's lines after a sequence, in order."""
    here = {"o": pen.office, "d": pen.desk, "i": pen.incarnation, "after": after, "most": most}
    return [as_line(row) for row in connection.execute(_CHAIN, here)]


def hash_at(connection: Connection, pen: Pen, sequence: int) -> bytes | None:
    """The hash of a line of this chain; None where there is none."""
    if sequence == 0:
        return GENESIS
    here = {"o": pen.office, "d": pen.desk, "i": pen.incarnation, "after": sequence - 1, "most": 1}
    rows = [as_line(row) for row in connection.execute(_CHAIN, here)]
    return rows[0].hash if rows and rows[0].sequence == sequence else None


def start_anew(connection: Connection, pen: Pen, common: int, incarnation: UUID, most: int = -1) -> Pen:
    """Writes what follows sequence `common` as the first lines of a new incarnation: the same entries, the same bytes.
    Not more than `most` lines, where not all that follow are this book's.

    The old places and hashes stay as links, so that a sheet signed over the old chain still proves it.
    """
    new_pen = msgspec.structs.replace(pen, incarnation=incarnation)
    lines = unsent(connection, pen, common, most)
    previous = GENESIS
    moved = []
    for sequence, line in enumerate(lines, 1):
        renamed = msgspec.structs.replace(line, incarnation=incarnation, sequence=sequence)
        previous = chained(renamed, previous)
        moved.append(msgspec.structs.replace(renamed, hash=previous))
    if moved:
        old = [{name: getattr(line, name) for name in _LINK_COLUMNS} for line in lines]
        connection.execute(insert(link_table), old)
        values = ({"o": m.office, "e": m.entry, "i": incarnation, "s": m.sequence, "h": m.hash} for m in moved)
        connection.execute(_RENUMBER, list(values))
        move_marks(connection, moved[-1:])
        project(connection, moved)
    return new_pen


_LINK_COLUMNS = ("office", "desk", "incarnation", "sequence", "entry", "hash")
_PLACE = (
    update(line_table)
    .where(line_table.c.office == bindparam("o"), line_table.c.entry == bindparam("e"))
    .values(position=bindparam("p"))
)
_RENUMBER = (
    update(line_table)
    .where(line_table.c.office == bindparam("o"), line_table.c.entry == bindparam("e"))
    .values(incarnation=bindparam("i"), sequence=bindparam("s"), hash=bindparam("h"))
)
_CHAIN: Any = (
    select(*LINE_COLUMNS)
    .where(
        line_table.c.office == bindparam("o"),
        line_table.c.desk == bindparam("d"),
        line_table.c.incarnation == bindparam("i"),
        line_table.c.sequence > bindparam("after"),
    )
    .order_by(line_table.c.sequence)
    .limit(bindparam("most"))
)
_ENTRIES: Any = select(*LINE_COLUMNS).where(
    line_table.c.office == bindparam("o"), line_table.c.entry.in_(bindparam("entries", expanding=True))
)


def _by_entry(connection: Connection, office: int, entries: Sequence[UUID]) -> dict[UUID, Line]:
    if not entries:
        return {}
    rows = connection.execute(_ENTRIES, {"o": office, "entries": list(entries)})
    return {line.entry: line for line in map(as_line, rows)}
