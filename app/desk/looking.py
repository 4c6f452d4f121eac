"""Looking closer: what is masked at the counter is shown whole once the book says that it was."""

from __future__ import annotations

from uuid import UUID

from app.desk.clients import client_row
from app.desk.desk import Desk
from app.desk.files import check_serves
from app.desk.people import Session
from models.entries import FileOpened
from models.ids import new_id


def full_number(desk: Desk, session: Session, client: UUID) -> str:
    """The client's whole identity number, "" where there is none; it is in the book who saw it when this returns.

    Raises `NotForYou`, `ClockSetBack` and `StoreError`, and nothing is shown then.
    """
    check_serves(session)
    with desk.writing() as writing:
        known = client_row(writing.connection, client)
        if known is None or not known.details.number:
            return ""
        writing.say(session.person.id, new_id(), FileOpened(what="client", client=known.id, full=True))
        return known.details.number
