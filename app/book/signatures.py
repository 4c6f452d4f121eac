"""Which desk signed a receipt's code: every key that a desk of that number has ever had is in the book."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, select

from app.book.histories import histories
from models.entries import DeskOpened
from models.paper_body import PaperBody, pack
from models.tables import desk


def keys_of(connection: Connection, number: int) -> set[bytes]:
    """Every key under which a desk of this number has signed, in any office, under whatever number it works today."""
    offices: dict[int, list[UUID]] = {}
    for office, id_ in connection.execute(select(desk.c.office, desk.c.id)):
        offices.setdefault(office, []).append(id_)
    known: set[bytes] = set()
    for office, ids in offices.items():
        for history in histories(connection, office, ids).values():
            entries = (recorded.entry for recorded in history)
            known |= {each.public_key for each in entries if isinstance(each, DeskOpened) and each.number == number}
    return known


def is_signed(body: PaperBody, signature: bytes, keys: Iterable[bytes]) -> bool:
    """Whether one of the keys (Ed25519, 32 bytes) has signed these values."""
    signed = pack(body)
    return any(_signs(key, signature, signed) for key in keys)


def _signs(key: bytes, signature: bytes, signed: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
