"""`demo`: a made-up office, ready to be tried as it is printed."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import MAIN, Done, Program, visit


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program(tmp_path_factory.mktemp("demo") / "demo", "1234")


@pytest.fixture(scope="module")
def prepared(demo: Program) -> Done:
    return demo.run("demo", "--no-window")


def user(prepared: Done, role: str) -> dict[str, Any]:
    return next(user for user in prepared.line["users"] if user["role"] == role)


def test_it_prints_what_there_is_to_try(demo: Program, prepared: Done) -> None:
    assert prepared.code == 0
    printed = prepared.line
    assert list(printed) == ["data", "users", "clients", "services"]
    assert printed["data"] == str(demo.folder)
    assert {user["role"] for user in printed["users"]} == {"clerk", "supervisor", "unit_officer", "administrator"}
    assert all(user.keys() == {"name", "role", "pin"} for user in printed["users"])
    assert len(printed["clients"]) >= 10
    assert all(client.keys() == {"national_number", "name"} for client in printed["clients"])
    assert len(printed["services"]) >= 12
    assert all(service.keys() == {"code", "title"} for service in printed["services"])


def test_what_it_prints_is_what_is_there(demo: Program, prepared: Done) -> None:
    clerk, client, service = (user(prepared, "clerk"), prepared.line["clients"][0], prepared.line["services"][0])
    assert clerk["pin"] == demo.password
    names = [hit["name"] for hit in demo.run("find", client["name"]).lines if hit["kind"] == "client"]
    assert client["name"] in names
    said = visit({"kind": "person", "national_number": client["national_number"]}, service=service["title"])
    (answer,) = demo.register(said, as_=clerk["name"])
    assert answer["client_is_new"] is False
    shown = demo.run("show", answer["tracking_code"]).line
    assert (shown["client"]["name"], shown["service"]) == (client["name"], service["title"])
    assert demo.run("check").code == 0


def test_a_demo_that_exists_is_opened_as_it_is(demo: Program, prepared: Done) -> None:
    registered = demo.run("find", "5001", "--limit", "1000").out
    again = demo.run("demo", "--no-window")
    assert (again.code, again.out) == (0, prepared.out)
    assert demo.run("find", "5001", "--limit", "1000").out == registered


def test_without_a_folder_it_is_the_demo_right_here(demo: Program, prepared: Done) -> None:
    command = [sys.executable, str(MAIN), "demo", "--no-window"]
    ran = subprocess.run(command, cwd=demo.folder.parent, env=demo.environment(), capture_output=True)
    assert (ran.returncode, ran.stdout.decode()) == (0, prepared.out)


def test_it_does_not_touch_another_desk(program: Program) -> None:
    refused = program.run("demo", "--no-window")
    assert (refused.code, refused.out) == (3, "")
    assert "nothing was changed" in refused.err


def test_a_demo_whose_making_was_broken_off_is_opened_all_the_same(tmp_path: Path) -> None:
    program = Program(tmp_path / "demo", "1234")
    with program.start("demo", "--no-window") as process:
        while not (program.folder / "desk.db").exists():
            time.sleep(0.01)
        time.sleep(1)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    ran = program.run("demo", "--no-window")
    assert ran.code == 0
    assert ran.line["users"]
    assert program.run("check").code == 0


def test_its_window_has_a_centre_of_its_own_that_goes_with_it(
    prepared: Done, demo: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened, killed as by a power cut, and opened again: the same centre, and none is left behind."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    office = Program(shutil.copytree(demo.folder, tmp_path / "demo"), demo.password)
    assert office.run("sync").code == 2
    through = 0
    for _time in range(2):
        with office.start("demo") as process:
            step = in_step(office)
            assert (step["waiting"], step["flagged"]) == (0, 0)
            assert step["safe_through"] >= through
            through = step["safe_through"]
            totals = office.run("log", "--format", "json").lines[-1]["totals"]
            assert totals["safe_at_centre"] == totals["registered"]
            process.kill()
            process.communicate()
        until(lambda: office.run("sync").code == 4)
    assert (office.folder / "centre" / "centre.db").exists()
    assert office.run("check").code == 0


def in_step(office: Program) -> dict[str, Any]:
    """What `sync` says once the window's centre answers."""
    until(lambda: office.run("sync").code == 0)
    return office.run("sync").line


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.2)
