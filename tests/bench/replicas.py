"""The same lines by two engines that others replicate with: PouchDB to pouchdb-server, and Morango.

Both settle edits of the same record on many machines, which a book of facts never has to: they do more, and are asked
for less here. What they need is fetched into the folder of the run, by npm and pip as they are set up on this machine;
where that cannot be, a sentence says so and the figure is left out.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from models.lines import Line
from tests.bench import pushing
from tests.bench.books import written
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, median

FETCHES = True
TURNS = 3
POUCH_LINES, MORANGO_LINES = 10_000, 2_000
PATIENCE = 300
_POUCH = ("pouchdb@9.0.0", "pouchdb-server@4.2.0")
_MORANGO = ("morango==0.8.15", "setuptools<81")
_HERE = Path(__file__).parent


class _Missing(Exception):
    """The engine cannot be had here, and why."""


def figures(ground: Ground) -> Iterator[Figure]:
    """Lines a second by one desk in batches of a thousand on PostgreSQL, and what the others do with the same lines in
    the same run, in turns; more is better, so the ratio should be large."""
    ours: list[float] = []
    pouch: list[float] = []
    morango: list[float] = []
    _office, visits = written(ground.folder, pushing.VISITS, ground.progress)
    centre = ground.centres[0]
    load = pushing.Load(1, 1_000, min(POUCH_LINES, len(visits)))
    for turn in range(TURNS + 1):
        took, _each, _number = pushing.push_all(ground, centre, load)
        if turn:
            ours.append(load.lines / took)
        for engine, rates, lines in ((_pouch, pouch, POUCH_LINES), (_morango, morango, MORANGO_LINES)):
            if turn and len(rates) == turn - 1:
                try:
                    rates.append(engine(ground, visits[:lines]))
                except _Missing as why:
                    print(f"{engine.__name__[1:]}: {why}", file=sys.stderr)
        ground.progress("replicas", turn, TURNS)
    for name, rates, target, how in (
        ("pouchdb", pouch, 5, "PouchDB 9.0 (LevelDB) to pouchdb-server 4.2, batches of 1,000"),
        ("morango", morango, 50, "Morango 0.8.15 (SQLite at both ends), chunks of 500"),
    ):
        if rates:
            yield Figure(
                name=f"replicas.{name}",
                value=median(ours),
                unit="lines/s",
                beside=Beside(how, median(rates), "peer"),
                target=f"ratio ≥ {target}",
                note=f"{load.lines:,} lines to PostgreSQL in batches of 1,000; median of {TURNS} turns",
            )


def _pouch(ground: Ground, lines: Sequence[Line]) -> float:
    folder = _fetched(ground.folder / "pouchdb", _fetch_pouch)
    file = folder / "lines.jsonl"
    file.write_bytes(b"".join(msgspec.json.encode({"_id": line.entry.hex, **_said(line)}) + b"\n" for line in lines))
    shutil.rmtree(folder / "data", ignore_errors=True)
    (folder / "data").mkdir()
    port = _free_port()
    server = ["node", "node_modules/.bin/pouchdb-server", "--port", port, "--dir", "data", "--no-stdout-logs"]
    with _running(server, folder, int(port)):
        said = _say(["node", str(_HERE / "pouch.js"), file.name, port, "1000"], folder)
    return len(lines) / float(said) * 1_000


def _fetch_pouch(folder: Path) -> None:
    if shutil.which("npm") is None:
        raise _Missing("there is no npm")
    (folder / "package.json").write_text('{"private": true, "allowScripts": {"leveldown": true}}')
    _say(["npm", "install", "--no-audit", "--no-fund", *_POUCH], folder)
    _say(["npm", "rebuild", "leveldown"], folder)


def _morango(ground: Ground, lines: Sequence[Line]) -> float:
    folder = _fetched(ground.folder / "morango", _fetch_morango)
    file = folder / "lines.jsonl"
    file.write_bytes(b"".join(msgspec.json.encode({"entry": line.entry.hex, **_said(line)}) + b"\n" for line in lines))
    centre, desk = folder / "centre.db", folder / "desk.db"
    for old in folder.glob("*.db*"):
        old.unlink()
    end = [str(folder / "env" / "bin" / "python"), "-W", "ignore", "-m", "morango_end"]
    port = _free_port()
    _say([*end, "make", str(centre), str(desk)], _HERE)
    with _running([*end, "serve", str(centre), port], _HERE, int(port)):
        said = _say([*end, "push", str(desk), port, str(file)], _HERE)
    return len(lines) / float(said)


def _fetch_morango(folder: Path) -> None:
    _say([sys.executable, "-m", "venv", "env"], folder)
    _say(["env/bin/python", "-m", "pip", "install", "-q", *_MORANGO], folder)


def _said(line: Line) -> dict[str, object]:
    return {
        "subject": line.subject.hex,
        "actor": line.actor.hex,
        "at": line.at,
        "line_kind": line.kind,
        "body": (line.body or b"").decode(),
    }


def _fetched(folder: Path, fetch: Callable[[Path], None]) -> Path:
    """The folder with the engine in it, fetched once a folder. Raises `_Missing`."""
    if not FETCHES:
        raise _Missing("nothing is fetched here")
    if not (folder / "whole").exists():
        folder.mkdir(exist_ok=True)
        try:
            fetch(folder)
        except (OSError, subprocess.SubprocessError) as error:
            raise _Missing(f"it could not be fetched ({type(error).__name__})") from None
        (folder / "whole").touch()
    return folder


def _say(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=PATIENCE)
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return str(free.getsockname()[1])


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """A server that listens, until it is not needed any more."""
    silent = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, stdout=silent, stderr=silent, start_new_session=True)
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise _Missing("its server does not start") from None
                time.sleep(0.1)
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
