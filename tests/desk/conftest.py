"""A real desk on a real encrypted file, made once and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk import people
from app.desk.desk import Desk, open_desk
from app.desk.people import Session
from app.desk.setup import make_office
from models.ids import new_id
from tests.desk.counter import ADMINISTRATOR, CLERK, NOON, PASSWORD, SUPERVISOR, Clock


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample desk with a clerk and a supervisor; copy it, do not write in it."""
    folder = tmp_path_factory.mktemp("office") / "desk"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MIZ_KEYSTORE", "file")
        done = make_office(
            folder,
            office="سازمان نمونه",
            desk_name="میز ۱",
            admin=ADMINISTRATOR,
            password=PASSWORD,
            desk_number=5001,
            tracking_url="https://p.example.ir",
            clock=Clock(NOON - 3_600_000_000),
        )
        session = people.sign_in(done.desk, ADMINISTRATOR, PASSWORD)
        people.admit(done.desk, session, CLERK, ("clerk",), PASSWORD)
        people.admit(done.desk, session, SUPERVISOR, ("supervisor",), PASSWORD)
        done.desk.close()
    return folder


@pytest.fixture
def desk(office: Path, data_dir: Path) -> Iterator[Desk]:
    """An open desk of this test's own; its clock stands at noon of 3 Azar 1405 and moves by hand."""
    shutil.copytree(office, data_dir)
    opened = open_desk(data_dir)
    opened.clock = Clock(NOON)
    yield opened
    opened.close()


def session_of(desk: Desk, name: str) -> Session:
    """Somebody at work since this morning; signing in is slow on purpose and has tests of its own."""
    return Session(new_id(), next(person for person in people.people(desk) if person.name == name))


@pytest.fixture
def clerk(desk: Desk) -> Session:
    return session_of(desk, CLERK)


@pytest.fixture
def supervisor(desk: Desk) -> Session:
    return session_of(desk, SUPERVISOR)
