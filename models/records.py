"""Records: what the book says today of one client, request, person, service … Each is the result of a fold."""

from __future__ import annotations

import datetime
from uuid import UUID

import msgspec

from models.entries import (
    ClientDetails,
    DeskOpened,
    Document,
    HolidaySet,
    OfficeSet,
    Override,
    Representative,
    ServiceOffered,
    Warned,
)
from models.receipt import ReceiptValues

OPEN_STATES = frozenset({"open", "lacking", "referred"})
"""States in which an answer is still owed."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """`office` is the feed the record belongs to, `flags` what a person should look at (stable names)."""

    id: UUID
    office: int
    flags: tuple[str, ...] = ()


class Client(Record, frozen=True, kw_only=True):
    details: ClientDetails
    registered_at: int
    desk: int
    merged_into: UUID | None = None
    same_number_as: UUID | None = None


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt at paper and what is known of it: `queued`, `printed`, `failed` or `unknown`."""

    id: UUID
    request: UUID
    copy: int
    at: int
    paper: str
    template: int
    values: ReceiptValues
    outcome: str = "queued"
    settled_at: int | None = None
    reason: str = ""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to a request: `kind` is the step's name, `text` what was said, `actor` who did it."""

    entry: UUID
    at: int
    actor: UUID
    desk: int
    kind: str
    text: str = ""
    unit: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    decision: str
    text: str
    basis: str


class Request(Record, frozen=True, kw_only=True):
    """A request as it stands. `said` is the client as said at the counter; receipts print that, never the profile.

    `promised` is the day printed at registration and never changes; `due_on` is it or a later extension.
    """

    client: UUID
    client_is_new: bool
    said: ClientDetails
    representative: Representative | None
    tracking_code: str
    desk: int
    registered_at: int
    business_day: int
    registered_by: UUID
    service: ServiceOffered
    subject: str
    note: str
    documents: tuple[Document, ...]
    outcome: str
    promised: datetime.date | None
    due_on: datetime.date | None
    bring_by: datetime.date | None
    passcode: str
    continues: str
    key: str
    key_digest: str
    warnings: tuple[Warned, ...]
    overrides: tuple[Override, ...]
    state: str
    state_at: int
    unit: str
    officer: str
    answer: Answer | None = None
    receipts: tuple[Receipt, ...] = ()
    receipt_declined: str | None = None
    history: tuple[Step, ...] = ()

    @property
    def lacking(self) -> tuple[str, ...]:
        return tuple(document.title for document in self.documents if not document.received)

    @property
    def copies(self) -> int:
        """How many papers are known to have come out."""
        return sum(receipt.outcome == "printed" for receipt in self.receipts)

    @property
    def receipt_outcome(self) -> str:
        """What is known of the client's paper: `none`, `declined`, or the best outcome of any attempt."""
        if self.copies:
            return "printed"
        if self.receipt_declined is not None:
            return "declined"
        return self.receipts[-1].outcome if self.receipts else "none"

    def is_late(self, today: datetime.date) -> bool:
        """An answer is owed and its promised day has passed."""
        return self.state in OPEN_STATES and self.due_on is not None and self.due_on < today


class Person(Record, frozen=True, kw_only=True):
    name: str
    roles: tuple[str, ...]
    unit: str
    verifier: str
    retired: bool


class Service(Record, frozen=True, kw_only=True):
    offered: ServiceOffered
    documents: tuple[str, ...]
    sample: bool
    withdrawn: bool = False


class Office(Record, frozen=True, kw_only=True):
    settings: OfficeSet


class Desk(Record, frozen=True, kw_only=True):
    opened: DeskOpened


class Flag(Record, frozen=True, kw_only=True):
    """What the centre holds against one entry, whose id is the record's."""

    reason: str
    about: UUID
    desk: int
    code: str
    raised_at: int
    settled_at: int | None = None
    settled_by: UUID | None = None
    note: str = ""


class Holiday(Record, frozen=True, kw_only=True):
    holiday: HolidaySet
