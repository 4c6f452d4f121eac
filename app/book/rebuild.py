"""Making every projected table anew from the book."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

from sqlalchemy import Connection, Index, delete, func, insert, select
from sqlalchemy.schema import CreateIndex, CreateTable

from app.book.adding import add
from app.book.histories import AGREED_ORDER, all_lines, by_subject, recorded
from app.book.project import fold_all, rows_by_table
from models.records import Record
from models.tables import PROJECTION, PROJECTION_NUMBER, projection
from models.tables import line as line_table

BATCH = 2_000
Progress = Callable[[int, int], None]
"""Called with (lines done, lines in all)."""


def is_current(connection: Connection) -> bool:
    """Whether the projected tables are the ones that this program's folds make."""
    return _number(connection) == PROJECTION_NUMBER


def is_newer(connection: Connection) -> bool:
    """Whether a newer program made them."""
    return _number(connection) > PROJECTION_NUMBER


def _number(connection: Connection) -> int:
    found = connection.execute(select(projection.c.number).where(projection.c.name == "book")).scalar_one_or_none()
    return found or 0


def rebuild(connection: Connection, progress: Progress = lambda done, of: None) -> int:
    """Drops and refills every projected table inside the caller's transaction; returns the number of lines read.

    Readers go on with the old tables until the transaction commits.
    """
    total = connection.execute(select(func.count()).select_from(line_table)).scalar_one()
    PROJECTION.drop_all(connection)
    for table in PROJECTION.sorted_tables:
        connection.execute(CreateTable(table))
    done = 0
    with _uncollected():
        for lines, records in records_in_batches(connection):
            for table, rows in rows_by_table(records).items():
                add(connection, table, rows)
            done += lines
            progress(done, total)
    for table in PROJECTION.sorted_tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(_created(index, connection.dialect.name))
    connection.execute(delete(projection).where(projection.c.name == "book"))
    connection.execute(insert(projection), {"name": "book", "number": PROJECTION_NUMBER})
    return done


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles, which finds none in millions of records and takes an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _created(index: Index, dialect: str) -> CreateIndex:
    """An index of some rows only says which in its `info`: naming dialects in the table would import them all."""
    if "where" in index.info:
        index.dialect_options[dialect]["where"] = index.info["where"]
    return CreateIndex(index)


def records_in_batches(connection: Connection) -> Iterator[tuple[int, list[Record]]]:
    """(lines read, records folded), a batch of subjects at a time, over the whole book."""
    order = (line_table.c.office, line_table.c.subject, *AGREED_ORDER)
    subjects = (list(lines) for _, lines in by_subject(all_lines(connection, order)))
    while batch := list(islice(subjects, BATCH)):
        yield sum(map(len, batch)), fold_all(map(recorded, batch))
