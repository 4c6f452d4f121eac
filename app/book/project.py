"""Keeping the tables equal to the folds of the book.

`project` is the only way a projected row changes: it reads the histories that new lines touch, folds them in memory
and upserts the rows, once a table, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table

from app.book.adding import add, put
from app.book.histories import agreed, histories
from app.book.rows import rows_of
from models.folds import FOLDS
from models.lines import Line, Recorded
from models.records import Record

Rows = dict[str, Any]
SUBJECTS = 500
"""Subjects of one question."""


def project(connection: Connection, lines: Sequence[Line]) -> list[Record]:
    """Brings the rows of every subject that the lines speak of up to date; returns the records that changed."""
    records: list[Record] = []
    for office in sorted({line.office for line in lines}):
        subjects = list(dict.fromkeys(line.subject for line in lines if line.office == office and is_projected(line)))
        records += fold_all(histories(connection, office, subjects).values())
    upsert(connection, records)
    return records


def project_again(connection: Connection, office: int, subjects: Iterable[UUID]) -> list[Record]:
    """The same for subjects of which lines were moved or taken out."""
    records: list[Record] = []
    every = iter(dict.fromkeys(subjects))
    while some := list(islice(every, SUBJECTS)):
        found = fold_all(histories(connection, office, some).values())
        upsert(connection, found)
        records += found
    return records


def project_new(connection: Connection, lines: Sequence[Line], entries: Iterable[Recorded]) -> list[Record]:
    """The same for lines of one office that are not stored yet, with their entries: nothing is read back, and what is
    spoken of for the first time gets its rows without a look at what is there."""
    if not lines:
        return []
    touched: dict[UUID, list[Recorded]] = {line.subject: [] for line in lines if is_projected(line)}
    for each in entries:
        if each.line.subject in touched:
            touched[each.line.subject].append(each)
    known = histories(connection, lines[0].office, list(touched))
    new = fold_all(came for subject, came in touched.items() if subject not in known)
    changed = fold_all(sorted(history + touched[subject], key=agreed) for subject, history in known.items())
    for table, rows in rows_by_table(new).items():
        add(connection, table, rows)
    upsert(connection, changed)
    return new + changed


def is_projected(line: Line) -> bool:
    """Whether the line speaks of something that has a record."""
    return _sort_of(line) in FOLDS


def _sort_of(line: Line) -> str:
    return line.kind.partition(".")[0]


def fold_all(found: Iterable[list[Recorded]]) -> list[Record]:
    """One record for each history that makes one."""
    known = (history for history in found if history and is_projected(history[0].line))
    folded = (FOLDS[_sort_of(history[0].line)](history) for history in known)
    return [record for record in folded if record is not None]


def upsert(connection: Connection, records: Iterable[Record]) -> None:
    """Writes the records' rows, a statement a table."""
    for table, rows in rows_by_table(records).items():
        put(connection, table, rows)


def rows_by_table(records: Iterable[Record]) -> dict[Table, list[Rows]]:
    """The rows that the records are shown by."""
    found: dict[Table, list[Rows]] = {}
    for record in records:
        for table, row in rows_of(record):
            found.setdefault(table, []).append(row)
    return found
