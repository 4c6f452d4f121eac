"""Who waits for news is woken by what was written, whoever wrote it, and asks the database no more for being many."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from app.central import waiting
from app.central.places import ORGANISATION
from app.central.store import Store
from app.central.waiting import Waiting
from app.desk.desk import Desk
from app.desk.link.pulling import pull_once
from app.desk.link.pushing import push_once
from tests.central.conftest import Served, store
from tests.desk.conftest import office, session_of
from tests.desk.counter import CLERK, registered, visit
from tests.link.conftest import desks
from tests.link.desks import codes, in_step, joined

__all__ = ["desks", "office", "store"]
LONG = 60.0
"""Seconds that nobody here means to wait."""


class Feeds:
    """A database; `looks` counts how often it was asked."""

    def __init__(self) -> None:
        self.heads: dict[int, int] = {}
        self.looks, self.is_away = 0, False

    async def ask(self) -> Mapping[int, int]:
        self.looks += 1
        if self.is_away:
            raise OperationalError("", {}, Exception())
        return dict(self.heads)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LOOKS_EVERY", 0.01)


def played(what: Callable[[Waiting, Feeds, asyncio.Future[Any]], Awaitable[None]]) -> None:
    async def play() -> None:
        feeds = Feeds()
        await asyncio.wait_for(what(Waiting(feeds.ask), feeds, asyncio.Future()), LONG / 2)

    asyncio.run(play())


def test_a_thousand_who_wait_cost_one_look_and_all_hear() -> None:
    async def what(waits: Waiting, feeds: Feeds, stays: asyncio.Future[Any]) -> None:
        many = [asyncio.ensure_future(waits.news(n % 50, 0, LONG, stays)) for n in range(1_000)]
        await asyncio.sleep(0.05)
        assert feeds.looks < 10
        feeds.heads = dict.fromkeys(range(50), 1)
        await asyncio.gather(*many)

    played(what)


def test_only_the_office_that_was_written_in_is_woken() -> None:
    async def what(waits: Waiting, feeds: Feeds, stays: asyncio.Future[Any]) -> None:
        one, other = (asyncio.ensure_future(waits.news(number, 3, LONG, stays)) for number in (1, 2))
        await asyncio.sleep(0)
        feeds.heads = {1: 4, 2: 3}
        await one
        assert not other.done()
        waits.tell({ORGANISATION})
        await other

    played(what)


def test_what_was_written_between_the_look_and_the_wait_is_not_missed() -> None:
    async def what(waits: Waiting, feeds: Feeds, stays: asyncio.Future[Any]) -> None:
        feeds.heads = {1: 4}
        await waits.news(1, 3, LONG, stays)  # the first look tells
        await waits.news(1, 3, LONG, stays)  # what is known already needs none
        late = asyncio.ensure_future(waits.news(1, 4, LONG, stays))
        early = asyncio.ensure_future(waits.news(1, 9, LONG, stays))
        await asyncio.sleep(0)
        feeds.heads = {1: 5}
        await asyncio.gather(late, early)  # one bell for an office: who is woken too early looks again

    played(what)


def test_who_hangs_up_or_has_waited_long_enough_is_let_go_and_nobody_looks_any_more() -> None:
    async def what(waits: Waiting, feeds: Feeds, stays: asyncio.Future[Any]) -> None:
        goes = asyncio.ensure_future(waits.news(1, 0, LONG, stays))
        await waits.news(1, 0, 0.02, asyncio.Future())
        stays.set_result(None)
        await goes
        await asyncio.sleep(0.05)
        looks = feeds.looks
        await asyncio.sleep(0.05)
        assert feeds.looks == looks

    played(what)


def test_at_the_end_all_are_let_go_and_nobody_looks_any_more() -> None:
    async def what(waits: Waiting, feeds: Feeds, stays: asyncio.Future[Any]) -> None:
        many = [asyncio.ensure_future(waits.news(n, 0, LONG, stays)) for n in range(3)]
        await asyncio.sleep(0.03)
        waits.leave()
        looks = feeds.looks
        await asyncio.gather(*many)
        await asyncio.sleep(0.05)
        assert feeds.looks == looks

    played(what)


def test_a_database_that_is_away_is_looked_for_again() -> None:
    async def what(waits: Waiting, feeds: Feeds, stays: asyncio.Future[Any]) -> None:
        feeds.is_away = True
        waiter = asyncio.ensure_future(waits.news(1, 0, LONG, stays))
        await asyncio.sleep(0.05)
        feeds.is_away, feeds.heads = False, {1: 1}
        await waiter

    played(what)


def test_a_desk_that_waits_at_one_process_hears_what_came_through_another(store: Store, desks: list[Desk]) -> None:
    here, there = Served(store), Served(store)
    (writes, reads), ends = desks, []
    try:
        ends = [joined(here, writes, "میز ۱"), joined(there, reads, "میز ۲")]
        in_step((writes, ends[0]), (reads, ends[1]))
        with ThreadPoolExecutor(1) as beside:
            hears = beside.submit(pull_once, reads, ends[1], wait=25.0)
            said = registered(writes, session_of(writes, CLERK), visit())
            push_once(writes, ends[0])
            assert hears.result()[0] > 0
        assert codes(reads) == [said.tracking_code]
    finally:
        for end in ends:
            end.close()
        here.stop()
        there.stop()
