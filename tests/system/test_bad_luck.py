"""Whatever happens to program or disk: what was acknowledged is there, once, and `check` passes."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.desk.checking import check
from tests.cli.program import PEOPLE, Program, done, stranger
from tests.desk.counter import CLERK, SUPERVISOR
from tests.system.visits import acknowledged, encoded, feed, registered
from tests.vault.programs import can_mount

needs_mount = pytest.mark.skipif(not can_mount(), reason="this user may not mount a file system")
MANY = range(len(PEOPLE))


def sound(program: Program) -> bool:
    """`check` in the test's own process."""
    desk = program.desk()
    findings = list(check(desk))
    desk.close()
    assert findings == []
    return True


# --- killed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_what_was_acknowledged_before_a_kill_is_there_once(program: Program, seed: int) -> None:
    chance = random.Random(seed)
    sent = [stranger(n) for n in range(120)]  # as much as a pipe holds
    with program.start("register", "--as", CLERK) as process:
        assert process.stdout is not None
        feed(process, encoded(sent))
        first = b"".join(process.stdout.readline() for _ in range(chance.randrange(1, 40)))
        time.sleep(chance.random() / 50)
        process.send_signal(signal.SIGKILL)
        answers = acknowledged(first + process.stdout.read())
    codes = [answer["tracking_code"] for answer in answers]
    there = registered(program)
    assert 0 < len(codes) < len(sent), "it was to be killed at work"
    # The one more that may be there was durable when its answer was cut off.
    assert [code for code, _ in there][: len(codes)] == codes
    assert len(there) - len(codes) in (0, 1)
    assert set(Counter(code for code, _ in there).values()) == {1}
    assert set(Counter(client for _, client in there).values()) == {1}
    assert sound(program)


# --- four at once ----------------------------------------------------------------------------------------------------


def test_four_programs_register_on_one_store_and_none_fails(program: Program) -> None:
    """Three clerks' scripts and a supervisor's, with people whom two of them register and keys that all of them use."""
    people = (CLERK, CLERK, CLERK, SUPERVISOR)
    scripts = [[stranger(desk * 20 + n) for n in range(30)] for desk in range(4)]
    shared = stranger(300, key="one of all", subject="همان")
    with ExitStack() as all_ended:
        processes = [all_ended.enter_context(program.start("register", "--as", name)) for name in people]
        for process, visits in zip(processes, scripts, strict=True):
            feed(process, encoded([*visits, shared]))
        ran = [done(process.wait(120), *process.communicate()) for process in processes]
    assert [(each.code, each.err) for each in ran] == [(0, "")] * 4
    answers = [each.lines for each in ran]
    assert all([line["line"] for line in lines] == list(range(1, 32)) for lines in answers)

    of_their_own = [answer["tracking_code"] for lines in answers for answer in lines[:-1]]
    of_all = {lines[-1]["tracking_code"] for lines in answers}
    assert sum("replayed" in lines[-1] for lines in answers) == 3
    assert len(set(of_their_own)) == 120
    assert len(of_all) == 1
    assert {code for code, _ in registered(program)} == {*of_their_own, *of_all}
    new = Counter(answer["client"] for lines in answers for answer in lines[:-1] if answer["client_is_new"])
    assert set(new.values()) == {1}, "somebody was admitted twice"
    assert sum(new.values()) == 90
    assert program.run("check").code == 0


# --- a full disk -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
@pytest.mark.parametrize("room", [0, 60_000, 400_000])
def test_a_file_that_may_not_grow_ends_the_command_after_the_last_safe_line(program: Program, room: int) -> None:
    limit = (program.folder / "desk.db").stat().st_size + room
    with program.start("register", "--as", CLERK, before=("prlimit", f"--fsize={limit}")) as process:
        out, err = process.communicate(encoded(stranger(n) for n in MANY))
        ran = done(process.returncode, out, err)
    assert ran.code == 3
    ends_with_the_last_safe_line(program, [line["tracking_code"] for line in ran.lines], ran.err)


ON_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size=$1 none "$2"
cp -a "$3" "$2/desk"
shift 3
"$@" || echo $? > "$OUT/code"
mount -o remount,size=50m "$DISK"
cp -a "$DISK/desk" "$OUT/desk"
"""


@needs_mount
def test_a_full_disk_ends_the_command_after_the_last_safe_line(program: Program, tmp_path: Path) -> None:
    disk, out_folder = tmp_path / "disk", tmp_path / "out"
    disk.mkdir()
    out_folder.mkdir()
    size = sum(path.stat().st_size for path in program.folder.iterdir()) + 300_000
    on_disk = Program(disk / "desk")
    mounted = ("unshare", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh", str(size), str(disk), str(program.folder))
    environment = program.environment(DISK=str(disk), OUT=str(out_folder))
    with on_disk.start("register", "--as", CLERK, before=mounted, env=environment) as process:
        out, err = process.communicate(encoded(stranger(n) for n in MANY))
        ran = done(process.returncode, out, err)
    assert (out_folder / "code").read_text() == "3\n"
    ends_with_the_last_safe_line(Program(out_folder / "desk"), [line["tracking_code"] for line in ran.lines], ran.err)


def ends_with_the_last_safe_line(program: Program, codes: list[str], err: str) -> None:
    """The sentence names the line that was not registered, those before it are there, and it goes on with room."""
    assert "What was registered is safe" in err
    assert f"Line {len(codes) + 1} was not registered" in err or not codes
    assert [code for code, _ in registered(program)] == codes
    assert sound(program)
    (answer,) = program.register(stranger(len(codes)))
    assert answer["client_is_new"]


# --- a folder that cannot be written ---------------------------------------------------------------------------------


IN_A_READ_ONLY_FOLDER = 'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; shift; exec "$@"'
READ_ONLY = ("unshare", "--mount", "sh", "-c", IN_A_READ_ONLY_FOLDER)


@needs_mount
def test_a_folder_that_cannot_be_written_still_shows_and_finds(program: Program, tmp_path: Path) -> None:
    code = program.code_of(stranger())
    before = (*READ_ONLY, "sh", str(program.folder))

    def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        with program.start(*arguments, before=before) as process:
            out, err = process.communicate(stdin)
        ran = done(process.returncode, out, err)
        return ran.code, ran.out, ran.err

    assert json.loads(run("show", code)[1])["tracking_code"] == code
    assert json.loads(run("find", PEOPLE[0]["family_name"])[1])["kind"] == "client"
    assert code in run("log", "--format", "json")[1]
    assert run("check")[:2] == (0, "")
    cannot = (3, "", "This folder cannot be written. Give this user the right to write there.\n")
    assert run("register", "--as", CLERK, stdin=encoded([stranger(1)])) == cannot
    assert run("receipt", code, "--out", str(tmp_path / "r.pdf")) == cannot
    assert not (tmp_path / "r.pdf").exists()


@needs_mount
def test_a_disk_that_cannot_be_written_takes_no_desk(tmp_path: Path) -> None:
    before = (*READ_ONLY, "sh", str(tmp_path))
    named = ("setup", "--office", "a", "--desk-name", "b", "--admin", "c")
    with Program(tmp_path / "desk").start(*named, before=before) as process:
        ran = done(process.wait(), *process.communicate())
    assert (ran.code, ran.out) == (3, "")
    assert "cannot be written" in ran.err


# --- interrupted while making ----------------------------------------------------------------------------------------


def test_a_setup_that_was_killed_leaves_a_whole_desk_or_room_for_one(tmp_path: Path) -> None:
    named = ("setup", "--office", "a", "--desk-name", "b", "--admin", "c")
    for n, pause in enumerate((0.35, 0.5)):
        program = Program(tmp_path / str(n))
        with program.start(*named) as process:
            time.sleep(pause)
            process.kill()
        if (program.folder / "desk.db").exists():
            assert program.run("register", "--as", "c").code == 0
        else:
            assert program.run(*named).code == 0
        assert sound(program)
