"""A queue of CUPS. Its *completed* means handed to the printer; where that is an IPP printer, it is asked itself."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from printing.printers import ipp
from printing.printers.ipp import Attributes, Server, texts, whole
from printing.printers.network import (
    NetworkPrinter,
    ask,
    find_job,
    papers_of,
    print_job,
    printer_attributes,
    still_going,
)
from printing.printers.reports import (
    FAILED,
    STUCK,
    UNKNOWN,
    Job,
    NotSent,
    Report,
    Unreachable,
    stuck_reason,
)

_SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock")
_PENDING, _CANCELED, _ABORTED, _COMPLETED = 3, 7, 8, 9
_STOPPED = 5
_MESSAGES = (
    ("may not exist or is unavailable", "unreachable"),
    ("is not responding", "unreachable"),
    ("cannot print with supplied options", "wrong-size"),
    ("document format", "wrong-format"),
    ("canceled at printer", "aborted"),
)
"""What CUPS's IPP backend says and gives no keyword for (its texts are English in every language of the desktop)."""


class CupsQueue:
    """A queue by its address: `cups:NAME` on this computer (or `CUPS_SERVER`), `cups://host[:port]/NAME` elsewhere."""

    def __init__(self, uri: str) -> None:
        parts = urlsplit(uri)
        self._server = Server(parts.hostname, parts.port or 631) if parts.hostname else local_server()
        self._path = f"/printers/{quote(unquote(parts.path.strip('/')))}"
        self._uri = f"ipp://localhost{self._path}"
        self._device: NetworkPrinter | None = None

    def papers(self) -> frozenset[str] | None:
        return papers_of(self._queue())

    def send(self, title: str, pdf: bytes, paper: str) -> Job:
        try:
            queue = self._queue()
        except Unreachable as error:
            raise NotSent("unreachable", again=True) from error
        # CUPS turns PDF into whatever the printer takes.
        return print_job(self._server, "/", self._uri, queue | {"document-format-supported": []}, title, pdf, paper)

    def find(self, title: str) -> Job | None:
        return find_job(self._server, "/", self._uri, title)

    def report(self, job: Job) -> Report:
        answer = ask(self._server, ipp.GET_JOB, "/", self._uri, {"job-id": int(job.id)})
        if not answer.ok or not answer.jobs:
            return self._at_the_printer(job) or Report(UNKNOWN, "forgotten")
        said = answer.jobs[0]
        state, message = whole(said, "job-state"), _said(" ".join(texts(said, "job-printer-state-message")))
        if state == _COMPLETED:
            return self._at_the_printer(job) or Report(UNKNOWN, "delivered")
        if state in (_CANCELED, _ABORTED):
            why = "" if message == "unreachable" else message  # an older trouble than its end
            ended = Report(FAILED, why or ("canceled" if state == _CANCELED else "aborted"))
            return self._at_the_printer(job) or ended
        queue = self._queue()
        why = stuck_reason(texts(queue, "printer-state-reasons")) or message
        if state == _PENDING and whole(queue, "printer-state") == _STOPPED:
            why = why or "paused"
        return still_going(state, why)

    def cancel(self, job: Job) -> None:
        ask(self._server, ipp.CANCEL_JOB, "/", self._uri, {"job-id": int(job.id)})

    def _queue(self) -> Attributes:
        queue = printer_attributes(self._server, "/", self._uri)
        device = next(iter(texts(queue, "device-uri")), "")
        self._device = NetworkPrinter(device) if device.startswith(("ipp://", "ipps://")) else None
        return queue

    def _at_the_printer(self, job: Job) -> Report | None:
        """What the printer itself says of this paper; None where it cannot be asked, or has never heard of it."""
        if self._device is None:
            self._queue()
        if self._device is None:
            return None
        try:
            its_own = self._device.find(job.title)
            return its_own and self._device.report(its_own)
        except Unreachable:
            return Report(STUCK, "unreachable")


def _said(message: str) -> str:
    return next((token for text, token in _MESSAGES if text in message), "")


def local_server() -> Server:
    """CUPS of this computer, or the one that `CUPS_SERVER` names."""
    named = os.environ.get("CUPS_SERVER", "").partition("/version=")[0]
    if named.startswith("/"):
        return Server(named)
    if named:
        parts = urlsplit(f"//{named}")
        return Server(parts.hostname or "localhost", parts.port or 631)
    return Server(next((path for path in _SOCKETS if Path(path).exists()), "localhost"))


def queues() -> dict[str, Attributes]:
    """The queues of this computer's CUPS by name; none where there is no CUPS."""
    try:
        answer = ask(
            local_server(),
            ipp.CUPS_GET_PRINTERS,
            "/",
            "ipp://localhost/",
            {"requested-attributes": ("printer-name", "media-supported", "printer-state-reasons")},
        )
    except Unreachable:
        return {}
    return {name: queue for queue in answer.printers for name in texts(queue, "printer-name")}
