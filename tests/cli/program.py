"""The whole program, started as a process of its own on a data folder; and an office to start it on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pytest

from app.desk import people
from app.desk.desk import Desk, open_desk
from app.desk.made_up import made_up_people
from app.desk.people import Session
from app.desk.setup import make_office
from models.ids import new_id
from tests.desk.counter import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR

MAIN = Path(__file__).resolve().parents[2] / "main.py"
OFFICER, UNIT = "فرهاد یوسفی", "اداره خودرو"
REGISTRAR = "لیلا امانی"
"""An administrator and nothing else."""

PEOPLE: list[dict[str, Any]] = list(islice(made_up_people(seed=7), 400))
"""Clients of visits, no two of whom share number or mobile."""


PATCHED = """
import runpy, sys
sys.path.insert(0, {main!r}.removesuffix("main.py"))
{patch}
sys.argv[0] = {main!r}
runpy.run_path({main!r}, run_name="__main__")
"""


@dataclass(frozen=True)
class Done:
    """What a finished program left."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines; anything else on it fails the test."""
        read = [json.loads(line) for line in self.out.splitlines()]
        assert all(isinstance(line, dict) for line in read), self.out
        return read

    @property
    def line(self) -> dict[str, Any]:
        (only,) = self.lines
        return only


@dataclass(frozen=True)
class Program:
    """`main.py --data FOLDER …` in English, as the clerk where somebody must sign in."""

    folder: Path
    password: str = PASSWORD
    patch: str = ""
    """Python statements that bring about, inside the program, what a test cannot from outside."""

    def environment(self, **more: str | None) -> dict[str, str]:
        """The environment of a run; None takes a variable out of it."""
        known = {**os.environ, "MIZ_KEYSTORE": "file", "MIZ_LANG": "en", "MIZ_PIN": self.password, **more}
        return {name: value for name, value in known.items() if value is not None}

    def start(
        self,
        *arguments: str,
        before: tuple[str, ...] = (),
        stdout: int | IO[bytes] = subprocess.PIPE,
        env: dict[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Starts it with pipes at its ends; `before` are words put before the interpreter."""
        entrance = ["-c", PATCHED.format(patch=self.patch, main=str(MAIN))] if self.patch else [str(MAIN)]
        command = [*before, sys.executable, *entrance, "--data", str(self.folder), *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=env or self.environment(), stdin=pipe, stdout=stdout, stderr=pipe)

    def run(self, *arguments: str, stdin: bytes = b"", **environment: str | None) -> Done:
        """Runs it to its end. It speaks UTF-8 and shows nobody its inside, whatever happens."""
        with self.start(*arguments, env=self.environment(**environment)) as process:
            out, err = process.communicate(stdin, timeout=120)
        return done(process.returncode, out, err)

    def register(self, *visits: Any, as_: str = CLERK, approve: str | None = None) -> list[dict[str, Any]]:
        """The answers to the visits, line for line."""
        arguments = ("--approve", approve) if approve else ()
        text = "".join(json.dumps(visit, ensure_ascii=False) + "\n" for visit in visits)
        ran = self.run("register", "--as", as_, *arguments, stdin=text.encode(), MIZ_APPROVER_PIN=self.password)
        refused = any("errors" in answer for answer in ran.lines)
        assert ran.code == (1 if refused else 0), ran
        return ran.lines

    def code_of(self, visit: dict[str, Any]) -> str:
        """The tracking code of a visit that is registered now."""
        (answer,) = self.register(visit)
        code: str = answer["tracking_code"]
        return code

    def desk(self) -> Desk:
        """The same desk opened in the test's own process."""
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("MIZ_KEYSTORE", "file")
            return open_desk(self.folder)


def done(code: int, out: bytes, err: bytes) -> Done:
    """What a program left, provided that it broke off by none of its own faults."""
    finished = Done(code, out.decode(), err.decode())
    assert code in (0, 1, 2, 3, 4, 130), finished
    for sign in ("Traceback", "Exception", "defect", "Warning", "in the program itself"):
        assert sign not in finished.out + finished.err, finished
    return finished


def session_of(desk: Desk, name: str) -> Session:
    """Somebody at work already."""
    return Session(new_id(), next(person for person in people.people(desk) if person.name == name))


def visit(client: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"client": client, "service": "101"} | more


def stranger(n: int = 0, **more: Any) -> dict[str, Any]:
    """A visit of somebody made up."""
    return visit(PEOPLE[n], **more)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample desk with its people; copy it, do not write in it."""
    folder = tmp_path_factory.mktemp("whole") / "desk"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MIZ_KEYSTORE", "file")
        made = make_office(
            folder,
            office="سازمان نمونه",
            desk_name="میز ۱",
            admin=ADMINISTRATOR,
            password=PASSWORD,
            desk_number=5001,
        ).desk
        session = session_of(made, ADMINISTRATOR)
        people.admit(made, session, CLERK, ("clerk",), PASSWORD)
        people.admit(made, session, SUPERVISOR, ("supervisor",), PASSWORD)
        people.admit(made, session, OFFICER, ("unit_officer",), PASSWORD, UNIT)
        people.admit(made, session, REGISTRAR, ("administrator",), PASSWORD)
        made.close()
    return folder


def copy_of(office: Path, folder: Path) -> Program:
    """The program on its own copy of the office."""
    return Program(shutil.copytree(office, folder / "desk"))


@pytest.fixture
def program(office: Path, tmp_path: Path) -> Program:
    """The program on a desk of this test's own."""
    return copy_of(office, tmp_path)


@pytest.fixture
def nowhere(tmp_path: Path) -> Program:
    """The program on a folder that does not exist yet."""
    return Program(tmp_path / "new desk")
