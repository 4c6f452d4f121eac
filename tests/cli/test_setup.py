"""`setup` makes an empty desk, once, from what it was given, or nothing at all."""

from pathlib import Path

import pytest

from models.codes import parse_recovery_code
from tests.cli.program import Done, Program, stranger
from tests.desk.counter import ADMINISTRATOR, PASSWORD

NAMED = ("setup", "--office", "سازمان نمونه", "--desk-name", "میز ۱", "--admin", ADMINISTRATOR)


def test_a_desk_is_made_and_its_recovery_code_is_said_once(nowhere: Program) -> None:
    done = nowhere.run(*NAMED, "--desk-number", "۵۰۰۷")
    assert done.code == 0
    assert done.line.keys() == {"data", "desk", "recovery_code"}
    assert (done.line["data"], done.line["desk"]) == (str(nowhere.folder), "5007")
    code = done.line["recovery_code"]
    assert [len(group) for group in code.split("-")] == [5] * 8
    parse_recovery_code(code)
    assert (nowhere.folder / "key.secret").exists(), "the key was to be kept in the folder"
    again = nowhere.run(*NAMED)
    assert (again.code, again.out) == (1, "")
    assert "nothing was changed" in again.err


def test_the_first_administrator_is_clerk_and_supervisor_too(nowhere: Program) -> None:
    drawn = nowhere.run(*NAMED).line["desk"]
    assert 5_000 <= int(drawn) <= 9_999, "without a number the desk draws one of its own"
    (answer,) = nowhere.register(stranger(), as_=ADMINISTRATOR)
    assert answer["tracking_code"].startswith(drawn)
    added = nowhere.run("user", "--as", ADMINISTRATOR, "--add", "زهرا", "--role", "clerk", MIZ_NEW_PIN=PASSWORD)
    assert added.line == {"user": "زهرا", "roles": ["clerk"]}


def test_a_services_file_is_what_services_prints(nowhere: Program, program: Program, tmp_path: Path) -> None:
    printed = program.run("services")
    file = tmp_path / "services.jsonl"
    file.write_text("\ufeff" + printed.out.replace("\n", "\r\n"), encoding="utf-8")
    assert nowhere.run(*NAMED, "--services", str(file)).code == 0
    assert nowhere.run("services").lines == printed.lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"code": "1", "title": "یک"}\n\n{"code": "1", "title": "دو"}\n', "3"),
        ('{"code": "1", "title": "یک"}\nnot json\n', "2"),
        ('{"code": "1", "title": "یک", "working_days": "پنج"}\n', "1"),
    ],
)
def test_a_services_file_with_a_bad_line_makes_nothing(nowhere: Program, tmp_path: Path, text: str, line: str) -> None:
    file = tmp_path / "services.jsonl"
    file.write_text(text, encoding="utf-8")
    refused(nowhere, nowhere.run(*NAMED, "--services", str(file)), 1, f"Line {line} ")


def test_what_cannot_be_a_desk_is_refused_and_makes_nothing(nowhere: Program) -> None:
    refused(nowhere, nowhere.run(*NAMED, MIZ_PIN="123"), 1, "at least four")
    refused(nowhere, nowhere.run(*NAMED, MIZ_PIN=None), 3, "MIZ_PIN")
    refused(nowhere, nowhere.run(*NAMED, "--pin-file", "no such file"), 3, "cannot be read")
    refused(nowhere, nowhere.run(*NAMED, "--services", "no such file"), 1, "cannot be read")
    refused(nowhere, nowhere.run(*NAMED, "--tracking-url", "ftp://x"), 1, "tracking-url")
    refused(nowhere, nowhere.run(*NAMED, "--desk-number", "10000"), 2, "9999")
    refused(nowhere, nowhere.run(*NAMED[:-2]), 2, "--admin")
    refused(nowhere, nowhere.run(*NAMED[:-1], "\u200c"), 1, "admin")


def refused(program: Program, done: Done, code: int, sentence: str) -> None:
    assert (done.code, done.out) == (code, "")
    assert sentence in done.err
    assert not program.folder.exists()


def test_the_password_may_come_from_a_file(nowhere: Program, tmp_path: Path) -> None:
    file = tmp_path / "pin"
    file.write_text(PASSWORD + "\n", encoding="utf-8")
    assert nowhere.run(*NAMED, "--pin-file", str(file), MIZ_PIN=None).code == 0
    signed_in = nowhere.run("register", "--as", ADMINISTRATOR, "--pin-file", str(file), MIZ_PIN="another")
    assert (signed_in.code, signed_in.out) == (0, "")
