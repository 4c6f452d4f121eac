"""A process of the centre that can be killed, and the database behind it."""

from __future__ import annotations

import multiprocessing
import os
import resource
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import httpx

from app.cli.door import enter
from tests.standby import Pair
from tests.system.faults.proxy import CuttingProxy

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.system.faults.whole", "app.central.server", "app.cli.central", "uvicorn"])
PATIENCE = 120
"""Seconds after which somebody counts as stuck; a run takes a few."""


class Database(NamedTuple):
    """The centre's. `restart` is there for a server that can be restarted, `file` for a file that can grow too big,
    `pair` for a server with a standby."""

    url: str
    file: Path | None = None
    restart: Callable[[], None] | None = None
    pair: Pair | None = None


def serve(url: str, port: int, said: Path) -> None:
    """The centre's program, as the command line starts it; what it says goes to a file."""
    file = os.open(said, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os._exit(enter(["central", "serve", "--port", str(port), "--database", url]))


class CentreProcess:
    """A process of the centre and its successors; `place` is its own among the proxy's targets."""

    def __init__(self, database: Database, proxy: CuttingProxy, place: int, said: Path) -> None:
        self._database, self._proxy, self._place, self._said = database, proxy, place, said
        proxy.targets.append(0)
        self.start()

    def start(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.process = context.Process(target=serve, args=(self._database.url, port, self._said), daemon=True)
        self.process.start()
        until(lambda: _listens(port) or not self.process.is_alive(), "the centre does not listen")
        assert self.process.is_alive(), "the centre did not start"
        self._proxy.targets[self._place] = port

    def kill(self) -> None:
        self.process.kill()
        self.process.join()

    def stop(self) -> None:
        """Asks it to end, and expects it to."""
        self.process.terminate()
        self.process.join(PATIENCE)
        assert not self.process.is_alive(), "the centre does not end when asked to"

    def await_database(self) -> None:
        """Until it can be worked with again, the process itself unharmed."""
        until(lambda: _answers(self._proxy.targets[self._place]), "the centre does not find its database again")

    def leave_room(self, room: int | None) -> None:
        """Lets its database file grow by no more than so many bytes; None lifts that."""
        assert self._database.file is not None
        assert self.process.pid is not None
        sizes = [path.stat().st_size for path in self._database.file.parent.glob(self._database.file.name + "*")]
        limit = resource.RLIM_INFINITY if room is None else max(sizes) + room
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def until(what: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, otherwise
        time.sleep(0.01)
