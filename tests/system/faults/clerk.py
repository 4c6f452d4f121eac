"""A desk's program in a process of its own: a clerk who registers and sends, or a window that watches its centre.

What was begun and what was acknowledged is written to a report outside the data folder, a line at a time and in one
piece, so that it survives whatever kills the process.
"""

from __future__ import annotations

import logging
import os
import random
import resource
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from app.desk.desk import Desk, open_desk
from app.desk.link import stepping
from app.desk.link.centre import Unreachable
from app.desk.link.joining import join
from app.desk.link.stepping import in_step
from app.vault.problems import StoreError, StoreProblem
from models.calendar import now_us
from tests.system.faults.counter import AtWork

BLOCK = 4_096
"""Bytes: a file system gives whole blocks, so that a file does not end within a page."""


class Orders(NamedTuple):
    """What one program is to do. `room` are bytes by which its files may still grow from some act on, as on a full
    disk, until it has met that end; `join` (address, code) comes first; `again` is a visit whose answer never came.
    `home` holds what the program keeps outside the data folder; a `blind` one cannot see there or by its place that its
    folder is a copy, as after a snapshot of a whole machine."""

    folder: Path
    report: Path
    home: Path
    name: str
    acts: int = 0
    watch: bool = False
    offset: int = 0
    room: int | None = None
    join: tuple[str, str] | None = None
    again: str = ""
    blind: bool = False
    eager: bool = False
    """Sends all the time."""


class Report:
    """`try NAME`, `ok NAME CODE`, `away`, `full`, `busy`, `copy`, `end`, `broke WHY`."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def say(self, *words: str) -> None:
        os.write(self._file, (" ".join(words) + "\n").encode())


def work(orders: Orders) -> None:
    """The process's whole life."""
    os.environ.update(MIZ_KEYSTORE="file", XDG_STATE_HOME=str(orders.home))
    logging.disable()
    if orders.blind:
        patch.object(stepping, "look_for_copy", lambda desk: False).start()
    report = Report(orders.report)
    try:
        desk = open_desk(orders.folder)
        desk.clock = lambda: now_us() + orders.offset
        if orders.join:
            _join(desk, *orders.join)
        if orders.watch:
            for _step in in_step(desk, watch=True):
                pass
        _Clerk(desk, orders, report).acts()
        desk.close()
    except BaseException:
        report.say("broke", traceback.format_exc().replace("\n", " | "))
        raise
    report.say("end")


def _join(desk: Desk, url: str, code: str) -> None:
    for _try in range(1_000):
        with suppress(Unreachable):
            join(desk, url, code)
            return
        time.sleep(0.05)  # a server that is dead says so at once
    raise AssertionError("a thousand tries did not suffice to join")


class _Clerk:
    def __init__(self, desk: Desk, orders: Orders, report: Report) -> None:
        self._desk, self._orders, self._report = desk, orders, report
        self._luck = random.Random(orders.name)
        self._at_work = AtWork(
            desk, self._luck, lambda name: report.say("try", name), lambda name, code: report.say("ok", name, code)
        )
        self._full_at = self._luck.randrange(orders.acts) if orders.room is not None and orders.acts else None

    def acts(self) -> None:
        if self._orders.again:
            self._safely(partial(self._at_work.visit, self._orders.again))
        visits = 0.35 if self._orders.eager else 0.6
        for n in range(self._orders.acts):
            if n == self._full_at and self._orders.room is not None:
                _leave_room(self._orders.folder, self._orders.room)
            what = self._luck.random()
            if what < visits:
                key = f"{self._orders.name}/{n}"
                self._safely(partial(self._at_work.visit, key))
            elif what < visits + 0.10:
                self._safely(self._at_work.step)
            else:
                self._safely(self._send)
        _leave_room(self._orders.folder, None)

    def _send(self) -> None:
        for step in in_step(self._desk):
            for finding in step.findings:
                self._report.say("copy", finding.detail)

    def _safely(self, act: Callable[[], object]) -> None:
        """Whatever the disk or the network does, the same is tried again once there is room."""
        try:
            act()
        except Unreachable:
            self._report.say("away")
        except StoreError as error:
            if error.problem is StoreProblem.locked:
                self._report.say("busy")
            elif error.problem in (StoreProblem.full, StoreProblem.io) and self._full_at is not None:
                self._report.say("full")
                self._full_at = None
                _leave_room(self._orders.folder, None)
                self._safely(act)
            else:
                raise


def _leave_room(folder: Path, room: int | None) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    if room is None:
        limit = most
    else:
        limit = max(path.stat().st_size for path in folder.glob("desk.db*")) + room
        limit -= limit % BLOCK
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
