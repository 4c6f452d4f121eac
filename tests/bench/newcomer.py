"""A new desk in an office that has worked for years: how soon it can serve, when it knows everybody, and that a kill
half way costs a page."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from app.book.append import Pen
from app.book.following import unsent
from app.central.enrolment import make_seat
from app.desk import people
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.finding import find
from app.desk.link.joining import join
from app.desk.link.membership import Membership, membership
from app.desk.made_up import made_up_people
from app.desk.people import Session
from app.desk.setup import make_office
from app.desk.visits import Registered, register
from app.wire.messages import MOST_LINES, push_of
from models.calendar import now_us
from models.ids import new_id
from models.lines import GENESIS
from tests.bench.filled import CLERK, PASSWORD
from tests.bench.ground import Ground
from tests.bench.measuring import ROOT, Beside, Figure, environment, median, p95, timed
from tests.bench.served import Served

CLIENTS = 100_000
"""At most; fewer where the run has fewer."""
EVERY = 0.25
"""Seconds between two visits that are registered meanwhile."""
AFTERWARDS = 40
PATIENCE = 3_600


def figures(ground: Ground) -> Iterator[Figure]:
    """The office's whole feed comes to a desk that was set up a moment ago and registers visits all the while."""
    for served in ground.centres:
        lines = _fill(ground, served)
        with tempfile.TemporaryDirectory(dir=ground.folder) as folder:
            yield from _coming(ground, served, Path(folder) / "desk", lines)


def _fill(ground: Ground, served: Served) -> int:
    """The filled desk's book, or the beginning of it, is sent to the centre; its lines."""
    desk = ground.desk
    wanted = min(CLIENTS, ground.clients)
    most = int(4.2 * wanted) if wanted < ground.clients else sys.maxsize
    place = served.seat("office", former=desk.number)
    sent, previous = 0, GENESIS
    with served.line(place.token) as line:
        while sent < most:
            with desk.reading() as connection:
                some = unsent(connection, Pen(HOME_OFFICE, desk.number, desk.pen.incarnation), sent, MOST_LINES)
            if not some:
                break
            line.push(push_of(some, previous))
            sent, previous = some[-1].sequence, some[-1].hash
            ground.progress(f"newdesk {served.name}, at the centre", sent, min(most, 4 * wanted))
    return sent


def _coming(ground: Ground, served: Served, folder: Path, lines: int) -> Iterator[Figure]:
    desk = make_office(folder, office="office", desk_name="new", admin=CLERK, password=PASSWORD, desk_number=5_002).desk
    with served.store.writing() as connection:
        code = make_seat(connection, "office", "new", now_us())[1]
    work = _Counter(desk, ground.clients)
    began = time.perf_counter()
    join(desk, served.url, code)
    first = _Syncing(folder)
    work.serve()
    usable = time.perf_counter() - began
    while _known(desk).read < lines // 2:
        work.serve()
        first.still_runs()
        time.sleep(EVERY)
    first.kill()
    second, before = _Syncing(folder), _known(desk).read
    while second.still_runs():
        work.serve()
        time.sleep(EVERY)
    whole = time.perf_counter() - began
    meanwhile, work.took = work.took[1:], []  # without the first of the program
    for _ in range(AFTERWARDS):
        work.serve()
    assert second.pulled is not None
    again = second.pulled - (_known(desk).read - before)
    with desk.reading() as connection:
        came = connection.exec_driver_sql("SELECT count(*) FROM client").scalar_one()
    desk.close()
    name = f"newdesk.{served.name}"
    yield Figure(
        name=name,
        value=whole,
        unit="s",
        note=f"{lines:,} lines, {came:,} clients, {lines / whole:,.0f} lines/s into the encrypted file while "
        f"{len(meanwhile)} visits were registered; killed half way: {max(0, again):,} lines were read again",
    )
    yield Figure(name=f"{name}.usable", value=usable, unit="s", note="from joining until a visit was registered")
    yield Figure(
        name=f"{name}.register",
        value=p95(meanwhile),
        unit="ms",
        beside=Beside("afterwards", p95(work.took)),
        note=f"p95 of {len(meanwhile)} visits while the feed came in, median {median(meanwhile):.3g} over "
        f"{median(work.took):.3g}, the longest {max(meanwhile):.3g}",
    )


class _Counter:
    """The clerk at work; a client registered just now must be found at once."""

    def __init__(self, desk: Desk, strangers: int) -> None:
        self._desk = desk
        self._session = Session(new_id(), next(person for person in people.people(desk) if person.name == CLERK))
        self._coming = islice(made_up_people(), strangers, None)
        self.took: list[float] = []
        next(self._coming)  # the way to them takes a while

    def serve(self) -> None:
        while True:
            said = next(self._coming)
            spent, answer = timed(register, self._desk, self._session, {"client": said, "service": "101"})
            if isinstance(answer, Registered):
                break
        self.took.append(spent)
        assert any(hit.id == answer.client for hit in find(self._desk, said["national_number"]))


class _Syncing:
    """`main.py sync` as a program of its own."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "main.py", "--data", str(folder), "sync"]
        self._began = time.monotonic()
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.pulled: int | None = None

    def still_runs(self) -> bool:
        """Raises `RuntimeError` where it has failed or hangs."""
        if self._process.poll() is None:
            if time.monotonic() - self._began > PATIENCE:
                self.kill()
                raise RuntimeError("The new desk does not get in step.")
            return True
        said, _ = self._process.communicate()
        if self._process.returncode:
            raise RuntimeError(f"The new desk's sync ended with {self._process.returncode}.")
        self.pulled = msgspec.json.decode(said.splitlines()[-1])["pulled"]
        return False

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


def _known(desk: Desk) -> Membership:
    with desk.reading() as connection:
        known = membership(connection)
    assert known is not None
    return known
