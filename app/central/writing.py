"""Pushes that wait are committed together: one flush of the disk serves them all, and each gets its own answer."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple
from uuid import UUID

from app.central.enrolment import Revoked, Seat, note_push
from app.central.feed import Refused, take
from app.central.store import Store
from app.wire.messages import Push, Pushed

TOGETHER = 64
"""Pushes of one transaction."""


class _Waiting(NamedTuple):
    seat: Seat
    push: Push
    program: str
    answer: Future[Pushed]


class Writer:
    """The one hand of this process in the feeds. `close` finishes what was handed in."""

    def __init__(
        self, store: Store, clock: Callable[[], int], incarnation: UUID, committed: Callable[[set[int]], None]
    ) -> None:
        self._store, self._clock, self._incarnation, self._committed = store, clock, incarnation, committed
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="feeds", daemon=True)
        self._thread.start()

    def push(self, seat: Seat, push: Push, program: str) -> Future[Pushed]:
        """The answer comes once it is durable; a `Refused` or `Revoked` comes as the future's exception."""
        answer: Future[Pushed] = Future()
        answer.set_running_or_notify_cancel()  # who no longer waits does not stop what others wait for
        self._waiting.put(_Waiting(seat, push, program, answer))
        return answer

    def close(self) -> None:
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch, goes_on = [first], True
            while len(batch) < TOGETHER:
                try:
                    more = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    goes_on = False
                    break
                batch.append(more)
            self._commit(sorted(batch, key=lambda waiting: waiting.seat.office))  # one order of locks
            if not goes_on:
                return

    def _commit(self, batch: list[_Waiting]) -> None:
        settled: list[tuple[Future[Pushed], Pushed | Refused | Revoked]] = []
        try:
            with self._store.writing() as connection:
                for waiting in batch:
                    try:
                        with connection.begin_nested():
                            now = self._clock()
                            answer = take(connection, waiting.seat.office, waiting.push, self._incarnation, now)
                            note_push(connection, waiting.seat, now, waiting.program, waiting.push.unsent)
                    except (Refused, Revoked) as refusal:
                        settled.append((waiting.answer, refusal))
                    else:
                        settled.append((waiting.answer, answer))
        except BaseException as error:  # noqa: BLE001  # whoever waits must hear of it, whatever it was
            for waiting in batch:
                waiting.answer.set_exception(error)
            return
        for waits, said in settled:
            if isinstance(said, Refused | Revoked):
                waits.set_exception(said)
            else:
                waits.set_result(said)
        self._committed({waiting.seat.office for waiting in batch})
