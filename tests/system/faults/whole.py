"""A run with real processes: desks' programs and a centre that are killed, a network that cuts, disks that fill up."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from sqlalchemy import Connection, text

from app.central.enrolment import make_seat
from app.central.store import Store
from app.desk.desk import HOME_OFFICE, open_desk
from app.desk.link.standing import waiting_lines
from app.desk.link.stepping import in_step
from models.calendar import now_us
from tests.central.dumps import dumped, put_back
from tests.standby import Pair
from tests.system.faults.centre_process import PATIENCE, CentreProcess, Database, context
from tests.system.faults.clerk import Orders, work
from tests.system.faults.counter import DAY
from tests.system.faults.promises import Ledger, broken, confirmed, forgotten, held, sizes, written
from tests.system.faults.proxy import CuttingProxy

MOST_FOLDERS = 5
SLOW = """
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.03); RETURN NULL; END';
CREATE TRIGGER slow AFTER INSERT ON line FOR EACH STATEMENT EXECUTE FUNCTION slow()
"""
"""PostgreSQL on a busy disk: what several processes of the centre write at once does overlap."""


FULL = """
CREATE TABLE full_disk (since integer);
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
IF EXISTS (SELECT FROM full_disk) THEN RAISE ''no room'' USING ERRCODE = ''disk_full''; END IF; RETURN NULL; END';
CREATE TRIGGER full_disk AFTER INSERT ON line FOR EACH STATEMENT EXECUTE FUNCTION full_disk()
"""
"""PostgreSQL says what it says when there is no room, in the middle of a transaction, as long as something stands in
that table."""


class Place:
    """A data folder; which programs run on it changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.offset = 0
        self.again = ""
        self.backup: Path | None = None


class Whole:
    """One run; `counts` says what happened in it."""

    def __init__(self, seed: str, database: Database, desks: list[Path], folder: Path) -> None:
        self.luck, self.folder, self.seed = random.Random(seed), folder, seed
        self.counts, self.ledger, self._programs = Counter[str](), Ledger(), 0
        self._database, self._forgotten = database, list[str]()
        self._blind = self.luck.random() < 0.5
        self.counts["copies cannot be seen before sending"] += self._blind
        self.proxy = CuttingProxy(random.Random(seed + "/network"))
        several = database.file is None and self.luck.random() < 0.6
        self.counts["several processes of the centre"] += several
        self.centres = [CentreProcess(database, self.proxy, n, folder / f"centre{n}.log") for n in range(1 + several)]
        self.store = Store(database.url)
        if database.file is None and database.pair is None:
            with self.store.writing() as connection:
                connection.execute(text(FULL))
        self._eager = several and self.luck.random() < 0.6
        if self._eager:
            self.counts["slow database"] += 1
            with self.store.writing() as connection:
                connection.execute(text(SLOW))
        with self.store.writing() as connection:
            self._seats = [make_seat(connection, "ماکو", f"میز {n}", now_us()) for n in range(len(desks))]
        self.places = [Place(shutil.copytree(desk, folder / f"desk{n}")) for n, desk in enumerate(desks)]
        self.office = 1

    def close(self) -> None:
        for centre in self.centres:
            centre.kill()
        self.proxy.close()
        self.store.close()

    # --- one round: programs at work, and what happens to them ---

    def round(self, *, first: bool = False) -> None:
        programs = []
        for n, place in enumerate(self.places):
            joins = (f"http://127.0.0.1:{self.proxy.port}", self._seats[n][1]) if first else None
            programs.append((place, self._start(place, join=joins)))
            if not first and self.luck.random() < 0.35:
                self.counts["two programs on one store"] += 1
                programs.append((place, self._start(place, watch=self.luck.random() < 0.5)))
        self.proxy.cuts = True
        until = time.monotonic() + PATIENCE
        while any(program.is_alive() for _, (orders, program) in programs if not orders.watch):
            assert time.monotonic() < until, "somebody is stuck"
            time.sleep(self.luck.random() * 0.15)
            self._trouble([program for _, (_, program) in programs], spare_joining=first)
        for place, (orders, program) in programs:
            if orders.watch:
                program.kill()
            program.join()
            self._read(place, orders)
        self.proxy.cuts = False
        self._fill(self.centres[0], is_full=False)

    def _start(
        self, place: Place, *, join: tuple[str, str] | None = None, watch: bool = False
    ) -> tuple[Orders, ForkServerProcess]:
        self._programs += 1
        name = f"{self.seed}/{self._programs}"
        room = self.luck.randrange(40_000) if not watch and self.luck.random() < 0.2 else None
        orders = Orders(
            folder=place.folder,
            report=self.folder / f"report{self._programs}",
            home=self.folder / "home",
            name=name,
            acts=self.luck.randint(4, 12),
            watch=watch,
            offset=place.offset,
            room=room,
            join=join,
            again="" if watch else place.again,
            blind=self._blind,
            eager=self._eager,
        )
        if not watch:
            place.again = ""
        program = context.Process(target=work, args=(orders,), daemon=True)
        program.start()
        return orders, program

    def _trouble(self, programs: list[ForkServerProcess], *, spare_joining: bool) -> None:
        what, centre = self.luck.random(), self.luck.choice(self.centres)
        if what < 0.15 and not spare_joining:
            alive = [program for program in programs if program.is_alive()]
            if alive:
                self.counts["desk killed"] += 1
                self.luck.choice(alive).kill()
        elif what < 0.25:
            self.counts["centre killed"] += 1
            centre.kill()
            centre.start()
        elif what < 0.28:
            self.counts["centre stopped"] += 1
            centre.stop()
            centre.start()
        elif what < 0.36 and self._database.restart is not None:
            self.counts["PostgreSQL restarted"] += 1
            self._database.restart()
        elif what < 0.50 and self._database.pair is not None:
            self._fail_over(self._database.pair)
        elif what < 0.46 and self._database.pair is None:
            self.counts["full disk at the centre"] += 1
            self._fill(centre, is_full=True)
        elif what < 0.56 and self._database.pair is None:
            self._fill(centre, is_full=False)

    def _fill(self, centre: CentreProcess, *, is_full: bool) -> None:
        if self._database.file is not None:
            centre.leave_room(self.luck.randrange(30_000) if is_full else None)
        elif self._database.pair is None:
            with self.store.writing() as connection:
                said = "INSERT INTO full_disk VALUES (1)" if is_full else "DELETE FROM full_disk"
                connection.execute(text(said))

    def _fail_over(self, pair: Pair) -> None:
        """The server dies and its standby takes over. What the centre has told a desk before, the standby must know."""
        self.counts["failed over"] += 1
        pair.kill()
        told = [chain for place in self.places for chain in confirmed(place.folder)]
        began = time.monotonic()
        pair.promote()
        with self.store.reading() as connection:
            self._forgotten += forgotten(connection, self.office, told)
        for centre in self.centres:
            centre.await_database()
        self.counts["ms from promotion until every process works"] += round((time.monotonic() - began) * 1_000)
        pair.rejoin()

    def _read(self, place: Place, orders: Orders) -> None:
        """What a program's report says; a visit that was begun and not acknowledged is tried again by the next."""
        begun = ""
        for said in orders.report.read_text().splitlines() if orders.report.exists() else ():
            word, _, rest = said.partition(" ")
            if word == "try":
                begun = rest
                self.ledger.tried.add(rest)
            elif word == "ok":
                name, _, code = rest.partition(" ")
                self.ledger.acknowledged[name] = code
                self.counts["visits"] += bool(code)
                begun = ""
            elif word == "broke":
                raise AssertionError(f"a desk's program broke: {rest}")
            elif word in ("full", "away", "busy", "copy"):
                self.counts[{"full": "full disk at a desk"}.get(word, word)] += 1
                begun = begun if word != "full" else ""
        if "/" in begun and not place.again:
            place.again = begun

    # --- between rounds: nobody has the folders open ---

    def misfortune(self) -> None:
        place = self.luck.choice(self.places)
        what = self.luck.random()
        if what < 0.25:
            self.counts["clock moved a day"] += 1
            place.offset = self.luck.choice((-DAY, 0, DAY))
        elif what < 0.45 and len(self.places) < MOST_FOLDERS:
            self.counts["folder copied"] += 1
            self.places.append(Place(shutil.copytree(place.folder, self.folder / f"copy{len(self.places)}")))
        elif what < 0.65:
            kept = self.folder / f"backup-{place.folder.name}"
            shutil.rmtree(kept, ignore_errors=True)
            place.backup = shutil.copytree(place.folder, kept)
        elif what < 0.80 and place.backup is not None:
            self.counts["backup restored"] += 1
            with _reading(place) as connection:
                had = held(connection, HOME_OFFICE)
            shutil.rmtree(place.folder)
            shutil.copytree(place.backup, place.folder)
            place.again = ""
            self._disk_replaced(had)
        elif what < 0.87:
            self.back_up_the_centre()
        elif self._database.pair is None:
            self._restore_the_centre()

    def back_up_the_centre(self) -> None:
        with self.store.reading() as connection:
            self._dump = dumped(connection)

    def _restore_the_centre(self) -> None:
        """Under programs that go on, as where a standby takes over that lacked the last of it, or that start anew."""
        self.counts["centre's backup restored"] += 1
        starts_anew = self.luck.random() < 0.5
        for centre in self.centres if starts_anew else ():
            centre.kill()
        with self.store.writing() as connection:
            had = held(connection, self.office)
            put_back(connection, self._dump)
        self._disk_replaced(had)
        for centre in self.centres if starts_anew else ():
            centre.start()

    def _disk_replaced(self, had: set[str]) -> None:
        with self.store.reading() as connection:
            elsewhere, read = held(connection, self.office), set[str]()
        for place in self.places:
            with _reading(place) as connection:
                elsewhere |= written(connection)
                read |= held(connection, HOME_OFFICE)
        self.ledger.disk_replaced(had, elsewhere, read)

    # --- the end ---

    def settle(self) -> list[str]:
        """Everything works; all are brought in step, and then judged."""
        os.environ["XDG_STATE_HOME"] = str(self.folder / "home")
        with _at_most(PATIENCE):
            return self._settled()

    def _settled(self) -> list[str]:
        desks = [open_desk(place.folder) for place in self.places]
        try:
            for _turn in range(30):
                steps = [step for desk in desks for step in in_step(desk)]
                if not any(step.pushed or step.pulled for step in steps) and not any(map(waiting_lines, desks)):
                    break
            else:
                return ["somebody is stuck"]
            return [*self._forgotten, *broken(self.store, self.office, desks, self.ledger), *self.proxy.odd]
        finally:
            for desk in desks:
                desk.close()


@contextmanager
def _reading(place: Place) -> Iterator[Connection]:
    desk = open_desk(place.folder)
    try:
        with desk.reading() as connection:
            yield connection
    finally:
        desk.close()


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """Ends what goes on for ever."""

    def stuck(*_signal: object) -> None:
        raise AssertionError("somebody is stuck")

    before = signal.signal(signal.SIGALRM, stuck)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def whole_run(
    seed: str, database: Database, desks: list[Path], folder: Path, most_rounds: int = 4
) -> tuple[Counter[str], list[str]]:
    """What happened, and what was broken."""
    run = Whole(seed, database, desks[: 2 + random.Random(seed).randrange(2)], folder)
    try:
        run.round(first=True)
        run.back_up_the_centre()
        for _round in range(run.luck.randint(1, most_rounds)):
            run.misfortune()
            run.misfortune()
            run.round()
        wrong = run.settle()
        return run.counts + run.proxy.counts + sizes(run.store, run.office), wrong
    finally:
        run.close()
