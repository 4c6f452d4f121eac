"""The doors off the GUI thread: changes, serialised, reads, of which often only the latest matters, and papers."""

import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from ui.doors import Job, PaperJob

PAPERS_AT_ONCE = 8
"""So many papers are followed at their printers at the same time; others wait for their turn."""
LEAVING_SECONDS = 2.0
"""So long the program waits at its end for papers to be left. What is not ready then is taken up at the next start."""


class _Answer(NamedTuple):
    owner: "weakref.ref[object]"
    method: str
    number: int
    value: object


class _Pause(NamedTuple):
    timer: QTimer
    owner: "weakref.ref[object]"


class Work(QObject):
    """`Doors` on one thread for changes and one for reads, so that a long write holds up no keystroke, and on one for
    each paper, because a printer may take hours.

    Answers cross to the GUI thread by a queued signal. `close` waits for what has been handed in.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes = ThreadPoolExecutor(1, "change")
        self._reads = ThreadPoolExecutor(1, "read")
        self._paper_turn = threading.Semaphore(PAPERS_AT_ONCE)
        self._papers: dict[threading.Thread, Job] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._timers: dict[tuple[int, str], _Pause] = {}
        self._asked = 0
        self._closed = False
        self._answered.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def change(self, owner: object, done: str, job: Job, *, failed: str) -> None:
        self._submit(self._changes, owner, done, failed, job, 0)

    def read(self, owner: object, done: str, job: Job, *, failed: str, latest: bool = False) -> None:
        number = 0
        if latest:
            self._asked += 1
            number = self._latest[id(owner), done] = self._asked
        self._submit(self._reads, owner, done, failed, job, number)

    def paper(self, owner: object, done: str, job: PaperJob, *, told: str, failed: str, leave: Job) -> None:
        if self._closed:
            return
        reference = weakref.ref(owner)

        def run() -> None:
            with self._paper_turn:
                if not self._closed:
                    self._answer(reference, done, failed, lambda: job(lambda news: self._tell(reference, told, news)))
            self._papers.pop(threading.current_thread(), None)

        thread = threading.Thread(
            target=run, name="paper", daemon=True
        )  # the program may end while a printer is silent
        self._papers[thread] = leave
        thread.start()

    def later(self, owner: object, method: str, milliseconds: int) -> None:
        key = (id(owner), method)
        known = self._timers.get(key)
        if known is None or known.owner() is not owner:
            self._forget_the_gone()
            known = self._timers[key] = _Pause(QTimer(self), weakref.ref(owner))
            known.timer.setSingleShot(True)
            reference = known.owner
            known.timer.timeout.connect(lambda: _call(reference, method))
        known.timer.start(milliseconds)

    def _forget_the_gone(self) -> None:
        """Pauses of owners that are no more. Another owner may have got the number of one of them."""
        for key in [key for key, pause in self._timers.items() if pause.owner() is None]:
            self._timers.pop(key).timer.deleteLater()

    def close(self) -> None:
        """No more work is taken; what has been handed in is finished, but for papers, which are left at their printers.
        Answers are not delivered."""
        self._closed = True
        for pause in self._timers.values():
            pause.timer.stop()
        papers = dict(self._papers)
        for leave in papers.values():
            leave()
        self._changes.shutdown(wait=True)
        self._reads.shutdown(wait=True, cancel_futures=True)
        end = time.monotonic() + LEAVING_SECONDS
        for thread in papers:
            thread.join(max(0.0, end - time.monotonic()))

    def _submit(self, pool: ThreadPoolExecutor, owner: object, done: str, failed: str, job: Job, number: int) -> None:
        if self._closed:
            return
        reference, key = weakref.ref(owner), (id(owner), done)

        def run() -> None:
            if number and self._latest.get(key) != number:
                return
            self._answer(reference, done, failed, job, number)

        pool.submit(run)

    def _answer(self, owner: "weakref.ref[object]", done: str, failed: str, job: Job, number: int = 0) -> None:
        """Does the work in this thread and sends what came of it across."""
        try:
            value = job()
        except Exception as error:  # noqa: BLE001  # every failure belongs to the owner, who says it calmly
            self._tell(owner, failed, error)
        else:
            self._tell(owner, done, value, number)

    def _tell(self, owner: "weakref.ref[object]", method: str, value: object, number: int = 0) -> None:
        if isValid(self):
            self._answered.emit(_Answer(owner, method, number, value))

    @Slot(object)
    def _hand_over(self, answer: _Answer) -> None:
        owner = answer.owner()
        overtaken = answer.number and self._latest.get((id(owner), answer.method)) != answer.number
        if not self._closed and not overtaken:
            _call(answer.owner, answer.method, answer.value)


def _call(reference: "weakref.ref[object]", method: str, *arguments: object) -> None:
    owner = reference()
    if owner is None or (isinstance(owner, QObject) and not isValid(owner)):
        return
    call: Callable[..., None] = getattr(owner, method)
    call(*arguments)
