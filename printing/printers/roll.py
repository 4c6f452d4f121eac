"""An 80 mm roll printer on the network: a picture as ESC/POS raster, and its real-time status before and after.

`DLE EOT n` is answered at once, whatever else the printer does: n = 1 the printer, 2 why it is off line, 4 the paper.
A printer that keeps answering "ready" for as long as the paper takes has printed it. What was sent while the paper was
out comes out after the refill, so it is never sent again.
"""

from __future__ import annotations

import contextlib
import socket
import time
from urllib.parse import urlsplit

from printing.printers.reports import PRINTED, PRINTING, STUCK, UNKNOWN, Job, Lost, NotSent, Report

CONNECT_SECONDS, STATUS_SECONDS, SEND_SECONDS = 3.0, 2.0, 30.0
_SLOWEST_BYTES_A_SECOND = 58_000
"""A row of 72 bytes is an eighth of a millimetre: 100 mm a second, slower than any roll printer on sale."""


def paper_seconds(length: int) -> float:
    """How long so many bytes take to come out, at the slowest."""
    return 0.5 + length / _SLOWEST_BYTES_A_SECOND


class RollPrinter:
    """A roll printer by its address `roll://host[:9100]`. One paper at a time: the connection stays open for it."""

    def __init__(self, uri: str) -> None:
        self._socket: socket.socket | None = None
        parts = urlsplit(uri)
        self._address = (parts.hostname or "", parts.port or 9100)
        self._done_at = 0.0

    def __del__(self) -> None:
        self._close()  # the program left its paper

    def papers(self) -> frozenset[str] | None:
        return frozenset({"roll80"})

    def send(self, title: str, pdf: bytes, paper: str) -> Job:
        if paper != "roll80":
            raise NotSent("wrong-size")
        from printing.roll import roll_bytes  # brings in what draws pictures

        picture = roll_bytes(pdf)
        self._close()
        try:
            self._socket = socket.create_connection(self._address, CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise NotSent("unreachable", again=True) from error
        why = self._trouble()
        if why is not None and why != "":
            self._close()
            raise NotSent(why, again=True)
        try:
            self._socket.settimeout(SEND_SECONDS)
            self._socket.sendall(picture)
        except OSError as error:
            self._close()
            raise Lost from error
        self._done_at = time.monotonic() + paper_seconds(len(picture))
        return Job(title, title)

    def find(self, title: str) -> Job | None:
        return None  # it remembers nothing

    def report(self, job: Job) -> Report:
        if self._socket is None:
            return Report(UNKNOWN, "forgotten")
        why = self._trouble()
        if why is None:
            self._close()
            return Report(UNKNOWN, "no-status")
        if why:
            # What is left of it comes out once the trouble is over, and takes its time then.
            self._done_at = max(self._done_at, time.monotonic() + 1.0)
            return Report(STUCK, why)
        if time.monotonic() < self._done_at:
            return Report(PRINTING)
        self._close()
        return Report(PRINTED, "status")

    def cancel(self, job: Job) -> None:
        return None  # what it has taken, it prints

    def _trouble(self) -> str | None:
        """What holds paper up, "" where nothing does, None where the printer gives no status."""
        answers = [self._status(n) for n in (1, 2, 4)]
        if None in answers:
            return None
        printer, off_line, paper = (answer or 0 for answer in answers)
        if off_line & 0x04:
            return "cover-open"
        if paper & 0x60 or off_line & 0x20:
            return "media-empty"
        if off_line & 0x40:
            return "media-jam"  # an error of the cutter or the mechanism
        return "paused" if printer & 0x08 else ""

    def _status(self, n: int) -> int | None:
        if self._socket is None:
            return None
        try:
            self._socket.settimeout(STATUS_SECONDS)
            self._socket.sendall(bytes((0x10, 0x04, n)))
            answer = self._socket.recv(1)
        except OSError:
            return None
        # Every status byte has these four bits so; anything else is not one.
        return answer[0] if answer and answer[0] & 0x93 == 0x12 else None

    def _close(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.close()
        self._socket = None
