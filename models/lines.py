"""A line of the book: who wrote which entry, when, and the chain that makes the book tamper-evident."""

from __future__ import annotations

import hashlib
import struct
from uuid import UUID

import msgspec

from models.entries import Entry

GENESIS = bytes(32)
"""The previous hash of a chain's first line."""

_HEAD = struct.Struct(">H16sQ16s16s16sqi")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line, with its entry's body as the bytes first written.

    `at` is microseconds UTC by the desk's clock, `business_day` the Jalali day in Tehran as yyyymmdd. `sequence`
    counts 1, 2, 3 … without a gap in (desk, incarnation). `position` is the line's place in the office's feed,
    None until the centre has given one. `body` is None where the law had it erased; the chain still verifies.
    """

    office: int
    desk: int
    incarnation: UUID
    sequence: int
    entry: UUID
    subject: UUID
    actor: UUID
    at: int
    business_day: int
    kind: str
    version: int
    salt: bytes
    digest: bytes
    hash: bytes
    body: bytes | None
    position: int | None = None


class Recorded(msgspec.Struct, frozen=True):
    """A line together with its entry, decoded and lifted; what a fold reads."""

    line: Line
    entry: Entry


def header(line: Line) -> bytes:
    """The fixed bytes that the chain covers, big-endian.

    Desk u16, incarnation, sequence u64, entry id, subject, actor (16 bytes each), time i64, business day i32, then
    kind and version as ASCII, each behind its length in one byte.
    """
    kind, version = line.kind.encode(), str(line.version).encode()
    return (
        _HEAD.pack(
            line.desk,
            line.incarnation.bytes,
            line.sequence,
            line.entry.bytes,
            line.subject.bytes,
            line.actor.bytes,
            line.at,
            line.business_day,
        )
        + bytes([len(kind)])
        + kind
        + bytes([len(version)])
        + version
    )


def digest(salt: bytes, body: bytes) -> bytes:
    """SHA-256(salt ‖ body); the salt keeps an erased body from being guessed from its digest."""
    return hashlib.sha256(salt + body).digest()


def chained(line: Line, previous: bytes) -> bytes:
    """The line's hash: SHA-256(previous hash ‖ header ‖ digest)."""
    return hashlib.sha256(previous + header(line) + line.digest).digest()


def is_whole(line: Line) -> bool:
    """Whether the body is the one that the digest was made of; an erased one is no contradiction."""
    return line.body is None or digest(line.salt, line.body) == line.digest


def is_intact(line: Line, previous: bytes) -> bool:
    """Whether the line's body and header are the ones that were written after `previous`."""
    return is_whole(line) and chained(line, previous) == line.hash
