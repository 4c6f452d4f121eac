"""A printer of Windows. UNPROVEN: written by the documentation alone, never run on Windows; only `report_of` is tested.

A page goes as a picture through GDI (the driver turns it into what the printer takes). The spooler's *printed* means
handed to the printer, so it confirms nothing; the clerk does.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import unquote, urlsplit

from printing.picture import Picture, page_image
from printing.printers.reports import (
    FAILED,
    PRINTING,
    SENT,
    STUCK,
    UNKNOWN,
    Job,
    Lost,
    NotSent,
    Report,
    Unreachable,
)

_DOTS_AN_INCH = 300
_FORMS = {"a5": 11, "a4": 9}
"""DMPAPER_A5, DMPAPER_A4."""
_HORZRES, _VERTRES, _GREY_LEVELS = 8, 10, 256
_DM_PAPERSIZE = 0x2

_STUCK = ((0x40, "media-empty"), (0x400, "media-needed"), (0x20, "unreachable"), (0x2, "paused"), (0x1, "paused"))
"""JOB_STATUS flags: paper out, user intervention, off line, error, paused."""
_DELETED, _DELETING, _SPOOLING, _PRINTING, _PRINTED = 0x100, 0x4, 0x8, 0x10, 0x80


class WindowsPrinter:
    """A printer by its address `windows:NAME`. Needs pywin32."""

    def __init__(self, uri: str) -> None:
        self._name = unquote(urlsplit(uri).path)

    def papers(self) -> frozenset[str] | None:
        spooler = win32("win32print")
        try:
            forms = spooler.DeviceCapabilities(self._name, "", 2)  # DC_PAPERS
        except spooler.error as error:
            raise Unreachable from error
        return frozenset(paper for paper, form in _FORMS.items() if form in forms)

    def send(self, title: str, pdf: bytes, paper: str) -> Job:
        if paper not in _FORMS:
            raise NotSent("wrong-size")
        try:
            spooler, drawing = win32("win32print"), win32("win32gui")
        except Unreachable as error:
            raise NotSent("unreachable") from error
        try:
            handle = spooler.OpenPrinter(self._name)
            mode = spooler.GetPrinter(handle, 2)["pDevMode"]
            mode.PaperSize, mode.Fields = _FORMS[paper], mode.Fields | _DM_PAPERSIZE
            page = drawing.CreateDC("WINSPOOL", self._name, mode)
        except spooler.error as error:
            raise NotSent("unreachable", again=True) from error
        try:
            job = spooler.StartDoc(page, (title, None, None, 0))
            for picture in _pictures(pdf):
                spooler.StartPage(page)
                _draw(page, picture)
                spooler.EndPage(page)
            spooler.EndDoc(page)
        except spooler.error as error:
            raise Lost from error
        finally:
            drawing.DeleteDC(page)
            spooler.ClosePrinter(handle)
        return Job(str(job), title)

    def find(self, title: str) -> Job | None:
        return next((Job(str(job["JobId"]), title) for job in self._jobs() if job["pDocument"] == title), None)

    def report(self, job: Job) -> Report:
        flags = next((each["Status"] for each in self._jobs() if str(each["JobId"]) == job.id), None)
        return report_of(flags)

    def cancel(self, job: Job) -> None:
        spooler = win32("win32print")
        try:
            handle = spooler.OpenPrinter(self._name)
            spooler.SetJob(handle, int(job.id), 0, None, 5)  # JOB_CONTROL_DELETE
            spooler.ClosePrinter(handle)
        except spooler.error as error:
            raise Unreachable from error

    def _jobs(self) -> list[dict[str, Any]]:
        spooler = win32("win32print")
        try:
            handle = spooler.OpenPrinter(self._name)
            jobs = spooler.EnumJobs(handle, 0, 999, 1)
            spooler.ClosePrinter(handle)
        except spooler.error as error:
            raise Unreachable from error
        return list(jobs)


def report_of(flags: int | None) -> Report:
    """The report of a job with these JOB_STATUS flags; None where it is in the queue no more."""
    if flags is None or flags & _PRINTED:
        return Report(UNKNOWN, "delivered")
    if flags & (_DELETED | _DELETING):
        return Report(FAILED, "canceled")
    stuck = next((reason for flag, reason in _STUCK if flags & flag), "")
    if stuck:
        return Report(STUCK, stuck)
    return Report(PRINTING) if flags & _PRINTING else Report(SENT)


def names() -> list[str]:
    """The printers of this computer."""
    return [name for _flags, _description, name, _comment in win32("win32print").EnumPrinters(2 | 4)]


def win32(module: str) -> Any:
    """A module of pywin32. Raises `Unreachable` where it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise Unreachable("pywin32") from error


def _pictures(pdf: bytes) -> Iterator[Picture]:
    for number in count():
        try:
            yield page_image(pdf, _DOTS_AN_INCH, number)
        except IndexError:
            return


def _draw(page: int, picture: Picture) -> None:
    """The grey picture over the whole of the printer's page."""
    import ctypes
    import struct

    rows = b"".join(
        picture.pixels[row * picture.stride : row * picture.stride + picture.width].ljust(-(-picture.width // 4) * 4)
        for row in range(picture.height)
    )
    # BITMAPINFOHEADER: a negative height runs from the top.
    header = struct.pack("<IiiHHIIiiII", 40, picture.width, -picture.height, 1, 8, 0, 0, 0, 0, _GREY_LEVELS, 0)
    palette = b"".join(bytes((level, level, level, 0)) for level in range(_GREY_LEVELS))
    gdi: Any = ctypes.WinDLL("gdi32")  # type: ignore[attr-defined,unused-ignore]
    width, height = (gdi.GetDeviceCaps(page, what) for what in (_HORZRES, _VERTRES))
    area = (0, 0, width, height, 0, 0, picture.width, picture.height)
    gdi.StretchDIBits(page, *area, rows, header + palette, 0, 0x00CC0020)  # SRCCOPY
