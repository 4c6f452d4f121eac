"""The centre that is measured: its program on a port, on either database, each as durable as it is in earnest."""

from __future__ import annotations

import hashlib
import secrets
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from app.central.enrolment import enrol, make_seat
from app.central.store import Store
from app.desk.link.centre import Centre
from app.desk.link.joining import PROGRAM
from app.wire.messages import Enrol
from models.calendar import now_us
from models.tables import office as offices
from tests.bench.measuring import ROOT, environment
from tests.postgres import Cluster

PATIENCE = 60
_SILENT = subprocess.DEVNULL
DURABLE = "listen_addresses=''\nmax_connections=60\nshared_buffers=512MB\nmax_wal_size=4GB\n"
"""As PostgreSQL comes, every commit flushed; but for memory, of which it takes little by itself."""


class Place(NamedTuple):
    """A desk's office and number, and what opens the centre to it."""

    office: int
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

    def seats(self, desks: int) -> tuple[int, list[Place]]:
        """A new office and its desks: its number, and their places."""
        self._offices += 1
        places = [self.seat(f"office {self._offices}") for _ in range(desks)]
        return places[0].office, places

    def seat(self, office: str, former: int | None = None) -> Place:
        """A further desk of this office, which is made where it is new; it may have written under another number."""
        token = secrets.token_urlsafe(32)
        with self.store.writing() as connection:
            number, code = make_seat(connection, office, "desk", now_us())
            print_ = hashlib.sha256(token.encode()).digest()
            said = Enrol(code=code, public_key=secrets.token_bytes(32), token_hash=print_, former=former)
            joined = enrol(connection, said, now_us())
        assert joined is not None
        return Place(joined.office, number, token)

    def name_of(self, office: int) -> str:
        with self.store.reading() as connection:
            return str(connection.execute(select(offices.c.name).where(offices.c.number == office)).scalar_one())

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """SQLite's own driver on the same file, which is flushed as the centre does."""
        connection = sqlite3.connect(self.database.removeprefix("sqlite:///"), isolation_level=None, timeout=30)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection
        connection.close()

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


@contextmanager
def both(folder: Path) -> Iterator[tuple[Served, Served]]:
    """A centre on PostgreSQL and one on SQLite."""
    with (
        postgres() as cluster,
        served("postgresql", cluster.create("centre", "template0")) as one,
        tempfile.TemporaryDirectory(dir=folder) as made,
        served("sqlite", f"sqlite:///{made}/centre.db") as other,
    ):
        yield one, other


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
