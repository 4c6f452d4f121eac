"""The page for whoever runs a centre is true: what it says to do is done here, and works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import psycopg
import pytest
from sqlalchemy import text

from app.central.checking import check
from app.central.store import Store
from app.desk.desk import Desk
from app.desk.link.admission import ask_to_join
from app.desk.link.centre import Unreachable
from app.desk.link.stepping import in_step
from app.wire.messages import Enrol, Pull, Pulled, PulledLine
from app.wire.packing import pack
from models.ids import new_id
from tests.book.facts import PEN
from tests.central.conftest import Served
from tests.central.test_server import Caller, read
from tests.desk.conftest import office, session_of
from tests.desk.counter import CLERK, registered, visit
from tests.link.conftest import desks
from tests.link.desks import codes
from tests.postgres import Cluster
from tests.system.operations import (
    Programs,
    block,
    changed,
    free_ports,
    our_program,
    sh,
    strict,
    until_it_answers,
)

__all__ = ["desks", "office"]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made by the page's commands, for a centre on this computer."""
    folder = tmp_path_factory.mktemp("certificates")
    names = {
        "centre.example.ir": "localhost",
        "-keyout ca.key": "-passout env:PHRASE -keyout ca.key",  # the page's command asks for it
        "-CAkey ca.key": "-passin env:PHRASE -CAkey ca.key",
    }
    assert "centre.crt: OK" in sh(changed(block("sh", "openssl req"), names), folder, PHRASE="a passphrase")
    return folder


class Proxied:
    """Two processes of the centre behind the page's proxy, on one database."""

    def __init__(self, database: str, certificates: Path, programs: Programs, client: httpx.Client) -> None:
        self.client, self._programs, self._folder = client, programs, programs.folder
        self._environment = {"MIZ_DATABASE": database}
        self._ca = certificates / "ca.pem"
        port, public, *apart = free_ports(6)
        self.url, self.public = f"https://localhost:{port}", f"https://localhost:{public}"
        both = "".join((certificates / name).read_text() for name in ("centre.pem", "centre.key"))
        for name in ("desks.pem", "public.pem"):
            (self._folder / name).write_text(both)
        self.processes = [self._process(*pair) for pair in (apart[:2], apart[2:])]
        places = ("127.0.0.1:8501", "127.0.0.1:8601", "127.0.0.1:8502", "127.0.0.1:8602")
        names = {
            "bind :8443": f"bind 127.0.0.1:{port}",
            "bind :443": f"bind 127.0.0.1:{public}",
            "/etc/miz": str(self._folder),
            "maxconn 16000": "maxconn 100",
            **{place: f"127.0.0.1:{own}" for place, own in zip(places, apart, strict=True)},
        }
        (self._folder / "haproxy.cfg").write_text(changed(block("haproxy", "global"), names))
        for own in apart:
            until_it_answers(client, f"http://127.0.0.1:{own}/readyz")
        programs.start(["haproxy", "-db", "-f", str(self._folder / "haproxy.cfg")])
        until_it_answers(client, f"{self.url}/readyz")

    def _process(self, port: int, public: int) -> subprocess.Popen[bytes]:
        names = {"850%i": str(port), "860%i": str(public), "/etc/miz/ca.pem": str(self._ca)}
        command = our_program(changed(block("ini", "850%i"), names))
        return self._programs.start(command, **self._environment)

    def code_for(self, name: str) -> str:
        command = [*our_program("=/opt/miz/.venv/bin/python main.py"), "central", "desk", "--office", "ماکو"]
        done = subprocess.run(
            [*command, "--name", name], env={**os.environ, **self._environment}, capture_output=True, check=True
        )
        code: str = json.loads(done.stdout)["code"]
        return code


@pytest.fixture
def proxied(postgres_url: str, certificates: Path, tmp_path: Path) -> Iterator[Proxied]:
    if shutil.which("haproxy", path=os.environ["PATH"] + ":/usr/sbin") is None:
        pytest.fail("HAProxy is missing; ./run setup installs it", pytrace=False)
    programs = Programs(tmp_path)
    with httpx.Client(verify=strict(certificates / "ca.pem"), trust_env=False) as client:
        try:
            yield Proxied(postgres_url.replace("+psycopg", ""), certificates, programs, client)
        finally:
            programs.close()


def send(desk: Desk) -> None:
    """Until the desk is in step; whatever went wrong on the way is tried again, as the window does."""
    for _try in range(200):
        try:
            for _step in in_step(desk):
                return
        except Unreachable:
            continue
    raise AssertionError("the desk is stuck")


def limits_hold_whatever_is_said_of_who_asks(proxied: Proxied) -> None:
    said = []
    for n in range(35):
        elsewhere = {"X-Forwarded-For": f"203.0.{n}.7", "Forwarded": f"for=203.0.{n}.8", "X-Real-IP": f"203.0.{n}.9"}
        asked = Enrol(code="9999" + "0" * 15 + "5", public_key=bytes(32), token_hash=bytes(32), former=None)
        answer = proxied.client.post(f"{proxied.url}/v1/enrol", content=pack(asked), headers=elsewhere)
        said.append(answer.status_code)
    assert said == [403] * 30 + [429] * 5


def test_two_processes_behind_a_proxy_are_one_centre(proxied: Proxied, desks: list[Desk]) -> None:
    for n, desk in enumerate(desks):
        ask_to_join(desk, proxied.url, proxied.code_for(f"میز {n}"))  # whom to trust, the code says
    said = [registered(desk, session_of(desk, CLERK), visit()).tracking_code for desk in desks]
    for desk in (*desks, desks[0]):
        send(desk)
    limits_hold_whatever_is_said_of_who_asks(proxied)
    proxied.processes[0].kill()
    said.append(registered(desks[0], session_of(desks[0], CLERK), visit()).tracking_code)
    for desk in desks:
        send(desk)
    assert codes(desks[0]) == codes(desks[1]) == sorted(said)

    assert proxied.client.get(f"{proxied.public}/").is_success
    assert proxied.client.post(f"{proxied.public}/v1/pull").status_code in (404, 405)
    assert proxied.client.get(f"{proxied.url}/metrics").status_code == 404


def indexes(store: Store, table: str) -> dict[str, str]:
    """By name, what each covers."""
    with store.reading() as connection:
        found = connection.execute(
            text("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = :t ORDER BY 1"), {"t": table}
        )
        return {row.indexname: row.indexdef.replace(" ON ONLY ", " ON ") for row in found}


def filled(served: Served, offices: int) -> list[Caller]:
    made = [Caller(served, f"میز {n}", f"اداره {n}") for n in range(offices)]
    for caller in made:
        assert caller.enrol(former=None if caller.desk > 1 else 5001).status_code == 200
        caller.pen = msgspec.structs.replace(PEN, desk=caller.desk, incarnation=new_id())
        assert caller.push(caller.lines(5)).status_code == 200
    return made


def test_lines_move_into_partitions_by_office_and_all_goes_on(postgres: Cluster, postgres_url: str) -> None:
    store = Store(postgres_url)
    store.bring_up_to_date()
    served = Served(store)
    try:
        callers = filled(served, 12)
        before = indexes(store, "line")
        with psycopg.connect(host=str(postgres.folder), user="desk", dbname=database_of(postgres_url)) as connection:
            connection.execute(block("sql", "PARTITION BY HASH").encode())
        store.close()  # its connections are made anew, as by processes that are started again
        assert indexes(store, "line") == before
        with store.reading() as connection:
            spread = connection.execute(text("SELECT count(DISTINCT tableoid) FROM line")).scalar_one()
            plan = str(connection.execute(text("EXPLAIN SELECT * FROM line WHERE office = 3 AND position > 2")).all())
        assert spread > 3
        assert plan.count("Scan using") + plan.count("Scan on") <= 2  # of one part, perhaps by a bitmap
        assert list(check(store)) == []
        store.bring_up_to_date()
        for caller in callers:
            assert caller.push(caller.lines(5)).status_code == 409  # it has others there: what stands is still known
            pulled = read(caller.ask("/v1/pull", Pull(after=0, own=())), Pulled)
            assert len([each for each in pulled.lines if isinstance(each, PulledLine)]) >= 5
        late = filled(served, 1)
        assert late[0].desk == 13
        assert list(check(store)) == []
    finally:
        served.stop()
        store.close()


def database_of(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


def test_a_dump_comes_back_and_is_proven(postgres: Cluster, postgres_url: str, tmp_path: Path) -> None:
    url = postgres_url.replace("+psycopg", "")
    store = Store(url)
    store.bring_up_to_date()
    served = Served(store)
    filled(served, 2)
    served.stop()
    store.close()
    environment = {"PGHOST": str(postgres.folder), "PGUSER": "desk", "MIZ_DATABASE": url}
    environment["PATH"] = f"{postgres.programs}:{os.environ['PATH']}"
    sh(block("sh", "pg_dump"), tmp_path, **environment)
    (dump,) = tmp_path.glob("miz-*.dump")
    back = f"back_{database_of(url)}"
    names = {
        "--owner miz": "--owner desk",
        "--role=miz": "--role=desk",
        "miz-<day>.dump": str(dump),
        "<postgresql://…/miz_back>": postgres.url(back).replace("+psycopg", ""),
        "miz_back": back,
        "main.py central": " ".join([*our_program("=/opt/miz/.venv/bin/python main.py"), "central"]),
    }
    try:
        sh(changed(block("sh", "pg_restore --no-owner"), names), tmp_path, **environment)  # the check finds nothing
        restored = Store(postgres.url(back))
        with restored.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM line WHERE desk <> 0")).scalar_one() == 10
        restored.close()
    finally:
        postgres.drop(back)
