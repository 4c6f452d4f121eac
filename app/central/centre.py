"""What all handlers of one process share: the database, threads to work on it, and who waits for news."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlalchemy import select

from app.central.enrolment import PUSHES
from app.central.store import POOL, Store
from app.central.waiting import Waiting
from app.central.writing import Writer
from models.ids import new_id
from models.tables import feed

T = TypeVar("T")
_HEADS = select(feed.c.office, feed.c.position)
AT_ONCE = 2
"""Passwords that are proved, or pictures that are read, at one time: each takes 64 MiB or more and a processor, and
desks must not wait for it."""


class Centre:
    """Made once a process; `close` finishes what was handed in."""

    def __init__(self, store: Store, clock: Callable[[], int], pushes: int = PUSHES) -> None:
        self.store, self.clock, self.pushes = store, clock, pushes
        self.incarnation = new_id()  # each process of the centre writes in a chain of its own
        self.threads = ThreadPoolExecutor(POOL, "centre")
        self.passwords = ThreadPoolExecutor(AT_ONCE, "passwords")
        self.waiting = Waiting(self._heads)
        self.writer = Writer(store, clock, self.incarnation, self.waiting.tell)
        self.leaving = False
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}

    async def run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work)

    async def prove(self, work: Callable[[], T]) -> T:
        """Runs what hashes a password or draws from a picture, a few at a time."""
        return await asyncio.get_running_loop().run_in_executor(self.passwords, work)

    @asynccontextmanager
    async def turn_of(self, desk: int) -> AsyncIterator[None]:
        """One after the other, where several speak for one desk at a time."""
        lock, waiting = self._turns.get(desk, (asyncio.Lock(), 0))
        self._turns[desk] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._turns[desk]
            if waiting == 1:
                del self._turns[desk]
            else:
                self._turns[desk] = lock, waiting - 1

    def leave(self) -> None:
        """The end has come: nobody is kept waiting any longer."""
        self.leaving = True
        self.waiting.leave()

    async def _heads(self) -> Mapping[int, int]:
        def work() -> Mapping[int, int]:
            with self.store.reading() as connection:
                return {row.office: row.position for row in connection.execute(_HEADS)}

        return await self.run(work)

    def close(self) -> None:
        self.writer.close()
        self.threads.shutdown()
        self.passwords.shutdown()
