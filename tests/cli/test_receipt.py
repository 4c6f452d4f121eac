"""`receipt`: the paper as a file; the first is the original, every further one a numbered duplicate."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from app.desk.steps import void
from models.codes import make_tracking_code
from models.text import ascii_digits
from tests.cli.program import Program, session_of, visit
from tests.desk.counter import CLERK, HOSSEIN, SUPERVISOR


def text_of(pdf: Path) -> str:
    """What a reader copies out of the paper, without white space and in ASCII digits."""
    read = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True)
    return "".join(ascii_digits(read.stdout).split())


def test_the_first_is_the_original_and_the_next_ones_duplicates(program: Program, tmp_path: Path) -> None:
    code = program.code_of(visit(HOSSEIN))
    for copy in range(3):
        file = tmp_path / f"{copy}.pdf"
        written = program.run("receipt", code, "--out", str(file), "--paper", "a5")
        assert written.code == 0
        said = {"tracking_code": code, "copy": copy, "outcome": "printed", "file": str(file)}
        assert written.line == said
        assert file.read_bytes().startswith(b"%PDF")
        text = text_of(file)
        assert code in text
        assert HOSSEIN["national_number"] not in text
        assert ("المثنی" in text) is (copy > 0)
    receipts = program.run("show", code).line["receipts"]
    assert [(receipt["copy"], receipt["outcome"]) for receipt in receipts] == [(n, "printed") for n in range(3)]
    assert program.run("log", "--format", "json").lines[-1]["totals"]["receipts"] == 1
    assert program.run("check").code == 0


def test_a_paper_that_could_not_be_written_is_still_to_come(program: Program, tmp_path: Path) -> None:
    code = program.code_of(visit(HOSSEIN))
    for out in (tmp_path / "none" / "r.pdf", tmp_path):
        failed = program.run("receipt", code, "--out", str(out))
        assert (failed.code, failed.out) == (1, "")
        assert "still to come" in failed.err
    assert program.run("receipt", code, "--out", str(tmp_path / "r.pdf")).line["copy"] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk", "r.pdf"], "nothing half written is left"


def test_a_pipe_is_written_to_and_a_link_is_followed(program: Program, tmp_path: Path) -> None:
    code = program.code_of(visit(HOSSEIN))
    pipe, link, file = tmp_path / "pipe", tmp_path / "link", tmp_path / "r.pdf"
    os.mkfifo(pipe)
    link.symlink_to(file)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert program.run("receipt", code, "--out", str(pipe)).code == 0
        assert reader.communicate()[0].startswith(b"%PDF")
    assert pipe.is_fifo()
    assert program.run("receipt", code, "--out", str(link)).line["copy"] == 1
    assert link.is_symlink()
    assert file.read_bytes().startswith(b"%PDF")


def test_a_guided_visit_has_a_slip_when_it_is_asked_for(program: Program, tmp_path: Path) -> None:
    code = program.code_of(visit(HOSSEIN, outcome="guided"))
    assert program.run("receipt", code, "--out", str(tmp_path / "r.pdf")).line["copy"] == 0
    assert code in text_of(tmp_path / "r.pdf")


def test_no_paper_is_written_for_an_unknown_code(program: Program, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    for code in (make_tracking_code(5001, 1), "12"):
        done = program.run("receipt", code, "--out", str(out))
        assert (done.code, done.out) == (1, "")
        assert code in done.err
    assert not out.exists()
    assert program.run("receipt", make_tracking_code(5001, 1)).code == 2


def test_a_voided_visit_has_no_paper_any_more(program: Program, tmp_path: Path) -> None:
    code = program.code_of(visit(HOSSEIN))
    desk = program.desk()
    void(desk, session_of(desk, CLERK), code, "به نام دیگری ثبت شد", session_of(desk, SUPERVISOR).person)
    desk.close()
    for to in (("--out", str(tmp_path / "r.pdf")), ("--print", f"folder:{tmp_path}")):
        done = program.run("receipt", code, *to)
        assert (done.code, done.out) == (1, "")
        assert "voided" in done.err
    assert not list(tmp_path.glob("*.pdf"))
    shown = program.run("show", code).line
    assert shown["state"] == "voided"
    assert shown["history"][-1]["kind"] == "void"
    assert program.run("check").code == 0
