"""Reading requests: one whole with its history, and all of a client's."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from app.book.append import ClockSetBack
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.receipts import NoSuchRequest, request_by_code
from app.desk.visit_form import NUMBERS
from app.vault.problems import StoreError
from models import tables as t
from models.calendar import business_day, format_jalali
from models.entries import FileOpened
from models.identity import masked
from models.ids import new_id
from models.records import Request

CANNOT_BE_NOTED = (StoreError, ClockSetBack)
"""Why a reading may go unwritten. It does not stop the reading, unless the law of the desk is to say so in the book."""


def request(desk: Desk, code: str) -> Request:
    """The request of this tracking code. Raises `NoSuchRequest`."""
    with desk.reading() as connection:
        found = request_by_code(connection, code)
    if found is None:
        raise NoSuchRequest(code)
    return found


def note_reading(desk: Desk, actor: UUID, what: str, codes: tuple[str, ...] = (), *, full: bool = False) -> None:
    """Writes in the book that records were read outside the window.

    Raises `StoreError` or `ClockSetBack` (`CANNOT_BE_NOTED`) where it cannot be written.
    """
    with desk.writing() as writing:
        writing.say(actor, new_id(), FileOpened(what=what, codes=codes, full=full))


def requests_of(desk: Desk, client: UUID) -> list[dict[str, Any]]:
    """A client's requests, the newest first: tracking_code, service_title, state, registered_at, due_on."""
    r = t.request.c
    query = (
        select(r.id, r.tracking_code, r.service_title, r.state, r.registered_at, r.due_on, r.unit)
        .where(r.office == HOME_OFFICE, r.client == client)
        .order_by(r.registered_at.desc(), r.id.desc())
        .limit(200)
    )
    with desk.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def shown(desk: Desk, code: str, *, full: bool = False) -> dict[str, Any]:
    """A request as the command line shows it; identity numbers masked unless `full`. Raises `NoSuchRequest`."""
    with desk.reading() as connection:
        found = request_by_code(connection, code)
        if found is None:
            raise NoSuchRequest(code)
        names = _names(connection, {step.actor for step in found.history})
    today = business_day(desk.clock())
    return {
        "tracking_code": found.tracking_code,
        "state": found.state,
        "client": _client(found, full),
        "representative": _representative(found, full),
        "service": found.service.title,
        "subject": found.subject,
        "note": found.note,
        "outcome": found.outcome,
        "registered_at": moment(found.registered_at),
        "due_on": found.due_on and found.due_on.isoformat(),
        "due_on_jalali": found.due_on and format_jalali(found.due_on),
        "bring_by_jalali": found.bring_by and format_jalali(found.bring_by),
        "late": found.is_late(today),
        "unit": found.unit,
        "officer": found.officer,
        "continues": found.continues or None,
        "documents": [{"title": d.title, "received": d.received} for d in found.documents],
        "history": [
            {"at": moment(s.at), "by": names.get(s.actor, ""), "desk": f"{s.desk:04}", "kind": s.kind, "text": s.text}
            for s in found.history
        ],
        "receipts": _receipts(found),
        "flags": list(found.flags),
    }


def _receipts(found: Request) -> list[dict[str, Any]]:
    receipts = [{"copy": r.copy, "outcome": r.outcome, "at": moment(r.settled_at or r.at)} for r in found.receipts]
    if found.receipt_declined is not None:
        receipts.append({"copy": 0, "outcome": "declined", "at": moment(found.registered_at)})
    return receipts


def _client(found: Request, full: bool) -> dict[str, Any]:
    said = found.said
    shown: dict[str, Any] = {"id": str(found.client), "kind": said.kind, "name": said.display_name}
    details = {"given_name": said.given_name, "family_name": said.family_name, "father_name": said.father_name}
    details |= {"nationality": said.country, "mobile": said.mobile, "phone": said.phone}
    details |= {"postal_code": said.postal_code, "address": said.address}
    if said.birth_date:
        details["birth_date"] = format_jalali(said.birth_date)
    if said.number:
        details[NUMBERS[said.kind][0]] = said.number if full else masked(said.number)
    return shown | {name: value for name, value in details.items() if value}


def _representative(found: Request, full: bool) -> dict[str, Any] | None:
    stood = found.representative
    if stood is None:
        return None
    number = stood.national_number if full or not stood.national_number else masked(stood.national_number)
    shown = {"given_name": stood.given_name, "family_name": stood.family_name, "authority": stood.authority}
    return shown | ({"national_number": number} if number else {})


def _names(connection: Connection, actors: set[UUID]) -> dict[UUID, str]:
    query = select(t.person.c.id, t.person.c.name).where(t.person.c.office == HOME_OFFICE, t.person.c.id.in_(actors))
    return {row.id: row.name for row in connection.execute(query)}


def moment(at: int) -> str:
    """µs UTC as ISO 8601 with milliseconds and Z."""
    return (
        datetime.datetime.fromtimestamp(at // 1000 / 1000, datetime.UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
    )
