"""`receipt --print`: the whole program at real printers, in trouble, killed, and two at once."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image

from app.desk.spool import waiting
from models.text import ascii_digits
from tests.cli.program import Program, done, visit
from tests.desk.counter import ADMINISTRATOR, CLERK, HOSSEIN
from tests.printers.machines import Cups, IppPrinter, free_port, wait_until
from tests.printers.roll_machine import RollMachine

DUPLICATE = "المثنی"


def words_of(pdf: bytes) -> str:
    """What a reader copies out of a paper, without white space and in ASCII digits."""
    read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(ascii_digits(read.stdout.decode()).split())


def originals(papers: dict[str, bytes], code: str) -> int:
    """How many papers of this request carry no mark of a duplicate."""
    read = [words_of(pdf) for pdf in papers.values()]
    return sum(code in words and DUPLICATE not in words for words in read)


def receipts(program: Program, code: str) -> list[tuple[int, str]]:
    return [(receipt["copy"], receipt["outcome"]) for receipt in program.run("show", code).line["receipts"]]


@pytest.fixture
def code(program: Program) -> str:
    return program.code_of(visit(HOSSEIN))


def test_what_the_printer_has_printed_is_a_copy_and_the_next_a_duplicate(
    program: Program, code: str, printer: IppPrinter
) -> None:
    for copy in range(2):
        ran = program.run("receipt", code, "--print", printer.uri, "--paper", "a5")
        assert ran.code == 0
        assert ran.line == {"tracking_code": code, "copy": copy, "outcome": "printed", "reason": "printer"}
        assert "came out" in ran.err
    assert originals(printer.papers, code) == 1
    assert len(printer.papers) == 2
    assert receipts(program, code) == [(0, "printed"), (1, "printed")]
    for title in printer.papers:
        assert title.startswith("miz-")
        assert code not in title
    assert program.run("receipt", code, "--out", str(program.folder / "r.pdf")).line["copy"] == 2


def test_a_paper_that_waits_in_the_printer_comes_out_after_the_refill(
    program: Program, code: str, printer: IppPrinter
) -> None:
    printer.mode = "media-empty"
    with program.start("receipt", code, "--print", printer.uri) as process:
        assert process.stderr is not None
        heard = b""
        while b"has no paper" not in heard:
            heard = process.stderr.readline()
            assert heard
        printer.mode = "ok"
        out, err = process.communicate(timeout=60)
    ran = done(process.returncode, out, err)
    assert (ran.code, ran.line["outcome"]) == (0, "printed")
    assert originals(printer.papers, code) == len(printer.papers) == 1


def test_what_did_not_come_out_is_the_original_again_elsewhere(
    program: Program, code: str, printer: IppPrinter, tmp_path: Path
) -> None:
    printer.mode = "fail"
    ran = program.run("receipt", code, "--print", printer.uri)
    assert (ran.code, ran.line["copy"], ran.line["outcome"], ran.line["reason"]) == (1, 0, "failed", "aborted")
    dead = f"ipp://localhost:{free_port()}/ipp/print"
    ran = program.run("receipt", code, "--print", dead, "--wait", "1")
    assert (ran.code, ran.line["copy"], ran.line["outcome"], ran.line["reason"]) == (1, 0, "failed", "unreachable")
    (tmp_path / "out").mkdir()
    ran = program.run("receipt", code, "--print", f"folder:{tmp_path}/out")
    assert (ran.code, ran.line["copy"], ran.line["outcome"], ran.line["reason"]) == (0, 0, "printed", "file")
    (paper,) = (tmp_path / "out").iterdir()
    assert originals({"": paper.read_bytes()}, code) == 1
    assert receipts(program, code) == [(0, "failed"), (0, "failed"), (0, "printed")]
    assert program.run("check").code == 0


def test_a_printer_of_no_name_gets_nothing(program: Program, code: str) -> None:
    ran = program.run("receipt", code, "--print", "نیست", CUPS_SERVER=str(program.folder / "none"))
    assert (ran.code, ran.line["outcome"], ran.line["reason"]) == (1, "failed", "unknown-queue")
    assert "No printer has this name" in ran.err
    assert receipts(program, code) == [(0, "queued")]


@pytest.mark.parametrize("arguments", [(), ("--out", "a.pdf", "--print", "b"), ("--print", "b", "--paper", "a3")])
def test_a_paper_goes_to_one_place(program: Program, code: str, arguments: tuple[str, ...]) -> None:
    ran = program.run("receipt", code, *arguments)
    assert (ran.code, ran.out) == (2, "")


# --- queues of CUPS --------------------------------------------------------------------------------------------------


def test_a_queue_of_this_computer_is_named_by_its_name(
    program: Program, code: str, cups: Cups, printer: IppPrinter
) -> None:
    ran = program.run("receipt", code, "--print", "Desk")
    assert (ran.code, ran.line["outcome"], ran.line["reason"]) == (0, "printed", "printer")
    assert originals(printer.papers, code) == 1


def test_where_nobody_knows_the_clerk_is_asked_once(program: Program, code: str, cups: Cups, tmp_path: Path) -> None:
    ran = program.run("receipt", code, "--print", "Usb")
    assert (ran.code, ran.line["outcome"], ran.line["reason"]) == (1, "unknown", "delivered")
    for arguments in (("--print", "Usb"), ("--out", str(tmp_path / "r.pdf"))):
        ran = program.run("receipt", code, *arguments)
        assert (ran.code, ran.line["outcome"], ran.line["reason"]) == (1, "unknown", "unconfirmed")
        assert "--came-out yes" in ran.err
    assert not (tmp_path / "r.pdf").exists()
    ran = program.run("receipt", code, "--came-out", "yes", "--out", str(tmp_path / "r.pdf"))
    assert [(line["copy"], line["outcome"]) for line in ran.lines] == [(0, "printed"), (1, "printed")]
    ran = program.run("receipt", code, "--came-out", "no")
    assert (ran.code, ran.out) == (1, "")
    assert receipts(program, code) == [(0, "printed"), (1, "printed")]


def test_what_the_clerk_says_did_not_come_out_is_the_original_again(program: Program, code: str, cups: Cups) -> None:
    assert program.run("receipt", code, "--print", "Usb").line["outcome"] == "unknown"
    assert program.run("receipt", code, "--came-out", "no").line["reason"] == "clerk"
    assert program.run("receipt", code, "--print", "Usb").line["copy"] == 0


# --- killed ----------------------------------------------------------------------------------------------------------


def killed_at(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_kill_in_mid_print_is_followed_up_and_prints_nothing_twice(
    program: Program, code: str, printer: IppPrinter
) -> None:
    printer.mode = "slow"
    with program.start("receipt", code, "--print", printer.uri) as process:
        assert process.stderr is not None
        while b"at work" not in process.stderr.readline():
            assert process.poll() is None
        killed_at(process)
    desk = program.desk()
    (paper,) = waiting(desk)
    desk.close()
    assert (paper.outcome, paper.queue, paper.is_unconfirmed) == ("queued", printer.uri, True)
    printer.mode = "ok"
    wait_until(lambda: printer.papers, "the paper of the killed program")
    ran = program.run("receipt", code, "--print", printer.uri)
    assert (ran.code, ran.line["copy"], ran.line["outcome"]) == (0, 0, "printed")
    assert len(printer.papers) == 1
    assert receipts(program, code) == [(0, "printed")]


def test_a_kill_with_a_printer_that_forgets_is_asked_once(program: Program, code: str, printer: IppPrinter) -> None:
    printer.mode = "media-empty"
    with program.start("receipt", code, "--print", printer.uri) as process:
        assert process.stderr is not None
        while b"no paper" not in process.stderr.readline():
            assert process.poll() is None
        killed_at(process)
    printer.switch_off()
    printer.mode = "ok"
    printer.switch_on()
    ran = program.run("receipt", code, "--print", printer.uri)
    assert (ran.code, ran.line["outcome"], ran.line["reason"]) == (1, "unknown", "forgotten")
    assert program.run("receipt", code, "--print", printer.uri).line["reason"] == "unconfirmed"
    ran = program.run("receipt", code, "--came-out", "no", "--print", printer.uri)
    assert [(line["copy"], line["outcome"]) for line in ran.lines] == [(0, "failed"), (0, "printed")]
    assert originals(printer.papers, code) == len(printer.papers) == 1


@pytest.mark.parametrize("seed", range(4))
def test_killed_anywhere_no_original_comes_out_twice(
    program: Program, code: str, printer: IppPrinter, seed: int
) -> None:
    """A clerk who looks into the tray answers truly; whatever was cut off, there is one original in the end."""
    chance = random.Random(seed)
    with program.start("receipt", code, "--print", printer.uri) as process:
        time.sleep(0.25 + chance.random() * 0.6)
        killed_at(process)
    word: tuple[str, ...] = ()
    for _ in range(4):
        ran = program.run("receipt", code, *word, "--print", printer.uri)
        if ran.lines[-1]["outcome"] == "printed":
            break
        word = ("--came-out", "yes" if printer.papers else "no")
    else:
        pytest.fail("it never came out")
    assert originals(printer.papers, code) == 1
    assert program.run("check").code == 0


def test_two_programs_at_once_print_one_original(program: Program, code: str, printer: IppPrinter) -> None:
    with ExitStack() as ended:
        both = [ended.enter_context(program.start("receipt", code, "--print", printer.uri)) for _ in range(2)]
        ran = [done(process.wait(60), *process.communicate()) for process in both]
    said = sorted((each.line["copy"], each.line["outcome"]) for each in ran)
    assert said in ([(0, "printed"), (0, "printed")], [(0, "printed"), (1, "printed")])
    assert originals(printer.papers, code) == 1


# --- the roll, and the desk's own names ------------------------------------------------------------------------------


def test_a_receipt_on_the_roll_is_genuine_by_its_dots(program: Program, code: str, tmp_path: Path) -> None:
    machine = RollMachine()
    ran = program.run("receipt", code, "--print", f"roll://127.0.0.1:{machine.port}")
    assert (ran.code, ran.line["outcome"], ran.line["reason"]) == (0, "printed", "status")
    (rows,) = machine.papers
    machine.close()
    picture = Image.new("L", (len(rows[0]), len(rows)))
    picture.putdata([0 if dot == "1" else 255 for row in rows for dot in row])
    picture.save(tmp_path / "roll.png")
    verified = program.run("verify", str(tmp_path / "roll.png"))
    assert (verified.code, verified.line["tracking_code"]) == (0, code)


def test_an_administrator_names_the_desks_printers(program: Program, printer: IppPrinter, code: str) -> None:
    none = str(program.folder / "none")
    admin = ("--as", ADMINISTRATOR)
    assert program.run("printers", "--add", "A=folder:/tmp").code == 2
    refused = program.run("printers", "--as", CLERK, "--add", "A=folder:/tmp", CUPS_SERVER=none)
    assert (refused.code, refused.out) == (1, "")
    assert "administrator" in refused.err
    named = program.run("printers", *admin, "--add", f"چاپگر={printer.uri}", "--default", "a5=چاپگر", CUPS_SERVER=none)
    assert named.code == 0
    assert named.line == {
        "name": "چاپگر",
        "kind": "ipp",
        "uri": printer.uri,
        "reachable": True,
        "papers": ["a5", "a4", "roll80"],
        "default": ["a5"],
        "usual_paper": "a5",
    }
    assert program.run("receipt", code, "--print", "چاپگر", CUPS_SERVER=none).code == 0
