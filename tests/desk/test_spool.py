"""The spool at a made-up printer: whatever breaks, wherever the power fails, one original comes out and no second."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection

from app.desk import spool
from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.receipts import Unconfirmed
from app.desk.requests import request
from app.desk.spool import Came, Hand, follow, print_receipt, say_whether_it_came_out, waiting
from app.vault.sent import Sent, drop_sent, note_sent
from models.ids import new_id
from printing.printers import Job, Lost, NotSent, Queue, Report, Unreachable
from printing.printers.reports import FAILED, PRINTED, PRINTING, QUEUED, SENT, STUCK, UNKNOWN
from tests.desk.counter import MARYAM, registered, visit

QUEUE = Queue("Made up", "ipp://printer.example/ipp/print")


class PowerCut(BaseException):
    """The program is gone at this very moment."""


class MadeUp:
    """A printer whose every word is written down beforehand. `tray` is what has come out: the copy of each paper."""

    def __init__(self) -> None:
        self.tray: list[int] = []
        self.jobs: dict[str, list[Report]] = {}
        self.refusals: list[Exception] = []
        self.words = [Report(SENT), Report(PRINTING), Report(PRINTED, "printer")]
        self.breaks = ""
        """`before` or `after` it has taken the paper, the connection breaks."""
        self.forgets = False
        self.silent = False
        self.canceled: list[str] = []
        self.tick: Callable[[], None] = lambda: None

    def papers(self) -> frozenset[str] | None:
        return frozenset({"a5"})

    def send(self, title: str, pdf: bytes, paper: str) -> Job:
        self.tick()
        if self.refusals:
            raise self.refusals.pop(0)
        if self.breaks == "before":
            self.breaks = ""
            raise Lost
        assert title not in self.jobs, "the same paper twice"
        self.jobs[title] = list(self.words)
        self.tray.append(int(pdf))
        self.tick()
        if self.breaks == "after":
            self.breaks = ""
            raise Lost
        return Job(title, title)

    def find(self, title: str) -> Job | None:
        self.tick()
        return Job(title, title) if title in self.jobs and not self.forgets else None

    def report(self, job: Job) -> Report:
        self.tick()
        if self.silent:
            raise Unreachable
        if self.forgets:
            return Report(UNKNOWN, "forgotten")
        words = self.jobs[job.id]
        return words.pop(0) if len(words) > 1 else words[0]

    def cancel(self, job: Job) -> None:
        self.canceled.append(job.id)


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> MadeUp:
    printer = MadeUp()
    monkeypatch.setattr(spool, "printer_of", lambda queue: printer)
    monkeypatch.setattr(spool, "render_receipt", lambda values, paper, template: str(values.copy).encode())
    monkeypatch.setattr(spool, "JOINING_SECONDS", 0.0)
    monkeypatch.setattr(spool, "WITHDRAW_SECONDS", 0.2)
    monkeypatch.setattr(Hand, "pause", lambda self, seconds: None)
    return printer


def printed(desk: Desk, code: str, clerk: Session, **how: Any) -> Came:
    return print_receipt(desk, code, QUEUE, actor=clerk.person.id, paper="a5", **how)


def heard_of(desk: Desk, code: str, clerk: Session, **how: Any) -> tuple[Came, list[Report]]:
    heard: list[Report] = []
    return printed(desk, code, clerk, told=heard.append, **how), heard


def test_every_change_is_told_and_the_printers_word_is_written_down(
    desk: Desk, clerk: Session, printer: MadeUp
) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    came, heard = heard_of(desk, code, clerk)
    assert came == Came(0, "printed", "printer")
    assert heard == [Report(QUEUED), Report(SENT), Report(PRINTING), Report(PRINTED, "printer")]
    assert waiting(desk) == []
    (receipt,) = request(desk, code).receipts
    assert (receipt.outcome, receipt.reason) == ("printed", "printer")
    assert printed(desk, code, clerk).copy == 1
    assert printer.tray == [0, 1]


def test_a_printer_that_is_busy_or_off_is_tried_again(desk: Desk, clerk: Session, printer: MadeUp) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    printer.refusals = [NotSent("busy", again=True), NotSent("unreachable", again=True)]
    came, heard = heard_of(desk, code, clerk)
    assert came.outcome == "printed"
    assert heard[1:3] == [Report(STUCK, "busy"), Report(STUCK, "unreachable")]
    assert printer.tray == [0]


def test_what_is_refused_for_good_leaves_the_next_one_the_original(desk: Desk, clerk: Session, printer: MadeUp) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    printer.refusals = [NotSent("wrong-size")]
    assert printed(desk, code, clerk) == Came(0, "failed", "wrong-size")
    (left,) = waiting(desk)
    assert (left.outcome, left.reason, left.queue, left.client_name) == ("failed", "wrong-size", "", "حسین قلی‌زاده")
    assert printed(desk, code, clerk) == Came(0, "printed", "printer")
    assert waiting(desk) == []


def test_who_waits_no_longer_for_a_printer_that_is_off_has_lost_nothing(
    desk: Desk, clerk: Session, printer: MadeUp
) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    printer.refusals = [NotSent("unreachable", again=True)] * 1_000_000
    assert printed(desk, code, clerk, patience=0.1) == Came(0, "failed", "unreachable")
    printer.refusals.clear()
    assert printed(desk, code, clerk).outcome == "printed"
    assert printer.tray == [0]


@pytest.mark.parametrize(
    ("last_word", "outcome"),
    [
        (Report(FAILED, "canceled"), Came(0, "failed", "media-empty")),
        (Report(STUCK, "media-empty"), Came(0, "unknown", "media-empty")),
        (Report(PRINTED, "printer"), Came(0, "printed", "printer")),
    ],
)
def test_another_printer_takes_a_stuck_paper_once_it_was_asked_back(
    desk: Desk, clerk: Session, printer: MadeUp, last_word: Report, outcome: Came
) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    printer.words = [Report(STUCK, "media-empty"), Report(STUCK, "media-empty"), last_word]
    hand = Hand()

    def told(report: Report) -> None:
        if report.state == STUCK:
            hand.give_up()

    assert printed(desk, code, clerk, told=told, hand=hand) == outcome
    assert len(printer.canceled) == 1
    printer.words = [Report(PRINTED, "printer")]
    if outcome.outcome == "unknown":
        with pytest.raises(Unconfirmed):
            printed(desk, code, clerk)
        return
    assert printed(desk, code, clerk).copy == (1 if outcome.outcome == "printed" else 0)


def test_a_paper_that_the_program_left_is_followed_by_the_next_one(desk: Desk, clerk: Session, printer: MadeUp) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    hand = Hand()
    printer.words = [Report(STUCK, "media-empty")] * 5 + [Report(PRINTED, "printer")]
    came = printed(desk, code, clerk, hand=hand, told=lambda report: hand.leave() if report.state == STUCK else None)
    assert came == Came(0, "queued", "media-empty")
    (left,) = waiting(desk)
    assert (left.queue, left.is_unconfirmed) == ("Made up", True)
    assert follow(desk, left.attempt, actor=clerk.person.id) == Came(0, "printed", "printer")
    assert follow(desk, left.attempt, actor=clerk.person.id) is None
    assert printer.tray == [0]


def test_what_is_unknown_is_asked_once_and_the_word_is_kept(desk: Desk, clerk: Session, printer: MadeUp) -> None:
    printer.words = [Report(UNKNOWN, "delivered")]
    for came_out in (True, False):
        visited = registered(desk, clerk, visit(MARYAM if came_out else visit()["client"]))
        assert printed(desk, visited.tracking_code, clerk).outcome == "unknown"
        with pytest.raises(Unconfirmed) as asked:
            printed(desk, visited.tracking_code, clerk)
        assert [paper.attempt for paper in waiting(desk)] == [asked.value.attempt]
        say_whether_it_came_out(desk, asked.value.request, asked.value.attempt, came_out, clerk.person.id)
        assert [paper.outcome for paper in waiting(desk)] == ([] if came_out else ["failed"])
        assert printed(desk, visited.tracking_code, clerk).copy == (1 if came_out else 0)
        (left,) = [paper for paper in waiting(desk) if paper.outcome == "unknown"]
        say_whether_it_came_out(desk, left.request, left.attempt, True, clerk.person.id)


def test_two_at_once_send_one_paper(
    desk: Desk, clerk: Session, printer: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "JOINING_SECONDS", 20.0)
    code = registered(desk, clerk, visit()).tracking_code
    printer.words = [Report(PRINTING)] * 20 + [Report(PRINTED, "printer")]
    came: list[Came] = []
    both = [threading.Thread(target=lambda: came.append(printed(desk, code, clerk))) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert printer.tray.count(0) == 1
    assert {each.outcome for each in came} == {"printed"}


def test_a_paper_that_another_program_began_and_got_refused_is_sent_by_this_one(
    desk: Desk, clerk: Session, printer: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other program notes it just before this one looks, is refused, and lets go of it just after."""
    visited = registered(desk, clerk, visit())
    assert visited.receipt is not None
    sent = Sent(visited.receipt, visited.request, QUEUE.name, QUEUE.uri, "a5", "", 0)
    with desk.store.writing() as connection:
        note_sent(connection, sent)
    find = printer.find

    def lets_go(title: str) -> Job | None:
        with desk.store.writing() as connection:
            drop_sent(connection, sent.attempt)
        return find(title)

    monkeypatch.setattr(printer, "find", lets_go)
    assert printed(desk, visited.tracking_code, clerk) == Came(0, "printed", "printer")
    assert printer.tray == [0]


# --- the power fails -------------------------------------------------------------------------------------------------

FAULTS: dict[str, Callable[[MadeUp], None]] = {
    "nothing else": lambda printer: None,
    "a busy printer": lambda printer: printer.refusals.append(NotSent("busy", again=True)),
    "a connection that breaks before": lambda printer: setattr(printer, "breaks", "before"),
    "a connection that breaks after": lambda printer: setattr(printer, "breaks", "after"),
    "a printer that forgets": lambda printer: setattr(printer, "forgets", True),
    "a printer that fails": lambda printer: printer.words.__setitem__(-1, Report(FAILED, "aborted")),
}


@contextmanager
def power_fails_at(moment: int, desk: Desk, printer: MadeUp) -> Iterator[None]:
    """At so many-th of: just before and just after anything is written, and the printer's own moments."""
    passed = count()

    def tick() -> None:
        if next(passed) == moment:
            raise PowerCut

    whole = desk.store.writing

    @contextmanager
    def writing() -> Iterator[Connection]:
        tick()
        with whole() as connection:
            yield connection
        tick()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk.store, "writing", writing)
        patch.setattr(printer, "tick", tick)
        yield


@pytest.mark.parametrize("fault", FAULTS)
def test_wherever_the_power_fails_one_original_comes_out(
    desk: Desk, clerk: Session, printer: MadeUp, fault: str
) -> None:
    """The clerk, who sees the tray, answers truly; the printer is well again after the power cut."""
    for moment in count():
        code = registered(desk, clerk, visit(key=f"{fault} {moment} {new_id()}")).tracking_code
        printer.__init__()  # type: ignore[misc]
        FAULTS[fault](printer)
        came: Came | None = None
        with suppress(PowerCut), power_fails_at(moment, desk, printer):
            came = printed(desk, code, clerk)
        printer.breaks = ""
        if fault == "a printer that fails":
            printer.tray = [copy for copy in printer.tray if copy]
            assert came is None or came.outcome == "failed"
        come_out_at_last(desk, code, clerk, printer)
        assert printer.tray.count(0) == 1, (fault, moment)
        assert [receipt.outcome for receipt in request(desk, code).receipts].count("queued") == 0
        if came is not None:
            assert moment > 5
            return


def come_out_at_last(desk: Desk, code: str, clerk: Session, printer: MadeUp) -> None:
    for paper in waiting(desk):
        if paper.queue:
            follow(desk, paper.attempt, actor=clerk.person.id)
    for paper in waiting(desk):
        if paper.is_unconfirmed:
            say_whether_it_came_out(desk, paper.request, paper.attempt, 0 in printer.tray, clerk.person.id)
    if request(desk, code).copies == 0:
        printer.words = [Report(PRINTED, "printer")]
        printer.forgets = False
        assert printed(desk, code, clerk) == Came(0, "printed", "printer")
