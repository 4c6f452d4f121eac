"""The floor under a push: the rows that it left in the tables, put down by the driver alone, as durable.

On PostgreSQL one statement a batch: an INSERT for each of the four tables, all in one WITH, whose columns come as
binary arrays (`unnest`), and the feed's head moved at its end. Of the forms that one statement can have this was the
quickest by far (text arrays, jsonb, a statement a row: all slower). On SQLite a transaction a batch, a statement a
table.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from sqlalchemy import Connection, Table

from app.central.feed import open_feed
from models import tables as t
from tests.bench.served import Served

TABLES = (t.line, t.client, t.request, t.receipt)
_ITS_SUBJECT = {"line": "subject", "client": "id", "request": "id", "receipt": "request"}
Batch = dict[str, list[tuple[Any, ...]]]
"""A table's name → the rows of one push, in the order of its columns."""


def batches_of(connection: Connection, office: int, size: int) -> list[list[Batch]]:
    """What each desk of the office has pushed of its visits, as batches of rows: lines in the chain's order, and with
    them the rows of what they speak of."""
    shown: dict[bytes, list[tuple[str, tuple[Any, ...]]]] = {}
    for table in TABLES[1:]:
        place = _names(table).index(_ITS_SUBJECT[table.name])
        for row in _rows(connection, table, office):
            shown.setdefault(row[place], []).append((table.name, row))
    chains: dict[int, list[tuple[Any, ...]]] = {}
    names = _names(t.line)
    kind, desk, sequence, subject = (names.index(name) for name in ("kind", "desk", "sequence", "subject"))
    for row in _rows(connection, t.line, office):
        if row[kind].startswith(("client.", "request.", "receipt.")):
            chains.setdefault(row[desk], []).append(row)
    found = []
    for lines in chains.values():
        lines.sort(key=lambda row: row[sequence])
        batches = []
        for start in range(0, len(lines), size):
            some = lines[start : start + size]
            batch: Batch = {"line": some, "client": [], "request": [], "receipt": []}
            for its in dict.fromkeys(row[subject] for row in some):
                for name, row in shown.get(its, ()):
                    batch[name].append(row)
            batches.append(batch)
        found.append(batches)
    return found


def _names(table: Table) -> list[str]:
    return list(table.c.keys())


def _rows(connection: Connection, table: Table, office: int) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{name}"' for name in _names(table))
    return [
        tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
        for row in connection.exec_driver_sql(f"SELECT {columns} FROM {table.name} WHERE office = {office}")
    ]


def seconds(served: Served, office: int, desks: list[list[Batch]], hands: int) -> float:
    """How long the driver takes for the same batches in another office, with so many connections at a time."""
    with served.store.writing() as connection:
        open_feed(connection, office)
    ours = [
        [{name: [(office, *row[1:]) for row in rows] for name, rows in b.items()} for b in chain] for chain in desks
    ]
    if served.is_postgresql:
        return _postgres(served, office, ours, min(hands, len(ours)))
    return _sqlite(served, office, [batch for chain in ours for batch in chain])


def _in_office(office: int, batch: Batch) -> Batch:
    return {name: [(office, *row[1:]) for row in rows] for name, rows in batch.items()}


def _postgres(served: Served, office: int, desks: list[list[Batch]], hands: int) -> float:
    connections = [psycopg.connect(served.address, autocommit=True) for _ in range(hands)]
    statement = _one_statement(connections[0])
    columns = {table.name: len(table.c) for table in TABLES}

    def work(hand: int) -> None:
        execute = connections[hand].execute
        for chain in desks[hand::hands]:
            for batch in chain:
                given: list[Any] = []
                for table in TABLES:
                    rows = batch[table.name]
                    given += map(list, zip(*rows, strict=True)) if rows else [[] for _ in range(columns[table.name])]
                execute(statement, [*given, len(batch["line"]), office])

    began = time.perf_counter()
    if hands == 1:
        work(0)
    else:
        with ThreadPoolExecutor(hands) as pool:
            list(pool.map(work, range(hands)))
    took = time.perf_counter() - began
    for each in connections:
        each.close()
    return took


def _one_statement(connection: psycopg.Connection[Any]) -> bytes:
    parts = []
    for table in TABLES:
        types = dict(
            connection.execute(
                "SELECT attname, format_type(atttypid, null) FROM pg_attribute WHERE attrelid = %s::regclass",
                (table.name,),
            ).fetchall()
        )
        names = _names(table)
        arrays = ", ".join(f"%b::{types[name]}[]" for name in names)
        told = ", ".join(f'"{name}"' for name in names)
        replaced = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in ("office", "id"))
        again = "" if table is t.line else f" ON CONFLICT (office, id) DO UPDATE SET {replaced}"
        parts.append(f"{table.name}_ AS (INSERT INTO {table.name} ({told}) SELECT * FROM unnest({arrays}){again})")
    return f"WITH {', '.join(parts)} UPDATE feed SET position = position + %s WHERE office = %s".encode()


def _sqlite(served: Served, office: int, batches: Sequence[Batch]) -> float:
    statements = {
        table.name: f"INSERT OR REPLACE INTO {table.name} ({', '.join(_quoted(table))}) "
        f"VALUES ({', '.join('?' * len(table.c))})"
        for table in TABLES
    }
    with served.raw() as connection:
        began = time.perf_counter()
        for batch in batches:
            connection.execute("BEGIN IMMEDIATE")
            for name, statement in statements.items():
                connection.executemany(statement, batch[name])
            connection.execute("UPDATE feed SET position = position + ? WHERE office = ?", (len(batch["line"]), office))
            connection.execute("COMMIT")
        return time.perf_counter() - began


def _quoted(table: Table) -> list[str]:
    return [f'"{name}"' for name in _names(table)]
