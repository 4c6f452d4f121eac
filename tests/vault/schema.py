"""A store with the vault's tables and the projected client table, but no book: what these tests need of one."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, insert

from app.book.migrate import current, migrate
from app.vault import migrations
from models.entries import ClientDetails
from models.ids import new_id
from models.records import Client
from models.tables import PROJECTION, client


class VaultSchema:
    """The vault's migrations; `fails` makes an upgrade break off at its end."""

    def __init__(self, *, fails: bool = False) -> None:
        self._fails = fails

    def is_current(self, connection: Connection) -> bool:
        return current(connection, migrations.VERSION_TABLE) == migrations.VERSIONS[-1]

    def is_newer(self, connection: Connection) -> bool:
        return current(connection, migrations.VERSION_TABLE) not in (None, *migrations.VERSIONS)

    def upgrade(self, connection: Connection) -> None:
        migrate(connection, migrations.FOLDER, migrations.VERSION_TABLE)
        PROJECTION.create_all(connection)
        if self._fails:
            raise ZeroDivisionError


def person(given: str, family: str, **more: object) -> Client:
    """A client; what is not said is made up."""
    record: dict[str, object] = {"id": new_id(), "office": 0, "registered_at": 0, "desk": 5001}
    details: dict[str, object] = {"kind": "person", "given_name": given, "family_name": family}
    for name, value in more.items():
        (record if name in Client.__struct_fields__ else details)[name] = value
    return Client(details=ClientDetails(**details), **record)  # type: ignore[arg-type]


def put(connection: Connection, clients: Iterable[Client]) -> None:
    """Writes the clients' rows as the book's projection would."""
    for each in clients:
        d = each.details
        row: dict[str, object] = dict.fromkeys((column.name for column in client.c if not column.nullable), "")
        row |= {name: getattr(d, name) for name in ("kind", "number", "given_name", "family_name", "name", "mobile")}
        row |= {"office": each.office, "id": each.id, "father_name": d.father_name, "sort_key": b""}
        row |= {"registered_at": each.registered_at, "merged_into": each.merged_into}
        connection.execute(insert(client).prefix_with("OR REPLACE"), row)


def ids(clients: Iterable[Client]) -> list[UUID]:
    return [each.id for each in clients]
