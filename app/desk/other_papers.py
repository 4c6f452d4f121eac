"""Papers beside the receipt: the slip of what is lacking, the sheet for the office's safe, a printer's test page.

None of them is a copy of the receipt, so none is counted, and none needs to be confirmed.
"""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from app.desk.desk import Desk, reference
from app.desk.emblem import drawn, with_drawing
from app.desk.receipts import NoSuchRequest, original_values, request_by_code
from printing.printers import Lost, NotSent, Queue, Report, Unreachable, open_printer
from printing.printers.reports import FAILED, SENT, STUCK, UNKNOWN
from resources import words

LOOK_SECONDS = 0.5


class NothingLacks(Exception):
    """The request has every paper that it needs."""


def lacking_slip(desk: Desk, code: str, paper: str = "a5") -> bytes:
    """The slip of the papers that a request lacks now, as PDF. Raises `NoSuchRequest`, `NothingLacks`, `StoreError`."""
    from printing.receipt import render_slip

    with desk.reading() as connection:
        request = request_by_code(connection, code)
        if request is None:
            raise NoSuchRequest(code)
        first = original_values(desk, connection, request)
    lacking = tuple(document.title for document in request.documents if not document.received)
    if not lacking or request.state == "voided":
        raise NothingLacks(code)
    received = tuple(document.title for document in request.documents if document.received)
    now = msgspec.structs.replace(first, received=received, lacking=lacking, bring_by=request.bring_by)
    return render_slip(with_drawing(desk, now), paper)


def recovery_sheet(desk: Desk, recovery_code: str, paper: str = "a5") -> bytes:
    """The desk's recovery code for the safe, as PDF. Raises `CodeError` for what is none, and `StoreError`."""
    from printing.recovery import RecoveryValues, render_recovery_sheet

    with desk.reading() as connection:
        office = reference(connection).office
    values = RecoveryValues(
        language=words.language(),
        office_name=office.name,
        office_caption=office.caption,
        emblem=drawn(desk, office.emblem),
        desk=desk.number,
        desk_name=desk.name,
        made_at=desk.clock(),
        code=recovery_code,
    )
    return render_recovery_sheet(values, paper)


def print_test_page(desk: Desk, queue: Queue, paper: str, patience: float) -> Report:
    """Sends the printer its test page and follows it for so many seconds: what is known of it then. Raises
    `StoreError`."""
    from printing.trial import TrialValues, render_test_page

    with desk.reading() as connection:
        office = reference(connection).office.name
    at = desk.clock()
    values = TrialValues(language=words.language(), office_name=office, desk=desk.number, printer=queue.name, at=at)
    printer = open_printer(queue)
    try:
        job = printer.send(f"test-{at}", render_test_page(values, paper), paper)
    except NotSent as error:
        return Report(FAILED, error.reason)
    except Lost as error:
        return Report(UNKNOWN, error.reason)
    report, end = Report(SENT), time.monotonic() + patience
    while time.monotonic() < end:
        try:
            report = printer.report(job)
        except Unreachable:
            report = Report(STUCK, "unreachable")
        if report.is_final:
            break
        time.sleep(LOOK_SECONDS)
    return report


def write_secret(out: Path, content: bytes) -> None:
    """A new file that only its owner reads. Raises `OSError`, also where the file is there already."""
    out.touch(mode=0o600, exist_ok=False)
    out.write_bytes(content)
