"""Files that entries name by their content: which there may be, and how one is cut into parts."""

from __future__ import annotations

import hashlib

import msgspec

PART = 256 << 10
"""Bytes of every part but the last: what is stored, and what travels, at once."""
MOST_BYTES = 16 << 20
TYPES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "application/pdf": b"%PDF-"}
"""The types that are taken, each with what a file of it begins with."""
_NAME = "file:"


class Head(msgspec.Struct, frozen=True):
    """What is known of a file before any of it has come: the SHA-256 of its content, its type, its bytes."""

    hash: bytes
    type: str
    size: int


def head_of(content: bytes, type: str) -> Head:  # noqa: A002  # the column's name
    return Head(hashlib.sha256(content).digest(), type, len(content))


def part_bytes(size: int, start: int) -> int:
    """How long the part is that begins there; 0 where none does."""
    return max(0, min(PART, size - start)) if start % PART == 0 else 0


def name_of(hash: bytes) -> str:  # noqa: A002
    """How an entry names a file."""
    return _NAME + hash.hex()


def hash_of(name: str) -> bytes | None:
    """The hash of a name; None for what names no file."""
    digits = name.removeprefix(_NAME)
    if digits == name or len(digits) != 64 or not digits.isascii():
        return None
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return None
