"""Whether a receipt is genuine: its QR code's signature against every key that its desk is known by."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from app.book.histories import histories
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.requests import moment
from models import tables as t
from models.calendar import format_jalali
from models.entries import DeskOpened
from models.paper_body import PaperBody, from_payload, pack
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
        keys = _keys(connection, int(body.code[:4]))
        service = _service(connection, body.service)
    if not keys:
        return Verified("unknown_desk", body, service)
    signed = pack(body)
    return Verified("genuine" if any(_signs(key, signature, signed) for key in keys) else "altered", body, service)


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


def _keys(connection: Connection, number: int) -> set[bytes]:
    """Every key that a desk of this number has ever had, under whatever number it works today."""
    ids = connection.execute(select(t.desk.c.id).where(t.desk.c.office == HOME_OFFICE)).scalars().all()
    known = (recorded.entry for history in histories(connection, HOME_OFFICE, ids).values() for recorded in history)
    return {entry.public_key for entry in known if isinstance(entry, DeskOpened) and entry.number == number}


def _service(connection: Connection, number: int) -> Service | None:
    records = connection.execute(select(t.service.c.record).where(t.service.c.office == HOME_OFFICE)).scalars()
    return next((service for service in map(_record.decode, records) if service.offered.number == number), None)


_record = msgspec.json.Decoder(Service)


def _signs(key: bytes, signature: bytes, signed: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
