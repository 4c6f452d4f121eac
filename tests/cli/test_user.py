"""`user`: an administrator admits, changes and retires people."""

import pytest

from tests.cli.program import UNIT, Program
from tests.desk.counter import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR

AS = ("user", "--as", ADMINISTRATOR)
NEW = "سارا احمدی"


def test_a_person_is_admitted_changed_and_retired(program: Program) -> None:
    added = program.run(*AS, "--add", NEW, "--role", "clerk", MIZ_NEW_PIN="راز ۱۲۳")
    assert (added.code, added.line) == (0, {"user": NEW, "roles": ["clerk"]})
    changed = program.run(*AS, "--change", NEW, "--role", "supervisor", "--role", "clerk", MIZ_NEW_PIN="another")
    assert (changed.code, changed.line) == (0, {"user": NEW, "roles": ["clerk", "supervisor"]})
    assert program.run("register", "--as", NEW, MIZ_PIN="another").code == 0

    retired = program.run(*AS, "--retire", NEW)
    assert (retired.code, retired.line["user"]) == (0, NEW)
    assert program.run("register", "--as", NEW, MIZ_PIN="another").code == 3


def test_a_unit_officer_has_a_unit(program: Program) -> None:
    role = ("--add", NEW, "--role", "unit_officer")
    without = program.run(*AS, *role, MIZ_NEW_PIN=PASSWORD)
    assert (without.code, without.out) == (1, "")
    assert "--unit" in without.err
    assert program.run(*AS, *role, "--unit", UNIT, MIZ_NEW_PIN=PASSWORD).line["roles"] == ["unit_officer"]


def test_nobody_else_admits_people(program: Program) -> None:
    done = program.run("user", "--as", SUPERVISOR, "--add", NEW, "--role", "clerk", MIZ_NEW_PIN=PASSWORD)
    assert (done.code, done.out) == (1, "")
    assert "administrator" in done.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--add", CLERK.replace("ی", "ي"), "--role", "clerk"), 1),  # here already, in other letters
        (("--add", NEW, "--role", "king"), 2),
        (("--add", NEW, "--retire", CLERK), 2),
        (("--change", NEW, "--role", "clerk"), 1),
        (("--add", NEW, "--role", "unit_officer", "--unit", "و\x1b"), 1),
        ((), 2),
    ],
)
def test_what_names_nobody_or_nothing_is_refused(program: Program, arguments: tuple[str, ...], code: int) -> None:
    done = program.run(*AS, *arguments, MIZ_NEW_PIN=PASSWORD)
    assert (done.code, done.out) == (code, "")
    assert done.err


def test_the_new_password_is_asked_for_and_not_too_short(program: Program) -> None:
    role = ("--add", NEW, "--role", "clerk")
    assert program.run(*AS, *role, MIZ_NEW_PIN="123").code == 1
    nobody_to_ask = program.run(*AS, *role)
    assert (nobody_to_ask.code, nobody_to_ask.out) == (3, "")
    assert "MIZ_NEW_PIN" in nobody_to_ask.err
