"""Folds: from all entries of one subject, in the agreed order, to its record. Pure; the whole truth about a row.

A fold never refuses a fact: what does not fit (a step out of order, a correction of nobody) changes nothing and
leaves a flag. Entries of a kind this program does not know are not passed in; they wait in the book.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from models import entries as e
from models.lines import Line, Recorded
from models.records import (
    OPEN_STATES,
    Answer,
    Client,
    Desk,
    Flag,
    Holiday,
    Office,
    Person,
    Receipt,
    Record,
    Request,
    Service,
    Step,
)
from models.text import search_key

R = TypeVar("R", bound=Record)
_with = msgspec.structs.replace
History = Sequence[Recorded]


def _flagged(record: R, flag: str) -> R:
    return record if flag in record.flags else _with(record, flags=(*record.flags, flag))


# --- clients ---------------------------------------------------------------------------------------------------------


def is_same_person(known: e.ClientDetails, said: e.ClientDetails) -> bool:
    """Number, folded name and birth date agree; a birth date that one side lacks does not disagree."""
    dates_agree = known.birth_date is None or said.birth_date is None or known.birth_date == said.birth_date
    return (
        known.kind == said.kind
        and known.number == said.number
        and search_key(known.display_name) == search_key(said.display_name)
        and dates_agree
    )


def fold_client(history: History) -> Client | None:
    client: Client | None = None
    for line, entry in _steps(history):
        match entry:
            case e.ClientRegistered() if client is None:
                client = Client(
                    id=line.subject,
                    office=line.office,
                    details=entry.details,
                    registered_at=line.at,
                    desk=line.desk,
                    same_number_as=entry.same_number_as,
                    flags=_client_flags(entry),
                )
            case e.ClientRegistered() if client is not None:
                if not is_same_person(client.details, entry.details):
                    client = _flagged(client, "same_number")
            case e.ClientCorrected() if client is not None:
                client = _with(client, details=entry.details)
            case e.ClientMerged() if client is not None:
                client = _with(client, merged_into=entry.into)
            case e.ClientParted() if client is not None:
                client = _with(client, merged_into=None)
    return client


def _client_flags(entry: e.ClientRegistered) -> tuple[str, ...]:
    same_number = ("same_number",) if entry.same_number_as else ()
    return same_number + (("override",) if entry.overrides else ())


# --- requests --------------------------------------------------------------------------------------------------------


def fold_request(history: History) -> Request | None:
    request: Request | None = None
    for line, entry in _steps(history):
        if isinstance(entry, e.RequestRegistered):
            if request is None:
                request = _registered(line, entry)
        elif request is not None:
            request = _receipt_step(request, line, entry) or _life_step(request, line, entry)
    return request


def _registered(line: Line, entry: e.RequestRegistered) -> Request:
    lacking = any(not document.received for document in entry.documents)
    follow_up = "lacking" if lacking else "open"
    return Request(
        id=line.subject,
        office=line.office,
        flags=("override",) if entry.overrides else (),
        client=entry.client,
        client_is_new=entry.client_is_new,
        said=entry.said,
        representative=entry.representative,
        tracking_code=entry.tracking_code,
        desk=line.desk,
        registered_at=line.at,
        business_day=line.business_day,
        registered_by=line.actor,
        service=entry.service,
        subject=entry.subject,
        note=entry.note,
        documents=entry.documents,
        outcome=entry.outcome,
        promised=entry.due_on,
        due_on=entry.due_on,
        bring_by=entry.bring_by,
        passcode=entry.passcode,
        continues=entry.continues,
        key=entry.key,
        key_digest=entry.key_digest,
        warnings=entry.warnings,
        overrides=entry.overrides,
        state=follow_up if entry.outcome == "follow_up" else entry.outcome,
        state_at=line.at,
        unit=entry.service.unit,
        officer=entry.service.officer,
        history=(_step(line, "register", entry.subject),),
    )


def _receipt_step(request: Request, line: Line, entry: e.Entry) -> Request | None:
    match entry:
        case e.ReceiptAttempted():
            receipt = Receipt(
                id=line.entry,
                request=request.id,
                copy=entry.values.copy,
                at=line.at,
                paper=entry.paper,
                template=entry.template,
                values=entry.values,
            )
            return _with(request, receipts=(*request.receipts, receipt))
        case e.ReceiptSettled():
            return _with(
                request,
                receipts=tuple(
                    _with(
                        r,
                        outcome=entry.outcome,
                        settled_at=line.at,
                        reason=entry.reason,
                        paper=entry.paper or r.paper,
                    )
                    if r.id == entry.attempt
                    else r
                    for r in request.receipts
                ),
            )
        case e.ReceiptDeclined():
            return _with(request, receipt_declined=entry.reason)
    return None


_ALLOWED: Mapping[type[e.Entry], frozenset[str]] = {
    e.DocumentReceived: OPEN_STATES,
    e.RequestReferred: OPEN_STATES,
    e.RequestAnswered: OPEN_STATES,
    e.RequestExtended: OPEN_STATES,
    e.RequestDelivered: frozenset({"answered"}),
    e.RequestWithdrawn: OPEN_STATES | {"answered"},
    e.RequestVoided: OPEN_STATES | {"answered", "guided", "done"},
    e.RequestReassigned: OPEN_STATES | {"answered", "guided", "done"},
}

STEP_NAMES: Mapping[type[e.Entry], str] = {
    e.DocumentReceived: "receive-document",
    e.RequestReferred: "refer",
    e.RequestAnswered: "answer",
    e.RequestExtended: "extend",
    e.RequestDelivered: "deliver",
    e.RequestWithdrawn: "withdraw",
    e.RequestVoided: "void",
    e.RequestReassigned: "reassign",
}
"""What a step is called wherever it is named."""


def is_allowed(state: str, step: type[e.Entry]) -> bool:
    """The order of a request's life: papers, referral and answer while open; deliver once answered; withdraw while
    open or answered; void until delivered, a guided or done visit too; nothing after an end."""
    return state in _ALLOWED[step]


def _life_step(request: Request, line: Line, entry: e.Entry) -> Request:
    if type(entry) not in _ALLOWED:
        return request
    if not is_allowed(request.state, type(entry)):
        return _flagged(request, "illegal_step")
    changed, text = _stepped(request, line, entry)
    return _with(changed, history=(*request.history, _step(line, STEP_NAMES[type(entry)], text, changed.unit)))


def _stepped(request: Request, line: Line, entry: e.Entry) -> tuple[Request, str]:
    match entry:
        case e.DocumentReceived(document=title):
            return _with_document(request, line, title), title
        case e.RequestReferred():
            changed = _with(request, state="referred", state_at=line.at, unit=entry.unit, officer=entry.officer)
            return changed, entry.note or entry.unit
        case e.RequestAnswered():
            answer = Answer(at=line.at, decision=entry.decision, text=entry.text, basis=entry.basis)
            return _with(request, state="answered", state_at=line.at, answer=answer), entry.text
        case e.RequestDelivered():
            return _with(request, state="delivered", state_at=line.at), entry.to
        case e.RequestExtended():
            return _with(request, due_on=entry.due), entry.reason
        case e.RequestWithdrawn():
            return _with(request, state="withdrawn", state_at=line.at), entry.reason
        case e.RequestVoided():
            return _with(request, state="voided", state_at=line.at), entry.reason
        case e.RequestReassigned():
            return _with(request, client=entry.client, said=entry.said), entry.reason
    raise AssertionError(entry)


def _with_document(request: Request, line: Line, title: str) -> Request:
    key = search_key(title)
    if any(search_key(document.title) == key for document in request.documents):
        documents = tuple(
            _with(document, received=True) if search_key(document.title) == key else document
            for document in request.documents
        )
    else:
        documents = (*request.documents, e.Document(title=title, received=True))
    complete = all(document.received for document in documents)
    if request.state == "lacking" and complete:
        return _with(request, documents=documents, state="open", state_at=line.at)
    return _with(request, documents=documents)


def _step(line: Line, kind: str, text: str = "", unit: str = "") -> Step:
    return Step(entry=line.entry, at=line.at, actor=line.actor, desk=line.desk, kind=kind, text=text, unit=unit)


# --- people and reference data: the last entry holds ----------------------------------------------------------------


def fold_person(history: History) -> Person | None:
    person: Person | None = None
    for line, entry in _settled(history):
        if isinstance(entry, e.PersonAdmitted | e.PersonChanged):
            person = Person(
                id=line.subject,
                office=line.office,
                name=entry.name,
                roles=entry.roles,
                unit=entry.unit,
                verifier=entry.verifier,
                retired=isinstance(entry, e.PersonChanged) and entry.retired,
            )
    return person


def _latest(history: History, kind: type[e.Entry]) -> tuple[Line, Any] | None:
    return next(((line, entry) for line, entry in reversed(_settled(history)) if isinstance(entry, kind)), None)


def fold_service(history: History) -> Service | None:
    if (last := _latest(history, e.ServicePublished)) is None:
        return None
    line, entry = last
    return Service(
        id=line.subject,
        office=line.office,
        offered=entry.offered,
        documents=entry.documents,
        sample=entry.sample,
        withdrawn=entry.withdrawn,
    )


def fold_office(history: History) -> Office | None:
    last = _latest(history, e.OfficeSet)
    return last and Office(id=last[0].subject, office=last[0].office, settings=last[1])


def fold_desk(history: History) -> Desk | None:
    last = _latest(history, e.DeskOpened)
    return last and Desk(id=last[0].subject, office=last[0].office, opened=last[1])


def fold_holiday(history: History) -> Holiday | None:
    last = _latest(history, e.HolidaySet)
    return last and Holiday(id=last[0].subject, office=last[0].office, holiday=last[1])


def fold_flag(history: History) -> Flag | None:
    flag: Flag | None = None
    for line, entry in _steps(history):
        if line.desk != 0:
            continue  # flags are the centre's word alone
        if isinstance(entry, e.FlagRaised):
            flag = Flag(
                id=line.subject,
                office=line.office,
                reason=entry.reason,
                about=entry.about,
                desk=entry.desk,
                code=entry.code,
                raised_at=line.at,
            )
        elif isinstance(entry, e.FlagSettled) and flag is not None:
            flag = _with(flag, settled_at=line.at, settled_by=line.actor, note=entry.note)
    return flag


def _settled(history: History) -> list[tuple[Line, e.Entry]]:
    """Of people and reference data the centre's word holds over any desk's, whichever came first."""
    steps = _steps(history)
    return [(line, entry) for line, entry in steps if line.desk == 0] or steps


def _steps(history: History) -> list[tuple[Line, e.Entry]]:
    return [(recorded.line, recorded.entry) for recorded in history]


FOLDS: Mapping[str, Callable[[History], Record | None]] = {
    "client": fold_client,
    "request": fold_request,
    "receipt": fold_request,
    "person": fold_person,
    "service": fold_service,
    "office": fold_office,
    "desk": fold_desk,
    "holiday": fold_holiday,
    "flag": fold_flag,
}
"""The part of a kind before its dot → the fold of that subject; other kinds have no record."""
