"""The doorstep: what is read raw, before the desk is open, is what the open desk says."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app.desk import people
from app.desk.desk import Desk, open_desk
from app.desk.doorstep import LAST_SIGNED_IN, Opening, here
from app.desk.setup import make_office
from app.vault.problems import StoreError, StoreProblem
from tests.desk.counter import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(office: Path, data_dir: Path) -> Path:
    shutil.copytree(office, data_dir)
    return data_dir


def signed_in_as_administrator(desk: Desk) -> people.Session:
    return people.sign_in(desk, ADMINISTRATOR, PASSWORD)


def test_a_glance_says_what_the_open_desk_says(folder: Path) -> None:
    opening = Opening(folder)
    glanced = opening.glance()
    assert glanced is not None
    assert {person.name: person.roles for person in glanced.people}[CLERK] == ("clerk",)
    assert glanced == here(opening.desk())
    opening.close()


def test_it_does_so_after_people_came_changed_and_retired(folder: Path) -> None:
    desk = open_desk(folder)
    session = signed_in_as_administrator(desk)
    people.admit(desk, session, "آرش آ", ("unit_officer", "clerk"), PASSWORD, "فنی")
    people.admit(desk, session, "یاسمن «ی»", ("clerk",), PASSWORD)
    people.change(desk, session, SUPERVISOR, roles=("supervisor", "administrator"))
    people.change(desk, session, CLERK, retired=True)
    with desk.store.writing() as connection:
        desk.store.keep(connection, LAST_SIGNED_IN, SUPERVISOR.encode())
    said = here(desk)
    beside = Opening(folder)
    assert beside.glance() == said
    assert said.last == SUPERVISOR
    assert CLERK not in [person.name for person in said.people]
    beside.close()
    desk.close()
    after = Opening(folder)
    assert after.glance() == said
    after.close()


def test_it_does_so_at_a_desk_of_any_number(data_dir: Path) -> None:
    done = make_office(
        data_dir, office='د"فتر \\ ۲', desk_name="پیشخوان", admin=ADMINISTRATOR, password=PASSWORD, desk_number=17
    )
    said = here(done.desk)
    done.desk.close()
    opening = Opening(data_dir)
    assert opening.glance() == said
    assert (said.office, said.desk, said.last) == ('د"فتر \\ ۲', "پیشخوان", "")
    opening.close()


def test_what_was_not_taken_in_after_a_crash_is_seen_and_left_for_the_desk(folder: Path, tmp_path: Path) -> None:
    desk = open_desk(folder)
    people.change(desk, signed_in_as_administrator(desk), CLERK, retired=True)
    crashed = tmp_path / "crashed"
    shutil.copytree(folder, crashed)
    said = here(desk)
    desk.close()
    log = crashed / "desk.db-wal"
    left = log.stat().st_size
    opening = Opening(crashed)
    assert opening.glance() == said
    assert log.stat().st_size == left
    assert here(opening.desk()) == said
    opening.close()


def test_a_desk_without_its_tables_is_left_to_the_ordinary_opening(folder: Path) -> None:
    desk = open_desk(folder)
    with desk.store.writing() as connection:
        connection.execute(text("DROP TABLE person"))
        connection.execute(text("UPDATE projection SET number = 0"))
    desk.close()
    opening = Opening(folder)
    assert opening.glance() is None
    assert CLERK in [person.name for person in here(opening.desk()).people]
    opening.close()


def test_nothing_is_seen_where_no_desk_can_be_opened(folder: Path, tmp_path: Path) -> None:
    assert Opening(tmp_path / "nowhere").glance() is None
    (folder / "key.secret").unlink()
    opening = Opening(folder)
    assert opening.glance() is None
    for _ in range(2):
        with pytest.raises(StoreError) as refused:
            opening.desk()
        assert refused.value.problem is StoreProblem.no_key
    opening.close()


def test_a_glance_waits_for_none_of_what_opening_a_desk_reads(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from app.desk.doorstep import Opening; "
        "assert Opening(Path(sys.argv[1])).glance(); "
        "print(sorted({'sqlalchemy', 'alembic', 'keyring', 'argon2', 'hashlib', 'ssl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(folder)], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
