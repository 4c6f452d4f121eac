"""What becomes of whoever is being answered: at the end of the centre, when they hang up, when their token is taken."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import httpx

from app.book.append import Pen
from app.central.enrolment import revoke
from app.central.store import Store
from app.wire.messages import Pull, Pulled, Pushed, push_of
from app.wire.packing import pack, unpack
from models.calendar import now_us
from models.ids import new_id
from models.lines import GENESIS, Line
from tests.central.conftest import Served
from tests.central.test_server import Caller, desk
from tests.link.desks import until
from tests.link.processes import CentreProgram

__all__ = ["desk"]
WAITS = Pull(after=0, own=(), wait=25)
EARLY = 15
"""Seconds: long before that wait would be over."""


class Waiting:
    """A desk that waits for news."""

    def __init__(self, centre: Served, caller: Caller) -> None:
        self.answers: list[httpx.Response] = []
        line = centre.connection(caller.token)
        self.thread = threading.Thread(
            target=lambda: self.answers.append(line.post("/v1/pull", content=pack(WAITS))), daemon=True
        )
        self.thread.start()
        until(lambda: centre.asked == 1)

    @property
    def answer(self) -> httpx.Response:
        self.thread.join(10)
        return self.answers[0]


def test_at_the_end_whoever_waits_for_news_is_answered(centre: Served, desk: Caller) -> None:
    waiting = Waiting(centre, desk)
    asked = time.monotonic()
    centre.end()
    assert time.monotonic() - asked < EARLY
    assert unpack(waiting.answer.content, Pulled).lines == ()


def test_who_hangs_up_waits_no_longer(centre: Served, desk: Caller) -> None:
    body = pack(WAITS)
    with socket.create_connection(("127.0.0.1", int(centre.url.rpartition(":")[2]))) as line:
        head = f"POST /v1/pull HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {desk.token}\r\nContent-Length: {len(body)}"
        line.sendall(head.encode() + b"\r\n\r\n" + body)
        until(lambda: centre.asked == 1)
    hung_up = time.monotonic()
    until(lambda: centre.asked == 0)
    assert time.monotonic() - hung_up < EARLY


def test_whose_token_is_taken_while_they_wait_gets_nothing_more(centre: Served, desk: Caller) -> None:
    waiting = Waiting(centre, desk)
    with centre.store.writing() as connection:
        revoke(connection, desk.desk, now_us())
    other = Caller(centre, "میز ۲")
    other.enrol(former=5_002)
    other.pen = Pen(office=1, desk=5_002, incarnation=new_id())
    assert other.push(other.lines(1)).status_code == 200
    assert waiting.answer.status_code == 401


def test_whose_token_is_taken_while_their_lines_come_in_has_written_nothing(centre: Served, desk: Caller) -> None:
    body = pack(push_of(desk.lines(3), GENESIS))

    def pieces() -> object:
        yield body[:50]
        until(lambda: centre.asked == 1)
        with centre.store.writing() as connection:
            revoke(connection, desk.desk, now_us())
        yield body[50:]

    assert desk.http.post("/v1/push", content=pieces()).status_code == 401  # type: ignore[arg-type]
    other = Caller(centre, "میز ۲")
    other.enrol(former=None)
    assert unpack(other.ask("/v1/pull", Pull(after=0, own=())).content, Pulled).lines == ()


class Pushing:
    """A desk that hands in its lines a few at a time for as long as it can."""

    def __init__(self, caller: Caller, lines: tuple[Line, ...], confirmed: int = 0) -> None:
        self.caller, self.lines, self.confirmed = caller, lines, confirmed
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        try:
            while self.confirmed < len(self.lines):
                at = self.confirmed
                answer = self.caller.push(self.lines[at : at + 20], self.lines[at - 1].hash if at else GENESIS)
                assert answer.status_code == 200, answer.status_code
                self.confirmed = unpack(answer.content, Pushed).through
        except httpx.TransportError:
            return


class Outside(Caller):
    """A desk of a centre that is a program of its own."""

    def __init__(self, program: CentreProgram, number: int) -> None:
        self.token, self.key, self.code = f"{number:064x}", bytes([number]) * 32, program.code_for(f"میز {number}")
        self.desk = int(self.code[:4])
        self.http = httpx.Client(base_url=program.url, headers={"Authorization": f"Bearer {self.token}"}, timeout=40)
        assert self.enrol(code=self.code[:20], former=None).status_code == 200
        self.pen = Pen(office=1, desk=self.desk, incarnation=new_id())


def test_told_to_end_under_load_it_ends_well_and_what_it_confirmed_is_there(tmp_path: Path) -> None:
    program = CentreProgram(tmp_path / "centre")
    program.start()
    try:
        callers = [Outside(program, number) for number in (1, 2)]
        pushing = [Pushing(caller, caller.lines(2_000)) for caller in callers]
        until(lambda: all(each.confirmed for each in pushing))
        assert program.end() == 0
        for each in pushing:
            each.thread.join()
        assert any(each.confirmed < 2_000 for each in pushing)
        program.start()
        for each in [Pushing(each.caller, each.lines, each.confirmed) for each in pushing]:
            each.thread.join()
            assert each.confirmed == 2_000
            each.caller.http.close()
        assert program.end() == 0
    finally:
        program.kill()
    store = Store(f"sqlite:///{tmp_path / 'centre' / 'centre.db'}")
    with store.reading() as connection:
        rows = connection.exec_driver_sql(
            "select desk, sequence from line where desk > 0 order by desk, sequence"
        ).all()
    store.close()
    assert rows == [(caller.desk, n) for caller in callers for n in range(1, 2_001)]
