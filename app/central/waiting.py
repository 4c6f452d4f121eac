"""Who waits for something new in an office's feed. One look a second serves all who wait at this process, however many
they are, and finds what other processes wrote; what this one wrote is told at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from app.central.places import ORGANISATION

LOOKS_EVERY = 1.0
"""Seconds."""


class _Bell(NamedTuple):
    """Rings for an office once its feed is longer than `seen`, the least that any of the waiting has read."""

    rings: asyncio.Event
    seen: int


class Waiting:
    """`heads` asks the database how long each feed is. All but `tell` belongs to the process's loop."""

    def __init__(self, heads: Callable[[], Awaitable[Mapping[int, int]]]) -> None:
        self._heads = heads
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bells: dict[int, _Bell] = {}
        self._known: Mapping[int, int] = {}
        self._waiting = 0
        self._lookout: asyncio.Task[None] | None = None

    async def news(self, office: int, seen: int, seconds: float, hung_up: asyncio.Future[Any]) -> None:
        """Until the office's feed is longer than what was `seen` of it, nobody waits any more, or the time is over. It
        may end early: whoever waits looks for itself then."""
        if self._known.get(office, 0) > seen:  # written between their look and now
            return
        self._loop = asyncio.get_running_loop()
        bell = self._bells.get(office)
        bell = _Bell(asyncio.Event(), seen) if bell is None else _Bell(bell.rings, min(bell.seen, seen))
        self._bells[office] = bell
        self._waiting += 1
        if self._lookout is None or self._lookout.done():
            self._lookout = self._loop.create_task(self._look_out())
        rang: asyncio.Future[Any] = asyncio.ensure_future(bell.rings.wait())
        try:
            await asyncio.wait({rang, hung_up}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waiting -= 1
            rang.cancel()

    def tell(self, offices: set[int]) -> None:
        """Something was committed in these offices' feeds; from any thread. Of the organisation's all hear."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._ring, offices)

    def leave(self) -> None:
        """Nobody waits any longer, and nobody looks."""
        self._ring(set(self._bells))
        if self._lookout is not None:
            self._lookout.cancel()

    def _ring(self, offices: set[int]) -> None:
        for office in set(self._bells) if ORGANISATION in offices else offices:
            if (bell := self._bells.pop(office, None)) is not None:
                bell.rings.set()

    async def _look_out(self) -> None:
        while self._waiting:
            await asyncio.sleep(LOOKS_EVERY)
            try:
                self._known = await self._heads()
            except SQLAlchemyError:
                continue  # whoever waits finds out at the end of their time; a database that is away needs no crowd
            self._ring({office for office, bell in self._bells.items() if self._known.get(office, 0) > bell.seen})
