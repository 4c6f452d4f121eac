"""A command imports only what it needs: `show` answers in little more than the interpreter and SQLAlchemy take."""

from __future__ import annotations

import pytest

from tests.cli.program import Program, stranger

HEAVY = {"alembic", "argon2", "arabic_reshaper", "bidi", "keyring", "PySide6", "rapidfuzz", "reportlab", "segno"}


@pytest.mark.parametrize("command", ["show", "find"])
def test_reading_brings_in_neither_paper_nor_window_nor_migrations(program: Program, command: str) -> None:
    code = program.code_of(stranger())
    arguments = {"show": (code,), "find": (stranger()["client"]["family_name"],)}.get(command, ())
    ran = program.run(command, *arguments, PYTHONPROFILEIMPORTTIME="1")
    assert ran.code == 0
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.err.splitlines() if "|" in line}
    assert {"sqlalchemy", "sqlcipher3"} <= imported
    assert not imported & HEAVY
