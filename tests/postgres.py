"""A PostgreSQL cluster of the tests' own, and in it a new database for each test.

It works for root (PostgreSQL itself refuses root) and for an ordinary user alike, listens on a socket in a temporary
folder only, and does not sync: its life is shorter than any power cut.
"""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine

from app.book.migrate import THE_BOOK, migrate
from app.book.rebuild import rebuild

_numbers = itertools.count(1)
_QUICK = "listen_addresses=''\nfsync=off\nsynchronous_commit=off\nfull_page_writes=off\nmax_connections=40\n"


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).parent
    pytest.fail("PostgreSQL is missing; ./run setup installs it", pytrace=False)


class Cluster:
    """A running server; ``url`` names its first database, ``create`` and ``drop`` make others."""

    def __init__(self, folder: Path, settings: str = _QUICK) -> None:
        self.folder, self._settings = folder, settings
        self.programs = _programs()
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = _account("postgres") or _account("nobody")
            assert account is not None
            os.chown(folder, account.pw_uid, account.pw_gid)
            self._as = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def start(self) -> None:
        self._run("initdb", "-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D", "data")
        with (self.folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(self._settings)
        self._run("pg_ctl", "-D", "data", "-l", "log", "-o", f"-k {self.folder}", "-w", "start")
        _migrate(self.create("tpl", template="template0"))

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")

    def restart(self) -> None:
        """As after a crash: nobody is asked, and what was not written is gone."""
        self._run("pg_ctl", "-D", "data", "-l", "log", "-m", "immediate", "-w", "restart")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://desk@/{database}?host={self.folder}"

    def create(self, database: str, template: str, place: Path | None = None) -> str:
        """With a `place`, a folder that is the server's, its tables lie there."""
        if place is not None:
            self._say(f"create tablespace of_{database} location '{place}'")
        there = f" tablespace of_{database}" if place is not None else ""
        self._say(f"create database {database} template {template}{there}")
        return self.url(database)

    def drop(self, database: str) -> None:
        self._say(f"drop database {database} with (force)")
        self._say(f"drop tablespace if exists of_{database}")

    def alter(self, database: str, setting: str, value: str) -> None:
        """From the next connection on."""
        self._say(f"alter database {database} set {setting} = {value}")

    def _say(self, sql: str) -> None:
        with psycopg.connect(host=str(self.folder), user="desk", dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.encode())

    def _run(self, program: str, *arguments: str) -> None:
        # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                [self.programs / program, *arguments],
                cwd=self.folder,
                env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                **self._as,
            )
            if done.returncode:
                said.seek(0)
                pytest.fail(f"{program} failed: {said.read().decode(errors='replace')}", pytrace=False)


def _account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _migrate(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        migrate(connection, *THE_BOOK[:2])
        rebuild(connection)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """One server for the whole run, about a second; ``tpl`` in it is an empty, migrated book."""
    # Short, since a socket's path may have 107 characters at most.
    with tempfile.TemporaryDirectory(prefix="miz", dir="/tmp") as folder:
        cluster = Cluster(Path(folder))
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


@pytest.fixture
def postgres_url(postgres: Cluster) -> Iterator[str]:
    """SQLAlchemy's URL of a new database that holds an empty, migrated book."""
    database = f"d{next(_numbers)}"
    yield postgres.create(database, template="tpl")
    postgres.drop(database)
