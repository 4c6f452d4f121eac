"""Reading the book: the lines of a subject, of a chain, of all subjects in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ARRAY, Column, ColumnElement, Connection, Row, Select, any_, bindparam, func, select

from models.entries import UnknownKind, decode
from models.lines import Line, Recorded
from models.tables import line as t
from models.tables import link

LINE_COLUMNS = (
    t.c.office,
    t.c.desk,
    t.c.incarnation,
    t.c.sequence,
    t.c.entry,
    t.c.subject,
    t.c.actor,
    t.c.at,
    t.c.business_day,
    t.c.kind,
    t.c.version,
    t.c.salt,
    t.c.digest,
    t.c.hash,
    t.c.body,
    t.c.position,
)

AGREED_ORDER = (t.c.position.is_(None), t.c.position, t.c.sequence)
"""The order in which every end folds: the feed's position, then the desk's own lines that have none yet."""


def agreed(each: Recorded) -> tuple[bool, int, int]:
    """The same order, for entries that were read."""
    line = each.line
    return line.position is None, line.position or 0, line.sequence


def among(column: Column[Any], name: str, *, as_table: bool = False) -> dict[str, ColumnElement[bool]]:
    """For each database: whether a value is one of those that are given under a name. To PostgreSQL they go as one, so
    that the statement is the same, and prepared, for any number of them; `as_table` where it may prefer another index
    to the column's, and would compare each row with each of them."""
    given: Any = bindparam(name, type_=ARRAY(column.type))
    return {
        "sqlite": column.in_(bindparam(name, expanding=True)),
        "postgresql": column.in_(select(func.unnest(given).column_valued())) if as_table else column == any_(given),
    }


_BY_SUBJECT: dict[str, Select[Any]] = {
    dialect: select(*LINE_COLUMNS).where(t.c.office == bindparam("office"), is_one).order_by(t.c.subject, *AGREED_ORDER)
    for dialect, is_one in among(t.c.subject, "subjects").items()
}


def as_line(row: Sequence[Any]) -> Line:
    o, d, i, s, e, sub, a, at, day, kind, version, salt, digest, hash_, body, position = tuple[Any, ...](row)
    return Line(
        office=o,
        desk=d,
        incarnation=i,
        sequence=s,
        entry=e,
        subject=sub,
        actor=a,
        at=at,
        business_day=day,
        kind=kind,
        version=version,
        salt=salt,
        digest=digest,
        hash=hash_,
        body=body,
        position=position,
    )


def histories(connection: Connection, office: int, subjects: Sequence[UUID]) -> dict[UUID, list[Recorded]]:
    """The known entries of each subject, in the agreed order. A subject without lines is absent."""
    if not subjects:
        return {}
    rows = connection.execute(_BY_SUBJECT[connection.dialect.name], {"office": office, "subjects": list(subjects)})
    return {subject: recorded(lines) for subject, lines in by_subject(map(as_line, rows))}


def by_subject(lines: Iterable[Line]) -> Iterator[tuple[UUID, Iterator[Line]]]:
    return groupby(lines, key=lambda line: line.subject)


def recorded(lines: Iterable[Line]) -> list[Recorded]:
    """The lines with their entries. Left out are an erased body, a kind of a newer program (it waits), and a body
    that is none (`check` names the line)."""
    known = []
    for line in lines:
        if line.body is None:
            continue
        try:
            known.append(Recorded(line, decode(line.kind, line.version, line.body)))
        except (UnknownKind, msgspec.DecodeError):
            continue
    return known


def all_lines(connection: Connection, order: Sequence[Any], batch: int = 2_000) -> Iterator[Line]:
    """Every line of the book in the given order, streamed."""
    rows: Iterable[Row[Any]] = connection.execute(
        select(*LINE_COLUMNS).order_by(*order), execution_options={"stream_results": True, "yield_per": batch}
    )
    return map(as_line, rows)


def linked_lines(connection: Connection) -> Iterator[Line]:
    """The lines that stand in another chain than they were written in, each as it stood there."""
    places = select(*LINE_COLUMNS, link.c.desk, link.c.incarnation, link.c.sequence, link.c.hash).join(
        link, (link.c.office == t.c.office) & (link.c.entry == t.c.entry)
    )
    for row in connection.execute(places):
        *columns, desk, incarnation, sequence, stood = tuple[Any, ...](row)
        line = as_line(columns)
        yield msgspec.structs.replace(line, desk=desk, incarnation=incarnation, sequence=sequence, hash=stood)
