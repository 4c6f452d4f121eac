"""Proving the centre's copy of all books: chains, tables, codes and files as at a desk, and each office's one order."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text

from app.book.check import check_book
from app.book.files import check_files
from app.central.store import Store
from models.findings import Finding
from models.tables import feed, line


def check(store: Store) -> Iterator[Finding]:
    """Every finding, of one moment, whoever writes meanwhile; nothing when all is sound. It reads everything."""
    with store.reading() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield from _check_orders(connection)
        yield from check_book(connection)
        yield from check_files(connection)


def _check_orders(connection: Connection) -> Iterator[Finding]:
    """Positions in a feed are 1, 2, 3… through its head, each once; every line has one."""
    columns = (func.count(), func.count(line.c.position.distinct()), func.max(line.c.position))
    found = {row[0]: tuple(row[1:]) for row in connection.execute(select(line.c.office, *columns).group_by("office"))}
    for row in connection.execute(select(feed.c.office, feed.c.position)):
        stored, head = found.pop(row.office, (0, 0, None)), row.position
        if stored != (head, head, head or None):
            yield Finding("order_broken", f"office {row.office}: {stored[0]} lines, {stored[1]} places, head {head}")
    yield from (Finding("order_broken", f"office {office} has no feed") for office in found)
