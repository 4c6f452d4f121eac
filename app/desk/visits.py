"""Registering a visit: one transaction from the person at the counter to the values of the receipt."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterator
from uuid import UUID

import msgspec
from sqlalchemy import Connection, bindparam, select

from app.book.append import ClockSetBack, EntryTooLong, Fact
from app.book.histories import histories
from app.desk.clients import Known, New, Question, Unknown, who_is
from app.desk.desk import HOME_OFFICE, Desk, Reference, Writing, reference
from app.desk.people import Session
from app.desk.printers import kept_printers
from app.desk.promises import Asked, Promise, agreed
from app.desk.receipts import first_values, request_by_code
from app.desk.sentences import Problem, problem
from app.desk.services import find_service
from app.desk.visit_form import NUMBERS, VisitForm, read_visit
from app.vault.drafts import drop_draft
from models import tables as t
from models.calendar import business_day
from models.codes import make_tracking_code
from models.entries import (
    ClientCorrected,
    ClientDetails,
    ClientRegistered,
    Document,
    Override,
    ReceiptAttempted,
    ReceiptDeclined,
    RequestRegistered,
    Warned,
)
from models.folds import fold_request
from models.ids import new_id
from models.receipt import TEMPLATE
from models.records import Person, Request, Service
from models.text import ascii_digits, search_key


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that is in the book for good. `receipt` is the attempt that is to come out, None if none is."""

    tracking_code: str
    request: UUID
    client: UUID
    client_is_new: bool
    registered_at: int
    due_on: datetime.date | None
    warnings: tuple[Problem, ...] = ()
    receipt: UUID | None = None
    replayed: bool = False


class Refused(msgspec.Struct, frozen=True):
    """Nothing was written; every problem names its field and says what to do."""

    errors: tuple[Problem, ...]


class _Stop(Exception):
    """Leaves the transaction without a trace, with what is wrong."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def register(
    desk: Desk,
    session: Session,
    visit: object,
    *,
    approver: Person | None = None,
    draft: UUID | None = None,
) -> Registered | Refused:
    """Registers a visit (the mapping that the command line's `register` takes); durable when this returns.

    `approver` is the second person for an override; `draft` the id made at the form's first keystroke: it becomes the
    request's id, so that a second try of the same form is a replay, and its draft is removed in the same transaction.
    Raises `StoreError`; nothing is written then, and the same call may be made again.
    """
    if not session.may("clerk"):
        return Refused((problem("as", "not_allowed"),))
    form = read_visit(visit)
    if not isinstance(form, VisitForm):
        return Refused(form)
    if form.overrides and approver is None:
        wrong = tuple(problem(field, "bad_check_digit") for field, _reason in form.overrides)
        return Refused((*wrong, problem("override", "not_allowed")))
    try:
        with desk.writing() as writing:
            return _replayed(writing, form, draft) or _register(desk, writing, session, form, approver, draft)
    except _Stop as stop:
        return Refused(stop.problems)
    except ClockSetBack:
        return Refused((problem("", "clock"),))
    except EntryTooLong:
        return Refused((problem("", "too_long"),))


def _replayed(writing: Writing, form: VisitForm, draft: UUID | None) -> Registered | None:
    """The answer given before, where this form or its key is in the book already."""
    column = t.request.c
    if draft is not None:
        known = column.id == draft
    elif form.key:
        known = column.key == form.key
    else:
        return None
    found = writing.connection.execute(select(column.id).where(column.office == HOME_OFFICE, known)).scalars().first()
    if found is None:
        return None
    request = fold_request(histories(writing.connection, HOME_OFFICE, [found])[found])
    if request is None:
        return None
    if form.key and request.key_digest != form.key_digest:
        raise _Stop(problem("key", "key_reused"))
    return _answer(request, replayed=True)


def _register(
    desk: Desk, writing: Writing, session: Session, form: VisitForm, approver: Person | None, draft: UUID | None
) -> Registered:
    connection, actor = writing.connection, session.person.id
    service = find_service(connection, form.service)
    client, problems = _client(connection, form)
    if service is None:
        problems = (*problems, problem("service", "unknown_service"))
    continued = _continued(connection, form.continues)
    if service is None or client is None or problems or isinstance(continued, Problem):
        raise _Stop(*problems, *((continued,) if isinstance(continued, Problem) else ()))
    known = reference(connection)
    documents = _documents(form, service)
    promise, doubts = _promise(known, writing.at, form, service, documents)
    entry = RequestRegistered(
        client=client.id,
        client_is_new=isinstance(client, New),
        said=client.details,
        representative=form.representative,
        tracking_code=_fresh_code(connection, desk.number),
        service=service.offered,
        subject=form.subject,
        note=form.note,
        documents=documents,
        outcome=form.outcome,
        due_on=promise.due_on if promise else None,
        bring_by=promise.bring_by if promise else None,
        passcode=_passcode(form, client.details),
        continues=form.continues,
        key=form.key,
        key_digest=form.key_digest,
        warnings=(*form.warnings, *doubts),
        overrides=_overrides(form, approver),
    )
    request_id = draft or new_id()
    facts = [*_client_facts(client, actor, entry.overrides), Fact(new_id(), request_id, actor, entry)]
    paper = kept_printers(writing.connection).paper
    facts += _receipt_facts(desk, paper, known, form, entry, session, request_id, writing.at)
    request = next(record for record in writing.add(*facts) if isinstance(record, Request))
    if draft is not None:
        drop_draft(connection, draft)
    return _answer(request)


def _client(connection: Connection, form: VisitForm) -> tuple[Known | New | None, tuple[Problem, ...]]:
    said = form.client.details
    found = who_is(connection, form.client.id, said, form.client.given, form.another_person)
    match found:
        case Unknown():
            return None, (problem("client.id", "not_found"),)
        case Known():
            return found, ()
    missing = tuple(problem(f"client.{name}", "required") for name in _missing(said))
    if missing:
        return None, missing
    if isinstance(found, Question):
        return None, (problem("client", "needs_confirmation", candidates=found.candidates),)
    return found, ()


def _missing(said: ClientDetails) -> Iterator[str]:
    """What a new client cannot be registered without."""
    if said.kind in NUMBERS and not said.number:
        yield NUMBERS[said.kind][0]
    if said.kind == "organisation":
        if not search_key(said.name):
            yield "name"
    elif said.kind == "unidentified":
        if not search_key(said.display_name):
            yield "family_name"
    else:
        yield from (name for name in ("given_name", "family_name") if not search_key(getattr(said, name)))


def _continued(connection: Connection, code: str) -> Request | Problem | None:
    if not code:
        return None
    request = request_by_code(connection, code)
    if request is None:
        return problem("continues", "not_found")
    return request if request.outcome == "guided" else problem("continues", "not_allowed")


def _documents(form: VisitForm, service: Service) -> tuple[Document, ...]:
    """The service's papers, received or lacking, and whatever else was handed in. Nothing lacks but for a follow-up."""
    received = {search_key(title): title for title in form.received}
    wanted = {search_key(title): title for title in service.documents}
    listed = [Document(title=title, received=key in received) for key, title in wanted.items()]
    if form.outcome != "follow_up":
        listed = [document for document in listed if document.received]
    return (*listed, *(Document(title=title, received=True) for key, title in received.items() if key not in wanted))


def _promise(
    known: Reference, at: int, form: VisitForm, service: Service, documents: tuple[Document, ...]
) -> tuple[Promise | None, tuple[Warned, ...]]:
    """Only for a follow-up is anything promised."""
    if form.outcome != "follow_up":
        return None, ()
    lacking = any(not document.received for document in documents)
    settled = agreed(known, service, business_day(at), Asked(form.due_on, form.bring_by), lacking=lacking)
    if isinstance(settled, Problem):
        raise _Stop(settled)
    return settled


def _fresh_code(connection: Connection, desk: int) -> str:
    """A tracking code that this book has not used yet; the draw is the operating system's."""
    while True:
        code = make_tracking_code(desk, secrets.randbelow(10_000_000))
        if connection.execute(_USED, {"code": code}).first() is None:
            return code


_USED = select(t.request.c.id).where(t.request.c.office == HOME_OFFICE, t.request.c.tracking_code == bindparam("code"))


def _passcode(form: VisitForm, details: ClientDetails) -> str:
    """A random look-up code for who has neither a document number with four digits nor a mobile, else empty."""
    stood = form.representative.national_number if form.representative else ""
    own = "" if details.kind == "organisation" else details.number
    digits = "".join(c for c in ascii_digits(stood or own) if c.isdecimal())
    return "" if len(digits) >= 4 or details.mobile else f"{secrets.randbelow(10_000):04}"


def _overrides(form: VisitForm, approver: Person | None) -> tuple[Override, ...]:
    if approver is None:
        return ()
    return tuple(Override(field=field, reason=reason, approved_by=approver.id) for field, reason in form.overrides)


def _client_facts(client: Known | New, actor: UUID, overrides: tuple[Override, ...]) -> list[Fact]:
    own = tuple(override for override in overrides if override.field.startswith("client."))
    match client:
        case New(id=id_, details=details, same_number_as=other):
            entry = ClientRegistered(details=details, same_number_as=other, overrides=own)
            return [Fact(new_id(), id_, actor, entry)]
        case Known(id=id_, details=details, corrected=True):
            return [Fact(new_id(), id_, actor, ClientCorrected(details=details, overrides=own))]
    return []


def _receipt_facts(
    desk: Desk,
    paper: str,
    known: Reference,
    form: VisitForm,
    entry: RequestRegistered,
    session: Session,
    request: UUID,
    at: int,
) -> list[Fact]:
    """The client's paper: to come out, declined with a reason, or (for a guided visit) only when asked for."""
    actor = session.person.id
    if form.declined is not None:
        return [Fact(new_id(), request, actor, ReceiptDeclined(reason=form.declined))]
    if form.outcome == "guided":
        return []
    values = first_values(desk, known, entry, session.person.name, at)
    return [Fact(new_id(), request, actor, ReceiptAttempted(values=values, template=TEMPLATE, paper=paper))]


def _answer(request: Request, *, replayed: bool = False) -> Registered:
    return Registered(
        tracking_code=request.tracking_code,
        request=request.id,
        client=request.client,
        client_is_new=request.client_is_new,
        registered_at=request.registered_at,
        due_on=request.promised,
        warnings=tuple(problem(warned.field, warned.code) for warned in request.warnings),
        receipt=request.receipts[0].id if request.receipts else None,
        replayed=replayed,
    )
