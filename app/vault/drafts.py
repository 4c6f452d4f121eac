"""What somebody was typing when they were interrupted: kept until it is registered or thrown away."""

from __future__ import annotations

from uuid import UUID

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from models.tables import draft


class Draft(msgspec.Struct, frozen=True):
    """`id` was made at the form's first keystroke; `at` is µs UTC of the last one kept; `body` is the form's own."""

    id: UUID
    person: UUID
    at: int
    body: bytes


_ROW = insert(draft)
_SAVE = _ROW.on_conflict_do_update(
    index_elements=[draft.c.id],
    set_={"person": _ROW.excluded.person, "at": _ROW.excluded.at, "body": _ROW.excluded.body},
)


def save_draft(connection: Connection, id: UUID, person: UUID, body: bytes, at: int) -> None:  # noqa: A002
    """Keeps the form as it stands, in place of what was kept of it before."""
    connection.execute(_SAVE, {"id": id, "person": person, "at": at, "body": body})


def drafts(connection: Connection, person: UUID) -> list[Draft]:
    """The person's drafts, the last one typed in first."""
    columns = select(draft.c.id, draft.c.person, draft.c.at, draft.c.body)
    rows = connection.execute(columns.where(draft.c.person == person).order_by(draft.c.at.desc(), draft.c.id.desc()))
    return [Draft(*row) for row in rows]


def drop_draft(connection: Connection, id: UUID) -> None:  # noqa: A002
    """Forgets the draft; one that is not there is forgotten already."""
    connection.execute(delete(draft).where(draft.c.id == id))
