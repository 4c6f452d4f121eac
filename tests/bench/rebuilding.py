"""Making every table anew from the book, against reading the same lines and writing the same rows by the raw driver."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from app.desk.schema import rebuild_all
from models.tables import PROJECTION
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, milliseconds

BATCH = 2_000


def figures(ground: Ground) -> Iterator[Figure]:
    """Lines a second; a higher value is better, so the ratio is at most 1."""
    raw = ground.plain.connection
    lines: int = raw.execute("SELECT count(*) FROM line").fetchone()[0]
    floor = milliseconds(_copy, raw)
    done: list[int] = []

    def rebuild() -> None:
        with ground.desk.store.writing() as connection:
            done.append(rebuild_all(connection, lambda done, of: ground.progress("rebuild", done, of)))

    processor = time.process_time()
    took = milliseconds(rebuild)
    processor = time.process_time() - processor
    yield Figure(
        name="rebuild",
        value=done[0] / took * 1_000,
        unit="lines/s",
        beside=Beside("lines read and rows written by the raw driver, not folded, plain file", lines / floor * 1_000),
        target="≥ 25,000 lines/s",
        note=f"{done[0]:,} lines in {took / 1_000:.3g} s, {processor:.3g} s of the processor",
    )


def _copy(raw: Any) -> None:
    raw.execute("BEGIN")
    read = raw.execute("SELECT * FROM line ORDER BY office, subject, position IS NULL, position, sequence")
    while read.fetchmany(BATCH):
        pass
    for table in PROJECTION.sorted_tables:
        (sql,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()
        raw.execute(
            sql.replace(f"CREATE TABLE {table.name}", "CREATE TABLE copied", 1).replace(f'"{table.name}"', "copied", 1)
        )
        rows = raw.execute(f"SELECT * FROM {table.name}")
        while batch := rows.fetchmany(BATCH):
            raw.executemany(f"INSERT INTO copied VALUES ({', '.join('?' * len(table.columns))})", batch)
        for n, index in enumerate(sorted(table.indexes, key=lambda index: str(index.name))):
            (sql,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index.name,)).fetchone()
            raw.execute(sql.replace(f"{index.name} ON {table.name}", f"copied_{n} ON copied", 1))
        raw.execute("DROP TABLE copied")
    raw.execute("ROLLBACK")
