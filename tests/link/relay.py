"""A wire between desk and centre that can be cut and mended at the same address."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Relay:
    """Carries bytes both ways between `url` and a centre; `carried` counts those to it, `brought` those from it. The
    line breaks once `most` were carried to it."""

    def __init__(self, to: str) -> None:
        parts = urlsplit(to)
        self.carried, self.brought, self.most = 0, 0, 1 << 60
        self._to = (parts.hostname or "", parts.port or 0)
        self._ends: set[socket.socket] = set()
        self._listen(0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for end in tuple(self._ends):
            _drop(end)

    @contextmanager
    def cut(self) -> Iterator[None]:
        """Whatever is on the way is lost, and nobody answers."""
        self.close()
        yield
        self._listen(self._port)

    def _listen(self, port: int) -> None:
        self._listening = socket.create_server(("127.0.0.1", port))
        self._port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _address = listening.accept()
                far = socket.create_connection(self._to)
                for here, there in ((near, far), (far, near)):
                    self._ends.add(here)
                    to_centre = there is far
                    threading.Thread(target=self._carry, args=(here, there, to_centre), daemon=True).start()

    def _carry(self, here: socket.socket, there: socket.socket, to_centre: bool) -> None:
        with suppress(OSError):
            while data := here.recv(65_536):
                if to_centre:
                    data = data[: max(0, self.most - self.carried)]
                    self.carried += len(data)
                else:
                    self.brought += len(data)
                there.sendall(data)
                if to_centre and self.carried == self.most:
                    break
        for end in (here, there):
            self._ends.discard(end)
            _drop(end)


def _drop(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
