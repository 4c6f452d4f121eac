"""Files: a request as the people of the office may read it.

Who may read is decided here: a clerk or a supervisor every file, a unit officer those that are with their unit now, an
administrator without such a role none. Opening a file is said in the book (`note_opening`); whoever cannot be told
apart from it reads on, but a whole identity number is shown only once that is written.
"""

from __future__ import annotations

import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Connection, bindparam, select

from app.book.histories import histories
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.people import Session
from app.desk.receipts import NoSuchRequest, original_values
from app.desk.requests import note_reading
from models import tables as t
from models.calendar import business_day
from models.entries import DocumentReceived, Entry, Override, RequestRegistered, RequestVoided
from models.folds import STEP_NAMES, fold_request
from models.lines import Recorded
from models.receipt import TEMPLATE, ReceiptValues
from models.records import Receipt, Request
from models.text import search_key


class NotForYou(Exception):
    """This person's role does not read that: `role` (no files at all), `unit` (not with their unit) or `act` (only a
    clerk or a supervisor does it)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the request's history. `approver` is the second person of a voiding; an entry that is not `taken`
    came out of order and changed nothing."""

    at: int
    who: str
    desk: str
    entry: Entry
    approver: str = ""
    taken: bool = True


class PaperOnFile(msgspec.Struct, frozen=True):
    """A document that the request needs; `at` is when it was received, None while it is lacking."""

    title: str
    at: int | None


class Forced(msgspec.Struct, frozen=True):
    """A refused value that was taken all the same: the field, why, and who approved it."""

    field: str
    reason: str
    approver: str


class Against(msgspec.Struct, frozen=True):
    """Something that the centre holds against an entry of the request or of its client (a reason of `models.flags`), or
    held: then `settled_at` is not None, and whoever looked at it left their name and a note. Times are µs UTC."""

    reason: str
    raised_at: int
    settled_at: int | None = None
    settled_by: str = ""
    note: str = ""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it stands `today`, with its history, the oldest first.

    `paper` is the latest receipt, None before the first; `values` are its values, or what the first one would say.
    `against` is what the centre holds against it, the oldest first.
    """

    request: Request
    happened: tuple[Happened, ...]
    papers: tuple[PaperOnFile, ...]
    forced: tuple[Forced, ...]
    client_flags: tuple[str, ...]
    against: tuple[Against, ...]
    values: ReceiptValues
    paper: Receipt | None
    today: datetime.date

    @property
    def template(self) -> int:
        return self.paper.template if self.paper else TEMPLATE

    @property
    def size(self) -> str:
        """The paper that the receipt was made for."""
        return self.paper.paper if self.paper else "a5"


class Numbers(msgspec.Struct, frozen=True):
    """Whole identity numbers of a request: the client's and the representative's, as said at the counter."""

    client: str
    representative: str


def check_reads_files(session: Session) -> None:
    """Raises `NotForYou` for whoever opens no citizen's file."""
    if not session.may("clerk", "unit_officer"):
        raise NotForYou("role")


def check_serves(session: Session) -> None:
    """Raises `NotForYou` for whoever may read but not print, void or register."""
    if not session.may("clerk"):
        raise NotForYou("act")


def open_file(desk: Desk, session: Session, code: str) -> File:
    """The request of this tracking code. Raises `NoSuchRequest`, `NotForYou` and `StoreError`."""
    check_reads_files(session)
    with desk.reading() as connection:
        history = _history(connection, code)
        request = fold_request(history)
        if request is None:
            raise NoSuchRequest(code)
        _check_unit(session, request.unit)
        overrides = [override for each in history for override in _overrides(each.entry)]
        approvers = {override.approved_by for override in overrides}
        approvers |= {each.entry.approved_by for each in history if isinstance(each.entry, RequestVoided)}
        names = _names(connection, {each.line.actor for each in history} | approvers)
        desks = _desks(connection)
        latest = request.receipts[-1] if request.receipts else None
        return File(
            request=request,
            happened=tuple(_happened(request, each, names, desks) for each in history),
            papers=_papers(request, history),
            forced=tuple(Forced(o.field, o.reason, names.get(o.approved_by, "")) for o in overrides),
            client_flags=_client_flags(connection, request.client),
            against=_against(connection, request),
            values=latest.values if latest else original_values(desk, connection, request),
            paper=latest,
            today=business_day(desk.clock()),
        )


def note_opening(desk: Desk, session: Session, code: str) -> None:
    """Says in the book that the file was opened. Raises `requests.CANNOT_BE_NOTED`; reading goes on then."""
    note_reading(desk, session.person.id, "file", (code,))


def full_numbers(desk: Desk, session: Session, code: str) -> Numbers:
    """The whole numbers, once the book says that they were shown.

    Raises `NoSuchRequest`, `NotForYou`, `ClockSetBack` and `StoreError`.
    """
    request = open_file(desk, session, code).request
    note_reading(desk, session.person.id, "file", (code,), full=True)
    stood = request.representative
    return Numbers(request.said.number, stood.national_number if stood else "")


# --- who may see what ------------------------------------------------------------------------------------------------


def is_theirs(session: Session, unit: str) -> bool:
    """Whether the unit is this person's."""
    return search_key(unit) == search_key(session.person.unit)


def _check_unit(session: Session, unit: str) -> None:
    if not session.may("clerk") and not is_theirs(session, unit):
        raise NotForYou("unit")


# --- one file --------------------------------------------------------------------------------------------------------

_r = t.request.c
_ID_OF_CODE = (
    select(_r.id)
    .where(_r.office == HOME_OFFICE, _r.tracking_code == bindparam("code"))
    .order_by(_r.registered_at)
    .limit(1)
)


def _history(connection: Connection, code: str) -> list[Recorded]:
    found = connection.execute(_ID_OF_CODE, {"code": code}).scalar_one_or_none()
    return histories(connection, HOME_OFFICE, [found]).get(found, []) if found else []


def _overrides(entry: Entry) -> tuple[Override, ...]:
    return entry.overrides if isinstance(entry, RequestRegistered) else ()


def _happened(request: Request, each: Recorded, names: dict[UUID, str], desks: dict[int, str]) -> Happened:
    line, entry = each.line, each.entry
    step = STEP_NAMES.get(type(entry))
    return Happened(
        at=line.at,
        who=names.get(line.actor, ""),
        desk=desks.get(line.desk, f"{line.desk:04}"),
        entry=entry,
        approver=names.get(entry.approved_by, "") if isinstance(entry, RequestVoided) else "",
        taken=step is None or any((s.at, s.kind, s.actor) == (line.at, step, line.actor) for s in request.history),
    )


def _papers(request: Request, history: list[Recorded]) -> tuple[PaperOnFile, ...]:
    came = {search_key(e.entry.document): e.line.at for e in history if isinstance(e.entry, DocumentReceived)}
    return tuple(
        PaperOnFile(d.title, came.get(search_key(d.title), request.registered_at) if d.received else None)
        for d in request.documents
    )


def _names(connection: Connection, people: set[UUID]) -> dict[UUID, str]:
    query = select(t.person.c.id, t.person.c.name).where(t.person.c.office == HOME_OFFICE, t.person.c.id.in_(people))
    return {row.id: row.name for row in connection.execute(query)}


def _desks(connection: Connection) -> dict[int, str]:
    query = select(t.desk.c.number, t.desk.c.name).where(t.desk.c.office == HOME_OFFICE)
    return {row.number: row.name for row in connection.execute(query)}


def _against(connection: Connection, request: Request) -> tuple[Against, ...]:
    rows = connection.execute(_AGAINST, {"about": (request.id, request.client)}).all()
    names = _names(connection, {row.settled_by for row in rows if row.settled_by is not None})
    return tuple(
        Against(row.reason, row.raised_at, row.settled_at, names.get(row.settled_by, ""), row.note or "")
        for row in rows
    )


_AGAINST = (
    select(t.flag)
    .where(t.flag.c.office == HOME_OFFICE, t.flag.c.about.in_(bindparam("about", expanding=True)))
    .order_by(t.flag.c.raised_at)
)


def _client_flags(connection: Connection, client: UUID) -> tuple[str, ...]:
    query = select(t.client.c.flags).where(t.client.c.office == HOME_OFFICE, t.client.c.id == client)
    return tuple((connection.execute(query).scalar_one_or_none() or "").split())
