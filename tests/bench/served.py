"""The centre that is measured: its program on a port, on either database, each as durable as it is in earnest."""

from __future__ import annotations

import hashlib
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app.central.enrolment import enrol, make_seat
from app.central.store import Store
from app.desk.link.centre import Centre
from app.desk.link.joining import PROGRAM
from app.wire.messages import Enrol
from models.calendar import now_us
from tests.bench.measuring import ROOT, environment
from tests.postgres import Cluster

PATIENCE = 60
_SILENT = subprocess.DEVNULL
DURABLE = "listen_addresses=''\nmax_connections=60\nshared_buffers=512MB\nmax_wal_size=4GB\n"
"""As PostgreSQL comes, every commit flushed; but for memory, of which it takes little by itself."""


class Place(NamedTuple):
    """A desk's number, and what opens the centre to it."""

    desk: int
    token: str


class Served:
    """A centre's program that listens, and its database from within."""

    def __init__(self, name: str, url: str, port: int) -> None:
        self.name, self.database = name, url
        self.is_postgresql = name == "postgresql"
        self.store = Store(url)
        self.url = f"http://127.0.0.1:{port}"
        self._offices = 0

    @property
    def address(self) -> str:
        """For PostgreSQL's driver."""
        return self.database.replace("postgresql+psycopg:", "postgresql:")

    @property
    def file(self) -> str:
        """For SQLite's."""
        return self.database.removeprefix("sqlite:///")

    def seats(self, desks: int) -> tuple[int, list[Place]]:
        """A new office and its desks: its number, and their places."""
        self._offices += 1
        office = 0
        seats: list[Place] = []
        with self.store.writing() as connection:
            for n in range(desks):
                number, code = make_seat(connection, f"office {self._offices}", f"desk {n}", now_us())
                token = secrets.token_urlsafe(32)
                said = Enrol(
                    code=code,
                    public_key=secrets.token_bytes(32),
                    token_hash=hashlib.sha256(token.encode()).digest(),
                    former=None,
                )
                joined = enrol(connection, said, now_us())
                assert joined is not None
                office = joined.office
                seats.append(Place(number, token))
        return office, seats

    def line(self, token: str) -> Centre:
        """A desk's line to it."""
        return Centre(self.url, token, "", PROGRAM)


@contextmanager
def postgres() -> Iterator[Cluster]:
    """A server that flushes what it commits."""
    with tempfile.TemporaryDirectory(prefix="miz", dir="/tmp") as folder:  # a socket's path is short
        cluster = Cluster(Path(folder), DURABLE)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


def either(folder: Path) -> Iterator[Served]:
    """A centre on PostgreSQL, and when that is done with, one on SQLite."""
    with postgres() as cluster, served("postgresql", cluster.create("centre", "template0")) as centre:
        yield centre
    with tempfile.TemporaryDirectory(dir=folder) as made, served("sqlite", f"sqlite:///{made}/centre.db") as centre:
        yield centre


@contextmanager
def served(name: str, url: str) -> Iterator[Served]:
    """The centre on this database, as a program of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    command = [sys.executable, "main.py", "central", "serve", "--database", url, "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=_SILENT)
    made = None
    try:
        _await(port, process)
        made = Served(name, url, port)
        yield made
    finally:
        if made is not None:
            made.store.close()
        process.terminate()
        process.wait()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("The centre did not start.") from None
            time.sleep(0.05)
        else:
            return
