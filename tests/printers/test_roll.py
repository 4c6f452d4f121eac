"""The roll printer: its picture comes out whole, and its status bytes say what is known before and after."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from reportlab.pdfgen.canvas import Canvas

from printing.picture import page_image
from printing.printers import Job, NotSent, Printer, Queue, Report, can, open_printer
from printing.printers.reports import PRINTED, PRINTING, STUCK, UNKNOWN
from tests.printers.machines import free_port, wait_until
from tests.printers.roll_machine import RollMachine


def strip_of_paper() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(72 / 25.4 * 72, 200), invariant=True)
    for n in range(12):
        canvas.rect(10 + n * 12, 20 + n * 12, 8, 8, fill=1)
    canvas.drawString(20, 170, "5001 1234 5671")
    canvas.save()
    return out.getvalue()


PDF = strip_of_paper()


@pytest.fixture
def machine() -> Iterator[RollMachine]:
    machine = RollMachine()
    yield machine
    machine.close()


@pytest.fixture
def roll(machine: RollMachine) -> Printer:
    return open_printer(Queue("Roll", f"roll://127.0.0.1:{machine.port}"))


def last(roll: Printer, job: Job) -> Report:
    said: list[Report] = []

    def ended() -> bool:
        said.append(roll.report(job))
        return said[-1].is_final

    wait_until(ended, "the paper's end")
    return said[-1]


def test_the_picture_comes_out_as_it_was_drawn(machine: RollMachine, roll: Printer) -> None:
    job = roll.send("miz-1", PDF, "roll80")
    assert roll.report(job).state == PRINTING
    assert last(roll, job) == Report(PRINTED, "status")
    (rows,) = machine.papers
    drawn = page_image(PDF, 203)
    for row, dots in enumerate(rows[: drawn.height]):
        line = drawn.pixels[row * drawn.stride : row * drawn.stride + drawn.width]
        assert dots[: drawn.width] == "".join("1" if grey < 140 else "0" for grey in line), row
    assert sum("1" in row for row in rows) > 100


def test_only_paper_of_its_width_goes_there(roll: Printer, machine: RollMachine) -> None:
    assert [can(Queue("Roll", f"roll://127.0.0.1:{machine.port}"), paper) for paper in ("roll80", "a5")] == [
        True,
        False,
    ]
    with pytest.raises(NotSent) as refused:
        roll.send("miz-1", PDF, "a5")
    assert (refused.value.reason, refused.value.again) == ("wrong-size", False)


@pytest.mark.parametrize("trouble", ["media-empty", "cover-open"])
def test_in_trouble_nothing_is_sent(machine: RollMachine, roll: Printer, trouble: str) -> None:
    machine.state = trouble
    with pytest.raises(NotSent) as refused:
        roll.send("miz-1", PDF, "roll80")
    assert (refused.value.reason, refused.value.again) == (trouble, True)
    machine.state = "low"
    assert last(roll, roll.send("miz-1", PDF, "roll80")).state == PRINTED
    assert len(machine.papers) == 1


@pytest.mark.parametrize("trouble", ["media-empty", "cover-open"])
def test_what_it_had_taken_comes_out_when_the_trouble_is_over(
    machine: RollMachine, roll: Printer, trouble: str
) -> None:
    machine.then = trouble
    job = roll.send("miz-1", PDF, "roll80")
    wait_until(lambda: roll.report(job) == Report(STUCK, trouble), trouble)
    assert machine.papers == []
    machine.set("ready")
    assert last(roll, job) == Report(PRINTED, "status")
    assert len(machine.papers) == 1


def test_a_printer_that_gives_no_status_confirms_nothing(
    machine: RollMachine, roll: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("printing.printers.roll.STATUS_SECONDS", 0.2)
    machine.state = "mute"
    assert last(roll, roll.send("miz-1", PDF, "roll80")) == Report(UNKNOWN, "no-status")
    assert len(machine.papers) == 1


def test_a_printer_that_was_unplugged_confirms_nothing(machine: RollMachine, roll: Printer) -> None:
    machine.then = "media-empty"
    job = roll.send("miz-1", PDF, "roll80")
    wait_until(lambda: roll.report(job).state == STUCK, "stuck")
    machine.unplug()
    assert last(roll, job) == Report(UNKNOWN, "no-status")
    assert roll.report(job) == Report(UNKNOWN, "forgotten")


def test_nothing_leaves_for_a_roll_that_is_not_there() -> None:
    roll = open_printer(Queue("Roll", f"roll://127.0.0.1:{free_port()}"))
    with pytest.raises(NotSent) as refused:
        roll.send("miz-1", PDF, "roll80")
    assert (refused.value.reason, refused.value.again) == ("unreachable", True)
    assert roll.find("miz-1") is None
