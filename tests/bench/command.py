"""`bench`: measures the program's figures in one run and shows them beside what they are measured against."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

import msgspec

from app.cli.exits import DONE, WRONG_USE, Stop
from app.cli.terminal import progress
from tests.bench import (
    counter,
    crowd,
    day,
    finding,
    following,
    growth,
    leaving,
    newcomer,
    paper,
    paper_peers,
    pushing,
    rebuilding,
    registering,
    replicas,
    screen,
    showing,
    windows,
)
from tests.bench.ground import Ground
from tests.bench.measuring import Figure

MEASURES: Mapping[str, Callable[[Ground], Iterator[Figure]]] = {
    "register": registering.figures,
    "find": finding.figures,
    "log": day.figures,
    "rebuild": rebuilding.figures,
    "start": windows.start,
    "memory": windows.memory,
    "counter": counter.figures,
    "show": showing.figures,
    "receipt": paper.figures,
    "peers": paper_peers.figures,
    "screen": screen.figures,
    "print": leaving.figures,
    "push": pushing.figures,
    "offline": following.offline,
    "pull": following.pull,
    "writers": crowd.figures,
    "newdesk": newcomer.figures,
    "replicas": replicas.figures,
    "growth": growth.figures,
}
"""Every figure by name, in the order in which they are taken."""


def run(arguments: argparse.Namespace) -> int:
    """Measures the figures that were named, or all; `--json` also writes them to a file.

    The desk that is measured lies in a temporary folder, or under `--data`, where it stays for the next run.
    """
    unknown = [name for name in arguments.names if name not in MEASURES]
    if unknown:
        raise Stop(f"No such figure: {', '.join(unknown)}. There are: {', '.join(MEASURES)}.", WRONG_USE)
    # Opened before minutes of work.
    with Path(arguments.json).open("w", encoding="utf-8") if arguments.json else nullcontext() as out:
        figures = _measured(arguments)
        if out is not None:
            said = msgspec.json.encode({"figures": [each.as_said() for each in figures]})
            out.write(msgspec.json.format(said).decode() + "\n")
    return DONE


def _measured(arguments: argparse.Namespace) -> list[Figure]:
    chosen = [name for name in MEASURES if not arguments.names or name in arguments.names]
    os.environ["MIZ_KEYSTORE"] = "file"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures: list[Figure] = []
    requests = arguments.requests or arguments.clients
    print(f"{arguments.clients:,} clients, {requests:,} requests; {_machine()}", flush=True)
    with _folder(arguments) as folder:
        ground = Ground(folder, arguments.clients, requests, _Progress())
        try:
            for name in chosen:
                for figure in MEASURES[name](ground):
                    figures.append(figure)
                    print(_line(figure), flush=True)
        finally:
            ground.close()
    return figures


@contextmanager
def _folder(arguments: argparse.Namespace) -> Iterator[Path]:
    given = getattr(arguments, "data", None)
    if given:
        folder = Path(given)
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    else:
        with tempfile.TemporaryDirectory(prefix="bench-") as made:
            yield Path(made)


class _Progress:
    """A line on standard error for each thing that takes long."""

    def __init__(self) -> None:
        self._what = ""
        self._draw: Callable[[int, int], None] = lambda done, of: None

    def __call__(self, what: str, done: int, of: int) -> None:
        if what != self._what:
            self._what, self._draw = what, progress(what)
        self._draw(done, of)


def _machine() -> str:
    import sqlcipher3.dbapi2

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, "
        f"SQLite {sqlcipher3.dbapi2.sqlite_version}"
    )


def _line(figure: Figure) -> str:
    beside = f"{figure.beside.value:10.3g}  {figure.beside.name}" if figure.beside else ""
    ratio = f"{figure.ratio:8.3g} ×" if figure.ratio is not None else " " * 10
    target = f"  target: {figure.target}" if figure.target else ""
    return f"{figure.name:14}{figure.value:10,.4g} {figure.unit:8}{ratio}{beside}{target}\n{'':14}{figure.note}"
