"""Pushes that wait are committed together: one flush of the disk serves them all, and each gets its own answer."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

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
        try:
            with self._store.writing() as connection:
                settled = [(waiting.answer, self._taken(connection, waiting)) for waiting in batch]
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

    def _taken(self, connection: Connection, waiting: _Waiting) -> Pushed | Refused | Revoked:
        """What is to be answered. A refused push is counted like one that was taken."""
        seat, push, now = waiting.seat, waiting.push, self._clock()
        try:
            with connection.begin_nested():
                answer = take(connection, seat.office, push, self._incarnation, now)
                note_push(connection, seat, now, waiting.program, push.unsent)
        except Revoked as revoked:
            return revoked
        except Refused as refused:
            with suppress(Revoked):
                note_push(connection, seat, now, waiting.program, push.unsent)
            return refused
        return answer
