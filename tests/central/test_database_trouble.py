"""A database in trouble is a matter of waiting: 503, nothing half written, and all goes on once it is well again."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, func, select

from app.book.append import Mark
from app.central import store as central_store
from app.central.places import CENTRE
from app.central.store import POOL, Store
from app.wire.messages import Pull, Pulled
from models import tables as t
from models.lines import Line
from tests.central.conftest import Served
from tests.central.test_server import Caller, desk, read
from tests.postgres import Cluster

__all__ = ["desk"]
_FROM_DESKS = select(func.count()).where(t.line.c.desk != CENTRE)


def test_a_question_for_which_no_connection_is_free_is_asked_to_come_back(centre: Served, desk: Caller) -> None:
    engine: Engine = centre.store._engine
    engine.pool._timeout = 0.05  # type: ignore[attr-defined]
    with ExitStack() as busy:
        for _ in range(POOL):
            busy.enter_context(centre.store.reading())
        answer = desk.ask("/v1/pull", Pull(after=0, own=()))
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        assert desk.http.get("/readyz").status_code == 503
        assert desk.http.get("/healthz").status_code == 200
    assert desk.ask("/v1/pull", Pull(after=0, own=())).status_code == 200


def test_a_server_that_only_reads_is_waited_for(postgres: Cluster, postgres_url: str) -> None:
    store = Store(postgres_url)
    store.bring_up_to_date()
    served = Served(store)
    try:
        caller = Caller(served)
        caller.enrol()
        database = postgres_url.partition("@/")[2].partition("?")[0]
        postgres.alter(database, "default_transaction_read_only", "on")
        store.close()  # its connections are made anew
        lines = caller.lines(2)
        assert caller.push(lines).status_code == 503
        assert read(caller.ask("/v1/pull", Pull(after=0, own=())), Pulled).lines == ()
        postgres.alter(database, "default_transaction_read_only", "off")
        store.close()
        assert caller.push(lines).status_code == 200
    finally:
        served.stop()
        store.close()


def test_who_starts_second_waits_for_the_tables_however_long_it_takes(
    postgres: Cluster, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(central_store, "_SETTINGS", "-c statement_timeout=200ms -c lock_timeout=200ms")
    store = Store(postgres_url)
    try:
        with (
            psycopg.connect(
                host=str(postgres.folder), user="desk", dbname=postgres_url.split("/")[3].split("?")[0]
            ) as first,
            ThreadPoolExecutor(1) as beside,
        ):
            first.execute("SELECT pg_advisory_xact_lock(20260101)")
            second = beside.submit(store.bring_up_to_date)
            time.sleep(0.5)
            assert not second.done()
            first.commit()
            second.result()
        assert store.answers()
    finally:
        store.close()


# --- no room ----------------------------------------------------------------------------------------------------------


class Disk:
    """A disk of its own for one database; `grow` is somebody who makes room."""

    def __init__(self, folder: Path, owner: tuple[int, int]) -> None:
        self.folder = folder
        self._mount("size=18m", "tmpfs")
        os.chown(folder, *owner)

    def grow(self) -> None:
        self._mount("remount,size=128m", "tmpfs")

    def close(self) -> None:
        subprocess.run(["umount", self.folder], check=True)

    def _mount(self, how: str, what: str) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", how, what, self.folder], check=True, capture_output=True)


@pytest.fixture
def small_disk(postgres: Cluster) -> Iterator[Disk]:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a disk that is small")
    owner = postgres.folder.stat()
    with tempfile.TemporaryDirectory(prefix="miz", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        inside = Path(folder, "disk")
        inside.mkdir()
        try:
            disk = Disk(inside, (owner.st_uid, owner.st_gid))
        except subprocess.CalledProcessError:
            pytest.skip("this system does not let anybody mount a disk")
        try:
            yield disk
        finally:
            disk.close()


def test_a_full_disk_is_waited_for_and_nothing_is_lost(postgres: Cluster, small_disk: Disk) -> None:
    name = f"full{os.getpid()}"
    url = postgres.create(name, template="tpl", place=small_disk.folder)
    store = Store(url)
    try:
        store.bring_up_to_date()
        served = Served(store)
        try:
            stored = fill(served, small_disk)
        finally:
            served.stop()
        with store.reading() as connection:
            assert connection.execute(_FROM_DESKS).scalar_one() == stored
    finally:
        store.close()
        postgres.drop(name)


def fill(served: Served, disk: Disk) -> int:
    """Pushes until there is no room, and once there is some again, on; how many lines were said to be stored."""
    caller = Caller(served)
    caller.enrol()
    stands, stored = Mark(), 0
    for _ in range(60):
        lines, before = caller.lines(500, stands), stands.head
        status = caller.push(lines, before).status_code
        stands, stored = after(lines), stored + len(lines)
        if status == 503:
            break
        assert status == 200
    else:
        raise AssertionError("the disk is not small enough")
    assert caller.ask("/v1/pull", Pull(after=0, own=())).status_code == 200
    disk.grow()
    assert caller.push(lines, before).status_code == 200
    return stored


def after(lines: tuple[Line, ...]) -> Mark:
    return Mark(next_sequence=lines[-1].sequence + 1, head=lines[-1].hash, last_at=lines[-1].at)
