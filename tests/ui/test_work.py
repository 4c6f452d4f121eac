"""The doors off the GUI thread."""

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.hand import SLOW
from ui.work import Work


class Owner:
    def __init__(self) -> None:
        self.heard: list[object] = []
        self.threads: set[str] = set()

    def done(self, value: object) -> None:
        self.threads.add(threading.current_thread().name)
        self.heard.append(value)

    def failed(self, error: Exception) -> None:
        self.heard.append(type(error).__name__)

    def rested(self) -> None:
        self.heard.append("rested")


class Widget(QObject, Owner):
    def __init__(self) -> None:
        super().__init__()
        Owner.__init__(self)


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    doors = Work()
    yield doors
    doors.close()


def test_changes_are_made_one_by_one_and_answered_in_order(work: Work, qtbot: QtBot) -> None:
    owner, busy, overlaps = Owner(), threading.Lock(), []

    def job(number: int) -> int:
        if not busy.acquire(blocking=False):
            overlaps.append(number)
        else:
            busy.release()
        return number

    for number in range(50):
        work.change(owner, "done", partial(job, number), failed="failed")
    qtbot.waitUntil(lambda: len(owner.heard) == 50, timeout=SLOW)
    assert owner.heard == list(range(50))
    assert overlaps == []
    assert owner.threads == {"MainThread"}


def test_of_reads_of_which_the_latest_counts_only_the_latest_is_answered(work: Work, qtbot: QtBot) -> None:
    owner, gate = Owner(), threading.Event()
    work.read(owner, "done", lambda: gate.wait(SLOW), failed="failed", latest=True)
    for number in range(10):
        work.read(owner, "done", partial(int, number), failed="failed", latest=True)
    gate.set()
    qtbot.waitUntil(lambda: 9 in owner.heard, timeout=SLOW)
    assert owner.heard == [9]


def test_a_read_does_not_wait_for_a_long_change(work: Work, qtbot: QtBot) -> None:
    owner, gate = Owner(), threading.Event()
    work.change(owner, "done", lambda: gate.wait(SLOW), failed="failed")
    work.read(owner, "done", lambda: "read", failed="failed")
    qtbot.waitUntil(lambda: owner.heard == ["read"], timeout=SLOW)
    gate.set()
    qtbot.waitUntil(lambda: owner.heard == ["read", True], timeout=SLOW)


def test_a_job_that_raises_ends_in_the_owners_failed(work: Work, qtbot: QtBot) -> None:
    owner = Owner()
    work.change(owner, "done", lambda: 1 / 0, failed="failed")
    qtbot.waitUntil(lambda: owner.heard == ["ZeroDivisionError"], timeout=SLOW)


def test_an_owner_that_is_gone_is_not_called(work: Work, qtbot: QtBot) -> None:
    gate, heard, last = threading.Event(), [], Owner()
    owner, widget = Owner(), Widget()
    heard = owner.heard
    work.change(owner, "done", lambda: gate.wait(SLOW), failed="failed")
    work.change(widget, "done", lambda: "never", failed="failed")
    work.change(last, "done", lambda: "last", failed="failed")
    widget.deleteLater()
    qtbot.wait(1)
    del owner
    gate.set()
    qtbot.waitUntil(lambda: last.heard == ["last"], timeout=SLOW)
    assert heard == []
    assert widget.heard == []


def test_a_pause_begins_anew_with_every_key(work: Work, qtbot: QtBot) -> None:
    owner = Owner()
    for _key in range(5):
        work.later(owner, "rested", 1)
    qtbot.waitUntil(lambda: owner.heard == ["rested"], timeout=SLOW)


def test_what_was_handed_in_is_finished_before_the_doors_close(qtbot: QtBot) -> None:
    doors = Work()
    done: list[object] = []
    for number in range(20):
        doors.change(Owner(), "done", partial(done.append, number), failed="failed")
    doors.close()
    assert done == list(range(20))
    doors.change(Owner(), "done", lambda: done.append("late"), failed="failed")
    assert len(done) == 20


def test_a_paper_holds_up_neither_changes_nor_reads_and_tells_how_it_stands(work: Work, qtbot: QtBot) -> None:
    owner, gate = Owner(), threading.Event()

    def job(told: Callable[[object], None]) -> str:
        told("on its way")
        gate.wait(SLOW)
        return "out"

    work.paper(owner, "done", job, told="done", failed="failed", leave=gate.set)
    qtbot.waitUntil(lambda: owner.heard == ["on its way"], timeout=SLOW)
    work.change(owner, "done", lambda: "changed", failed="failed")
    qtbot.waitUntil(lambda: owner.heard[1:] == ["changed"], timeout=SLOW)
    work.read(owner, "done", lambda: "read", failed="failed")
    qtbot.waitUntil(lambda: owner.heard[2:] == ["read"], timeout=SLOW)
    gate.set()
    qtbot.waitUntil(lambda: owner.heard[3:] == ["out"], timeout=SLOW)
    assert owner.threads == {"MainThread"}


def test_a_printer_that_never_answers_does_not_keep_the_doors_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.work.LEAVING_SECONDS", 0.05)
    doors, owner, never, left = Work(), Owner(), threading.Event(), threading.Event()
    doors.paper(owner, "done", lambda told: never.wait(SLOW), told="done", failed="failed", leave=left.set)
    doors.close()
    assert left.is_set()
    assert not never.is_set()
    never.set()


def test_a_pause_of_one_who_is_gone_is_not_anothers(qtbot: QtBot) -> None:
    """Two owners, one after the other, may have the same number; each is called for itself."""
    work = Work()
    called: list[str] = []

    class Owner:
        def __init__(self, name: str) -> None:
            self.name = name

        def rest(self) -> None:
            called.append(self.name)

    for number in range(50):
        owner = Owner(str(number))
        work.later(owner, "rest", 1)
        qtbot.waitUntil(lambda number=number: called[-1:] == [str(number)])  # type: ignore[misc]
        del owner
    assert len(work._timers) <= 2
    work.close()
