"""Proving the book: the chain holds, the tables say what the book says, the codes are right and single."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, func, select

from app.book.histories import all_lines
from app.book.rebuild import records_in_batches
from app.book.rows import rows_of
from models.codes import CodeError, parse_tracking_code
from models.findings import Finding
from models.lines import GENESIS, Line, is_intact
from models.tables import PROJECTION, line, mark, request


def check_book(connection: Connection) -> Iterator[Finding]:
    """Every finding in chain, tables and codes; nothing when the book is sound."""
    yield from check_chains(connection)
    yield from check_tables(connection)
    yield from check_codes(connection)


def check_chains(connection: Connection) -> Iterator[Finding]:
    """Each chain is gap-free from 1, every hash follows from the one before, and the mark stands behind the last."""
    marks = {(m.office, m.desk, m.incarnation): m for m in connection.execute(select(mark))}
    order = (line.c.office, line.c.desk, line.c.incarnation, line.c.sequence)
    chains = groupby(all_lines(connection, order), key=lambda each: (each.office, each.desk, each.incarnation))
    for chain, lines in chains:
        previous, expected = GENESIS, 1
        for each in lines:
            if each.sequence != expected:
                yield Finding("sequence_gap", f"{_place(each)}: expected {expected}")
            if not is_intact(each, previous):
                yield Finding("chain_broken", _place(each))
            previous, expected = each.hash, each.sequence + 1
        stands = marks.pop(chain, None)
        if stands is None or (stands.next_sequence, stands.head) != (expected, previous):
            yield Finding("mark_differs", f"desk {chain[1]} incarnation {chain[2]}")
    for chain in marks:
        yield Finding("mark_differs", f"desk {chain[1]} incarnation {chain[2]}: no lines")


def _place(each: Line) -> str:
    return f"desk {each.desk} incarnation {each.incarnation} sequence {each.sequence}"


def check_tables(connection: Connection) -> Iterator[Finding]:
    """Every projected row equals the fold of its subject's entries, and there is none beside."""
    expected_counts = dict.fromkeys(PROJECTION.sorted_tables, 0)
    for _, records in records_in_batches(connection):
        expected: dict[Table, dict[tuple[int, UUID], dict[str, Any]]] = {}
        for record in records:
            for table, row in rows_of(record):
                expected.setdefault(table, {})[row["office"], row["id"]] = row
        for table, rows in expected.items():
            expected_counts[table] += len(rows)
            yield from _compare(connection, table, rows)
    for table, count in expected_counts.items():
        stored = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if stored > count:
            yield Finding("row_extra", f"{table.name}: {stored - count} more than the book has")


def _compare(
    connection: Connection, table: Table, expected: dict[tuple[int, UUID], dict[str, Any]]
) -> Iterator[Finding]:
    ids = list(expected)
    stored: dict[tuple[int, UUID], dict[str, Any]] = {}
    for start in range(0, len(ids), 500):
        some = [key[1] for key in ids[start : start + 500]]
        for found in connection.execute(select(table).where(table.c.id.in_(some))).mappings():
            stored[found["office"], found["id"]] = dict(found)
    for key, row in expected.items():
        if key not in stored:
            yield Finding("row_missing", f"{table.name} {key[1]}")
        elif stored[key] != row:
            columns = ", ".join(name for name in row if stored[key][name] != row[name])
            yield Finding("row_differs", f"{table.name} {key[1]}: {columns}")


def check_codes(connection: Connection) -> Iterator[Finding]:
    """Every tracking code is well-formed, names its desk, and stands once."""
    repeated = (
        select(request.c.tracking_code).group_by(request.c.office, request.c.tracking_code).having(func.count() > 1)
    )
    for (code,) in connection.execute(repeated):
        yield Finding("code_repeated", code)
    for code, desk in connection.execute(select(request.c.tracking_code, request.c.desk)):
        try:
            right = parse_tracking_code(code) == code and int(code[:4]) == desk
        except CodeError:
            right = False
        if not right:
            yield Finding("code_invalid", code)
