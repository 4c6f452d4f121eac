"""The centre's database: PostgreSQL in earnest, an SQLite file to try it out; the same code on both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.string import BytesBinaryDumper
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from app.book.migrate import THE_BOOK, current, migrate
from app.book.rebuild import is_current, is_newer, rebuild
from app.central.feed import has_feed, open_feed
from app.central.migrations import THE_CENTRE
from app.central.places import ORGANISATION

POOL = 8
"""Connections of one process; as many threads work on them."""
_SETTINGS = (
    "-c idle_in_transaction_session_timeout=30s -c statement_timeout=60s -c lock_timeout=30s "
    "-c plan_cache_mode=force_custom_plan"
)
"""A kept plan was made for one entry in a small table, and reads an office's whole feed for each of a thousand."""
_PATIENCE = {
    "connect_timeout": 5,
    "tcp_user_timeout": 25_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""What libpq does where the address says nothing else: a server whose machine has gone silent is given up in half a
minute instead of two hours, and the next one of the address is tried. Seconds, but for the second: milliseconds."""


class Newer(Exception):
    """A newer program wrote in this database."""


class Unusable(Exception):
    """Nothing answers at the database's address, or it does not let the program in; why, in the words of its driver.
    They are missing where the address itself cannot be read, since it may hold a password."""


class Store:
    """Transactions on the centre's database; from any thread. The address is libpq's, with as many servers as there are
    (`postgresql://user@one,two/miz?target_session_attrs=read-write`), or `sqlite:///FILE`. Raises `Unusable`."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes; on SQLite it locks at its start."""
        with self._engine.connect() as connection:
            connection.info["writes"] = True
            try:
                with connection.begin():
                    yield connection
            finally:
                connection.info.pop("writes", None)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that only reads."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    def bring_up_to_date(self) -> None:
        """Makes or migrates the tables, and builds anew what the folds say where that has changed. Raises `Newer`,
        `Unusable`."""
        try:
            self._bring_up_to_date()
        except OperationalError as error:
            raise Unusable(str(error.orig)) from None

    def _bring_up_to_date(self) -> None:
        with self.writing() as connection:
            if connection.dialect.name == "postgresql":
                for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
                    connection.execute(text(f"SET LOCAL {limit} = 0"))  # years of lines may be read
                connection.execute(text("SELECT pg_advisory_xact_lock(20260101)"))  # two processes may start at once
            sets = (THE_BOOK, THE_CENTRE)
            if any(current(connection, table) not in (None, *versions) for _, table, versions in sets):
                raise Newer
            for folder, table, versions in sets:
                if current(connection, table) != versions[-1]:
                    migrate(connection, folder, table)
            if is_newer(connection):
                raise Newer
            if not is_current(connection):
                rebuild(connection)
            if not has_feed(connection, ORGANISATION):
                open_feed(connection, ORGANISATION)

    def answers(self) -> bool:
        """Whether the database can be asked at all."""
        try:
            with self.reading() as connection:
                connection.execute(text("SELECT 1"))
        except (DBAPIError, NoneFree):
            return False
        return True

    def close(self) -> None:
        self._engine.dispose()


def _engine(url: str) -> Engine:
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True, pool_size=POOL, max_overflow=0)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        said: dict[str, Any] = conninfo_to_dict(url.replace("postgresql+psycopg:", "postgresql:", 1))
    except ProgrammingError:
        raise Unusable from None
    # The driver reads the address itself: SQLAlchemy's own grammar knows one host only.
    options = f"{_SETTINGS} {said.pop('options', '')}".strip()
    engine = create_engine(
        "postgresql+psycopg://",
        hide_parameters=True,
        pool_size=POOL,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={**_PATIENCE, **said, "options": options},
    )
    event.listen(engine, "connect", _prepare_postgres)
    return engine


def _prepare_postgres(connection: Any, _record: Any) -> None:
    connection.adapters.register_dumper(bytes, BytesBinaryDumper)  # else COPY takes one for bytes that is not in C


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.get("writes") else "BEGIN")
