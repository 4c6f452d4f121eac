"""Desks that follow the feed: a day without the centre made up for, and what a reader costs."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from app.central.enrolment import make_seat
from app.desk.desk import Desk, open_desk
from app.desk.link.joining import join, move
from app.desk.link.stepping import in_step
from app.wire.messages import PAGE, Pull
from models.calendar import now_us
from models.tables import line as line_table
from tests.bench import pushing
from tests.bench.books import chain, later, pushes, written
from tests.bench.filled import filled_desk
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, median, p95, timed
from tests.bench.served import Served
from tests.link.relay import Relay

VISITS = 400
"""Of a day at one desk: eight hours, a visit every 72 seconds."""
TURNS = 5
LINES = 30_000
"""Of the feed that is read."""


def offline(ground: Ground) -> Iterator[Figure]:
    """A desk has registered all day without the centre, and another one with it: until the first has sent and read all
    and both books are everywhere. Bytes are TCP's, with the heads of HTTP."""
    for served in ground.centres:
        took: list[float] = []
        up: list[float] = []
        down: list[float] = []
        sent = read = 0
        for turn in range(TURNS):
            with tempfile.TemporaryDirectory(dir=ground.folder) as folder:
                desk, office = _joined(ground, served, Path(folder) / "desk", f"day {turn}")
                relay = Relay(served.url)
                move(desk, relay.url)
                _other_desk(ground, served, office)
                began = time.perf_counter()
                (step,) = in_step(desk)
                took.append(time.perf_counter() - began)
                up.append(relay.carried / VISITS)
                down.append(relay.brought / VISITS)
                sent, read = step.pushed, step.pulled
                assert (step.waiting, step.pulled >= sent + 3 * VISITS) == (0, True)
                relay.close()
                desk.close()
            ground.progress(f"offline {served.name}", turn + 1, TURNS)
        yield Figure(
            name=f"offline.{served.name}",
            value=median(took),
            unit="s",
            target="≤ 5 s",
            note=f"{VISITS} visits here and {VISITS} elsewhere: {sent:,} lines sent, {read:,} read into "
            f"the desk's encrypted file; median of {TURNS}, the longest {max(took):.3g} s",
        )
        if served.is_postgresql:
            bodies = sum(
                len(line.body or b"") for line in later(written(ground.folder, VISITS, ground.progress)[1], VISITS)
            )
            beside = Beside("the bodies of its lines as they lie in the book", bodies / VISITS)
            yield Figure(
                name="wire.sent", value=median(up), unit="bytes", beside=beside, note="for a visit of one's own"
            )
            yield Figure(
                name="wire.read",
                value=median(down),
                unit="bytes",
                beside=beside,
                note="for another desk's visit, and the places of one of one's own",
            )


def _joined(ground: Ground, served: Served, folder: Path, office: str) -> tuple[Desk, str]:
    """A desk with a day's visits that has just joined, and its office."""
    kept = ground.folder / f"sent-{VISITS}"
    filled_desk(kept, VISITS, VISITS, ground.progress)[0].close()
    shutil.copytree(kept, folder)
    desk = open_desk(folder)
    with served.store.writing() as connection:
        code = make_seat(connection, office, "desk", now_us())[1]
    join(desk, served.url, code)
    return desk, office


def _other_desk(ground: Ground, served: Served, office: str) -> None:
    place = served.seat(office)
    of_the_office, visits = written(ground.folder, pushing.VISITS, ground.progress)
    with served.line(place.token) as line:
        for message in pushes(chain(place.desk, [*of_the_office, *later(visits, VISITS)]), 1_000):
            line.push(message)


def pull(ground: Ground) -> Iterator[Figure]:
    """Reading the feed page by page, as a desk asks for it, against the same rows read by the driver."""
    for served in ground.centres:
        lines = min(LINES, len(written(ground.folder, pushing.VISITS, ground.progress)[1]))
        _took, _each, office = pushing.push_all(ground, served, pushing.Load(1, 1_000, lines))
        reader = served.seat(served.name_of(office))
        took: list[float] = []
        pages: list[float] = []
        floor: list[float] = []
        after = came = 0
        for turn in range(TURNS):
            after = came = 0
            with served.line(reader.token) as line:
                began = time.perf_counter()
                while True:
                    spent, answer = timed(line.pull, Pull(after=after, own=()))
                    pages.append(spent)
                    came += len(answer.lines)
                    after = answer.through
                    if after == answer.head:
                        break
                took.append(came / (time.perf_counter() - began))
            floor.append(_read_alone(served, office))
            ground.progress(f"pull {served.name}", turn + 1, TURNS)
        yield Figure(
            name=f"pull.{served.name}",
            value=median(took),
            unit="lines/s",
            beside=Beside("the same rows in the same pages by the driver alone", median(floor)),
            note=f"{came:,} lines in pages of {PAGE}; a page took {median(pages):.3g} ms, p95 {p95(pages):.3g}",
        )


def _read_alone(served: Served, office: int) -> float:
    columns = ", ".join(f'"{column.name}"' for column in line_table.c)
    query = f"SELECT {columns} FROM line WHERE office = {office} AND position > %s ORDER BY position LIMIT {PAGE}"
    place = list(line_table.c.keys()).index("position")
    after, came = 0, 0
    if served.is_postgresql:
        with psycopg.connect(served.address, autocommit=True) as connection:
            began = time.perf_counter()
            while rows := connection.execute(query.encode(), (after,), binary=True).fetchall():
                after, came = rows[-1][place], came + len(rows)
            return came / (time.perf_counter() - began)
    with served.raw() as raw:
        began = time.perf_counter()
        while rows := raw.execute(query.replace("%s", "?"), (after,)).fetchall():
            after, came = rows[-1][place], came + len(rows)
        return came / (time.perf_counter() - began)
