"""A network printer that is spoken to directly: what it says of its own jobs is the best word there is."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from printing.printers import ipp
from printing.printers.ipp import Asked, Attributes, Cut, Server, texts, whole, wholes
from printing.printers.pwg import PWG, pwg_raster
from printing.printers.reports import (
    FAILED,
    PRINTED,
    PRINTING,
    SENT,
    STUCK,
    UNKNOWN,
    Job,
    Lost,
    NotSent,
    Report,
    Unreachable,
    stuck_reason,
)

PDF = "application/pdf"
RESOLUTIONS = "pwg-raster-document-resolution-supported"
_FEWEST_DOTS = 300
_MEDIA = {
    "a5": re.compile("iso_a5_"),
    "a4": re.compile("iso_a4_"),
    "roll80": re.compile("(om|roll)_.*(?<!\\d)(72|80)x"),
}
_AGAIN = {
    0x0502: "unreachable",  # server-error-service-unavailable
    0x0505: "busy",  # server-error-temporary-error
    0x0506: "not-accepting",
    0x0507: "busy",
}
_REFUSED = {0x0408: "too-large", 0x040A: "wrong-format"}
_PENDING, _HELD, _PROCESSING, _STOPPED, _CANCELED, _ABORTED, _COMPLETED = range(3, 10)


class NetworkPrinter:
    """An IPP printer, by its address `ipp://host[:port]/path` (or `ipps`)."""

    def __init__(self, uri: str) -> None:
        parts = urlsplit(uri)
        self._server = Server(parts.hostname or "", parts.port or 631, parts.scheme == "ipps")
        self._path = parts.path or "/ipp/print"
        self._uri = f"{parts.scheme}://{parts.netloc}{self._path}"

    def papers(self) -> frozenset[str] | None:
        return papers_of(self._printer())

    def send(self, title: str, pdf: bytes, paper: str) -> Job:
        try:
            printer = self._printer()
        except Unreachable as error:
            raise NotSent("unreachable", again=True) from error
        return print_job(self._server, self._path, self._uri, printer, title, pdf, paper)

    def find(self, title: str) -> Job | None:
        return find_job(self._server, self._path, self._uri, title)

    def report(self, job: Job) -> Report:
        answer = ask(self._server, ipp.GET_JOB, self._path, self._uri, {"job-id": int(job.id)})
        if not answer.ok or not answer.jobs:
            return Report(UNKNOWN, "forgotten") if answer.status == ipp.NOT_FOUND else Report(SENT)
        state = whole(answer.jobs[0], "job-state")
        if state in _ENDED:
            return _ENDED[state]
        why = stuck_reason(texts(self._printer(), "printer-state-reasons"))
        return still_going(state, why)

    def cancel(self, job: Job) -> None:
        ask(self._server, ipp.CANCEL_JOB, self._path, self._uri, {"job-id": int(job.id)})

    def _printer(self) -> Attributes:
        return printer_attributes(self._server, self._path, self._uri)


_ENDED = {
    _COMPLETED: Report(PRINTED, "printer"),
    _CANCELED: Report(FAILED, "canceled"),
    _ABORTED: Report(FAILED, "aborted"),
}


def still_going(state: int, why: str) -> Report:
    """The report of a job that has not ended, while the printer gives `why` as what holds paper up."""
    if state == _HELD:
        return Report(STUCK, why or "held")
    if state == _STOPPED:
        return Report(STUCK, why or "paused")
    if why:
        return Report(STUCK, why)
    return Report(PRINTING) if state == _PROCESSING else Report(SENT)


def ask(server: Server, operation: int, path: str, uri: str, attributes: Asked) -> ipp.Answer:
    """A question that changes nothing, or that may be repeated. Raises `Unreachable`."""
    try:
        return server.ask(operation, path, uri, attributes)
    except Cut as error:
        raise Unreachable("cut") from error


def printer_attributes(server: Server, path: str, uri: str) -> Attributes:
    """What the printer or queue says of itself. Raises `Unreachable`, also where there is none of that name."""
    said = ("printer-state", "printer-state-reasons", "device-uri")
    wanted = ("media-supported", "document-format-supported", RESOLUTIONS, *said)
    answer = ask(server, ipp.GET_PRINTER, path, uri, {"requested-attributes": wanted})
    if not answer.ok or not answer.printers:
        raise Unreachable(f"0x{answer.status:04x}")
    return answer.printers[0]


def papers_of(printer: Attributes) -> frozenset[str] | None:
    """Which papers are among the printer's sizes; None where it names no sizes."""
    sizes = texts(printer, "media-supported")
    if not sizes:
        return None
    return frozenset(paper for paper, pattern in _MEDIA.items() if any(pattern.match(size) for size in sizes))


def print_job(server: Server, path: str, uri: str, printer: Attributes, title: str, pdf: bytes, paper: str) -> Job:
    """Hands a PDF over, once its size is known to be there. Raises `NotSent` or `Lost`."""
    sizes = texts(printer, "media-supported")
    size = next((size for size in sizes if _MEDIA[paper].match(size)), "")
    if sizes and not size:
        raise NotSent("wrong-size")
    kind, document = _document(printer, pdf, size)
    job = {"sides": "one-sided", "print-scaling": "none"} | ({"media": size} if size else {})
    asked = {"job-name": title, "document-format": kind}
    try:
        answer = server.ask(ipp.PRINT_JOB, path, uri, asked, job, document)
    except Unreachable as error:
        raise NotSent("unreachable", again=True) from error
    except Cut as error:
        raise Lost from error
    if answer.status in _AGAIN:
        raise NotSent(_AGAIN[answer.status], again=True)
    if not answer.ok:
        raise NotSent(_REFUSED.get(answer.status, "refused"))
    if not answer.jobs:
        raise Lost("no-answer")
    return Job(str(whole(answer.jobs[0], "job-id")), title)


def _document(printer: Attributes, pdf: bytes, size: str) -> tuple[str, bytes]:
    """The paper in a format that the printer takes: as it is, or as dots. Raises `NotSent`."""
    formats = texts(printer, "document-format-supported")
    if not formats or PDF in formats:
        return PDF, pdf
    resolutions = sorted(each for each in wholes(printer, RESOLUTIONS) if each >= _FEWEST_DOTS)
    if PWG not in formats or not resolutions:
        raise NotSent("wrong-format")
    return PWG, pwg_raster(pdf, resolutions[0], size)


def find_job(server: Server, path: str, uri: str, title: str) -> Job | None:
    """The job of this title among all that the printer remembers. Raises `Unreachable`."""
    for which in ("not-completed", "completed"):
        asked: Asked = {"which-jobs": which, "requested-attributes": ("job-id", "job-name", "job-state")}
        answer = ask(server, ipp.GET_JOBS, path, uri, asked)
        for job in answer.jobs:
            if title in texts(job, "job-name"):
                return Job(str(whole(job, "job-id")), title)
    return None
