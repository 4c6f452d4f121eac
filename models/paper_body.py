"""What a receipt's QR code says, so that any desk can prove the paper with the network down.

The body is fifteen bytes, big-endian: version (1), tracking code (5), minute of registration (4), due day (2), service
(2), copy (1). With its Ed25519 signature (64) it is written in base32 without padding, in the QR's capital letters.
"""

import base64
import binascii
import re
from datetime import date, timedelta
from typing import NamedTuple

VERSION = 1
SIGNATURE_BYTES = 64

_BODY_BYTES = 15
_FIRST_DAY = date(2000, 1, 1)
_PAYLOAD = re.compile(r"(?:.*/|MIZ:)([A-Z2-7]{127})/?", re.ASCII | re.DOTALL)


class PaperBody(NamedTuple):
    """The signed values of one paper.

    `code` is the tracking code's twelve digits, `minute` counts from 1970 in UTC, `due` is the promised day if any,
    `service` the service's number (0–65535), `copy` 0 for the original and n for the n-th duplicate.
    """

    code: str
    minute: int
    due: date | None
    service: int
    copy: int


def pack(body: PaperBody) -> bytes:
    """The fifteen bytes that are signed. Raises ValueError when a value has no room in them."""
    if not (len(body.code) == 12 and body.code.isascii() and body.code.isdecimal()):
        raise ValueError("A tracking code has twelve digits.")
    due = (body.due - _FIRST_DAY).days if body.due else 0
    if body.due and due < 1:
        raise ValueError("A due day lies after 2000-01-01.")
    numbers = ((VERSION, 1), (int(body.code), 5), (body.minute, 4), (due, 2), (body.service, 2), (body.copy, 1))
    try:
        return b"".join(number.to_bytes(size) for number, size in numbers)
    except OverflowError:
        raise ValueError("A value of the receipt is too large for its code.") from None


def unpack(packed: bytes) -> PaperBody:
    """The values in fifteen bytes. Raises ValueError for other lengths, newer versions and what is no code."""
    if len(packed) != _BODY_BYTES:
        raise ValueError("Not the body of a receipt.")
    version, code, minute, due, service, copy = (
        int.from_bytes(packed[start:end]) for start, end in ((0, 1), (1, 6), (6, 10), (10, 12), (12, 14), (14, 15))
    )
    if version != VERSION:
        raise ValueError("The receipt was made by another version of the program.")
    if code >= 10**12:
        raise ValueError("Not the body of a receipt.")
    return PaperBody(f"{code:012}", minute, _FIRST_DAY + timedelta(days=due) if due else None, service, copy)


def to_payload(body: PaperBody, signature: bytes, tracking_url: str | None) -> str:
    """The QR's text: the tracking address, a slash and the signed body, all in capitals; `MIZ:` without an address.

    Raises ValueError like `pack`, and for a signature of another length than 64 bytes.
    """
    if len(signature) != SIGNATURE_BYTES:
        raise ValueError("A signature has 64 bytes.")
    signed = base64.b32encode(pack(body) + signature).decode("ascii").rstrip("=")
    return f"{tracking_url.upper().rstrip('/')}/{signed}" if tracking_url else f"MIZ:{signed}"


def from_payload(text: str) -> tuple[PaperBody, bytes]:
    """The body and signature in a QR's text, in capitals or not. Raises ValueError for any other text."""
    match = _PAYLOAD.fullmatch(text.strip().upper()) if text.isascii() else None
    if match is None:
        raise ValueError("Not the code of a receipt.")
    try:
        signed = base64.b32decode(match[1] + "=")
    except binascii.Error:
        raise ValueError("Not the code of a receipt.") from None
    if base64.b32encode(signed).decode("ascii").rstrip("=") != match[1]:
        raise ValueError("Not the code of a receipt.")  # its last bits belong to nothing
    return unpack(signed[:_BODY_BYTES]), signed[_BODY_BYTES:]
