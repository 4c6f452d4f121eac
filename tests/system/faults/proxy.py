"""A network that fails: a TCP relay which, when told to, cuts questions and answers and lets others wait."""

from __future__ import annotations

import random
import selectors
import socket
import struct
import threading
import time
from collections import Counter
from contextlib import suppress

EXPECTED = {b"200", b"403", b"409", b"503"}
"""Answers that a desk may be given by a centre in whatever trouble; never 500."""


class CuttingProxy:
    """Listens on `port`; whatever comes goes to one of the `targets`, ports of this computer, in turn.

    While `cuts`, some questions are cut half way, some answers are taken away whole (the centre has committed by then)
    or cut half way, some questions wait. `counts` says how many of each; `odd` collects answers that must not be.
    """

    def __init__(self, luck: random.Random) -> None:
        self.targets: list[int] = []
        self.cuts = False
        self.counts: Counter[str] = Counter()
        self.odd: list[str] = []
        self._luck, self._lock, self._turn = luck, threading.Lock(), 0
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                desk, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(desk,), daemon=True).start()

    def _relay(self, desk: socket.socket) -> None:
        with self._lock:
            self._turn += 1
            target = self.targets[self._turn % len(self.targets)]
        try:
            centre = socket.create_connection(("127.0.0.1", target), timeout=10)
        except OSError:
            _reset(desk)
            return
        for end in (desk, centre):  # what comes in two pieces goes on in two, and none waits for the other's receipt
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with desk, centre:
            with suppress(OSError):
                self._exchanges(desk, centre)
            _reset(desk)
            _reset(centre)

    def _exchanges(self, desk: socket.socket, centre: socket.socket) -> None:
        """Relays until one end closes or a cut falls due."""
        fault, room, asking = "", 0, False
        with selectors.DefaultSelector() as ready:
            ready.register(desk, selectors.EVENT_READ)
            ready.register(centre, selectors.EVENT_READ)
            while True:
                for key, _ in ready.select():
                    end = key.fileobj
                    assert isinstance(end, socket.socket)
                    data = end.recv(65_536)
                    if not data:
                        return
                    if end is desk and not asking:
                        asking, (fault, room) = True, self._fault()
                    if end is centre and asking:
                        asking = False
                        self._look_at(data)
                    if (fault == "question cut" and end is desk) or (fault.startswith("answer") and end is centre):
                        if len(data) > room:
                            (centre if end is desk else desk).sendall(data[:room])
                            self._count(fault)
                            return
                        room -= len(data)
                    (centre if end is desk else desk).sendall(data)

    def _fault(self) -> tuple[str, int]:
        """What happens to the next question, and how many bytes pass before it does."""
        with self._lock:
            if not self.cuts:
                return "", 0
            what = self._luck.random()
            if what < 0.10:
                return "question cut", self._luck.randrange(900)
            if what < 0.22:
                return "answer lost", 0
            if what < 0.28:
                return "answer cut", self._luck.randrange(1, 400)
            pause = self._luck.random() / 10 if what < 0.38 else 0.0
        if pause:
            self._count("delay")
            time.sleep(pause)
        return "", 0

    def _look_at(self, answer: bytes) -> None:
        status = answer[9:12]
        if answer.startswith(b"HTTP/1.1 ") and status not in EXPECTED:
            with self._lock:
                self.odd.append(f"the centre answered {status.decode(errors='replace')}")

    def _count(self, fault: str) -> None:
        with self._lock:
            self.counts[fault] += 1


def _reset(end: socket.socket) -> None:
    """Closes as a network does that breaks off: no farewell."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.close()
