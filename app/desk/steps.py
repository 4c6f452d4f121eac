"""What happens to a request after it was registered. Every step checks rights, order and input before it is written."""

from __future__ import annotations

from app.desk.desk import Desk, Writing
from app.desk.people import Session, may_approve
from app.desk.receipts import NoSuchRequest, request_by_code, request_by_id
from app.desk.sentences import Problem, problem
from app.desk.visit_form import SUBJECT
from app.vault.sent import find_sent
from models.entries import Entry, ReceiptDeclined, ReceiptSettled, RequestVoided
from models.folds import is_allowed
from models.records import Person, Request
from models.text import fold, has_forbidden, search_key

VOIDED, DECLINED = "voided", "declined"
"""Why a paper that had not left the desk never will."""


class StepRefused(Exception):
    """Nothing was written; the `problem` names its field (`as`, `approve`, `reason`, `state`) and says what to do."""

    def __init__(self, refused: Problem) -> None:
        super().__init__(refused.field, refused.code)
        self.problem = refused


def void(desk: Desk, session: Session, code: str, reason: str, approver: Person) -> Request:
    """The visit was registered by mistake: it is voided, by two people, until its answer has been delivered.

    A paper of it that has not left the desk will not come out any more. Raises `StepRefused`, `NoSuchRequest`,
    `ClockSetBack` and `StoreError`.
    """
    if not session.may("clerk"):
        raise StepRefused(problem("as", "not_allowed"))
    if not may_approve(session, approver):
        raise StepRefused(problem("approve", "not_allowed"))
    entry = RequestVoided(reason=_reason(reason), approved_by=approver.id)
    with desk.writing() as writing:
        request = _request(writing, code)
        _check_order(request, RequestVoided)
        writing.say(session.person.id, request.id, entry)
        _hold_papers(writing, request, session, VOIDED)
        return request_by_id(writing.connection, request.id)


def decline_receipt(desk: Desk, session: Session, code: str, reason: str) -> Request:
    """The client takes no paper: that is written with the reason, and none comes out any more by itself.

    Refused once a paper is out. Raises like `void`.
    """
    if not session.may("clerk"):
        raise StepRefused(problem("as", "not_allowed"))
    entry = ReceiptDeclined(reason=_reason(reason))
    with desk.writing() as writing:
        request = _request(writing, code)
        if request.copies or request.state == "voided":
            raise StepRefused(problem("state", "not_allowed"))
        writing.say(session.person.id, request.id, entry)
        _hold_papers(writing, request, session, DECLINED)
        return request_by_id(writing.connection, request.id)


def _request(writing: Writing, code: str) -> Request:
    found = request_by_code(writing.connection, code)
    if found is None:
        raise NoSuchRequest(code)
    return found


def _check_order(request: Request, step: type[Entry]) -> None:
    if not is_allowed(request.state, step):
        raise StepRefused(problem("state", "not_allowed"))


def _hold_papers(writing: Writing, request: Request, session: Session, why: str) -> None:
    """Papers that have not left the desk stay here; one that is at a printer is asked back by whoever follows it."""
    for receipt in request.receipts:
        if receipt.outcome == "queued" and find_sent(writing.connection, receipt.id) is None:
            settled = ReceiptSettled(attempt=receipt.id, outcome="failed", reason=why)
            writing.say(session.person.id, request.id, settled)


def _reason(text: str) -> str:
    if has_forbidden(text):
        raise StepRefused(problem("reason", "bad_format"))
    reason = fold(text)
    if not search_key(reason):
        raise StepRefused(problem("reason", "required"))
    if len(reason) > SUBJECT:
        raise StepRefused(problem("reason", "too_long", limit=SUBJECT))
    return reason
