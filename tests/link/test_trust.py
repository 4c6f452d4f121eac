"""Joining over TLS: whom the desk trusts at the address that was typed, and what it says to anybody else."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from app.central import trust
from app.central.enrolment import make_seat
from app.central.server import make_app
from app.central.store import Store
from app.desk.desk import Desk
from app.desk.link.admission import JoinError, ask_to_join
from app.desk.link.centre import Centre, Unreachable
from app.wire.messages import Pull
from models.calendar import now_us
from tests.link.certificates import Authority, Files, authority, by_itself, vouched
from tests.link.desks import member


class Listening:
    """A centre behind TLS. `asked` are the routes that somebody has asked for."""

    def __init__(self, app: Any, files: Files, port: int = 0) -> None:
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"https://localhost:{self.port}"

        async def noted(scope: Any, receive: Any, send: Any) -> None:
            self.asked += [scope["path"]] if scope["type"] == "http" else []
            await app(scope, receive, send)

        certificate, key = str(files.chain), str(files.key)
        config = uvicorn.Config(noted, log_level="critical", ssl_certfile=certificate, ssl_keyfile=key)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


Listen = Callable[..., Listening]


@pytest.fixture
def listen() -> Iterator[Listen]:
    made: list[Listening] = []

    def begin(app: Any, files: Files, port: int = 0) -> Listening:
        made.append(Listening(app, files, port))
        return made[-1]

    yield begin
    for each in made:
        each.stop()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Store]:
    made = Store(f"sqlite:///{tmp_path / 'centre.db'}")
    made.bring_up_to_date()
    yield made
    made.close()


def code_with(place: Store, chain: Path | None, named: Path | None = None) -> str:
    """The code of a new desk, made while the centre listens with that chain."""
    with place.writing() as connection:
        trust.keep(connection, trust.certificate_of(chain, named))
        return make_seat(connection, "ماکو", "میز ۱", now_us())[1]


def refused(desk: Desk, url: str, code: str, certificate: Path | None = None) -> str:
    with pytest.raises(JoinError) as why:
        ask_to_join(desk, url, code, certificate)
    return why.value.code


def app(place: Store) -> Any:
    return make_app(place, now_us)


@pytest.mark.parametrize("with_it", [True, False], ids=["in the chain", "named"])
def test_the_code_tells_whom_to_trust_and_the_desk_trusts_nobody_else_from_then_on(
    place: Store, desks: list[Desk], listen: Listen, tmp_path: Path, with_it: bool
) -> None:
    ours = authority()
    (tmp_path / "ca.pem").write_text(ours.pem)
    files = vouched(ours, tmp_path / "centre", with_it=with_it)
    code = code_with(place, files.chain, None if with_it else tmp_path / "ca.pem")
    centre = listen(app(place), files)
    assert ask_to_join(desks[0], centre.url, "-".join(code[n : n + 5] for n in range(0, 50, 5))).desk == 1
    assert member(desks[0]).ca == ours.pem
    assert answers(desks[0])
    centre.stop()
    listen(app(place), vouched(authority(), tmp_path / "other"), centre.port)
    with pytest.raises(Unreachable) as why:
        answers(desks[0])
    assert why.value.reason == "certificate"


def answers(desk: Desk) -> bool:
    known = member(desk)
    with Centre(known.url, known.token, known.ca, "test") as line:
        return line.pull(Pull(after=0, own=())).head >= 0


def test_a_certificate_that_vouches_for_itself_is_trusted_by_its_mark(
    place: Store, desks: list[Desk], listen: Listen, tmp_path: Path
) -> None:
    files = by_itself(tmp_path / "centre")
    code = code_with(place, files.chain)
    assert ask_to_join(desks[0], listen(app(place), files).url, code).desk == 1
    assert answers(desks[0])


def test_somebody_else_at_the_address_is_told_nothing(
    place: Store, desks: list[Desk], listen: Listen, tmp_path: Path
) -> None:
    code = code_with(place, vouched(authority(), tmp_path / "centre").chain)
    theirs = authority()
    files = vouched(theirs, tmp_path / "thief")
    with place.writing() as connection:
        trust.keep(connection, theirs.pem)
    thief = listen(app(place), files)
    assert refused(desks[0], thief.url, code) == "not_trusted"
    assert thief.asked == ["/v1/ca"]


def test_who_shows_the_right_certificate_but_does_not_have_its_key_is_told_nothing(
    place: Store, desks: list[Desk], listen: Listen, tmp_path: Path
) -> None:
    code = code_with(place, vouched(authority(), tmp_path / "centre").chain)
    thief = listen(app(place), vouched(authority(), tmp_path / "thief"))
    assert refused(desks[0], thief.url, code) == "not_trusted"
    assert thief.asked == ["/v1/ca"]


def test_a_certificate_from_a_file_holds_before_the_codes_mark(
    place: Store, desks: list[Desk], listen: Listen, tmp_path: Path
) -> None:
    ours: Authority = authority()
    (tmp_path / "right.pem").write_text(ours.pem)
    (tmp_path / "wrong.pem").write_text(authority().pem)
    files = vouched(ours, tmp_path / "centre")
    code = code_with(place, None)
    assert len(code) == 20
    centre = listen(app(place), files)
    assert refused(desks[0], centre.url, code) == "not_trusted"
    assert refused(desks[0], centre.url, code, tmp_path / "wrong.pem") == "not_trusted"
    assert centre.asked == []
    assert ask_to_join(desks[0], centre.url, code, tmp_path / "right.pem").desk == 1


def test_a_chain_that_the_world_vouches_for_needs_no_mark(tmp_path: Path) -> None:
    """The last certificate of such a chain changes with a renewal."""
    files = vouched(authority(), tmp_path / "centre", with_it=False)
    assert trust.certificate_of(files.chain) == ""
    (tmp_path / "none.pem").write_text("nothing")
    with pytest.raises(trust.NoCertificate):
        trust.certificate_of(tmp_path / "none.pem")


def test_a_code_that_was_misread_is_not_even_sent(desks: list[Desk]) -> None:
    assert refused(desks[0], "https://127.0.0.1:9", "1" * 20) == "misread"
