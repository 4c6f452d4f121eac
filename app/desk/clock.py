"""A clock that was set back: paper carries the date, so two people must say that it is right now."""

from __future__ import annotations

from app.desk.desk import Desk
from app.desk.people import Session
from models.entries import ClockAccepted
from models.ids import new_id
from models.records import Person


def accept_clock(desk: Desk, session: Session, approver: Person) -> int:
    """Registers on from the computer's present time, µs UTC, which is returned. Raises `StoreError`."""
    with desk.writing(accept_clock=True) as writing:
        writing.say(session.person.id, new_id(), ClockAccepted(approved_by=approver.id, last_at=writing.last_at))
        return writing.at
