"""A roll printer in software: answers `DLE EOT`, decodes the four commands of a paper, and keeps what has come out."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

READY = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
STATUS = {
    "ready": READY,
    "media-empty": READY | {1: 0x1A, 2: 0x32, 4: 0x7E},
    "cover-open": READY | {1: 0x1A, 2: 0x16},
    "low": READY | {4: 0x1E},
}
"""As a TM-T20III answers."""


class RollMachine:
    """Listens on a port of its own. `state` is a key of STATUS, or `mute` (prints, answers nothing).

    `papers` are pictures, as rows of ones (black) and zeros in text, each cut off. While it is out of paper, what it
    is sent waits inside it.
    """

    def __init__(self) -> None:
        self.state = "ready"
        self.then: str | None = None
        """What it becomes once it has taken a whole picture."""
        self.papers: list[list[str]] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._ended = False
        self._waiting: list[bytes] = []
        self._connections: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def unplug(self) -> None:
        """Drops whoever is connected; what it has not printed is gone."""
        self._waiting.clear()
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._ended = True
        self.unplug()
        self._server.shutdown(socket.SHUT_RDWR)  # closing alone leaves the thread that accepts asleep for ever
        self._server.close()

    def set(self, state: str) -> None:
        self.state = state
        self._print()

    def _serve(self) -> None:
        while not self._ended:
            with suppress(OSError):
                connection, _ = self._server.accept()
                self._connections.append(connection)
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        left = b""
        with connection, suppress(OSError):
            while received := connection.recv(65536):
                left = self._take(left + received, connection)

    def _take(self, content: bytes, connection: socket.socket) -> bytes:
        """Works on whole commands and returns the beginning of one that is not whole yet."""
        while content:
            if content[:2] == b"\x10\x04":
                if len(content) < 3:
                    return content
                if self.state != "mute":
                    connection.sendall(bytes([STATUS[self.state][content[2]]]))
                content = content[3:]
                continue
            length = _length(content)
            if not length:
                return content
            self._waiting.append(content[:length])
            content = content[length:]
            if self._waiting[-1].startswith(b"\x1dV"):
                self.state, self.then = self.then or self.state, None
                self._print()
        return content

    def _print(self) -> None:
        if self.state not in ("ready", "low", "mute"):
            return
        rows: list[str] = []
        waiting, self._waiting = self._waiting, []
        for command in waiting:
            if command.startswith(b"\x1dv0"):
                width = int.from_bytes(command[4:6], "little")
                bands = [command[at : at + width] for at in range(8, len(command), width)]
                rows += [f"{int.from_bytes(band):0{width * 8}b}" for band in bands]
            elif command.startswith(b"\x1dV"):
                self.papers.append(rows)
                rows = []


def _length(content: bytes) -> int:
    """How long the command at the beginning is; 0 while it is not whole. Raises ValueError for an unknown one."""
    fixed = {b"\x1b@": 2, b"\x1bd": 3, b"\x1dV": 4}.get(content[:2])
    if fixed is None and content[:2] == b"\x1dv":
        if len(content) < 8:
            return 0
        fixed = 8 + int.from_bytes(content[4:6], "little") * int.from_bytes(content[6:8], "little")
    if fixed is None and len(content) > 1:
        raise ValueError(content[:8].hex())
    return fixed if fixed is not None and len(content) >= fixed else 0
