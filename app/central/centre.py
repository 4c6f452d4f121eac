"""What all handlers of one process share: the database, threads to work on it, and who waits for news."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from app.central.enrolment import PUSHES
from app.central.places import ORGANISATION
from app.central.store import POOL, Store
from app.central.writing import Writer
from models.ids import new_id

T = TypeVar("T")
AT_ONCE = 2
"""Passwords that are proved at one time: each takes 64 MiB and a processor, and desks must not wait for it."""


class Centre:
    """Made once a process; `close` finishes what was handed in."""

    def __init__(self, store: Store, clock: Callable[[], int], pushes: int = PUSHES) -> None:
        self.store, self.clock, self.pushes = store, clock, pushes
        self.incarnation = new_id()  # each process of the centre writes in a chain of its own
        self.threads = ThreadPoolExecutor(POOL, "centre")
        self.passwords = ThreadPoolExecutor(AT_ONCE, "passwords")
        self.writer = Writer(store, clock, self.incarnation, self.tell)
        self.leaving = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news: dict[int, asyncio.Event] = {}
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}

    async def run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work)

    async def prove(self, work: Callable[[], T]) -> T:
        """Runs what hashes a password, a few at a time."""
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

    async def news(self, office: int, seconds: float, hung_up: asyncio.Future[Any]) -> None:
        """Until something was written in the office's feed by this process, nobody waits any more, or the time is
        over."""
        self._loop = asyncio.get_running_loop()
        written: asyncio.Future[Any] = asyncio.ensure_future(self._news.setdefault(office, asyncio.Event()).wait())
        try:
            await asyncio.wait({written, hung_up}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            written.cancel()

    def tell(self, offices: set[int]) -> None:
        """Something was committed in these offices' feeds; from any thread. Of the organisation's all hear."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._ring, offices)

    def _ring(self, offices: set[int]) -> None:
        for office in set(self._news) if ORGANISATION in offices else offices:
            if (event := self._news.pop(office, None)) is not None:
                event.set()

    def leave(self) -> None:
        """The end has come: nobody is kept waiting any longer."""
        self.leaving = True
        self._ring(set(self._news))

    def close(self) -> None:
        self.writer.close()
        self.threads.shutdown()
        self.passwords.shutdown()
