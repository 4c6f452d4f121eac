"""Whether a receipt is genuine: its QR code's signature against every key that its desk is known by."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from app.book.signatures import is_signed, keys_of
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.requests import moment
from models import tables as t
from models.calendar import format_jalali
from models.paper_body import PaperBody, from_payload
from models.records import Service


class Verified(msgspec.Struct, frozen=True):
    """`verdict` is `genuine`, `altered` (the signature is not the desk's, or the code is none of ours), or
    `unknown_desk`. `body` is what the code says, None where it says nothing readable; `service` is the one that it
    means here, if any."""

    verdict: str
    body: PaperBody | None = None
    service: Service | None = None


def verify(desk: Desk, payload: str) -> Verified:
    """Proves a QR code's text, with what this desk has in its book alone. Raises `StoreError`."""
    try:
        body, signature = from_payload(payload)
    except ValueError:
        return Verified("altered")
    with desk.reading() as connection:
        keys = keys_of(connection, int(body.code[:4]))
        service = _service(connection, body.service)
    if not keys:
        return Verified("unknown_desk", body, service)
    return Verified("genuine" if is_signed(body, signature, keys) else "altered", body, service)


def as_said(verified: Verified) -> dict[str, Any]:
    """The verdict as the command line prints it, with the signed values to compare with the paper."""
    body, service = verified.body, verified.service
    if body is None:
        return {"verdict": verified.verdict}
    return {
        "verdict": verified.verdict,
        "tracking_code": body.code,
        "desk": body.code[:4],
        "registered_at": moment(body.minute * 60_000_000),
        "due_on": body.due and body.due.isoformat(),
        "due_on_jalali": body.due and format_jalali(body.due),
        "service": service and service.offered.title,
        "service_code": service and service.offered.code,
        "service_number": body.service,
        "copy": body.copy,
    }


def _service(connection: Connection, number: int) -> Service | None:
    records = connection.execute(select(t.service.c.record).where(t.service.c.office == HOME_OFFICE)).scalars()
    return next((service for service in map(_record.decode, records) if service.offered.number == number), None)


_record = msgspec.json.Decoder(Service)
