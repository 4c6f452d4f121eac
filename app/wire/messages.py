"""The messages between desk and centre, and how lines are carried in them.

A chain is carried without its hashes: whoever receives it works them out again and compares the last one, so that what
arrives is what was written, and a line costs a third less on the wire.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from models.entries import MAX_BODY
from models.lines import Line, chained, digest

MOST_LINES = 1_000
PAGE = 500
_I64 = 2**63 - 1
Hash = Annotated[bytes, Meta(min_length=32, max_length=32)]
DeskNumber = Annotated[int, Meta(ge=1, le=9_999)]
Sequence64 = Annotated[int, Meta(ge=1, le=_I64)]


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Decoded strictly: an unknown field is a mistake of the sender's, not something to be passed over."""


class Seen(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A place in a feed, and the stamp of the transaction that gave it: no other history of that feed has the same. A
    centre's database that was restored from an older backup gives the same places again, with other stamps."""

    position: Sequence64
    stamp: UUID


class CarriedLine(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A line without its place. `digest` is carried only for a body that was erased."""

    entry: UUID
    subject: UUID
    actor: UUID
    at: Annotated[int, Meta(ge=0, le=_I64)]
    business_day: Annotated[int, Meta(ge=10_000_101, le=99_991_231)]
    kind: Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[a-z_.]+\Z")]
    version: Annotated[int, Meta(ge=1, le=32_767)]
    salt: Annotated[bytes, Meta(min_length=16, max_length=16)]
    body: Annotated[bytes, Meta(max_length=MAX_BODY)] | None
    digest: Hash | None = None


class Enrol(Message, frozen=True, kw_only=True):
    """A desk joins: the code it was given, its public key, the fingerprint of the token it drew, its number so far."""

    code: Annotated[str, Meta(max_length=40)]
    public_key: Hash
    token_hash: Hash
    former: Annotated[int, Meta(ge=5_000, le=9_999)] | None = None


class Enrolled(Message, frozen=True, kw_only=True):
    """The desk's number and its office."""

    desk: int
    desk_name: str
    office: int
    office_name: str


class Unsent(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What a desk has written and the centre has not confirmed: how many lines, and when the first of them was written,
    µs UTC, 0 for none."""

    lines: Annotated[int, Meta(ge=0, le=_I64)]
    oldest_at: Annotated[int, Meta(ge=0, le=_I64)] = 0


class Push(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Lines of one chain, from `first` on, the one after the line whose hash is `previous`; `unsent` is what the desk
    has beyond them, `seen` the end of its office's feed when something was last confirmed."""

    desk: DeskNumber
    incarnation: UUID
    first: Sequence64
    previous: Hash
    lines: Annotated[tuple[CarriedLine, ...], Meta(min_length=1, max_length=MOST_LINES)]
    head: Hash
    unsent: Unsent | None = None
    seen: Seen | None = None


class Pushed(Message, frozen=True, kw_only=True):
    """The pushed lines are stored, through sequence `through` with the hash `head`; what the centre holds against some.
    `seen` is the feed's end with them in it.

    It says nothing of lines beyond those that were pushed, though the centre may have some: a copy of the book may have
    sent them.
    """

    through: Annotated[int, Meta(ge=0)]
    head: Hash
    flags: tuple[str, ...] = ()
    seen: Seen | None = None


class Pull(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Asks for the feed after a position. `own` says through which sequence the desk has each incarnation of its own:
    after a restored backup it lacks lines that it once wrote. The `organisation`'s feed is the one of people, services
    and holidays, the same for every office. `unsent` is how the desk stands while it asks. `seen` are places that the
    desk knows this feed to have had; `end` asks for the last that it has."""

    after: Annotated[int, Meta(ge=0, le=_I64)]
    organisation: bool = False
    own: Annotated[tuple[tuple[UUID, Annotated[int, Meta(ge=0, le=_I64)]], ...], Meta(max_length=1_000)]
    most: Annotated[int, Meta(ge=1, le=PAGE)] = PAGE
    wait: Annotated[float, Meta(ge=0, le=60)] = 0.0
    unsent: Unsent | None = None
    seen: Annotated[tuple[Seen, ...], Meta(max_length=100)] = ()
    end: bool = False


class PulledLine(Message, frozen=True, kw_only=True, tag="line"):
    """A line of the feed with its place in it and in its chain."""

    position: Sequence64
    desk: Annotated[int, Meta(ge=0, le=9_999)]  # 0 is the centre itself
    incarnation: UUID
    sequence: Sequence64
    hash: Hash
    line: CarriedLine


class Own(Message, frozen=True, kw_only=True, tag="own"):
    """A line of the asking desk's own: where it stands in the feed."""

    position: Sequence64
    entry: UUID


class Pulled(Message, frozen=True, kw_only=True, omit_defaults=True):
    """The feed after the position asked for, in order, without a gap, up to `through`, which has this `stamp`.

    Where the feed has another history than was `seen` it is `other`, no lines come, and `through` is the last place of
    those seen up to which it is the same, 0 if there is none.
    """

    lines: tuple[PulledLine | Own, ...]
    through: Annotated[int, Meta(ge=0)]
    head: Annotated[int, Meta(ge=0)]
    stamp: UUID | None = None
    other: bool = False
    end: Seen | None = None

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.other


class Ask(Message, frozen=True, kw_only=True):
    """For the hash of one place in a chain; 32 bytes or nothing come back."""

    desk: DeskNumber
    incarnation: UUID
    sequence: Annotated[int, Meta(ge=0, le=_I64)]


class Stands(Message, frozen=True, kw_only=True):
    """Where the centre's copy of a chain stands; the answer to a refused push and to a question for a hash."""

    code: str
    next_sequence: int
    head: Hash


class BrokenChain(Exception):
    """The lines do not make the chain that the message says they make."""


def carried(line: Line) -> CarriedLine:
    return CarriedLine(
        line.entry,
        line.subject,
        line.actor,
        line.at,
        line.business_day,
        line.kind,
        line.version,
        line.salt,
        line.body,
        line.digest if line.body is None else None,
    )


def push_of(lines: Sequence[Line], previous: bytes, unsent: Unsent | None = None, seen: Seen | None = None) -> Push:
    """The message that carries consecutive lines of one chain; at least one."""
    return Push(
        desk=lines[0].desk,
        incarnation=lines[0].incarnation,
        first=lines[0].sequence,
        previous=previous,
        lines=tuple(map(carried, lines)),
        head=lines[-1].hash,
        unsent=unsent,
        seen=seen,
    )


def lines_of(push: Push, office: int) -> tuple[Line, ...]:
    """The lines as they were written, hashes worked out anew. Raises `BrokenChain` if the last is not `head`."""
    lines = []
    previous = push.previous
    for sequence, each in enumerate(push.lines, push.first):
        line = placed(each, office, push.desk, push.incarnation, sequence)
        previous = chained(line, previous)
        lines.append(msgspec.structs.replace(line, hash=previous))
    if previous != push.head:
        raise BrokenChain
    return tuple(lines)


def placed(
    each: CarriedLine,
    office: int,
    desk: int,
    incarnation: UUID,
    sequence: int,
    hash: bytes = b"",  # noqa: A002  # the column's name
    position: int | None = None,
) -> Line:
    """A carried line at its place. Raises `BrokenChain` where neither its body nor its digest came along."""
    if each.body is not None:
        its_digest = digest(each.salt, each.body)
    elif each.digest is not None:
        its_digest = each.digest
    else:
        raise BrokenChain
    return Line(
        office=office,
        desk=desk,
        incarnation=incarnation,
        sequence=sequence,
        entry=each.entry,
        subject=each.subject,
        actor=each.actor,
        at=each.at,
        business_day=each.business_day,
        kind=each.kind,
        version=each.version,
        salt=each.salt,
        digest=its_digest,
        hash=hash,
        body=each.body,
        position=position,
    )
