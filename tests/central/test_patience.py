"""Whoever connects is borne with bounds: heads, bodies, answers, numbers. Each test is a stranger at a real port, and
the limits are those of the program, only shorter."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest

from app.central import patience, ports
from app.central.store import Store
from tests.central.conftest import Served


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """On a file: what is tried here never comes to a database."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('centre') / 'centre.db'}")
    store.bring_up_to_date()
    with pytest.MonkeyPatch.context() as patch:
        for name, seconds in (("HEAD_SECONDS", 0.3), ("GRACE_SECONDS", 0.3), ("IDLE_SECONDS", 0.5)):
            patch.setattr(patience, name, seconds)
        patch.setattr(patience, "SLOWEST", 1 << 20)
        patch.setattr(ports, "LOOKS_EVERY", 0.05)
        served = Served(store)
        yield served
        served.stop()
    store.close()


@pytest.fixture
def caller(centre: Served) -> Iterator[socket.socket]:
    with connected(centre) as made:
        yield made


def connected(centre: Served, buffer: int = 0) -> socket.socket:
    made = socket.socket()
    if buffer:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    made.settimeout(20)
    made.connect(("127.0.0.1", int(centre.url.rpartition(":")[2])))
    return made


def all_of(caller: socket.socket) -> bytes:
    """What comes until the other end closes."""
    came = b""
    with suppress(ConnectionError):
        while data := caller.recv(1 << 16):
            came += data
    return came


def trickle(caller: socket.socket, piece: bytes) -> None:
    """Says a little again and again, until the other end has had enough."""
    end = time.monotonic() + 20
    with suppress(OSError):
        while time.monotonic() < end:
            caller.sendall(piece)
            time.sleep(0.02)
    assert time.monotonic() < end, "it was listened to for ever"


LITTLE = 16 << 20
"""More than the network's own buffers hold."""


def poured(caller: socket.socket) -> int:
    """Bytes that are taken of very many."""
    sent = 0
    with suppress(ConnectionError):
        while sent < 8 * LITTLE:
            caller.sendall(b"x" * (1 << 16))
            sent += 1 << 16
    return sent


def lives(centre: Served) -> None:
    assert httpx.get(centre.url + "/healthz").text == "alive"


FORM = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.mark.parametrize("begins", [b"", b"GET /", b"GET / HTTP/1.1\r\nHost: x\r\nX: "])
def test_who_never_ends_a_head_is_hung_up_on(centre: Served, caller: socket.socket, begins: bytes) -> None:
    caller.sendall(begins)
    assert all_of(caller) == b""
    lives(centre)


@pytest.mark.parametrize(
    "before", [b"", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", FORM + b"Content-Length: 9000\r\n\r\n"]
)
def test_a_head_may_not_trickle_in_either_for_a_first_or_a_later_question(
    centre: Served, caller: socket.socket, before: bytes
) -> None:
    if before:
        caller.sendall(before)
        assert caller.recv(1)
    caller.sendall(b"GET / HTTP/1.1\r\n")
    trickle(caller, b"X: y\r\n")
    lives(centre)


def test_a_body_that_does_not_come_is_refused(centre: Served, caller: socket.socket) -> None:
    caller.sendall(FORM + b"Content-Length: 100\r\n\r\ncode=1")
    assert all_of(caller).startswith(b"HTTP/1.1 408 ")
    lives(centre)


def test_a_body_that_trickles_is_refused_and_its_rest_is_not_waited_for(centre: Served, caller: socket.socket) -> None:
    caller.sendall(FORM + b"Transfer-Encoding: chunked\r\n\r\n")
    trickle(caller, b"1\r\nx\r\n")
    assert all_of(caller).startswith(b"HTTP/1.1 408 ")


def test_a_slow_line_is_waited_for_while_it_keeps_the_pace(
    centre: Served, caller: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "SLOWEST", 100)
    body = b"code=1&second=2&more=" + b"x" * 180
    caller.sendall(FORM + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
    for letter in range(0, len(body), 20):  # 200 bytes in 0.5 s, of which 0.3 are grace
        time.sleep(0.05)
        caller.sendall(body[letter : letter + 20])
    assert all_of(caller).startswith(b"HTTP/1.1 200 ")


HUGE = patience.HEAD_BYTES
HEADS = [
    b"GET /%s HTTP/1.1\r\n" % (b"x" * 2 * HUGE),
    b"GET / HTTP/1.1\r\nX: %s" % (b"x" * 8 * HUGE),
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * HUGE,
    b"GET / HTTP/1.1\r\n%s: y\r\n" % (b"x" * 2 * HUGE),
    b"GET / HTTP/1.1\r\nX: %s\r\n\r\n" % (b"x" * 2 * HUGE),
]


@pytest.mark.parametrize("head", HEADS)
def test_a_huge_head_is_refused(centre: Served, caller: socket.socket, head: bytes) -> None:
    with suppress(ConnectionError):
        caller.sendall(head)
    assert all_of(caller)[:12] in (b"HTTP/1.1 431", b"HTTP/1.1 400", b"")
    lives(centre)


def test_no_more_of_a_head_is_taken_than_a_head_may_have(
    centre: Served, caller: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 60.0)
    caller.sendall(b"GET / HTTP/1.1\r\nX: ")
    assert poured(caller) < LITTLE


def test_a_head_is_as_bounded_behind_a_question_that_was_refused(
    centre: Served, caller: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 60.0)
    monkeypatch.setattr(patience, "AFTERWARDS", 1 << 30)
    caller.sendall(FORM + b"Content-Length: 9000\r\n\r\n")
    assert caller.recv(12) == b"HTTP/1.1 413"
    caller.sendall(b"x" * 9_000)
    assert poured(caller) < LITTLE


def test_questions_are_asked_one_at_a_time(centre: Served, caller: socket.socket) -> None:
    """What would wait behind a slow answer has no bound otherwise."""
    wrong = b"code=1&second=2"
    caller.sendall(FORM + b"Content-Length: %d\r\n\r\n%s" % (len(wrong), wrong))
    with suppress(ConnectionError):
        for _ in range(1_000):
            caller.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 100)
    assert all_of(caller).count(b"alive") == 0
    lives(centre)


def test_the_rest_of_a_refused_body_is_read_for_a_while_and_no_longer(centre: Served, caller: socket.socket) -> None:
    caller.sendall(FORM + b"Content-Length: %d\r\n\r\n" % (1 << 30))
    assert poured(caller) < patience.AFTERWARDS + LITTLE
    lives(centre)


@pytest.mark.parametrize("reads", [0, 1])
def test_who_takes_no_answer_or_hardly_any_is_hung_up_on(
    centre: Served, monkeypatch: pytest.MonkeyPatch, reads: int
) -> None:
    monkeypatch.setattr(patience, "IDLE_SECONDS", 60.0)
    monkeypatch.setattr(patience, "PIECE", 1 << 10)
    centre.listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
    with connected(centre, buffer=2_048) as caller:
        caller.sendall(b"GET /static/Vazirmatn-Regular.ttf HTTP/1.1\r\nHost: x\r\n\r\n")
        assert caller.recv(12) == b"HTTP/1.1 200"
        end = time.monotonic() + 10
        while centre.connections and time.monotonic() < end:
            with suppress(ConnectionError):
                assert reads == 0 or len(caller.recv(reads)) <= reads
            time.sleep(0.02)
        assert not centre.connections


def test_who_asks_nothing_more_is_hung_up_on(caller: socket.socket) -> None:
    caller.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert all_of(caller).endswith(b"alive")


def test_one_too_many_takes_the_place_of_whoever_waits_longest(centre: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "MOST_CONNECTIONS", 20)
    monkeypatch.setattr(patience, "HEAD_SECONDS", 60.0)
    idle = [connected(centre) for _ in range(60)]
    for _ in range(5):
        lives(centre)
    assert centre.connections <= 20
    assert all_of(idle[0]) == b""
    for each in idle:
        each.close()


GARBAGE = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    bytes(range(256)),
    b"GET http:// HTTP/1.1\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /%00%ff%ed%a0%80 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: eA==\r\n\r\n",
    b"POST /v1/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\xfe\r\nContent-Length: 0\r\n\r\n",
    b"GET /centre/desks HTTP/1.1\r\nHost: x\r\nCookie: miz=\xff;;=;\x7f\r\n\r\n",
]


@pytest.mark.parametrize("said", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_refused_and_the_next_is_served(centre: Served, caller: socket.socket, said: bytes) -> None:
    caller.sendall(said)
    caller.shutdown(socket.SHUT_WR)
    answer = all_of(caller)
    assert not answer or 200 <= int(answer[9:12]) < 500, answer
    lives(centre)
