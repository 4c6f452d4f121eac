"""Receipts: the values of a paper, an attempt to bring it out, and what became of it.

An attempt is `queued` until something confirms it: a file written, the printer's own word, or the clerk's. Only after
a confirmed original is the next paper a duplicate («المثنی») with its time; what did not come out leaves the next
attempt the original.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from app.book.append import Fact
from app.book.histories import histories
from app.desk.desk import HOME_OFFICE, Desk, Reference, Writing, emblem_here, reference
from app.desk.emblem import with_drawing
from app.vault.sent import drop_sent, find_sent
from models import tables as t
from models.entries import Document, FileOpened, ReceiptAttempted, ReceiptSettled, RequestRegistered
from models.folds import fold_request
from models.identity import masked_on_paper
from models.ids import new_id
from models.paper_body import PaperBody, pack, to_payload
from models.receipt import TEMPLATE, ReceiptValues
from models.records import Request

OUTCOMES = ("printed", "failed", "unknown")


class NoSuchRequest(Exception):
    """No request of this desk has the tracking code."""


class Voided(Exception):
    """The visit was voided: no paper of it comes out any more, not even a duplicate."""


class Unconfirmed(Exception):
    """Nobody knows whether the last paper came out; a person must say so (`settle`) before another one is made."""

    def __init__(self, request: UUID, attempt: UUID) -> None:
        super().__init__(str(attempt))
        self.request = request
        self.attempt = attempt


class Paper(msgspec.Struct, frozen=True):
    """An attempt: its id, its values, its paper's size and the template that draws it."""

    attempt: UUID
    values: ReceiptValues
    paper: str
    template: int

    @property
    def copy(self) -> int:
        """0 for the original, n for the n-th duplicate."""
        return self.values.copy


def request_by_code(connection: Connection, code: str) -> Request | None:
    """The request of this tracking code as the book tells it; the first one where two have it."""
    found = connection.execute(_BY_CODE.where(t.request.c.tracking_code == code)).scalars().first()
    return None if found is None else request_by_id(connection, found)


def request_by_id(connection: Connection, request: UUID) -> Request:
    """The request as the book tells it. Raises ValueError where there is none."""
    (found,) = requests_by_id(connection, [request])
    return found


def requests_by_id(connection: Connection, requests: Collection[UUID]) -> list[Request]:
    """The requests as the book tells them, in no order."""
    folded = (fold_request(history) for history in histories(connection, HOME_OFFICE, list(requests)).values())
    return [request for request in folded if request is not None]


_BY_CODE = select(t.request.c.id).where(t.request.c.office == HOME_OFFICE).order_by(t.request.c.registered_at)


def first_values(desk: Desk, known: Reference, entry: RequestRegistered, clerk: str, at: int) -> ReceiptValues:
    """The original's values for a visit that is being registered at `at` (µs UTC)."""
    office, said, stood = known.office, entry.said, entry.representative
    due_on = entry.due_on if entry.outcome == "follow_up" else None
    return ReceiptValues(
        kind=entry.outcome,
        office_name=office.name,
        office_caption=office.caption,
        emblem=office.emblem,
        desk=desk.number,
        desk_name=desk.name,
        clerk=clerk,
        registered_at=at,
        tracking_code=entry.tracking_code,
        client_name=said.display_name,
        father_name=said.father_name,
        number_kind=said.kind if said.number else "",
        number_masked=masked_on_paper(said.number) if said.number else "",
        representative=stood.display_name if stood else "",
        authority=stood.authority if stood else "",
        service=entry.service.title,
        service_id=entry.service.service_id,
        subject=entry.subject,
        steps=entry.service.steps if entry.outcome == "guided" else (),
        unit=entry.service.unit,
        officer=entry.service.officer,
        cost=entry.service.cost,
        received=_titles(entry.documents, received=True),
        lacking=_titles(entry.documents, received=False),
        bring_by=entry.bring_by,
        due_on=due_on,
        passcode=entry.passcode,
        phone=office.phone,
        hours=office.hours,
        address=office.address,
        web=office.tracking_url,
        complaint=office.complaint,
        legal_note=office.legal_note and entry.outcome == "follow_up",
        payload=signed_payload(desk, office.tracking_url, entry, at, 0),
    )


def _titles(documents: tuple[Document, ...], *, received: bool) -> tuple[str, ...]:
    return tuple(document.title for document in documents if document.received is received)


def signed_payload(desk: Desk, tracking_url: str, entry: RequestRegistered | Request, at: int, copy: int) -> str:
    """The QR's text: the paper's body signed by this desk's Ed25519 key."""
    due = entry.due_on if entry.outcome == "follow_up" else None
    body = PaperBody(entry.tracking_code, at // 60_000_000, due, entry.service.number, min(copy, 255))
    return to_payload(body, desk.signed(pack(body)), tracking_url or None)


def next_paper(writing: Writing, desk: Desk, request: Request, actor: UUID, paper: str, *, join: bool = False) -> Paper:
    """The next paper of a request: what is still to come, the original once more, or the next duplicate.

    Writes an attempt unless one is queued already; that one may go to any paper. One that may be in a printer is given
    back only to who wants to `join` it. Raises `Unconfirmed` and `Voided`.
    """
    if request.state == "voided":
        raise Voided(request.tracking_code)
    for receipt in request.receipts:
        sent = find_sent(writing.connection, receipt.id) if receipt.outcome == "queued" else None
        if sent is not None and join:
            return Paper(receipt.id, receipt.values, sent.paper, receipt.template)
        if sent is not None or receipt.outcome == "unknown":
            raise Unconfirmed(request.id, receipt.id)
    for receipt in request.receipts:
        if receipt.outcome == "queued":
            return Paper(receipt.id, receipt.values, paper, receipt.template)
    copy = max((r.copy + 1 for r in request.receipts if r.outcome == "printed"), default=0)
    original = original_values(desk, writing.connection, request)
    values = msgspec.structs.replace(
        original,
        emblem=emblem_here(writing.connection, original.emblem),  # another desk may have had its file
        copy=copy,
        printed_at=writing.at if copy else None,
        payload=signed_payload(
            desk, reference(writing.connection).office.tracking_url, request, request.registered_at, copy
        ),
    )
    attempt = Fact(new_id(), request.id, actor, ReceiptAttempted(values=values, template=TEMPLATE, paper=paper))
    writing.add(attempt)
    return Paper(attempt.id, values, paper, TEMPLATE)


def original_values(desk: Desk, connection: Connection, request: Request) -> ReceiptValues:
    """What the first paper said or would have said; a duplicate says the same."""
    if request.receipts:
        return request.receipts[0].values
    entry = RequestRegistered(
        client=request.client,
        said=request.said,
        representative=request.representative,
        tracking_code=request.tracking_code,
        service=request.service,
        subject=request.subject,
        documents=request.documents,
        outcome=request.outcome,
        due_on=request.due_on,
        bring_by=request.bring_by,
        passcode=request.passcode,
    )
    p = t.person.c
    query = select(p.name).where(p.office == HOME_OFFICE, p.id == request.registered_by)
    clerk = connection.execute(query).scalar_one()
    return first_values(desk, reference(connection), entry, clerk, request.registered_at)


def settle(
    desk: Desk,
    request: UUID,
    attempt: UUID,
    outcome: str,
    actor: UUID,
    reason: str = "",
    *,
    paper: str = "",
    unless_known: bool = False,
) -> tuple[str, str]:
    """Writes what became of an attempt: `printed`, `failed` or `unknown`; returns it as it now stands in the book.

    With `unless_known` an outcome that somebody else was sure of meanwhile stands.
    """
    if outcome not in OUTCOMES:
        raise ValueError(outcome)
    with desk.writing() as writing:
        drop_sent(writing.connection, attempt)
        if unless_known:
            receipts = request_by_id(writing.connection, request).receipts
            known = next(receipt for receipt in receipts if receipt.id == attempt)
            if known.outcome in ("printed", "failed") or known.outcome == outcome:
                return known.outcome, known.reason
        writing.say(actor, request, ReceiptSettled(attempt=attempt, outcome=outcome, reason=reason, paper=paper))
    return outcome, reason


def receipt_outcome(connection: Connection, attempt: UUID) -> str:
    """What is known of an attempt in this transaction."""
    query = select(t.receipt.c.outcome).where(t.receipt.c.office == HOME_OFFICE, t.receipt.c.id == attempt)
    outcome: str = connection.execute(query).scalar_one()
    return outcome


def begin_paper(
    desk: Desk, code: str, actor: UUID, paper: str = "a5", *, how: str = "window", join: bool = False
) -> tuple[Request, Paper]:
    """Durably notes that a paper of this request is to come out, and returns it. Raises `NoSuchRequest` and, like
    `next_paper`, `Unconfirmed` and `Voided`."""
    with desk.writing() as writing:
        request = request_by_code(writing.connection, code)
        if request is None:
            raise NoSuchRequest(code)
        if how == "command line":
            writing.say(actor, new_id(), FileOpened(what="receipt", codes=(code,)))
        return request, next_paper(writing, desk, request, actor, paper, join=join)


def write_receipt(desk: Desk, code: str, out: Path, *, actor: UUID, paper: str = "a5", how: str = "window") -> Paper:
    """Writes the receipt as a PDF file, which confirms it; the next one is a duplicate.

    Raises `NoSuchRequest`, `Unconfirmed`, `Voided`, `StoreError`, and `OSError` when the file cannot be written (the
    attempt stays queued, so nothing is lost and the next one is still this one).
    """
    from printing.receipt import render_receipt

    request, page = begin_paper(desk, code, actor, paper, how=how)
    _write_durably(out, render_receipt(with_drawing(desk, page.values), page.paper, page.template))
    with desk.writing() as writing:
        settled = ReceiptSettled(attempt=page.attempt, outcome="printed", reason="file", paper=page.paper)
        writing.say(actor, request.id, settled)
    return page


def _write_durably(out: Path, content: bytes) -> None:
    """The whole file or none of it, on the disk when this returns. A pipe or a device is written to, never replaced."""
    if out.exists() and not out.is_file():
        out.write_bytes(content)
        return
    out = out.resolve()
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError:
        part.unlink(missing_ok=True)
        raise
