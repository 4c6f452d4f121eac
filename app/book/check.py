"""Proving the book: the chain holds, the tables say what the book says, the codes are right and single."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Table, func, select

from app.book.histories import all_lines, linked_lines
from app.book.rebuild import records_in_batches
from app.book.rows import rows_of
from models.codes import CodeError, parse_tracking_code
from models.findings import Finding
from models.lines import GENESIS, Line, is_intact, is_whole
from models.tables import PROJECTION, line, mark, request


def check_book(connection: Connection) -> Iterator[Finding]:
    """Every finding in chain, tables and codes; nothing when the book is sound."""
    yield from check_chains(connection)
    yield from check_tables(connection)
    yield from check_codes(connection)


def check_chains(connection: Connection) -> Iterator[Finding]:
    """Every line's body is the one that was written, and each chain that ends here is gap-free from 1, every hash
    following from the one before, its mark behind the last. Of another desk's chain only lines are here."""
    marks = {(m.office, m.desk, m.incarnation): m for m in connection.execute(select(mark))}
    links = _links(connection)
    order = (line.c.office, line.c.desk, line.c.incarnation, line.c.sequence)
    chains = groupby(all_lines(connection, order), key=lambda each: (each.office, each.desk, each.incarnation))
    for chain, lines in chains:
        stands = marks.pop(chain, None)
        if stands is None:
            yield from (Finding("chain_broken", _place(each)) for each in lines if not is_whole(each))
        else:
            yield from _check_chain(lines, links.pop(chain, {}), stands)
    for chain, stands in marks.items():
        yield from _check_chain(iter(()), links.pop(chain, {}), stands)


def _check_chain(lines: Iterator[Line], links: dict[int, Line], stands: Row[Any]) -> Iterator[Finding]:
    previous, expected = GENESIS, 1
    for each in _with_links(lines, links):
        if each.sequence >= stands.next_sequence:  # a copy of this book went on under the same name
            if not is_whole(each):
                yield Finding("chain_broken", _place(each))
            continue
        if each.sequence != expected:
            yield Finding("sequence_gap", f"{_place(each)}: expected {expected}")
        if not is_intact(each, previous):
            yield Finding("chain_broken", _place(each))
        previous, expected = each.hash, each.sequence + 1
    if (stands.next_sequence, stands.head) != (expected, previous):
        yield Finding("mark_differs", f"desk {stands.desk} incarnation {stands.incarnation}")


def _with_links(lines: Iterator[Line], links: dict[int, Line]) -> Iterator[Line]:
    """The chain in order; where a line was moved away its link stands for it, whatever a copy wrote there."""
    own = (each for each in lines if each.sequence not in links)
    return merge(own, (links[sequence] for sequence in sorted(links)), key=lambda each: each.sequence)


def _links(connection: Connection) -> dict[tuple[int, int, UUID], dict[int, Line]]:
    """Each chain's places whose lines stand in another, as the lines they were."""
    found: dict[tuple[int, int, UUID], dict[int, Line]] = {}
    for moved in linked_lines(connection):
        found.setdefault((moved.office, moved.desk, moved.incarnation), {})[moved.sequence] = moved
    return found


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
