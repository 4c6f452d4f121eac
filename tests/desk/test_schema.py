"""A desk's file comes up to date by itself, and one from a newer program is left alone."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.desk.checking import check
from app.desk.desk import Desk, open_desk
from app.desk.finding import find
from app.desk.people import Session
from app.vault.problems import StoreError, StoreProblem
from models.tables import PROJECTION_NUMBER
from tests.desk.counter import registered, visit


def changed(desk: Desk, *statements: str) -> Path:
    with desk.store.writing() as connection:
        for statement in statements:
            connection.execute(text(statement))
    desk.close()
    return desk.store.folder


def test_tables_of_older_folds_are_made_anew_on_opening(desk: Desk, clerk: Session) -> None:
    registered(desk, clerk, visit())
    folder = changed(desk, "UPDATE projection SET number = 0", "DELETE FROM client", "DROP TABLE request")
    heard: list[tuple[int, int]] = []
    again = open_desk(folder, lambda done, of: heard.append((done, of)))
    assert list(check(again)) == []
    assert [hit.name for hit in find(again, "قلی زاده")] == ["حسین قلی‌زاده"]
    assert heard
    assert heard[-1][0] == heard[-1][1] > 100
    again.close()


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE projection SET number = {PROJECTION_NUMBER + 1}",
        "UPDATE alembic_version_book SET version_num = 'b999'",
        "UPDATE alembic_version_vault SET version_num = 'v999'",
    ],
)
def test_a_file_of_a_newer_program_is_not_opened_and_not_touched(desk: Desk, statement: str) -> None:
    folder = changed(desk, statement)
    before = (folder / "desk.db").read_bytes()
    with pytest.raises(StoreError) as refused:
        open_desk(folder)
    assert refused.value.problem is StoreProblem.newer
    assert (folder / "desk.db").read_bytes() == before


def test_a_rebuild_that_fails_leaves_the_file_as_it_was(
    desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(desk, clerk, visit())
    folder = changed(desk, "UPDATE projection SET number = 0")

    def fails(*_arguments: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as fault:
        fault.setattr("app.desk.schema.find.rebuild_index", fails)
        with pytest.raises(RuntimeError):
            open_desk(folder)
    again = open_desk(folder)
    assert list(check(again)) == []
    again.close()


HARM: dict[str, tuple[str, str]] = {
    "a row that says something else": ("UPDATE client SET mobile = '09140000001'", "row_differs"),
    "a client that nobody finds": ("DELETE FROM find_words", ""),
    "a line that was changed": ("UPDATE line SET at = at + 1 WHERE sequence = 3", "chain_broken"),
}


@pytest.mark.parametrize("harm", HARM)
def test_check_finds_what_was_changed_behind_the_books_back(desk: Desk, clerk: Session, harm: str) -> None:
    registered(desk, clerk, visit())
    statement, finding = HARM[harm]
    again = open_desk(changed(desk, statement))
    found = {each.finding for each in check(again)}
    again.close()
    assert found
    assert not finding or finding in found


def test_a_flipped_bit_on_the_disk_is_found(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    registered(desk, clerk, visit())
    folder = desk.store.folder
    desk.close()
    file = folder / "desk.db"
    size = file.stat().st_size
    harmed = [page for page in range(3, size // 4096, 9) if _is_found(folder, tmp_path, page * 4096 + 100)]
    assert harmed == list(range(3, size // 4096, 9))


def _is_found(folder: Path, tmp_path: Path, place: int) -> bool:
    copy = tmp_path / f"copy-{place}"
    shutil.copytree(folder, copy)
    with (copy / "desk.db").open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))
    try:
        desk = open_desk(copy)
    except StoreError as error:
        return error.problem is StoreProblem.damaged
    try:
        return any(each.finding == "page_damaged" for each in check(desk))
    except StoreError as error:
        return error.problem is StoreProblem.damaged
    finally:
        desk.close()
