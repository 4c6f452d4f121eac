"""Many runs, one after the other, from one seed: what was done is kept, so that it goes on where it was broken off."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from app.central.store import Store
from tests.postgres import Cluster
from tests.standby import Pair
from tests.system.faults.centre_process import Database
from tests.system.faults.counter import make_desks
from tests.system.faults.small import small_run
from tests.system.faults.whole import whole_run

WHOLE_EVERY = 10
"""One run in so many is one with real processes and a real network; the others are in one process, and quick."""
TELLS_EVERY = 30.0


class Kept(msgspec.Struct, frozen=True):
    """One run that is over."""

    run: int
    whole: bool
    seconds: float
    counts: dict[str, int]
    wrong: tuple[str, ...] = ()


class Ground:
    """What all runs stand on: desks to copy, an empty centre to copy, a PostgreSQL server that can be restarted."""

    def __init__(self, folder: Path, cluster: Cluster | Pair) -> None:
        self.folder, self._cluster, self._n = folder, cluster, 0
        folder.mkdir(exist_ok=True)
        self.desks = make_desks(folder / "desks")
        self._empty = folder / "empty.db"
        _bring_up_to_date(f"sqlite:///{self._empty}")
        _bring_up_to_date(cluster.create("faults", template="template0"))

    @contextmanager
    def database(self, folder: Path, *, postgresql: bool) -> Iterator[Database]:
        """An empty centre's, for one run."""
        if not postgresql:
            file = folder / "centre.db"
            shutil.copy(self._empty, file)
            yield Database(f"sqlite:///{file}", file=file)
            return
        self._n += 1
        name = f"faults{os.getpid()}_{self._n}"
        url = self._cluster.create(name, template="faults")
        pair = self._cluster if isinstance(self._cluster, Pair) else None
        # What was acknowledged outlives the server.
        self._cluster.alter(name, "synchronous_commit", "remote_apply" if pair and self._n % 2 else "on")
        try:
            yield Database(url, restart=self._cluster.restart, pair=pair)
        finally:
            self._cluster.drop(name)

    def close(self) -> None:
        self._cluster.drop("faults")


def _bring_up_to_date(url: str) -> None:
    store = Store(url)
    store.bring_up_to_date()
    store.close()


def one_run(ground: Ground, seed: str, number: int, *, whole: bool, postgresql: bool | None = None) -> Kept:
    """The run of that number, on a database that is drawn if none is said. Where something is wrong its folder is
    left."""
    name = f"{seed}-{number}"
    if postgresql is None:
        postgresql = random.Random(name).random() < 0.5
    folder = ground.folder / name
    folder.mkdir()
    began = time.monotonic()
    counts, wrong = Counter[str](), [""]
    try:
        with ground.database(folder, postgresql=postgresql) as database:
            if whole:
                counts, wrong = whole_run(name, database, ground.desks, folder)
            else:
                store = Store(database.url)
                try:
                    counts, wrong = small_run(name, store, ground.desks, folder)
                finally:
                    store.close()
    except Exception:
        wrong = [traceback.format_exc()]
    if not wrong:
        shutil.rmtree(folder)
    return Kept(number, whole, round(time.monotonic() - began, 2), dict(counts), tuple(wrong[:20]))


def series(runs: int, seed: int, kept: Path, only: int | None = None, *, failover: bool = False) -> bool:
    """Runs what is not yet in `kept`/SEED.jsonl, or `only` one again; whether nothing was wrong in any. With `failover`
    they are all on a PostgreSQL server whose standby takes over again and again, and kept in SEED-failover.jsonl."""
    kept.mkdir(parents=True, exist_ok=True)
    name = f"{seed}-failover" if failover else str(seed)
    book = kept / f"{name}.jsonl"
    done = {} if only is not None else _read(book)
    wanted = [only] if only is not None else [n for n in range(runs) if n not in done]
    with _ground(failover=failover) as ground, book.open("ab") as file:
        told = time.monotonic()
        for number in wanted:
            whole = failover or number % WHOLE_EVERY == WHOLE_EVERY - 1
            ran = one_run(ground, name, number, whole=whole, postgresql=failover or None)
            if ran.wrong:
                _leave(ground.folder / f"{name}-{number}", kept / f"{name}-{number}", ran.wrong)
                again = f"./run faults --seed {seed} --only {number}{' --failover' * failover}"
                print(f"Run {number} went wrong: {ran.wrong[0]}\nIts folder: {kept}/{name}-{number}. Again: {again}",
                      flush=True)  # fmt: skip
            done[number] = ran
            if only is None:
                file.write(msgspec.json.encode(ran) + b"\n")
                file.flush()
            if time.monotonic() - told > TELLS_EVERY:
                told = time.monotonic()
                print(figure(done.values(), runs), flush=True)
    print(figure(done.values(), runs))
    return not any(ran.wrong for ran in done.values())


def _read(book: Path) -> dict[int, Kept]:
    """What is over; a run that went wrong is run again."""
    if not book.exists():
        return {}
    lines = [line for line in book.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]
    found = (msgspec.json.decode(line, type=Kept) for line in lines)
    return {ran.run: ran for ran in found if not ran.wrong}


def _leave(folder: Path, to: Path, wrong: tuple[str, ...]) -> None:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to)
    shutil.rmtree(folder)
    (to / "wrong.txt").write_text("\n".join(wrong) + "\n")


def figure(done: Any, runs: int) -> str:
    """What was counted, as JSON."""
    ran = list(done)
    counts: Counter[str] = sum((Counter(each.counts) for each in ran), Counter())
    wrong = [text for each in ran for text in each.wrong]
    told = {
        "runs": len(ran),
        "of": runs,
        "with real processes": sum(each.whole for each in ran),
        "visits": counts.pop("visits", 0),
        "lines": counts.pop("lines", 0),
        "lost": sum(text.startswith("lost") for text in wrong),
        "twice": sum(text.startswith("twice") for text in wrong),
        "runs that went wrong": sum(bool(each.wrong) for each in ran),
        "seconds": round(sum(each.seconds for each in ran)),
        "faults": dict(sorted(counts.items())),
    }
    return msgspec.json.encode(told).decode()


@contextmanager
def _ground(*, failover: bool) -> Iterator[Ground]:
    """In memory where the system has room for files there: no power fails here, and the disk is spared."""
    memory = Path("/dev/shm")
    place = str(memory) if memory.is_dir() and os.access(memory, os.W_OK) else None
    os.environ["MIZ_KEYSTORE"] = "file"
    with tempfile.TemporaryDirectory(prefix="miz-faults", dir=place) as folder:
        os.environ["XDG_STATE_HOME"] = folder
        with tempfile.TemporaryDirectory(prefix="miz", dir=tempfile.gettempdir()) as server:
            cluster = Pair(Path(server)) if failover else Cluster(Path(server))
            cluster.start()
            try:
                yield Ground(Path(folder), cluster)
            finally:
                cluster.stop()
