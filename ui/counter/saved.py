"""What the counter shows of a visit that is registered. No Qt here."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True)
class Saved:
    """A visit that is in the book for good. Its paper goes to the printer where it `prints`, and is a `Slip` then;
    else `paper` is how the file stands: `none`, `waiting`, `writing`, `saved` or `failed`. Nothing more comes out of it
    once it `is_voided`; the client took no paper where it `is_declined`."""

    tracking_code: str
    person: str
    service: str
    outcome: str
    due_on: datetime.date | None
    warnings: tuple[str, ...]
    paper: str
    client: UUID
    prints: bool = False
    file: Path | None = None
    is_voided: bool = False
    is_declined: bool = False
