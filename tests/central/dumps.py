"""A centre's database as a backup of it: everything in it, put back later into the same one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, MetaData, Table, delete, insert, inspect, select

from models.tables import BOOK, CENTRE, PROJECTION


class Dump(dict[Table, list[dict[str, Any]]]):
    """The rows of each table."""


def dumped(connection: Connection) -> Dump:
    """What a dump at this moment holds."""
    there = set(inspect(connection).get_table_names())
    tables = (table for every in (BOOK, PROJECTION, CENTRE) for table in _of(every) if table.name in there)
    return Dump({table: [dict(row) for row in connection.execute(select(table)).mappings()] for table in tables})


def put_back(connection: Connection, dump: Dump) -> None:
    """What was written since is gone."""
    for table, rows in dump.items():
        connection.execute(delete(table))
        if rows:
            connection.execute(insert(table), rows)


def _of(tables: MetaData) -> list[Table]:
    return tables.sorted_tables
