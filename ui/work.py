"""The two doors off the GUI thread: changes, serialised, and reads, of which often only the latest matters."""

import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from ui.doors import Job


class _Answer(NamedTuple):
    owner: "weakref.ref[object]"
    method: str
    number: int
    value: object


class Work(QObject):
    """`Doors` on two threads, one each for changes and reads, so that a long write holds up no keystroke.

    Answers cross to the GUI thread by a queued signal. `close` waits for what has been handed in.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes = ThreadPoolExecutor(1, "change")
        self._reads = ThreadPoolExecutor(1, "read")
        self._latest: dict[tuple[int, str], int] = {}
        self._timers: dict[tuple[int, str], QTimer] = {}
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

    def later(self, owner: object, method: str, milliseconds: int) -> None:
        key = (id(owner), method)
        timer = self._timers.get(key)
        if timer is None:
            timer = self._timers[key] = QTimer(self)
            timer.setSingleShot(True)
            reference = weakref.ref(owner)
            timer.timeout.connect(lambda: _call(reference, method))
        timer.start(milliseconds)

    def close(self) -> None:
        """No more work is taken; what has been handed in is finished, its answers are not delivered."""
        self._closed = True
        for timer in self._timers.values():
            timer.stop()
        self._changes.shutdown(wait=True)
        self._reads.shutdown(wait=True, cancel_futures=True)

    def _submit(self, pool: ThreadPoolExecutor, owner: object, done: str, failed: str, job: Job, number: int) -> None:
        if self._closed:
            return
        reference, key = weakref.ref(owner), (id(owner), done)

        def run() -> None:
            if number and self._latest.get(key) != number:
                return
            try:
                answer = _Answer(reference, done, number, job())
            except Exception as error:  # noqa: BLE001  # every failure belongs to the owner, who says it calmly
                answer = _Answer(reference, failed, 0, error)
            if isValid(self):
                self._answered.emit(answer)

        pool.submit(run)

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
