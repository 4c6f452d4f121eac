"""What a desk gets from the centre over a real connection."""

from __future__ import annotations

import hashlib
import secrets
import threading
from typing import Any

import httpx
import pytest

from app.book.append import Mark, compose
from app.central.enrolment import make_seat, revoke
from app.wire.messages import Ask, Enrol, Enrolled, Pull, Pulled, PulledLine, Pushed, Stands, push_of
from app.wire.packing import pack, unpack
from models.calendar import now_us
from models.ids import new_id
from models.lines import GENESIS, Line
from tests.book.facts import NOON, PEN, client
from tests.central.conftest import Served


class Caller:
    """A desk at the other end of the line."""

    def __init__(self, centre: Served, name: str = "میز ۱", office: str = "ماکو") -> None:
        with centre.store.writing() as connection:
            self.desk, self.code = make_seat(connection, office, name, now_us())
        self.token = secrets.token_hex(32)
        self.http = centre.connection(self.token)
        self.key = secrets.token_bytes(32)
        self.pen = PEN

    def ask(self, path: str, message: object) -> httpx.Response:
        return self.http.post(path, content=pack(message))

    def enrol(self, **changed: Any) -> httpx.Response:
        fingerprint = hashlib.sha256(self.token.encode()).digest()
        said: dict[str, Any] = {"code": self.code, "public_key": self.key, "token_hash": fingerprint, "former": 5001}
        return self.ask("/v1/enrol", Enrol(**{**said, **changed}))

    def lines(self, count: int, stands: Mark | None = None) -> tuple[Line, ...]:
        facts = [client(new_id()) for _ in range(count)]
        return compose(self.pen, stands or Mark(), facts, at=NOON, business_day=14_050_903)

    def push(self, lines: tuple[Line, ...], previous: bytes = GENESIS) -> httpx.Response:
        return self.ask("/v1/push", push_of(lines, previous))


def read(answer: httpx.Response, kind: type[Any]) -> Any:
    return unpack(answer.read(), kind)


@pytest.fixture
def desk(centre: Served) -> Caller:
    caller = Caller(centre)
    assert caller.enrol().status_code == 200
    return caller


def test_a_desk_joins_with_its_code_and_again_gets_the_same_answer(centre: Served) -> None:
    caller = Caller(centre)
    first = read(caller.enrol(), Enrolled)
    assert (first.desk, first.desk_name, first.office_name) == (caller.desk, "میز ۱", "ماکو")
    assert read(caller.enrol(), Enrolled) == first


def test_a_used_code_opens_nothing_for_another(centre: Served) -> None:
    caller = Caller(centre)
    caller.enrol()
    assert caller.enrol(token_hash=bytes(32)).status_code == 403
    assert caller.enrol(public_key=bytes(32)).status_code == 403


def test_five_wrong_codes_and_the_right_one_opens_nothing_either(centre: Served) -> None:
    caller = Caller(centre)
    wrong = caller.code[:-1] + str((int(caller.code[-1]) + 1) % 10)
    for _ in range(5):
        assert caller.enrol(code=wrong).status_code == 403
    assert caller.enrol().status_code == 403


def test_without_a_token_nothing_is_told(centre: Served, desk: Caller) -> None:
    desk.http.headers["Authorization"] = "Bearer " + secrets.token_hex(32)
    for path, message in (
        ("/v1/push", push_of(desk.lines(1), GENESIS)),
        ("/v1/pull", Pull(after=0, own=())),
        ("/v1/hash", Ask(desk=5001, incarnation=PEN.incarnation, sequence=1)),
    ):
        assert desk.ask(path, message).status_code == 401


def test_a_revoked_token_opens_nothing_any_more(centre: Served, desk: Caller) -> None:
    with centre.store.writing() as connection:
        revoke(connection, desk.desk, now_us())
    assert desk.push(desk.lines(1)).status_code == 401


def test_a_desk_writes_under_its_own_number_only(centre: Served, desk: Caller) -> None:
    other = Caller(centre, "میز ۲")
    other.enrol(former=None)
    assert other.push(desk.lines(1)).status_code == 403


def test_what_was_pushed_is_stored_and_the_same_again_changes_nothing(centre: Served, desk: Caller) -> None:
    lines = desk.lines(3)
    for _ in range(2):
        answer = read(desk.push(lines), Pushed)
        assert (answer.through, answer.head) == (3, lines[-1].hash)
    pulled = read(desk.ask("/v1/pull", Pull(after=0, own=())), Pulled)
    assert [each.line.entry for each in pulled.lines if each.desk] == [line.entry for line in lines]


def test_a_gap_and_a_fork_are_refused_with_where_the_chain_stands(centre: Served, desk: Caller) -> None:
    lines = desk.lines(4)
    desk.push(lines[:2])
    gap = desk.push(lines[3:], lines[2].hash)
    assert gap.status_code == 409
    assert read(gap, Stands) == Stands(code="gap", next_sequence=3, head=lines[1].hash)
    fork = desk.push(desk.lines(3))
    assert read(fork, Stands).code == "fork"
    asked = Ask(desk=5001, incarnation=PEN.incarnation, sequence=2)
    assert read(desk.ask("/v1/hash", asked), bytes) == lines[1].hash


def test_offices_do_not_see_each_other(centre: Served, desk: Caller) -> None:
    desk.push(desk.lines(2))
    stranger = Caller(centre, "میز ۱", "خوی")
    stranger.enrol()
    assert read(stranger.ask("/v1/pull", Pull(after=0, own=())), Pulled).lines == ()


def test_who_waits_for_news_gets_them_when_they_come(centre: Served, desk: Caller) -> None:
    waiting: list[Pulled] = []
    thread = threading.Thread(
        target=lambda: waiting.append(read(desk.ask("/v1/pull", Pull(after=0, own=(), wait=20)), Pulled))
    )
    thread.start()
    centre.connection(desk.token).post("/v1/push", content=pack(push_of(desk.lines(1), GENESIS)))
    thread.join()
    first = waiting[0].lines[0]
    assert isinstance(first, PulledLine)
    assert first.desk == 5001


def test_many_desks_push_at_once_and_each_chain_is_whole(centre: Served) -> None:
    callers = [Caller(centre, f"میز {n}") for n in range(8)]
    for caller in callers:
        caller.enrol(former=None)
        caller.pen = type(PEN)(office=1, desk=caller.desk, incarnation=new_id())
    batches = {caller.desk: caller.lines(20) for caller in callers}

    def work(caller: Caller) -> None:
        lines, previous = batches[caller.desk], GENESIS
        for start in range(0, 20, 4):
            some = lines[start : start + 4]
            assert caller.push(some, previous).status_code == 200
            previous = some[-1].hash

    threads = [threading.Thread(target=work, args=(caller,)) for caller in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pulled = read(callers[0].ask("/v1/pull", Pull(after=0, own=())), Pulled)
    assert pulled.head == pulled.through == len(pulled.lines)
    assert [each.position for each in pulled.lines] == list(range(1, pulled.head + 1))
    for caller in callers:
        own = [each for each in pulled.lines if each.desk == caller.desk]
        assert [each.sequence for each in own] == list(range(1, 21))


@pytest.mark.parametrize("body", [b"", b"not a message", bytes(2 << 20)])
def test_a_body_that_is_none_is_refused_and_the_centre_lives_on(centre: Served, desk: Caller, body: bytes) -> None:
    assert desk.http.post("/v1/push", content=body).status_code in (400, 413)
    assert desk.http.get("/healthz").text == "alive"
    assert desk.http.get("/readyz").status_code == 200
