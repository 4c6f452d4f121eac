"""Printers of every kind behind one small interface (`reports.Printer`).

ipp://host[:port]/path    a network printer, spoken to directly
cups:NAME                 a queue of this computer's CUPS, or cups://host[:port]/NAME
roll://host[:9100]        an 80 mm roll printer
folder:/PATH              PDF files in a folder
windows:NAME              a printer of Windows (unproven)
"""

from __future__ import annotations

import os
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from printing.printers.reports import PAPERS, Job, Lost, NotSent, Printer, Report, Unreachable

__all__ = [
    "PAPERS",
    "Job",
    "Lost",
    "NotSent",
    "Printer",
    "Queue",
    "Report",
    "Unreachable",
    "can",
    "found_queues",
    "open_printer",
]

_KINDS = {
    "ipp": "ipp",
    "ipps": "ipp",
    "cups": "cups",
    "roll": "roll",
    "socket": "roll",
    "folder": "folder",
    "file": "folder",
    "windows": "windows",
}


class Queue(NamedTuple):
    """A printer as the desk calls it, and its address."""

    name: str
    uri: str

    @property
    def kind(self) -> str:
        """`ipp`, `cups`, `roll`, `folder` or `windows`. Raises ValueError for an address that is none of them."""
        parts = urlsplit(self.uri)
        kind = _KINDS.get(parts.scheme)
        if (
            kind is None
            or not (parts.hostname or parts.path.strip("/"))
            or (kind in ("ipp", "roll") and not parts.hostname)
        ):
            raise ValueError(self.uri)
        _ = parts.port  # an impossible port is a ValueError here and not at the first paper
        return kind


def open_printer(queue: Queue) -> Printer:
    """The printer behind a queue; nothing is asked of it yet. Raises ValueError for an address of no kind."""
    # One kind brings in neither the others nor what draws pictures.
    match queue.kind:
        case "ipp":
            from printing.printers.network import NetworkPrinter

            return NetworkPrinter(queue.uri)
        case "cups":
            from printing.printers.cups import CupsQueue

            return CupsQueue(queue.uri)
        case "roll":
            from printing.printers.roll import RollPrinter

            return RollPrinter(queue.uri)
        case "folder":
            from printing.printers.folder import PdfFolder

            return PdfFolder(queue.uri)
        case _:
            from printing.printers.windows import WindowsPrinter

            return WindowsPrinter(queue.uri)


def can(queue: Queue, paper: str) -> bool | None:
    """Whether the queue takes this paper; None where it does not say. Raises `Unreachable`."""
    papers = open_printer(queue).papers()
    return None if papers is None else paper in papers


def found_queues() -> list[Queue]:
    """The queues that the operating system knows, in its order; none where it prints nothing."""
    if os.name == "nt":
        from printing.printers.windows import names

        try:
            return [Queue(name, f"windows:{quote(name)}") for name in names()]
        except Unreachable:
            return []
    from printing.printers.cups import queues

    return [Queue(name, f"cups:{quote(name)}") for name in queues()]
