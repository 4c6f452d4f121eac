"""All of Windows that can be tested elsewhere: what a job's flags mean, and that nothing happens without it."""

import pytest

from printing.printers import Queue, Unreachable, open_printer
from printing.printers.reports import FAILED, PRINTING, SENT, STUCK, UNKNOWN, Report
from printing.printers.windows import report_of


@pytest.mark.parametrize(
    ("flags", "report"),
    [
        (0, Report(SENT)),
        (0x10, Report(PRINTING)),
        (0x50, Report(STUCK, "media-empty")),
        (0x20, Report(STUCK, "unreachable")),
        (0x1, Report(STUCK, "paused")),
        (0x104, Report(FAILED, "canceled")),
        (0x80, Report(UNKNOWN, "delivered")),
        (None, Report(UNKNOWN, "delivered")),
    ],
)
def test_a_jobs_flags_say_no_more_than_is_known(flags: int | None, report: Report) -> None:
    assert report_of(flags) == report


def test_elsewhere_such_a_printer_is_out_of_reach() -> None:
    printer = open_printer(Queue("Desk", "windows:Desk"))
    with pytest.raises(Unreachable):
        printer.papers()
