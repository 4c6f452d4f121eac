"""One suite for both databases: whatever a test says of the book holds on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event

from app.book.migrate import THE_BOOK, migrate
from app.book.rebuild import rebuild


def sqlite_book(path: Path, *, new: bool = True) -> Engine:
    """A book in an ordinary SQLite file, empty where it is `new`, with transactions that lock at their start."""
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _by_ourselves(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _immediately(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    if new:
        with engine.begin() as connection:
            migrate(connection, *THE_BOOK[:2])
            rebuild(connection)
    return engine


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on an empty, migrated book."""
    if request.param == "sqlite":
        engine = sqlite_book(tmp_path / "book.db")
    else:
        engine = create_engine(request.getfixturevalue("postgres_url"))
    yield engine
    engine.dispose()
