"""Two PostgreSQL servers of the tests' own: one that takes writes, and one that follows it and acknowledges with it.

They stand on one machine and do not sync, so that what is tried is the death of a server, not of a disk.
"""

import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.postgres import Cluster

_SETTINGS = "listen_addresses=''\nfsync=off\nmax_connections=60\nwal_keep_size=256\n"
PATIENCE = 60


class Server(Cluster):
    """One of the two."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(folder, _SETTINGS)

    def follow(self, other: "Server") -> None:
        """Becomes the standby of the other: a copy of it that is kept up to date."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        for left in self.folder.glob(".s.PGSQL.*"):  # of one that was killed and that nobody took note of yet
            left.unlink()
        source = f"host={other.folder} user=desk application_name={self.folder.name}"
        self._run("pg_basebackup", "-D", "data", "-R", "-c", "fast", "--no-sync", "-d", source)
        self._run("pg_ctl", "-D", "data", "-l", "log", "-o", f"-k {self.folder}", "-w", "start")

    def kill(self) -> None:
        """SIGKILL, first to the server that would start others anew, then to all that it started."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        every = [first, *_children(first)]
        for one in every:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        _until(lambda: not any(map(_lives, every)))

    def ask(self, sql: str) -> Any:
        """The first value of the answer."""
        with psycopg.connect(host=str(self.folder), user="desk", dbname="postgres", autocommit=True) as connection:
            answer = connection.execute(sql.encode())
            return answer.fetchone()[0] if answer.description else None  # type: ignore[index]


class Pair:
    """`primary` takes writes and waits for `standby` with each commit. Its address names both servers."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o755)  # the servers run as somebody else, and each has a folder in here
        self.primary, self.standby = Server(folder / "one"), Server(folder / "two")

    def start(self) -> None:
        self.primary.start()
        self.rejoin()

    def stop(self) -> None:
        for server in (self.primary, self.standby):
            with suppress(FileNotFoundError):
                server.kill()

    def kill(self) -> None:
        self.primary.kill()

    def promote(self) -> None:
        """The standby takes over, and until somebody follows it waits for nobody."""
        self.primary, self.standby = self.standby, self.primary
        self.primary.ask("ALTER SYSTEM SET synchronous_standby_names = ''")
        self.primary.ask("SELECT pg_reload_conf()")
        assert self.primary.ask(f"SELECT pg_promote(true, {PATIENCE})")

    def rejoin(self) -> None:
        """Whoever is down follows the other, which waits for it from now on."""
        self.standby.follow(self.primary)
        self.primary.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.primary.ask("SELECT pg_reload_conf()")
        _until(lambda: self.primary.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"))

    # --- like one server -------------------------------------------------------------------------------------------

    def url(self, database: str) -> str:
        both = ",".join(sorted(str(server.folder) for server in (self.primary, self.standby)))
        return f"postgresql://desk@/{database}?host={both}&target_session_attrs=read-write"

    def create(self, database: str, template: str) -> str:
        self.primary.create(database, template)
        return self.url(database)

    def drop(self, database: str) -> None:
        self.primary.drop(database)

    def alter(self, database: str, setting: str, value: str) -> None:
        self.primary.alter(database, setting, value)

    def restart(self) -> None:
        self.primary.restart()


def _lives(one: int) -> bool:
    """Whoever is dead may still wait for somebody to take note of it."""
    try:
        return Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _children(of: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == of:
                found.append(int(stat.parent.name))
    return found


def _until(what: Callable[[], Any]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)
