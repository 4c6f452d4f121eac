"""The versions of a database's own tables: which is there, and Alembic only where one is missing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

THE_BOOK = (Path(__file__).with_name("migrations"), "alembic_version_book", ("b001", "b002", "b003", "b004"))
"""The book's own: the folder, the table that remembers how far it went, the versions from the oldest on."""


def current(connection: Connection, version_table: str) -> str | None:
    """The version written there, or None before the first."""
    if not inspect(connection).has_table(version_table):
        return None
    version: str | None = connection.execute(text(f'SELECT version_num FROM "{version_table}"')).scalar()  # noqa: S608  # a constant
    return version


def migrate(connection: Connection, folder: Path, version_table: str) -> None:
    """Upgrades to the newest version in `folder`, inside the caller's transaction. Costs half a second of imports."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, version_table=version_table)
    command.upgrade(config, "head")
