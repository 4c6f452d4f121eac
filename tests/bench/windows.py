"""The window as a program: how soon one can sign in, and the memory it takes; against an empty window."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

from tests.bench.ground import Ground
from tests.bench.measuring import ROOT, Beside, Figure, environment, median

TIMES = 11
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


def _opened(*arguments: str) -> tuple[float, int]:
    """Milliseconds until the window was usable, and bytes of memory at the end."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.opened", *arguments],
        cwd=ROOT,
        env=environment(),
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
