"""How a desk's file comes to be, and comes up to date: the book's and the vault's tables, then the projection."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from app.book.migrate import THE_BOOK, current, migrate
from app.book.rebuild import is_current, is_newer, rebuild
from app.vault import find, migrations

MIGRATIONS = (
    THE_BOOK,
    (migrations.FOLDER, migrations.VERSION_TABLE, migrations.VERSIONS),
)
"""In the order they run: the folder, the table that remembers how far it went, the versions from the oldest on."""


class DeskSchema:
    """What the store asks when it opens a file. `progress` hears (lines done, lines in all) of a rebuild."""

    def __init__(self, progress: Callable[[int, int], None] = lambda done, of: None) -> None:
        self._progress = progress

    def is_current(self, connection: Connection) -> bool:
        return _is_migrated(connection) and is_current(connection)

    def is_newer(self, connection: Connection) -> bool:
        """Written by a newer program: a version or a projection that this one does not know."""
        if any(current(connection, table) not in (None, *versions) for _, table, versions in MIGRATIONS):
            return True
        return _is_migrated(connection) and is_newer(connection)

    def upgrade(self, connection: Connection) -> None:
        """Migrates what is behind and rebuilds the tables where the folds have changed."""
        for folder, table, versions in MIGRATIONS:
            if current(connection, table) != versions[-1]:
                migrate(connection, folder, table)
        if not is_current(connection):
            rebuild_all(connection, self._progress)


def _is_migrated(connection: Connection) -> bool:
    return all(current(connection, table) == versions[-1] for _, table, versions in MIGRATIONS)


def rebuild_all(connection: Connection, progress: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Every projected table and the find index anew from the book; returns the number of lines read."""
    lines = rebuild(connection, progress)
    find.rebuild_index(connection)
    return lines
