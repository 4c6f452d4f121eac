"""The entries of the book: immutable facts, each a small frozen struct with a kind and a version.

An entry's body is its JSON as first written; those bytes never change. When a struct gains a new shape, its
`version` rises and a pure upcast lifts older bodies while they are decoded. Which client, request, person, … an
entry speaks of is the *subject* of the line that carries it, not a field here.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from models.receipt import ReceiptValues
from models.said import ClientDetails as ClientDetails
from models.said import Document as Document
from models.said import Override as Override
from models.said import Representative as Representative
from models.said import ServiceOffered as ServiceOffered
from models.said import Warned as Warned

MAX_BODY = 64 * 1024
"""No entry's body is longer than this many bytes."""


class UnknownKind(Exception):
    """An entry of a kind or version that this program does not know yet; it is kept and waits."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """A fact. `kind` names it for ever; `version` is the shape that this program writes."""

    version: ClassVar[int] = 1

    @property
    def kind(self) -> str:
        return str(self.__struct_config__.tag)


# --- clients ---------------------------------------------------------------------------------------------------------


class ClientRegistered(Entry, tag="client.registered", frozen=True, kw_only=True):
    """A client enters the book. `same_number_as` names the known client of that number who is *another person*."""

    details: ClientDetails
    same_number_as: UUID | None = None
    overrides: tuple[Override, ...] = ()


class ClientCorrected(Entry, tag="client.corrected", frozen=True, kw_only=True):
    """The client's details from now on, whole."""

    details: ClientDetails
    reason: str = ""
    overrides: tuple[Override, ...] = ()


class ClientMerged(Entry, tag="client.merged", frozen=True, kw_only=True):
    """The subject is the same person as `into`; nothing moves, the subject becomes an alias."""

    into: UUID
    reason: str = ""


class ClientParted(Entry, tag="client.parted", frozen=True, kw_only=True):
    """Undoes the subject's merge."""

    reason: str = ""


# --- requests --------------------------------------------------------------------------------------------------------


class RequestRegistered(Entry, tag="request.registered", frozen=True, kw_only=True):
    """A visit: who asked (as said at the counter), for what, with which papers, and what was promised.

    `outcome` is `follow_up`, `done` or `guided`. `due_on` and `bring_by` are printed promises and never move by
    themselves. `key` and `key_digest` make a repeated command-line visit a replay.
    """

    client: UUID
    client_is_new: bool = False
    said: ClientDetails
    representative: Representative | None = None
    tracking_code: str
    service: ServiceOffered
    subject: str = ""
    note: str = ""
    documents: tuple[Document, ...] = ()
    outcome: str
    due_on: datetime.date | None = None
    bring_by: datetime.date | None = None
    passcode: str = ""
    continues: str = ""
    key: str = ""
    key_digest: str = ""
    warnings: tuple[Warned, ...] = ()
    overrides: tuple[Override, ...] = ()


class RequestReassigned(Entry, tag="request.reassigned", frozen=True, kw_only=True):
    """The request belongs to another client than was written."""

    client: UUID
    said: ClientDetails
    reason: str = ""


class DocumentReceived(Entry, tag="request.document_received", frozen=True, kw_only=True):
    document: str


class RequestReferred(Entry, tag="request.referred", frozen=True, kw_only=True):
    unit: str
    officer: str = ""
    by: datetime.date | None = None
    note: str = ""


class RequestAnswered(Entry, tag="request.answered", frozen=True, kw_only=True):
    """The final written answer; `decision` is `accepted`, `refused` or `partly`, and a refusal names its basis."""

    decision: str
    text: str
    basis: str = ""


class RequestDelivered(Entry, tag="request.delivered", frozen=True, kw_only=True):
    to: str = "client"
    identity: str = ""


class RequestExtended(Entry, tag="request.extended", frozen=True, kw_only=True):
    due: datetime.date
    reason: str
    basis: str = ""


class RequestWithdrawn(Entry, tag="request.withdrawn", frozen=True, kw_only=True):
    reason: str


class RequestVoided(Entry, tag="request.voided", frozen=True, kw_only=True):
    """Registered by mistake; takes two people."""

    reason: str
    approved_by: UUID


# --- receipts (subject: the request) ---------------------------------------------------------------------------------


class ReceiptAttempted(Entry, tag="receipt.attempted", frozen=True, kw_only=True):
    """A paper is to come out: every printed value, the template and the paper's size. The entry's id names it."""

    values: ReceiptValues
    template: int
    paper: str = "a5"


class ReceiptSettled(Entry, tag="receipt.settled", frozen=True, kw_only=True):
    """What became of an attempt: `printed`, `failed` (with the reason) or `unknown`; and on which paper, where it went
    to one."""

    attempt: UUID
    outcome: str
    reason: str = ""
    paper: str = ""


class ReceiptDeclined(Entry, tag="receipt.declined", frozen=True, kw_only=True):
    """The client took no paper, and why."""

    reason: str = ""


# --- people and what they open ---------------------------------------------------------------------------------------


class PersonAdmitted(Entry, tag="person.admitted", frozen=True, kw_only=True):
    """A person of the office, whole; the verifier is Argon2id's encoded string."""

    name: str
    roles: tuple[str, ...]
    unit: str = ""
    verifier: str


class PersonChanged(Entry, tag="person.changed", frozen=True, kw_only=True):
    """The person from now on, whole."""

    name: str
    roles: tuple[str, ...]
    unit: str = ""
    verifier: str
    retired: bool = False


class SignedIn(Entry, tag="session.signed_in", frozen=True, kw_only=True):
    """Subject: the session, so that nobody's history grows with every morning."""

    how: str


class FileOpened(Entry, tag="session.opened", frozen=True, kw_only=True):
    """A file was opened in the window, records were read by command line, or a full number was shown; subject: the
    reading. `client` is set where it was somebody's number, and no request of theirs."""

    what: str
    codes: tuple[str, ...] = ()
    client: UUID | None = None
    full: bool = False


class ClockAccepted(Entry, tag="clock.accepted", frozen=True, kw_only=True):
    """Two people say that this computer's clock is right although it stands before the last line."""

    approved_by: UUID
    last_at: int


# --- the office's reference data -------------------------------------------------------------------------------------


class OfficeSet(Entry, tag="office.set", frozen=True, kw_only=True):
    """The office from now on, whole. `hours` is the sentence that papers print, weekdays count from Monday = 0.

    `emblem` is the drawing at the head of papers: `star`, the name of a file (models/files.py), or empty for none.
    """

    name: str
    caption: str = ""
    emblem: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    weekdays: tuple[int, ...] = (5, 6, 0, 1, 2, 3)
    complaint: str = ""
    tracking_url: str = ""
    legal_note: bool = True
    sample: bool = False


class DeskOpened(Entry, tag="desk.opened", frozen=True, kw_only=True):
    """A desk names itself: its number, name and the public half of the key that signs its receipts."""

    number: int
    name: str
    public_key: bytes


class ServicePublished(Entry, tag="service.published", frozen=True, kw_only=True):
    """A service from now on, whole. `number` (1–65535) stands for it in a receipt's QR; a withdrawn one is offered to
    nobody any more, and what was registered for it goes on."""

    offered: ServiceOffered
    documents: tuple[str, ...] = ()
    sample: bool = False
    withdrawn: bool = False


class HolidaySet(Entry, tag="holiday.set", frozen=True, kw_only=True):
    """A day is a holiday (`type` official, local or emergency), or with `off` no longer one."""

    day: datetime.date
    title: str
    type: str = "official"
    estimated: bool = False
    off: bool = False


# --- what the centre holds against an entry --------------------------------------------------------------------------


class FlagRaised(Entry, tag="flag.raised", frozen=True, kw_only=True):
    """Somebody should look at the subject, an entry, or it waits for something: `reason` is one of `models.flags`,
    `about` the client or request that it speaks of, `desk` who wrote it, `code` its tracking code if any."""

    reason: str
    about: UUID
    desk: int
    code: str = ""


class FlagSettled(Entry, tag="flag.settled", frozen=True, kw_only=True):
    """It was looked at, or what it waited for has come. Subject: the flagged entry."""

    note: str = ""


KINDS: Mapping[str, type[Entry]] = {str(c.__struct_config__.tag): c for c in Entry.__subclasses__()}
"""Every kind this program knows, by name."""

Upcast = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTS: Mapping[tuple[str, int], Upcast] = {}
"""(kind, version) → the pure function that lifts a body of that version to the next one."""

_encoder = msgspec.json.Encoder()
_decoders = {kind: msgspec.json.Decoder(struct) for kind, struct in KINDS.items()}


def encode(entry: Entry) -> bytes:
    """The entry's body. Written once; never encoded again."""
    return _encoder.encode(entry)


def is_known(kind: str, version: int) -> bool:
    """Whether this program can read an entry of that kind and version."""
    return kind in KINDS and version <= KINDS[kind].version


def decode(
    kind: str,
    version: int,
    body: bytes,
    kinds: Mapping[str, type[Entry]] = KINDS,
    upcasts: Mapping[tuple[str, int], Upcast] = UPCASTS,
) -> Entry:
    """The entry in its present shape, whatever version its body was written in.

    Raises `UnknownKind` for what a newer program wrote, `msgspec.DecodeError` for a body that is not one.
    """
    struct = kinds.get(kind)
    if struct is None or version > struct.version:
        raise UnknownKind(kind, version)
    if version == struct.version and kinds is KINDS:
        return _decoders[kind].decode(body)
    fields = msgspec.json.decode(body)
    for older in range(version, struct.version):
        fields = upcasts[kind, older](fields)
    return msgspec.convert(fields, struct)
