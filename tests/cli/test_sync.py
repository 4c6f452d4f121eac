"""`enrol` and `sync`: a desk and a centre, each a program of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from app.desk.link.membership import DAY_US, keep, member
from app.vault.store import window_lock
from models.codes import make_join_code
from tests.cli.program import REGISTRAR, Program, stranger
from tests.link.certificates import authority, vouched
from tests.link.processes import CentreProgram


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CentreProgram]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = CentreProgram(tmp_path / "centre")
    made.start()
    yield made
    made.kill()


def enrolled(program: Program, centre: CentreProgram, name: str = "میز ۱") -> None:
    ran = program.run("enrol", "--centre", centre.url, "--code", centre.code_for(name))
    assert (ran.code, ran.line["office"]) == (0, "ماکو")


def test_it_joins_and_sends_what_it_had_and_what_comes_new(program: Program, centre: CentreProgram) -> None:
    before = program.code_of(stranger(0))
    pdf = program.folder.parent / "before.pdf"
    assert program.run("receipt", before, "--out", str(pdf)).code == 0
    enrolled(program, centre)
    after = program.code_of(stranger(1))
    assert (before[:4], after[:4]) == ("5001", "0001")
    step = program.run("sync").line
    assert step["pushed"] > 0
    assert (step["waiting"], step["flagged"]) == (0, 0)
    assert step["safe_through"] > 0
    again = program.run("sync").line
    assert (again["pushed"], again["safe_through"]) == (0, step["safe_through"])
    verified = program.run("verify", str(pdf))
    assert (verified.code, verified.line["verdict"]) == (0, "genuine")
    assert program.run("log", "--format", "json").lines[-1]["totals"]["safe_at_centre"] == 2
    assert program.run("check").code == 0


def test_joining_is_refused_while_a_window_is_open(program: Program, centre: CentreProgram) -> None:
    with window_lock(program.folder):
        ran = program.run("enrol", "--centre", centre.url, "--code", centre.code_for("میز ۱"))
    assert (ran.code, ran.out) == (3, "")
    assert "window is open" in ran.err
    enrolled(program, centre)


@pytest.mark.parametrize(
    ("address", "code", "says"),
    [
        ("http://centre.example.ir", 2, "https://"),
        ("http://127.0.0.1:9", 4, "could not be reached"),
        (None, 1, "The code is not right"),
    ],
)
def test_what_cannot_be_joined_is_said(
    program: Program, centre: CentreProgram, address: str | None, code: int, says: str
) -> None:
    ran = program.run("enrol", "--centre", address or centre.url, "--code", "0" * 20)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err


def test_a_certificate_that_is_none_is_said(program: Program, centre: CentreProgram, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    url = "https://127.0.0.1:1"
    ran = program.run("enrol", "--centre", url, "--code", "0" * 20, "--ca", str(tmp_path / "ca.pem"))
    assert (ran.code, ran.out) == (2, "")


def test_without_a_centre_it_is_wrong_use_and_without_its_answer_said(program: Program, centre: CentreProgram) -> None:
    assert program.run("sync").code == 2
    enrolled(program, centre)
    centre.kill()
    ran = program.run("sync")
    assert (ran.code, ran.out) == (4, "")
    assert "everything is safe at this desk" in ran.err


def test_people_of_a_joined_desk_come_from_the_centre(program: Program, centre: CentreProgram) -> None:
    enrolled(program, centre)
    ran = program.run("user", "--as", REGISTRAR, "--add", "پریسا کیانی", "--role", "clerk", MIZ_NEW_PIN="1234")
    assert (ran.code, ran.out) == (1, "")
    assert "has joined a centre" in ran.err


def test_a_copied_folder_says_so_once_and_loses_nothing(program: Program, centre: CentreProgram) -> None:
    enrolled(program, centre)
    codes = [program.code_of(stranger(0))]
    assert program.run("sync").code == 0
    copy = Program(shutil.copytree(program.folder, program.folder.parent / "copy"))
    codes += [program.code_of(stranger(1)), copy.code_of(stranger(2))]
    assert "finding" not in program.run("sync").lines[0]
    finding, *others, step = copy.run("sync").lines
    assert finding["finding"] == "cloned_store"
    assert {other["finding"] for other in others} <= {"cloned_store"}
    assert step["waiting"] == 0
    assert [line.keys() for line in copy.run("sync").lines] == [step.keys()]
    program.run("sync")
    for desk in (program, copy):
        assert {line["tracking_code"] for line in desk.run("show", *codes).lines} == set(codes)
        assert desk.run("check").code == 0


def test_over_tls_the_code_alone_tells_whom_to_trust(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    centre = CentreProgram(tmp_path / "secure", vouched(authority(), tmp_path / "tls"))
    centre.start()
    try:
        code = centre.code_for("میز ۱")
        assert len(code) == 50
        other = make_join_code(code[:20], bytes(32))
        ran = program.run("enrol", "--centre", centre.url, "--code", other)
        assert (ran.code, ran.out) == (4, "")
        assert "Nothing was sent" in ran.err
        assert program.run("enrol", "--centre", centre.url, "--code", code).line["desk"] == "0001"
        assert program.run("sync").line["waiting"] == 0
    finally:
        centre.kill()


def test_a_fortnight_without_the_centre_is_told_whoever_signs_in(program: Program, centre: CentreProgram) -> None:
    enrolled(program, centre)
    assert program.run("sync").code == 0
    said = ("printers", "--as", REGISTRAR, "--usual", "a4")
    assert "not heard of its centre" not in program.run(*said).err
    desk = program.desk()
    with desk.store.writing() as connection:
        known = member(connection)
        keep(connection, msgspec.structs.replace(known, heard_at=known.heard_at - 15 * DAY_US))
    desk.close()
    ran = program.run(*said)
    assert ran.code == 0
    assert "This desk has not heard of its centre for 15 days." in ran.err
