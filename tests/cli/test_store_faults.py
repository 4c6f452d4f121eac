"""A store that cannot be opened is a sentence that says what to do, exit code 3, and nothing on standard output."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.vault import keys
from app.vault.store import Store
from tests.cli.program import Program, stranger
from tests.desk.counter import CLERK

IN_USE = "The desk's file is in use by another program. Close it there and try again.\n"


def missing(folder: Path) -> None:
    shutil.rmtree(folder)


def a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder")


def no_key(folder: Path) -> None:
    (folder / "key.json").unlink()


def no_secret(folder: Path) -> None:
    (folder / "key.secret").unlink()


def wrong_key(folder: Path) -> None:
    secret = folder / "key.secret"
    secret.write_text("00" * 32)


def another_desk(folder: Path) -> None:
    (folder / "desk.db").write_bytes(bytes(range(256)) * 64)


def damaged(folder: Path) -> None:
    with (folder / "desk.db").open("r+b") as file:
        file.seek(16)
        file.write(bytes(4_000))


def empty(folder: Path) -> None:
    (folder / "desk.db").write_bytes(b"")


def newer(folder: Path) -> None:
    desk = Program(folder).desk()
    with desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version_book SET version_num = 'v999'")
    desk.close()


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (missing, "no desk in this folder"),
        (a_file, "no desk in this folder"),
        (no_key, "Bring the recovery code"),
        (no_secret, "Bring the recovery code"),
        (wrong_key, "Bring the recovery code"),
        (another_desk, "cannot be opened with the key"),
        (damaged, "is damaged"),
        (empty, "is damaged"),
        (newer, "newer version"),
    ],
)
def test_what_cannot_be_opened_says_why(program: Program, harm: Callable[[Path], None], sentence: str) -> None:
    harm(program.folder)
    ran = program.run("show", "5001")
    assert (ran.code, ran.out) == (3, "")
    assert sentence in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_missing_desk_is_not_made_by_looking_for_it(nowhere: Program) -> None:
    for command in (("find", "x"), ("register", "--as", CLERK)):
        assert nowhere.run(*command).code == 3
    assert not nowhere.folder.exists()


def test_a_file_held_by_another_program_is_said_to_be_in_use(program: Program) -> None:
    """Both kinds of lock, waited for less long than at a counter."""
    impatient = Program(program.folder, patch="import app.vault.store; app.vault.store.PATIENCE = 0.2")

    def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        ran = impatient.run(*arguments, stdin=stdin)
        return ran.code, ran.out, ran.err

    code = program.code_of(stranger(0))
    desk = program.desk()
    with desk.store.writing():
        assert run("show", code)[0] == 0, "a reading that cannot be noted is still a reading"
        assert run("register", "--as", CLERK, stdin=json.dumps(stranger(1)).encode())[::2] == (3, IN_USE)
    desk.close()
    assert run("show", code)[0] == 0

    holder = Store(program.folder, keys.load_key(program.folder))._connect("writing")
    holder.execute("PRAGMA locking_mode=exclusive")
    holder.execute("BEGIN EXCLUSIVE")
    for arguments in (("show", code), ("check",), ("register", "--as", CLERK)):
        assert run(*arguments) == (3, "", IN_USE)
    holder.close()
    assert run("check")[0] == 0


def test_a_network_share_is_no_place_for_a_desk(program: Program, nowhere: Program) -> None:
    pretend = """
import app.vault.place as place
from pathlib import Path
here = place.file_system(Path("FOLDER").resolve(), Path("/proc/self/mountinfo").read_text())
place._SHARES = frozenset({here})
""".replace("FOLDER", str(program.folder))
    shown = Program(program.folder, patch=pretend).run("services")
    named = ("setup", "--office", "a", "--desk-name", "b", "--admin", "c")
    made = Program(nowhere.folder, patch=pretend).run(*named)
    assert [(ran.code, ran.out) for ran in (shown, made)] == [(3, "")] * 2
    assert "network share" in shown.err
    assert "network share" in made.err
    assert not nowhere.folder.exists()


def test_a_check_of_a_store_that_rotted_prints_what_it_found(program: Program) -> None:
    program.register(*map(stranger, range(40)))
    desk = program.desk()
    with desk.reading() as connection:
        page = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'line'").scalar_one()
    desk.close()
    with (program.folder / "desk.db").open("r+b") as file:
        file.seek((page - 1) * 4_096 + 100)
        file.write(bytes(100))
    ran = program.run("check")
    assert ran.code == 1
    assert {"page_damaged", "unreadable"} <= {line["finding"] for line in ran.lines}
    assert all(line.keys() == {"finding", "detail"} for line in ran.lines)
