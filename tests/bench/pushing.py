"""Handing in lines to a centre that listens on either database, against the same rows by its driver alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from typing import NamedTuple

from app.desk.link.centre import Centre
from app.wire.messages import Ask, Push
from models.ids import new_id
from tests.bench import bare
from tests.bench.books import chain, pushes, written
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, median, milliseconds
from tests.bench.served import Served

TURNS = 5
VISITS = 12_500
DESKS = 50
HANDS = 8
"""Connections of the driver where fifty desks push: as many as a centre's process has."""
TARGETS = {1_000: 0.75, 100: 0.5}


class Load(NamedTuple):
    """So many desks at once, so many lines a push and in all."""

    desks: int
    batch: int
    lines: int


LOADS = (
    Load(1, 1, 150),
    Load(1, 100, 5_000),
    Load(1, 1_000, 10_000),
    Load(DESKS, 1, 1_500),
    Load(DESKS, 100, 20_000),
    Load(DESKS, 1_000, 50_000),
)
_offices = count(100_000)
"""Of the driver's own, out of the way of those that the centre numbers."""


def figures(ground: Ground) -> Iterator[Figure]:
    """Lines a second from the first message until the last answer, messages made and read included; more is better, so
    the ratio is at most 1."""
    for served in ground.centres:
        for load in LOADS:
            ours, floor, waits = [], [], []
            for turn in range(TURNS + 1):  # the first warms both up
                took, each, office = push_all(ground, served, load)
                with served.store.reading() as connection:
                    rows = bare.batches_of(connection, office, load.batch)
                alone = bare.seconds(served, next(_offices), rows, 1 if load.desks == 1 else HANDS)
                if turn:
                    ours.append(load.lines / took)
                    floor.append(load.lines / alone)
                    waits += each
                ground.progress(f"push {served.name} {load.desks} x {load.batch}", turn, TURNS)
            target = TARGETS.get(load.batch) if served.is_postgresql else None
            yield Figure(
                name=f"push.{served.name}.{load.desks}.{load.batch}",
                value=median(ours),
                unit="lines/s",
                beside=Beside("the same rows by the driver alone", median(floor)),
                target=f"ratio ≥ {target}" if target and load.desks == 1 else "",
                note=f"{load.desks} desks, {load.batch} lines a push; a push took {median(waits):.3g} ms (median); "
                f"median of {TURNS} turns, {min(ours):,.0f} to {max(ours):,.0f}",
            )


def push_all(ground: Ground, served: Served, load: Load) -> tuple[float, list[float], int]:
    """Seconds for all of it, milliseconds of each push, and the new office in which it lies."""
    of_the_office, visits = written(ground.folder, VISITS, ground.progress)
    office, seats = served.seats(load.desks)
    share = load.lines // load.desks
    with served.line(seats[0].token) as line:
        for message in pushes(chain(seats[0].desk, of_the_office), 1_000):
            line.push(message)
    with ExitStack() as lines:
        jobs: list[tuple[Centre, list[Push]]] = []
        for n, seat in enumerate(seats):
            line = lines.enter_context(served.line(seat.token))
            line.hash_at(Ask(desk=seat.desk, incarnation=new_id(), sequence=1))  # the connection is there
            its = chain(seat.desk, visits[n * share : (n + 1) * share])
            jobs.append((line, list(pushes(its, load.batch))))
        began = time.perf_counter()
        if load.desks == 1:
            each = _push(jobs[0])
        else:
            with ThreadPoolExecutor(load.desks) as pool:
                each = [wait for waits in pool.map(_push, jobs) for wait in waits]
        return time.perf_counter() - began, each, office


def _push(job: tuple[Centre, list[Push]]) -> list[float]:
    """Milliseconds of each push of one desk."""
    line, messages = job
    return [milliseconds(line.push, message) for message in messages]
