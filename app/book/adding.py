"""New rows, many at once, by the shortest way that each database has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Insert, Table, insert
from sqlalchemy.exc import DBAPIError

FEW = 8
"""Rows for which PostgreSQL's COPY is not worth its own question and answer."""

_Adapt = Callable[[Any], Any] | None


class _Way(NamedTuple):
    """How rows of one table get into one database: its columns' names, what makes each value fit the driver, and the
    statements for few and for many."""

    columns: tuple[tuple[str, _Adapt], ...]
    insert: Insert
    many: str
    types: tuple[str, ...]


def add(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows that are not there yet; each names every column."""
    if not rows:
        return
    is_sqlite = connection.dialect.name == "sqlite"
    way = _way(connection.dialect, table)
    if not is_sqlite and len(rows) < FEW:
        connection.execute(way.insert, rows)
        return
    values = [_values(way, row) for row in rows]
    if is_sqlite:
        connection.exec_driver_sql(way.many, values)
    else:
        _copy(connection, way, values)


def _values(way: _Way, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple([row[name] if fit is None else fit(row[name]) for name, fit in way.columns])


def _copy(connection: Connection, way: _Way, values: Sequence[tuple[Any, ...]]) -> None:
    """The driver's own errors are raised as SQLAlchemy's, as everywhere else."""
    dialect, driver = connection.dialect, connection.connection.driver_connection
    assert driver is not None  # noqa: S101  # the transaction has it
    errors: Any = dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(way.many) as copy:
            copy.set_types(way.types)
            for row in values:
                copy.write_row(row)
    except errors as error:
        if dialect.is_disconnect(error, connection.connection, None):
            connection.invalidate(error)
        raise DBAPIError.instance(way.many, None, error, errors, dialect=dialect) from error


_WAYS: dict[tuple[str, Table], _Way] = {}


def _way(dialect: Dialect, table: Table) -> _Way:
    known = _WAYS.get((dialect.name, table))
    if known is None:
        known = _WAYS[dialect.name, table] = _made(dialect, table)
    return known


def _made(dialect: Dialect, table: Table) -> _Way:
    fits: list[_Adapt] = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.c]
    statement = insert(table)
    if dialect.name == "sqlite":
        many = str(statement.compile(dialect=dialect))
    else:
        quoted = dialect.identifier_preparer.format_column
        many = f"COPY {table.name} ({', '.join(map(quoted, table.c))}) FROM STDIN (FORMAT BINARY)"
    types = tuple(column.type.compile(dialect).lower().partition("(")[0] for column in table.c)
    return _Way(tuple(zip(table.c.keys(), fits, strict=True)), statement, many, types)
