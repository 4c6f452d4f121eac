import errno
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.vault.problems import StoreError, StoreProblem, sort_error

PATH = Path("desk.db")


def database_error(code: int) -> Exception:
    error = sqlite3.OperationalError("…")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (5, StoreProblem.locked),
        (261, StoreProblem.locked),  # BUSY_RECOVERY
        (8, StoreProblem.read_only),
        (1544, StoreProblem.read_only),  # READONLY_DIRECTORY
        (10, StoreProblem.io),
        (778, StoreProblem.io),  # IOERR_WRITE: how a disk that is full may say so
        (11, StoreProblem.damaged),
        (13, StoreProblem.full),
        (14, StoreProblem.io),
        (26, StoreProblem.wrong_key),
    ],
)
def test_what_the_database_says_is_one_of_few_problems(code: int, problem: StoreProblem) -> None:
    bare = database_error(code)
    for error in (bare, OperationalError("INSERT …", None, bare)):
        sorted_ = sort_error(error, PATH)
        assert sorted_ is not None
        assert (sorted_.problem, sorted_.path) == (problem, PATH)


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (OSError(errno.ENOSPC, ""), StoreProblem.full),
        (OSError(errno.EROFS, ""), StoreProblem.read_only),
        (PermissionError(errno.EACCES, ""), StoreProblem.read_only),
        (FileNotFoundError(errno.ENOENT, ""), StoreProblem.missing),
        (OSError(errno.EIO, ""), StoreProblem.io),
        (PoolTimeout(), StoreProblem.locked),
    ],
)
def test_what_the_system_says_too(error: Exception, problem: StoreProblem) -> None:
    sorted_ = sort_error(error)
    assert sorted_ is not None
    assert sorted_.problem is problem


@pytest.mark.parametrize("error", [database_error(1), database_error(19), ValueError(), KeyboardInterrupt()])
def test_a_mistake_of_the_program_is_no_problem_of_the_store(error: BaseException) -> None:
    assert sort_error(error) is None


def test_a_problem_that_is_sorted_already_stays() -> None:
    error = StoreError(StoreProblem.newer, PATH, "x")
    assert sort_error(error) is error
    assert str(error) == "newer: x: desk.db"
