"""The page for whoever runs a centre is true: what it says to do is done here, and works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.desk.desk import Desk
from app.desk.link.admission import ask_to_join
from app.desk.link.centre import Unreachable
from app.desk.link.stepping import in_step
from app.wire.messages import Enrol
from app.wire.packing import pack
from tests.desk.conftest import office, session_of
from tests.desk.counter import CLERK, registered, visit
from tests.link.conftest import desks
from tests.link.desks import codes
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
