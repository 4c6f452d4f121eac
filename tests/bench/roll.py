"""A roll printer at the other end of the cable, in a program of its own, that says when each paper reaches it.

`python -m tests.bench.roll` says its port, then of every paper the moment of its first byte that is no question for
its status, in seconds of `time.perf_counter`: on Linux one clock for all programs (CLOCK_MONOTONIC). It prints nothing.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from tests.bench.measuring import ROOT
from tests.printers.roll_machine import RollMachine

BEGINNING = b"\x1b@"
"""A paper begins with it."""


class Roll:
    """The program, as who started it sees it; `arrived` grows by a moment for each paper."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        assert program.stdout is not None
        self._said = program.stdout
        self.port = int(self._said.readline())
        self.arrived: list[float] = []
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self._said:
            self.arrived.append(float(line))

    def next_after(self, moment: float) -> float:
        """When the next paper after that moment began to arrive; waits for it."""
        end = time.monotonic() + 10
        while True:
            found = next((arrived for arrived in self.arrived if arrived > moment), None)
            if found is not None:
                return found
            if time.monotonic() > end:
                raise RuntimeError("No paper reached the printer.")
            time.sleep(0.001)


@contextmanager
def roll_printer() -> Iterator[Roll]:
    command = [sys.executable, "-m", "tests.bench.roll"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        try:
            yield Roll(program)
        finally:
            program.kill()


class _Tap(RollMachine):
    def _take(self, content: bytes, connection: socket.socket) -> bytes:
        if content.startswith(BEGINNING):
            print(time.perf_counter(), flush=True)
        return super()._take(content, connection)

    def _print(self) -> None:
        self._waiting.clear()


if __name__ == "__main__":
    print(_Tap().port, flush=True)
    sys.stdin.read()  # until whoever started it is gone
