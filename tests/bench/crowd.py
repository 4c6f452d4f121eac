"""Sixteen desks of one office that write at the same time: one order for all of them, and what it costs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from app.wire.messages import Pull
from models.tables import line as line_table
from tests.bench import pushing
from tests.bench.books import chain, pushes, written
from tests.bench.ground import Ground
from tests.bench.measuring import Figure
from tests.bench.served import Place, Served

DESKS = 16
LINES = 1_200
"""Of each desk, in pushes of `BATCH`."""
BATCH = 12


def figures(ground: Ground) -> Iterator[Figure]:
    """Lines a second; a desk reads the feed meanwhile, and must meet every line once, in an order without a gap."""
    for served in ground.centres:
        _office, visits = written(ground.folder, pushing.VISITS, ground.progress)
        share = min(LINES, len(visits) // DESKS)
        _number, places = served.seats(DESKS + 1)
        *writers, reader = places
        chains = [chain(place.desk, visits[n * share : (n + 1) * share]) for n, place in enumerate(writers)]
        written_all = threading.Event()
        with ThreadPoolExecutor(DESKS + 1) as pool:
            reading = pool.submit(_read, served, reader, written_all)
            began = time.perf_counter()
            hands = [pool.submit(_push, served, place, lines) for place, lines in zip(writers, chains, strict=True)]
            try:
                for hand in hands:
                    hand.result()
            finally:
                took = time.perf_counter() - began
                written_all.set()
            met = reading.result()
        with served.store.reading() as connection:
            stored = connection.execute(
                select(func.count(), func.max(line_table.c.position)).where(line_table.c.office == reader.office)
            ).one()
        own = {line.entry for lines in chains for line in lines}
        lost = len(own - {entry for _position, entry in met})
        positions = [position for position, _entry in met]
        gaps = sum(1 for n, position in enumerate(positions, 1) if position != n)
        twice = len(met) - len({entry for _position, entry in met})
        assert (lost, gaps, twice, tuple(stored)) == (0, 0, 0, (len(met), len(met)))
        yield Figure(
            name=f"writers.{served.name}",
            value=len(own) / took,
            unit="lines/s",
            target="0 lost, no gap",
            note=f"{DESKS} desks of one office, {BATCH} lines a push, and one that reads: of {len(own):,} lines {lost} "
            f"lost, {twice} twice, {gaps} out of order",
        )


def _push(served: Served, place: Place, lines: tuple[object, ...]) -> None:
    with served.line(place.token) as line:
        for message in pushes(lines, BATCH):  # type: ignore[arg-type]
            line.push(message)


def _read(served: Served, place: Place, written_all: threading.Event) -> list[tuple[int, object]]:
    """Everything, as it comes: positions and entries."""
    met: list[tuple[int, object]] = []
    after = 0
    with served.line(place.token) as line:
        while True:
            at_last = written_all.is_set()
            answer = line.pull(Pull(after=after, own=(), wait=0.0 if at_last else 0.5))
            met += [(each.position, each.line.entry) for each in answer.lines]  # type: ignore[union-attr]
            after = answer.through
            if at_last and after == answer.head:
                return met
