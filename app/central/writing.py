"""Pushes that wait are committed together: one flush of the disk serves them all, and each gets its own answer."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from app.central.enrolment import Revoked, Seat, note_push
from app.central.feed import Refused, take_all
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
            self._commit(batch)
            if not goes_on:
                return

    def _commit(self, batch: list[_Waiting]) -> None:
        while batch:
            firsts = {(each.push.desk, each.push.incarnation): each for each in reversed(batch)}.values()
            self._commit_together(list(firsts))
            batch = [each for each in batch if not each.answer.done()]  # the same chain's next

    def _commit_together(self, batch: list[_Waiting]) -> None:
        """Pushes of different chains; one that fails, whatever it was, fails by itself."""
        batch.sort(key=lambda waiting: (waiting.seat.office, waiting.seat.desk))  # one order of locks
        try:
            with self._store.writing() as connection:
                settled = list(self._taken(connection, batch))
        except BaseException as error:  # noqa: BLE001  # whoever waits must hear of it, whatever it was
            if len(batch) > 1 and not isinstance(error, OperationalError):
                for waiting in batch:
                    self._commit_together([waiting])
                return
            for waiting in batch:
                waiting.answer.set_exception(error)
            return
        for waits, said in settled:
            if isinstance(said, Refused | Revoked):
                waits.set_exception(said)
            else:
                waits.set_result(said)
        self._committed({waiting.seat.office for waiting in batch})

    def _taken(
        self, connection: Connection, batch: list[_Waiting]
    ) -> Iterator[tuple[Future[Pushed], Pushed | Refused | Revoked]]:
        """What is to be answered. A refused push is counted like one that was taken."""
        for office, group in groupby(batch, key=lambda waiting: waiting.seat.office):
            admitted = []
            for waiting in group:
                try:
                    note_push(connection, waiting.seat, self._clock(), waiting.program, waiting.push.unsent)
                    admitted.append(waiting)
                except Revoked as revoked:
                    yield waiting.answer, revoked
            pushes = [waiting.push for waiting in admitted]
            answers = take_all(connection, office, pushes, self._incarnation, self._clock()) if pushes else ()
            yield from zip([waiting.answer for waiting in admitted], answers, strict=True)
