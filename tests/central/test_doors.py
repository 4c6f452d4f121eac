"""The centre's doors: TLS with the office's own authority, a port and a certificate apart for the public, and what the
program refuses to listen with."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.central.store import Store
from app.desk.link.centre import Centre, NotAdmitted, Unreachable, is_safe
from app.wire.messages import Pull
from models.calendar import now_us
from tests.central.conftest import Served
from tests.cli.program import Program
from tests.link.certificates import Authority, Files, authority, by_itself, vouched
from tests.link.processes import CentreProgram

OURS, OTHERS = authority(), authority()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store(f"sqlite:///{tmp_path_factory.mktemp('centre') / 'centre.db'}")
    made.bring_up_to_date()
    yield made
    made.close()


def asked(centre: Served, trusts: Authority) -> None:
    """What a desk asks that the centre does not know: it comes to be refused only where each trusts the other."""
    with Centre(centre.url, "x" * 43, trusts.pem, "test") as line, pytest.raises(NotAdmitted):
        line.pull(Pull(after=0, own=()))


def distrusted(centre: Served, trusts: Authority) -> str:
    with Centre(centre.url, "x" * 43, trusts.pem, "test") as line, pytest.raises(Unreachable) as why:
        line.pull(Pull(after=0, own=()))
    return why.value.reason


def test_a_desk_speaks_to_whom_its_authority_vouches_for_and_to_nobody_else(store: Store, tmp_path: Path) -> None:
    centre = Served(store, now_us, tls=vouched(OURS, tmp_path / "right"))
    asked(centre, OURS)
    assert distrusted(centre, OTHERS) == "certificate"
    centre.stop()


WRONG: list[dict[str, object]] = [{"name": "other.example", "address": "192.0.2.1"}, {"days": 0}]


@pytest.mark.parametrize("how", WRONG, ids=["other name", "expired"])
def test_a_certificate_for_another_name_or_time_is_not_taken(
    store: Store, tmp_path: Path, how: dict[str, object]
) -> None:
    centre = Served(store, now_us, tls=vouched(OURS, tmp_path / "wrong", **how))  # type: ignore[arg-type]
    assert distrusted(centre, OURS) == "certificate"
    centre.stop()


@pytest.mark.parametrize(
    "url", ["http://centre.example", "http://192.0.2.1:8443", "http://127.0.0.1.example", "ftp://127.0.0.1"]
)
def test_a_desk_says_nothing_where_others_could_read_it(url: str) -> None:
    assert not is_safe(url)
    assert is_safe(url.replace("http:", "https:")) or url.startswith("ftp")


def test_what_is_not_tls_gets_no_answer_on_a_port_that_is(store: Store, tmp_path: Path) -> None:
    centre = Served(store, now_us, tls=vouched(OURS, tmp_path / "right"))
    with socket.create_connection(("127.0.0.1", int(centre.url.rpartition(":")[2])), 20) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"HTTP" not in line.recv(1 << 16)
    asked(centre, OURS)
    centre.stop()


class House(CentreProgram):
    """A program with a port and a certificate of their own for the public."""

    def __init__(self, folder: Path, desks: Files, public: Files) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        options = ("--public-port", port, "--public-tls-cert", public.chain, "--public-tls-key", public.key)
        super().__init__(folder, desks, tuple(map(str, options)))
        self.public = f"https://127.0.0.1:{port}"


def trusting(of: Authority) -> httpx.Client:
    return httpx.Client(verify=ssl.create_default_context(cadata=of.pem), timeout=40)


def test_the_public_has_a_door_of_its_own_and_sees_nothing_else(tmp_path: Path) -> None:
    program = House(tmp_path / "centre", vouched(OURS, tmp_path / "a"), vouched(OTHERS, tmp_path / "b"))
    program.start()
    try:
        with trusting(OTHERS) as citizen, trusting(OURS) as desk:
            assert citizen.get(program.public + "/").status_code == 200
            assert citizen.get(program.public + "/healthz").text == "alive"
            for path in ("/v1/push", "/v1/pull", "/v1/enrol", "/v1/files/read", "/centre/sign-in", "/metrics"):
                assert citizen.post(program.public + path).status_code in (404, 405), path
            for path in ("/metrics", "/openapi.json", "/centre", "/centre/sign-in", "/v1/ca"):
                assert citizen.get(program.public + path).status_code == 404, path
            assert desk.get(program.url + "/").status_code == 404
            assert desk.post(program.url + "/", data={"code": "1", "second": "2"}).status_code == 404
            assert desk.post(program.url + "/v1/pull").status_code == 401
            assert desk.get(program.url + "/centre/sign-in").status_code == 200
            for line, url in ((citizen, program.url), (desk, program.public)):
                with pytest.raises(httpx.ConnectError, match="certificate"):
                    line.get(url + "/healthz")
        assert program.end() == 0
    finally:
        program.kill()


def test_the_program_says_what_it_does_not_listen_with(tmp_path: Path) -> None:
    right, other = by_itself(tmp_path / "right"), by_itself(tmp_path / "other")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for options, says in (
            (("--host", "0.0.0.0"), "on this computer only"),
            (("--behind-proxy", "*"), "one proxy"),
            (("--tls-cert", str(right.chain), "--tls-key", str(other.key)), "cannot be read"),
            ((), "port free"),
        ):
            done = Program(tmp_path / "centre").run("central", "serve", "--port", port, *options)
            assert (done.code, done.out) == (2, ""), options
            assert says in done.err
            assert "listens on 127" not in done.err
