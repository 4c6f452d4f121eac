"""The door: help, language, locale, streams and signals. Whatever happens, no inside of the program is shown."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.parser import parser
from tests.cli.program import MAIN, Program, copy_of, done, stranger
from tests.desk.counter import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR

COMMANDS = (
    *("desk", "demo", "setup", "user", "accept-clock", "services", "register"),
    *("show", "find", "receipt", "log", "check", "bench"),
)
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii:strict"}
"""As unhelpful as a locale can be: Python itself would read and write ASCII only."""


@pytest.fixture(scope="module")
def counter(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A desk that these tests only read."""
    return copy_of(office, tmp_path_factory.mktemp("door"))


# --- help and wrong use ----------------------------------------------------------------------------------------------


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit) as stop:
            parser([command, "--help"]).parse_args([command, "--help"])
        assert stop.value.code == 0
        text = capsys.readouterr().out
        assert f"main.py {'--data' if command in ('desk', 'demo', 'setup') else command}" in text.split("\n\n")[-1]
        assert "--data" in text


def test_help_is_for_everybody(nowhere: Program) -> None:
    overview = nowhere.run("--help")
    assert overview.code == 0
    assert all(f"\n    {command} " in overview.out for command in COMMANDS)
    one = nowhere.run("register", "--help", MIZ_LANG="fa")
    assert one.code == 0
    assert "main.py register --as" in one.out
    assert "usage" not in one.out
    assert not nowhere.folder.exists()


def test_wrong_use_is_two(nowhere: Program) -> None:
    for arguments in (("nonsense",), ("show", "--colour"), ("find",), ("--lang", "de", "services")):
        wrong = nowhere.run(*arguments)
        assert (wrong.code, wrong.out) == (2, ""), arguments
        assert wrong.err


@pytest.mark.parametrize("before", [[], ["--data", "check"], ["--data=check"], ["--lang", "fa", "--data", "show"]])
def test_the_command_is_the_first_word_that_belongs_to_no_option(before: list[str]) -> None:
    for arguments, command in (([*before, "log"], "log"), (before, "desk")):
        assert parser(arguments).parse_args(arguments).command == command


def test_whoever_names_no_command_is_told_of_all(nowhere: Program) -> None:
    assert all(f"'{command}'" in nowhere.run("nonsense", "log", MIZ_LANG="en").err for command in COMMANDS)


def test_an_unknown_figure_is_wrong_use(nowhere: Program) -> None:
    wrong = nowhere.run("bench", "no-such-figure")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err


# --- where and in which language -------------------------------------------------------------------------------------


def test_the_folder_is_named_before_or_after_the_command_or_by_the_environment(
    counter: Program, nowhere: Program, tmp_path: Path
) -> None:
    services = counter.run("services").out
    elsewhere = str(nowhere.folder)
    named = ((("--data", str(counter.folder), "services"), elsewhere), (("services",), str(counter.folder)))
    for arguments, variable in named:
        environment = counter.environment(MIZ_DATA=variable)
        ran = subprocess.run([sys.executable, str(MAIN), *arguments], env=environment, capture_output=True)
        assert (ran.returncode, ran.stdout.decode()) == (0, services)
    assert nowhere.run("services", "--data", str(counter.folder)).out == services
    nothing_named = counter.environment(XDG_DATA_HOME=str(tmp_path))
    ran = subprocess.run([sys.executable, str(MAIN), "services"], env=nothing_named, capture_output=True)
    assert done(ran.returncode, ran.stdout, ran.stderr).code == 3


def test_people_are_spoken_to_in_persian_unless_they_ask_for_english(nowhere: Program) -> None:
    persian = nowhere.run("services", MIZ_LANG=None)
    english = nowhere.run("services", "--lang", "en", MIZ_LANG="fa")
    assert persian.code == english.code == 3
    assert "پوشه" in persian.err
    assert "no desk in this folder" in english.err


def test_a_locale_without_persian_changes_nothing(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ASCII.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "میز").mkdir()
    program = copy_of(office, tmp_path / "میز")
    line = json.dumps(stranger(), ensure_ascii=False).encode()
    answer = program.run("register", "--as", CLERK, stdin=line).line
    code = answer["tracking_code"]
    found = program.run("find", stranger()["client"]["family_name"])
    assert found.line["id"] == answer["client"]
    shown = program.run("show", code)
    assert shown.line["history"][0]["by"] == CLERK
    out = tmp_path / "رسید.pdf"
    assert program.run("receipt", code, "--out", str(out)).line["file"] == str(out)
    assert out.exists()
    refused = program.run("show", "12", MIZ_LANG="fa")
    assert "کد" in refused.err
    made = Program(tmp_path / "میز" / "دوم").run(
        *("setup", "--office", "نمونه", "--desk-name", "میز", "--admin", "مدیر"), MIZ_PIN="گذر ۱"
    )
    assert made.line["data"] == str(tmp_path / "میز" / "دوم")
    assert Program(tmp_path / "میز" / "دوم", "گذر ۱").run("register", "--as", "مدیر").code == 0


# --- streams and signals ---------------------------------------------------------------------------------------------


def test_a_reader_who_goes_away_ends_the_command_quietly(program: Program) -> None:
    """`register | head -1`: what was answered is registered; nobody is shown anything."""
    with program.start("register", "--as", CLERK) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(stranger(0)).encode() + b"\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        process.stdout.close()
        process.stdin.write(json.dumps(stranger(1)).encode() + b"\n")
        process.stdin.close()
        assert process.stderr is not None
        ran = done(process.wait(60), b"", process.stderr.read())
    assert (ran.code, ran.err) == (1, "")
    assert program.run("show", answer["tracking_code"]).code == 0
    assert program.run("check").code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux's")
def test_a_full_disk_behind_standard_output_is_a_sentence(counter: Program) -> None:
    with Path("/dev/full").open("wb") as full, counter.start("services", stdout=full) as process:
        _, err = process.communicate()
        ran = done(process.returncode, b"", err)
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_defect(counter: Program, closed: str) -> None:
    command = f'exec "$@" {closed}'
    with counter.start("show", "12", before=("sh", "-c", command, "sh")) as process:
        out, err = process.communicate()
        ran = done(process.returncode, out, err)
    assert ran.code == 1
    assert ran.out == ""


def test_ctrl_c_ends_the_command_and_keeps_what_was_answered(program: Program) -> None:
    with program.start("register", "--as", CLERK) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(json.dumps(stranger()).encode() + b"\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        ran = done(process.wait(60), process.stdout.read(), process.stderr.read())
    assert (ran.code, ran.out, ran.err) == (128 + signal.SIGINT, "", "")
    assert program.run("show", answer["tracking_code"]).code == 0


def test_a_password_that_is_no_text_is_a_password_all_the_same(nowhere: Program) -> None:
    odd = os.fsdecode(b"\xff\xfe\x80 1")
    assert nowhere.run("setup", "--office", "a", "--desk-name", "b", "--admin", "c", MIZ_PIN=odd).code == 0
    assert nowhere.run("register", "--as", "c", MIZ_PIN=odd).code == 0
    assert nowhere.run("find", odd).code == 0


# --- a clock set back ------------------------------------------------------------------------------------------------


def test_a_clock_set_back_stops_writing_until_two_people_accept_it(program: Program, tmp_path: Path) -> None:
    code = program.code_of(stranger(0))
    write_in_an_hour(program)
    (refused,) = program.register(stranger(1))
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [("", "clock")]
    assert program.run("show", code).line["tracking_code"] == code
    assert program.run("log", "--format", "json").code == 0
    paper = program.run("receipt", code, "--out", str(tmp_path / "r.pdf"))
    assert (paper.code, paper.out) == (1, "")
    assert "clock" in paper.err

    accept = ("accept-clock", "--as", CLERK, "--approve")
    alone = program.run(*accept, CLERK, MIZ_APPROVER_PIN=PASSWORD)
    assert (alone.code, alone.out) == (1, "")
    accepted = program.run("accept-clock", "--as", SUPERVISOR, "--approve", ADMINISTRATOR, MIZ_APPROVER_PIN=PASSWORD)
    assert (accepted.code, list(accepted.line)) == (0, ["accepted_at"])
    (registered,) = program.register(stranger(1))
    assert registered["registered_at"] >= accepted.line["accepted_at"]
    assert program.run("check").code == 0


def write_in_an_hour(program: Program) -> None:
    """The last line of the book is written in what this machine's clock takes for the future."""
    from app.desk.requests import note_reading
    from models.calendar import now_us
    from models.ids import COMMAND_LINE

    desk = program.desk()
    desk.clock = lambda: now_us() + 3_600_000_000
    note_reading(desk, COMMAND_LINE, "log")
    desk.close()
