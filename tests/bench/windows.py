"""The window as a program: how soon one can sign in, and the memory it takes; against an empty window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.ground import Ground
from tests.bench.measuring import ROOT, Beside, Figure, environment, median

TIMES = 11
COLD_TIMES = 5
TYPED = 10
"""People whose names are typed before memory is read."""


def start(ground: Ground) -> Iterator[Figure]:
    """From starting the program until the names are there, the password field has the focus and all is painted."""
    folder = str(ground.desk.store.folder)
    _opened(folder)
    ours, empty = [], []
    for n in range(TIMES):
        ours.append(_opened(folder)[0])
        empty.append(_opened()[0])
        ground.progress("start", n + 1, TIMES)
    yield Figure(
        name="start",
        value=median(ours),
        unit="ms",
        beside=Beside("an empty PySide6 window", median(empty), "peer"),
        target="ratio ≤ 1.5",
        note=f"median of {TIMES} programs each, offscreen",
    )
    yield _cold(folder)


def _cold(folder: str) -> Figure:
    """The same as the first thing after switching the computer on, as far as files go: a copy of the program and of its
    packages that nothing else has open, and of which nothing is in memory. The interpreter itself is."""
    ours: list[float] = []
    empty: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        shutil.copytree(sysconfig.get_path("platlib"), copy / "packages")
        for part in ("app", "models", "printing", "resources", "tests", "ui"):
            shutil.copytree(ROOT / part, copy / part)
        os.sync()
        for _ in range(COLD_TIMES):
            for took, arguments in ((ours, [folder]), (empty, [])):
                _forget(copy)
                took.append(_opened(*arguments, root=copy)[0])
    return Figure(
        name="start.cold",
        value=median(ours),
        unit="ms",
        beside=Beside("an empty PySide6 window, as cold", median(empty), "peer"),
        note=f"median of {COLD_TIMES} programs each, none of their files in memory",
    )


def _forget(folder: Path) -> None:
    """What is written here is read from the disk again."""
    for path in folder.rglob("*"):
        if path.is_file():
            file = os.open(path, os.O_RDONLY)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(file)


def memory(ground: Ground) -> Iterator[Figure]:
    """With somebody signed in at the counter who has looked for some people letter by letter."""
    with ground.desk.reading() as connection:
        query = "SELECT given_name || ' ' || family_name FROM client ORDER BY id LIMIT ?"
        names = [str(name) for (name,) in connection.exec_driver_sql(query, (TYPED,))]
    _, ours = _opened(str(ground.desk.store.folder), *names)
    _, empty = _opened()
    yield Figure(
        name="memory",
        value=ours / 1e6,
        unit="MB",
        beside=Beside("an empty PySide6 window", empty / 1e6, "peer"),
        target="≤ 200 MB",
        note="signed in, at the counter, after ten names were typed; resident",
    )


def _opened(*arguments: str, root: Path = ROOT) -> tuple[float, int]:
    """Milliseconds until the window was usable, and bytes of memory at the end."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.opened", *arguments],
        cwd=root,
        env=environment() | {"PYTHONPATH": str(root / "packages")},
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        usable = next((line for line in program.stdout if line.startswith("usable")), "")
        took = (time.perf_counter() - begun) * 1_000
        held = next((line.split()[1] for line in program.stdout if line.startswith("memory")), "")
    if not usable or not held:
        raise RuntimeError("The window did not open.")
    return took, int(held)
