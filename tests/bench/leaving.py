"""From the command to register until the paper reaches the printer, against registering and sending ready bytes."""

from __future__ import annotations

import socket
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from app.desk.requests import request
from app.desk.services import services
from app.desk.spool import Hand, print_receipt, say_whether_it_came_out
from app.desk.visits import Registered, register
from models.receipt import ReceiptValues
from printing.printers import Queue, Report
from printing.printers.reports import QUEUED
from printing.receipt import render_receipt
from printing.roll import roll_bytes
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, median, milliseconds, p95, timed
from tests.bench.roll import Roll, roll_printer

PAPERS = 60
WARM_UP = 5


def figures(ground: Ground) -> Iterator[Figure]:
    """The printers are programs of this machine, so that no network is measured."""
    with roll_printer() as machine:
        took, floor = [], []
        for _ in range(min(PAPERS, ground.samples) + WARM_UP):
            begun, registered, answer = _registered(ground)
            _handed_over(ground, answer, Queue("roll", f"roll://127.0.0.1:{machine.port}"), "roll80")
            took.append((machine.next_after(begun) - begun) * 1_000)
            floor.append(registered + _bare(machine, roll_bytes(render_receipt(_values(ground, answer), "roll80"))))
    yield _figure("print", "a roll printer's first byte", took, floor, "registering, and a bare socket that sends it")
    if _ipp_printer_is_there():
        yield _ipp(ground)


def _registered(ground: Ground) -> tuple[float, float, Registered]:
    """A newcomer's visit: the moment of the command, milliseconds until it is registered, and the answer."""
    while True:
        service = ground.draw.choice(services(ground.desk))
        visit = {"client": next(ground.newcomers), "service": service.offered.code, "documents": [*service.documents]}
        begun = time.perf_counter()
        spent, answer = timed(register, ground.desk, ground.session, visit)
        if isinstance(answer, Registered):
            return begun, spent, answer


def _handed_over(ground: Ground, visit: Registered, queue: Queue, paper: str) -> float:
    """Prints until the printer has taken the paper, and says that it came out: when it was taken."""
    hand, taken = Hand(), []

    def told(report: Report) -> None:
        if report.state != QUEUED:
            taken.append(time.perf_counter())
            hand.leave()

    actor = ground.session.person.id
    print_receipt(ground.desk, visit.tracking_code, queue, actor=actor, paper=paper, told=told, hand=hand)
    assert visit.receipt is not None
    say_whether_it_came_out(ground.desk, visit.request, visit.receipt, True, actor)
    return taken[0]


def _values(ground: Ground, visit: Registered) -> ReceiptValues:
    return request(ground.desk, visit.tracking_code).receipts[-1].values


def _bare(machine: Roll, content: bytes) -> float:
    begun = time.perf_counter()
    with socket.create_connection(("127.0.0.1", machine.port)) as connection:
        connection.sendall(content)
        return (machine.next_after(begun) - begun) * 1_000


def _ipp_printer_is_there() -> bool:
    if not find_spec("pytest"):
        return False
    from tests.printers.machines import missing

    return not missing("ippeveprinter", "dbus-run-session")


def _ipp(ground: Ground) -> Figure:
    from printing.printers.ipp import Server
    from printing.printers.network import print_job, printer_attributes
    from tests.printers.machines import IppPrinter, stop

    with tempfile.TemporaryDirectory() as folder:
        printer = IppPrinter(Path(folder, "printer"))
        try:
            server, path = Server("localhost", printer.port), "/ipp/print"
            attributes = printer_attributes(server, path, printer.uri)
            took, floor = [], []
            for n in range(min(PAPERS, ground.samples) + WARM_UP):
                printer.clear()  # it prints one at a time
                begun, registered, answer = _registered(ground)
                taken = _handed_over(ground, answer, Queue("ipp", printer.uri), "a5")
                took.append((taken - begun) * 1_000)
                pdf = render_receipt(_values(ground, answer))
                printer.clear()
                sent = milliseconds(print_job, server, path, printer.uri, attributes, f"bare-{n}", pdf, "a5")
                floor.append(registered + sent)
        finally:
            stop(printer.process)
    return _figure("print.ipp", "a network printer has taken it", took, floor, "registering, and one bare Print-Job")


def _figure(name: str, what: str, took: list[float], floor: list[float], beside: str) -> Figure:
    took, floor = took[WARM_UP:], floor[WARM_UP:]
    return Figure(
        name=name,
        value=p95(took),
        unit="ms",
        beside=Beside(beside, p95(floor)),
        note=f"{what}: p95 of {len(took)}, median {median(took):.3g} ms over {median(floor):.3g}",
    )
