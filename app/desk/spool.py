"""The spool: a receipt goes to a printer, is followed until it is known what became of it, and that is written down.

What lies in the spool is in the book (attempts without an outcome) and in the vault (which of them may have left). The
decisions are `paper_course`'s; here they are carried out, from any thread, one call for one paper.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select

from app.desk import paper_course as course
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.emblem import with_drawing
from app.desk.paper_course import Course, Event, GivenUp, HandedOver, Missing, NothingLeft, Said, Silent
from app.desk.printers import printer_of
from app.desk.receipts import Paper, begin_paper, receipt_outcome, request_by_id, requests_by_id, settle
from app.vault.sent import Sent, all_sent, drop_sent, find_sent, note_job, note_sent
from models import tables as t
from models.records import Receipt, Request
from printing.printers import Job, Lost, NotSent, Queue, Report, Unreachable
from printing.printers.reports import FAILED, PRINTED, QUEUED, UNKNOWN
from printing.receipt import render_receipt

WITHDRAW_SECONDS = 10.0
"""So long a printer has to confirm that a paper which was asked back will not come out."""
JOINING_SECONDS = 5.0
"""So long another program that noted the paper as leaving has to learn the printer's name for it."""

_FIRST_PAUSE, _LONGEST_PAUSE, _LONGEST_REST = 0.05, 1.0, 5.0


Told = Callable[[Report], None]
Wait = float | None


def _nobody(report: Report) -> None:
    pass


class Hand:
    """What may be said from another thread while a paper is on its way."""

    def __init__(self) -> None:
        self._said = threading.Event()
        self.leaves = False
        self.gives_up = False

    def give_up(self) -> None:
        """The paper is asked back: it goes to another printer, or nowhere."""
        self.gives_up = True
        self._said.set()

    def leave(self) -> None:
        """The program ends: the paper stays as it is, and `follow` goes on with it next time."""
        self.leaves = True
        self._said.set()

    def pause(self, seconds: float) -> None:
        """Waits so long, or until something is said."""
        self._said.wait(seconds)
        self._said.clear()


class Came(msgspec.Struct, frozen=True):
    """What became of a paper. `outcome` is `printed`, `failed` or `unknown`; `queued` while it is still on its way,
    because the program left it."""

    copy: int
    outcome: str
    reason: str


class Waiting(msgspec.Struct, frozen=True):
    """A paper that is not known to have come out.

    `outcome`: `queued` (with `queue` it is on its way there, without it has not left), `unknown` (the clerk is to say
    whether it came out), or `failed` (the last try at a client's first paper).
    """

    attempt: UUID
    request: UUID
    tracking_code: str
    client_name: str
    copy: int
    paper: str
    at: int
    outcome: str
    reason: str
    queue: str

    @property
    def is_unconfirmed(self) -> bool:
        """Whether it may have come out, so that no other is made before somebody knows."""
        return self.outcome == UNKNOWN or bool(self.queue)


def waiting(desk: Desk, code: str | None = None, limit: int = 200) -> list[Waiting]:
    """The latest papers that have not come out yet, oldest first; with `code` those of that request alone.

    Raises `StoreError`.
    """
    r, q = t.receipt.c, t.request.c
    is_owed = (r.outcome != PRINTED) & (r.outcome.in_((QUEUED, UNKNOWN)) | (q.receipt == FAILED))
    same = (q.office == r.office) & (q.id == r.request)
    query = select(r.request).join(t.request, same).where(r.office == HOME_OFFICE, is_owed)
    if code is not None:
        query = query.where(q.tracking_code == code)
    with desk.reading() as connection:
        ids = set(connection.execute(query.order_by(r.at.desc()).limit(limit)).scalars())
        found = requests_by_id(connection, ids)
        sent = all_sent(connection)
    papers = [
        _waiting(request, receipt, sent)
        for request in found
        for receipt in request.receipts
        if _owed(request, receipt, sent)
    ]
    return sorted(papers, key=lambda paper: paper.at)


def _owed(request: Request, receipt: Receipt, sent: Collection[UUID]) -> bool:
    if request.state == "voided":
        return receipt.outcome == QUEUED and receipt.id in sent  # it is asked back where it went
    if receipt.outcome in (QUEUED, UNKNOWN):
        return True
    is_last = receipt == request.receipts[-1]
    return receipt.outcome == FAILED and is_last and request.receipt_outcome == FAILED


def _waiting(request: Request, receipt: Receipt, sent: dict[UUID, Sent]) -> Waiting:
    return Waiting(
        attempt=receipt.id,
        request=request.id,
        tracking_code=request.tracking_code,
        client_name=request.said.display_name,
        copy=receipt.copy,
        paper=receipt.paper,
        at=receipt.at,
        outcome=receipt.outcome,
        reason=receipt.reason,
        queue=sent[receipt.id].queue if receipt.id in sent else "",
    )


def print_receipt(
    desk: Desk,
    code: str,
    queue: Queue,
    *,
    actor: UUID,
    paper: str,
    how: str = "window",
    told: Told = _nobody,
    hand: Hand | None = None,
    patience: Wait = None,
) -> Came:
    """Brings the next paper of this request out of the printer, and returns what became of it.

    A paper of it that is on its way already is followed, and none is sent beside it. `told` hears every change, in
    this thread; `hand` may end the wait; after `patience` seconds without a change the paper is asked back. Raises
    `NoSuchRequest`, `Unconfirmed` (somebody must first say whether the last one came out), `Voided`, `PrinterError`
    and `StoreError`.
    """
    printer_of(queue)  # an impossible address must not leave an attempt behind
    request, page = begin_paper(desk, code, actor, paper, how=how, join=True)
    return _Journey(desk, request.id, page, queue, actor, told, hand, patience).go()


def follow(
    desk: Desk, attempt: UUID, *, actor: UUID, told: Told = _nobody, hand: Hand | None = None, patience: Wait = None
) -> Came | None:
    """Goes on with a paper that had left when the program ended: asks the printer, sends nothing. None where nothing
    of it is on its way. Raises like `print_receipt`."""
    with desk.reading() as connection:
        sent = find_sent(connection, attempt)
        if sent is None:
            return None
        request = request_by_id(connection, sent.request)
    receipt = next(receipt for receipt in request.receipts if receipt.id == attempt)
    page, queue = Paper(attempt, receipt.values, sent.paper, receipt.template), Queue(sent.queue, sent.uri)
    return _Journey(desk, request.id, page, queue, actor, told, hand, patience).go()


def say_whether_it_came_out(desk: Desk, request: UUID, attempt: UUID, came_out: bool, actor: UUID) -> None:
    """The clerk's word on a paper of which nobody else knows. Raises `StoreError`."""
    settle(desk, request, attempt, "printed" if came_out else "failed", actor, "clerk")


_STATE = select(t.request.c.state).where(t.request.c.office == HOME_OFFICE, t.request.c.id == bindparam("request"))


class _Journey:
    """One paper on its way to one printer: carries out what its course says, until it is settled or left."""

    def __init__(
        self,
        desk: Desk,
        request: UUID,
        page: Paper,
        queue: Queue,
        actor: UUID,
        told: Told,
        hand: Hand | None,
        wait: Wait,
    ) -> None:
        self._desk, self._request, self._page, self._actor = desk, request, page, actor
        self._queue, self._printer = queue, printer_of(queue)
        self._told, self._hand, self._patience = told, hand or Hand(), wait
        self._title = f"miz-{page.attempt.hex[-12:]}"  # nothing of the client; enough to know it among a printer's jobs
        self._course = Course()
        self._job: Job | None = None
        self._why_lost = "forgotten"
        self._asked_back = self._is_joined = False
        self._began = self._changed = time.monotonic()

    def go(self) -> Came:
        self._told(self._course.shown)
        self._join()
        pause = _FIRST_PAUSE
        while self._course.stage != course.SETTLED:
            if self._hand.leaves:
                return Came(self._page.copy, QUEUED, self._course.shown.reason)
            before = self._course
            self._act()
            longest = _LONGEST_REST if self._course.stage == course.WAITING else _LONGEST_PAUSE
            pause = _FIRST_PAUSE if self._course != before else min(pause * 1.5, longest)
            if self._course.stage != course.SETTLED:
                self._hand.pause(pause)
        outcome, reason = settle(
            self._desk,
            self._request,
            self._page.attempt,
            self._course.shown.state,
            self._actor,
            self._course.shown.reason,
            paper=self._page.paper,
            unless_known=True,
        )
        return Came(self._page.copy, outcome, reason)

    def _act(self) -> None:
        if self._course.stage != course.WITHDRAWING and self._is_voided():
            self._hand.gives_up = True
        if self._course.stage == course.WAITING:
            self._happens(GivenUp()) if self._waits_no_longer(self._patience) else self._hand_over()
            return
        self._look()
        if self._course.stage == course.FOLLOWING and self._waits_no_longer(self._patience):
            self._happens(GivenUp())
            self._changed = time.monotonic()
        elif self._course.stage == course.WITHDRAWING and time.monotonic() - self._changed > WITHDRAW_SECONDS:
            self._happens(GivenUp())

    def _is_voided(self) -> bool:
        """Whether two people have voided the visit meanwhile: its paper must not come out any more."""
        with self._desk.reading() as connection:
            state = connection.execute(_STATE, {"request": self._request}).scalar_one_or_none()
        return bool(state == "voided")

    def _waits_no_longer(self, patience: float | None) -> bool:
        return self._hand.gives_up or (patience is not None and time.monotonic() - self._changed > patience)

    def _happens(self, event: Event) -> None:
        before, self._course = self._course, course.after(self._course, event)
        if self._course.shown != before.shown:
            self._changed = time.monotonic()
            self._told(self._course.shown)

    def _join(self) -> bool:
        """Takes up a paper that is noted as leaving already, where it went."""
        with self._desk.reading() as connection:
            sent = find_sent(connection, self._page.attempt)
        if sent is None:
            return False
        if sent.uri != self._queue.uri:
            self._queue = Queue(sent.queue, sent.uri)
            self._printer = printer_of(self._queue)
        self._job = Job(sent.job, self._title) if sent.job else None
        self._is_joined = True
        self._happens(HandedOver())
        return True

    def _hand_over(self) -> None:
        page, writing = self._page, self._desk.store.writing
        pdf = render_receipt(with_drawing(self._desk, page.values), page.paper, page.template)
        sent = Sent(page.attempt, self._request, self._queue.name, self._queue.uri, page.paper, "", self._desk.clock())
        with writing() as connection:
            is_settled = receipt_outcome(connection, page.attempt) != QUEUED
            is_ours = not is_settled and note_sent(connection, sent)
        if is_settled:  # by another program, since this paper was begun
            self._course = Course(course.SETTLED, Report(UNKNOWN, "not-confirmed"))
            return
        if not is_ours:
            self._join()
            return
        try:
            self._job = self._printer.send(self._title, pdf, page.paper)
        except NotSent as error:
            with writing() as connection:
                drop_sent(connection, page.attempt)
            self._happens(NothingLeft(error.reason, error.again))
            return
        except Lost as error:
            self._why_lost = error.reason
        else:
            with writing() as connection:
                note_job(connection, page.attempt, self._job.id)
        self._happens(HandedOver())

    def _look(self) -> None:
        """Asks the printer how the paper stands; in the course of withdrawing, first for it back."""
        try:
            self._job = self._job or self._printer.find(self._title)
            if self._job is None:
                self._miss()
                return
            if self._course.stage == course.WITHDRAWING and not self._asked_back:
                self._printer.cancel(self._job)
                self._asked_back = True
            report = self._printer.report(self._job)
        except Unreachable:
            self._happens(Silent())
        else:
            self._happens(Said(report))

    def _miss(self) -> None:
        """The printer knows of no such paper. Another program may be handing it over at this very moment, or has had it
        refused: then this one may."""
        if self._is_joined and not self._join():
            self._course, self._is_joined = Course(), False
        elif not self._is_joined or time.monotonic() - self._began > JOINING_SECONDS:
            self._happens(Missing(self._why_lost))
