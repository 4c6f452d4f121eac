"""The messages that carry files, part by part."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from msgspec import Meta

from app.wire.messages import Hash, Message
from models.files import MOST_BYTES, PART, TYPES, Head

Type = Annotated[str, Meta(pattern=rf"^(?:{'|'.join(map(re.escape, TYPES))})\Z")]
Size = Annotated[int, Meta(ge=1, le=MOST_BYTES)]
Start = Annotated[int, Meta(ge=0, le=MOST_BYTES, multiple_of=PART)]
Part = Annotated[bytes, Meta(min_length=1, max_length=PART)]


class AskFile(Message, frozen=True, kw_only=True):
    """How much of this file stands already?"""

    hash: Hash
    type: Type
    size: Size

    @property
    def head(self) -> Head:
        return Head(self.hash, self.type, self.size)


class SendPart(AskFile, frozen=True, kw_only=True):
    """The next part of a file."""

    start: Start
    part: Part


class FileStands(Message, frozen=True, kw_only=True):
    """How many bytes stand: where to go on. `refused` says why it cannot: `full` (no room for the office), `hash`
    or `type` (what had come was not what it was named, and was thrown away)."""

    stands: Annotated[int, Meta(ge=0, le=MOST_BYTES)]
    whole: bool = False
    refused: Literal["", "full", "hash", "type"] = ""


class ReadPart(Message, frozen=True, kw_only=True):
    """Asks for the part of a file that begins there; it comes, or nothing where the whole file is not there."""

    hash: Hash
    start: Start


class FilePart(Message, frozen=True, kw_only=True):
    """A part of a file of that type and size."""

    type: Type
    size: Size
    part: Part
