"""`central`: the first administrator and a place for a desk, on a database of its own."""

import sqlite3
from pathlib import Path

import pytest

from app.central import sessions
from app.central.store import Store
from tests.cli.program import Program
from tests.desk.counter import PASSWORD

NAME = "نسرین رستمی"


@pytest.fixture
def centre(tmp_path: Path) -> Program:
    return Program(tmp_path / "centre")


def opens(centre: Program, name: str, password: str) -> bool:
    store = Store(f"sqlite:///{centre.folder / 'centre.db'}")
    try:
        with store.reading() as connection:
            person = sessions.candidate(connection, name)
        return sessions.proves(person, password)
    finally:
        store.close()


def test_the_first_administrator_gets_in_and_a_forgotten_password_is_replaced(centre: Program) -> None:
    first = centre.run("central", "admin", "--user", NAME)
    assert (first.code, first.line) == (0, {"user": NAME, "roles": ["administrator"]})
    assert opens(centre, NAME, PASSWORD)
    again = centre.run("central", "admin", "--user", "نسرين  رستمي", MIZ_PIN="رمز-۲")
    assert (again.code, again.line) == (0, {"user": NAME, "roles": ["administrator"]})
    assert opens(centre, NAME, "رمز-2")
    assert not opens(centre, NAME, PASSWORD)


@pytest.mark.parametrize(
    ("user", "password", "code", "says"),
    [(NAME, "123", 1, "four characters"), ("", PASSWORD, 1, "name"), (NAME, None, 3, "MIZ_PIN")],
)
def test_who_cannot_be_admitted_is_told_why(
    centre: Program, user: str, password: str | None, code: int, says: str
) -> None:
    done = centre.run("central", "admin", "--user", user, MIZ_PIN=password)
    assert (done.code, done.out) == (code, "")
    assert says in done.err


def test_a_password_may_come_from_a_file(centre: Program, tmp_path: Path) -> None:
    file = tmp_path / "pin"
    file.write_text("از پرونده\n")
    assert centre.run("central", "admin", "--user", NAME, "--pin-file", str(file), MIZ_PIN=None).code == 0
    assert opens(centre, NAME, "از پرونده")


def test_a_desk_gets_the_next_number_and_a_code(centre: Program) -> None:
    first, second = (centre.run("central", "desk", "--office", "ماکو", "--name", name).line for name in ("۱", "۲"))
    assert (first["desk"], second["desk"]) == ("0001", "0002")
    assert [len(made["code"]) for made in (first, second)] == [20, 20]
    assert first["code"][:4] == "0001"


@pytest.mark.parametrize(
    ("database", "says"),
    [
        ("postgresql://miz:secret@127.0.0.1:1,127.0.0.1:2/miz?target_session_attrs=read-write", "port 2 failed"),
        ("mysql://miz:secret@127.0.0.1/miz", "looks like postgresql://"),
        ("sqlite:////nowhere/at/all.db", "unable to open"),
    ],
)
def test_a_database_that_does_not_answer_is_said_in_a_sentence_without_its_password(
    centre: Program, database: str, says: str
) -> None:
    done = centre.run("central", "serve", MIZ_DATABASE=database)
    assert (done.code, done.out) == (3, "")
    assert says in done.err
    assert "secret" not in done.err


def test_what_the_centre_holds_is_proven_and_what_was_tampered_with_is_found(centre: Program) -> None:
    centre.run("central", "admin", "--user", NAME)
    sound = centre.run("central", "check")
    assert (sound.code, sound.out) == (0, "")
    with sqlite3.connect(centre.folder / "centre.db") as database:
        database.execute("update feed set position = position + 1")
        database.execute("update person set name = 'دیگری'")
    found = centre.run("central", "check")
    assert (found.code, {line["finding"] for line in found.lines}) == (1, {"order_broken", "row_differs"})


def test_a_program_that_is_older_than_its_database_does_not_touch_it(centre: Program) -> None:
    centre.run("central", "admin", "--user", NAME)
    with sqlite3.connect(centre.folder / "centre.db") as database:
        database.execute("update alembic_version_centre set version_num = 'c999'")
    done = centre.run("central", "serve")
    assert (done.code, done.out) == (3, "")
    assert "newer version" in done.err
    with sqlite3.connect(centre.folder / "centre.db") as database:
        assert database.execute("select version_num from alembic_version_centre").fetchall() == [("c999",)]
