"""Papers that may have left the desk and are not settled yet, so that after a crash none is sent twice."""

from __future__ import annotations

from uuid import UUID

import msgspec
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from models.tables import sent


class Sent(msgspec.Struct, frozen=True):
    """An attempt on its way: the printer's name and address, the paper's size, the printer's own name for the job (""
    until it gave one), and when it was about to leave (µs UTC)."""

    attempt: UUID
    request: UUID
    queue: str
    uri: str
    paper: str
    job: str
    at: int


_NOTE = insert(sent).on_conflict_do_nothing(index_elements=[sent.c.attempt])


def note_sent(connection: Connection, paper: Sent) -> bool:
    """Notes that the attempt is about to leave; False where it is noted already, and then it must not be sent."""
    return connection.execute(_NOTE, msgspec.structs.asdict(paper)).rowcount == 1


def note_job(connection: Connection, attempt: UUID, job: str) -> None:
    """Notes the printer's own name for it."""
    connection.execute(update(sent).where(sent.c.attempt == attempt).values(job=job))


def find_sent(connection: Connection, attempt: UUID) -> Sent | None:
    """The attempt, if it may have left and is not settled."""
    row = connection.execute(select(sent).where(sent.c.attempt == attempt)).first()
    return None if row is None else Sent(*row)


def all_sent(connection: Connection) -> dict[UUID, Sent]:
    """Every attempt on its way."""
    return {row.attempt: Sent(*row) for row in connection.execute(select(sent))}


def drop_sent(connection: Connection, attempt: UUID) -> None:
    """Forgets the attempt: it is settled, or nothing of it has left."""
    connection.execute(delete(sent).where(sent.c.attempt == attempt))
