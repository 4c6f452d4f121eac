"""The floor under the store: the same tables and rows in a plain SQLite file, driven by the raw driver.

It is the same SQLite library as the store's (FTS5's contentless tables are younger than many systems' own), without a
key, with the store's journal, synchronous setting and cache.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from app.desk.desk import HOME_OFFICE, Desk
from app.desk.visits import Registered
from app.vault import keys
from app.vault.find_index import name_words
from tests.bench.measuring import milliseconds

Rows = dict[str, list[tuple[Any, ...]]]
"""Table → its rows as they are stored."""


class PlainCopy:
    """An open plain file with everything that the store holds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.connection = dbapi2.connect(str(path), isolation_level=None)
        for pragma in (
            "journal_mode=wal",
            "synchronous=full",
            "wal_autocheckpoint=4000",
            "cache_size=-8192",
            "temp_store=memory",
        ):
            self.connection.execute(f"PRAGMA {pragma}")

    def write(self, rows: Rows) -> float:
        """Milliseconds of one transaction that inserts the rows and moves the mark."""
        statements = {table: _insert(table, len(some[0])) for table, some in rows.items() if some and table != "mark"}
        return milliseconds(self._write, rows, statements)

    def _write(self, rows: Rows, statements: dict[str, str]) -> None:
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        for table, statement in statements.items():
            self.connection.executemany(statement, rows[table])
        execute("UPDATE mark SET next_sequence = ?, head = ?, last_at = ?", rows["mark"][0])
        execute("COMMIT")

    def remove(self) -> None:
        self.connection.close()
        _remove(self._path)


def _insert(table: str, columns: int) -> str:
    if table == "find_words":
        return "INSERT INTO find_words(rowid, words) VALUES (?, ?)"
    if table == "known_word":
        return "INSERT OR IGNORE INTO known_word(word) VALUES (?)"
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


def written(connection: Connection, answer: Registered) -> Rows:
    """Every row that the registration of a new client's first visit has written, read back from the store."""
    rows: Rows = {}
    for table, column, ids in (
        ("line", "subject", (answer.client, answer.request)),
        ("client", "id", (answer.client,)),
        ("request", "id", (answer.request,)),
        ("receipt", "id", (answer.receipt,)),
        ("found", "client", (answer.client,)),
    ):
        query = f"SELECT * FROM {table} WHERE office = ? AND {column} = ?"
        rows[table] = [
            tuple(row) for id_ in ids if id_ for row in connection.exec_driver_sql(query, (HOME_OFFICE, id_.bytes))
        ]
    query = "SELECT given_name, family_name FROM client WHERE office = ? AND id = ?"
    names = connection.exec_driver_sql(query, (HOME_OFFICE, answer.client.bytes)).one()
    own = sorted(set().union(*map(name_words, names)))
    rows["find_words"] = [(rows["found"][0][0], " ".join(own))]
    rows["known_word"] = [(word,) for word in own]
    rows["mark"] = [tuple(connection.exec_driver_sql("SELECT next_sequence, head, last_at FROM mark").one())]
    return rows


def copied(desk: Desk, path: Path, progress: Any) -> PlainCopy:
    """Copies the whole store into a plain file, index for index."""
    _remove(path)
    plain = dbapi2.connect(str(path), isolation_level=None)
    for pragma in ("journal_mode=off", "synchronous=off", "temp_store=memory", "cache_size=-1000000"):
        plain.execute(f"PRAGMA {pragma}")
    key = keys.load_key(desk.store.folder)
    plain.execute("ATTACH ? AS store KEY ?", (str(desk.store.path), f"x'{key.hex()}{keys.file_salt(key).hex()}'"))
    made = plain.execute("SELECT type, name, sql FROM store.sqlite_master WHERE sql IS NOT NULL").fetchall()
    virtual = [name for type_, name, sql in made if type_ == "table" and sql.startswith("CREATE VIRTUAL")]
    for _type, name, sql in made:
        if name in virtual:
            plain.execute(sql)
    there = {name for (name,) in plain.execute("SELECT name FROM sqlite_master")} | {"sqlite_sequence"}
    tables = [(name, sql) for type_, name, sql in made if type_ == "table" and name not in virtual]
    for n, (name, sql) in enumerate(tables):
        progress("plain copy", n, len(tables))
        plain.execute(f"DELETE FROM {name}") if name in there else plain.execute(sql)
        plain.execute(f"INSERT INTO main.{name} SELECT * FROM store.{name}")
    for type_, _name, sql in made:
        if type_ == "index":
            plain.execute(sql)
    progress("plain copy", len(tables), len(tables))
    plain.execute("DETACH store")
    plain.close()
    return PlainCopy(path)


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
