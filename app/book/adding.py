"""Rows of a table, many at once, by the shortest way that each database has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError

FEW = 8
"""Rows for which PostgreSQL's COPY is not worth its own question and answer."""

Row = Mapping[str, Any]
"""Names every column of its table."""


class _Way(NamedTuple):
    """How rows of one table get into one database: the statements, and how a row becomes what its driver takes."""

    add: Any
    put: Any
    values: Callable[[Row], tuple[Any, ...]]
    fits: tuple[tuple[int, Callable[[Any], Any]], ...]
    many: str
    types: tuple[str, ...]


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows that are not there yet."""
    way = _way(connection.dialect, table)
    if connection.dialect.name != "sqlite" and len(rows) >= FEW:
        _copy(connection, way, rows)
    elif rows:
        _execute(connection, way, way.add, rows)


def put(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows, or replaces what stands under their keys."""
    if rows:
        way = _way(connection.dialect, table)
        _execute(connection, way, way.put, rows)


def _execute(connection: Connection, way: _Way, statement: Any, rows: Sequence[Row]) -> None:
    if isinstance(statement, str):
        values = [_fitted(way, row) for row in rows]
        connection.exec_driver_sql(statement, values if len(values) > 1 else values[0])
    else:
        connection.execute(statement, rows if len(rows) > 1 else rows[0])


def _fitted(way: _Way, row: Row) -> tuple[Any, ...]:
    values = list(way.values(row))
    for place, fit in way.fits:
        values[place] = fit(values[place])
    return tuple(values)


def _copy(connection: Connection, way: _Way, rows: Sequence[Row]) -> None:
    """The driver's own errors are raised as SQLAlchemy's, as everywhere else."""
    dialect, driver = connection.dialect, connection.connection.driver_connection
    assert driver is not None  # noqa: S101  # the transaction has it
    errors: Any = dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(way.many) as copy:
            copy.set_types(way.types)
            for row in rows:
                copy.write_row(_fitted(way, row))
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
    insert: Any = sqlite_insert
    if dialect.name != "sqlite":
        from sqlalchemy.dialects.postgresql import insert  # brings asyncio along, which no desk needs
    into = insert(table)
    replaced = {column.name: into.excluded[column.name] for column in table.c if not column.primary_key}
    ways: tuple[Any, Any] = (insert(table), into.on_conflict_do_update(index_elements=table.primary_key, set_=replaced))
    if dialect.name == "sqlite":  # said to the driver, which saves as much again as the statement takes
        ways = (str(ways[0].compile(dialect=dialect)), str(ways[1].compile(dialect=dialect)))
    fits = [(n, column.type.dialect_impl(dialect).bind_processor(dialect)) for n, column in enumerate(table.c)]
    return _Way(
        *ways,
        values=itemgetter(*table.c.keys()),
        fits=tuple((place, fit) for place, fit in fits if fit is not None),
        many=f"COPY {table.name} ({', '.join(map(dialect.identifier_preparer.format_column, table.c))}) "
        "FROM STDIN (FORMAT BINARY)",
        types=tuple(column.type.compile(dialect).lower().partition("(")[0] for column in table.c),
    )
