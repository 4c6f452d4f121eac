"""Bad luck: bytes that rot, disks that fill, folders that cannot be written, programs that are killed."""

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.vault.problems import StoreError, StoreProblem
from app.vault.store import Store, check_pages, create_store, open_store
from tests.vault.programs import can_mount, run, start
from tests.vault.schema import VaultSchema

SCHEMA = VaultSchema()
PAGE = 4096

needs_mount = pytest.mark.skipif(
    not can_mount(), reason="this user may not mount a file system to be full or read-only"
)
posix = pytest.mark.skipif(os.name == "nt", reason="limits and rights of POSIX")


def values(folder: Path) -> dict[str, bytes]:
    """Everything kept under a name of digits."""
    with closing(open_store(folder, SCHEMA)) as store, store.reading() as connection:
        assert list(check_pages(connection)) == []
        rows = connection.exec_driver_sql("SELECT name, value FROM kept WHERE name GLOB '[0-9]*'")
        return {name: bytes(value) for name, value in rows}


# --- rot ---


@pytest.fixture
def full_store(data_dir: Path) -> Path:
    """The folder of a closed store of some hundred pages."""
    store, _ = create_store(data_dir, SCHEMA)
    with closing(store), store.writing() as connection:
        for number in range(200):
            store.keep(connection, str(number), random.Random(number).randbytes(3000))
    return data_dir


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x40
    path.write_bytes(content)


def everything(folder: Path) -> None:
    with closing(open_store(folder, SCHEMA)) as store, store.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM kept").all()


@pytest.mark.parametrize("at", [100, PAGE - 1])
def test_a_flipped_bit_in_the_first_page_is_damage_not_a_wrong_key(full_store: Path, at: int) -> None:
    flip(full_store / "desk.db", at)
    with pytest.raises(StoreError) as error:
        open_store(full_store, SCHEMA)
    assert error.value.problem is StoreProblem.damaged


def test_any_flipped_bit_is_found_by_the_check_and_read_by_nobody(full_store: Path) -> None:
    path = full_store / "desk.db"
    sound = path.read_bytes()
    chance = random.Random(3)
    found = 0
    for _ in range(12):
        flip(path, chance.randrange(PAGE, len(sound)))
        with closing(open_store(full_store, SCHEMA)) as store, store.reading() as connection:
            found += "page_damaged" in {finding.finding for finding in check_pages(connection)}
        path.write_bytes(sound)
    assert found == 12


def test_reading_what_is_damaged_says_so_and_the_rest_can_still_be_read(full_store: Path) -> None:
    size = (full_store / "desk.db").stat().st_size
    for at in range(size // 2, size, PAGE):
        flip(full_store / "desk.db", at)
    with closing(open_store(full_store, SCHEMA)) as store:
        with pytest.raises(StoreError) as error, store.reading() as connection:
            connection.exec_driver_sql("SELECT value FROM kept").all()
        assert error.value.problem is StoreProblem.damaged
        with store.reading() as connection:
            assert store.kept(connection, "0") is not None


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(10_000), random.Random(1).randbytes(50_000)])
def test_a_file_that_is_something_else_is_not_opened(full_store: Path, content: bytes) -> None:
    (full_store / "desk.db").write_bytes(content)
    with pytest.raises(StoreError) as error:
        open_store(full_store, SCHEMA)
    assert error.value.problem in {StoreProblem.damaged, StoreProblem.wrong_key}
    assert (full_store / "desk.db").read_bytes() == content


def test_a_file_that_was_cut_short_is_damaged(full_store: Path) -> None:
    path = full_store / "desk.db"
    path.write_bytes(path.read_bytes()[: 40 * PAGE])
    with pytest.raises(StoreError) as error:
        everything(full_store)
    assert error.value.problem is StoreProblem.damaged


# --- a full disk ---

FILL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
allowed = int(sys.argv[2])
store = open_store(folder, VaultSchema())
resource.setrlimit(resource.RLIMIT_FSIZE, (allowed, resource.RLIM_INFINITY))
number = 0
try:
    while number < 500:
        with store.writing() as connection:
            store.keep(connection, str(number), b"%d" % number * 700)
        number += 1
    print(number, "none")
except StoreError as error:
    print(number, error.problem)
with store.reading() as connection:
    assert store.kept(connection, str(number)) is None
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with store.writing() as connection:
    store.keep(connection, str(number), b"after")
store.close()
"""


@posix
@pytest.mark.parametrize("beyond", [0, 1, 5_000, 30_000, 100_000, 1_000_000])
def test_a_file_that_may_not_grow_loses_nothing_and_goes_on_once_it_may(data_dir: Path, beyond: int) -> None:
    create_store(data_dir, SCHEMA)[0].close()
    allowed = (data_dir / "desk.db").stat().st_size + beyond
    done, problem = run(FILL, data_dir, allowed).split()
    assert problem in {"io", "full"}
    expected = {str(number): b"%d" % number * 700 for number in range(int(done))}
    assert values(data_dir) == {**expected, done: b"after"}


ON_SMALL_DISK = """
import os, shutil, subprocess
disk = folder / "disk"
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "none", str(disk)], check=True)
for path in (folder / "data").iterdir():
    shutil.copy2(path, disk)
os.chmod(disk, 0o700)
store = open_store(disk, VaultSchema())
number, problems = 0, []
while len(problems) < 3:
    try:
        with store.writing() as connection:
            store.keep(connection, str(number), b"%d" % number * 700)
        number += 1
    except StoreError as error:
        problems.append(str(error.problem))
print(number, *problems)
subprocess.run(["mount", "-o", "remount,size=10m", str(disk)], check=True)
with store.writing() as connection:
    store.keep(connection, str(number), b"after")
store.close()
shutil.copytree(disk, folder / "saved")
"""


@needs_mount
def test_a_disk_that_is_full_loses_nothing_and_goes_on_once_there_is_room(tmp_path: Path, data_dir: Path) -> None:
    create_store(data_dir, SCHEMA)[0].close()
    (tmp_path / "disk").mkdir()
    done, *problems = run(ON_SMALL_DISK, tmp_path, before=("unshare", "--mount")).split()
    assert set(problems) <= {"full", "io"}
    expected = {str(number): b"%d" % number * 700 for number in range(int(done))}
    assert values(tmp_path / "saved") == {**expected, done: b"after"}


CREATE_ON_FULL_DISK = """
import resource, signal
from app.vault.store import create_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    create_store(folder, VaultSchema())
    print("made")
except StoreError as error:
    print(error.problem)
"""


@posix
@pytest.mark.parametrize("allowed", [0, 100, 1_000, 20_000, 60_000])
def test_on_a_full_disk_no_half_of_a_store_is_made(data_dir: Path, allowed: int) -> None:
    assert run(CREATE_ON_FULL_DISK, data_dir, allowed) in {"full", "io"}
    assert not (data_dir / "desk.db").exists()
    create_store(data_dir, SCHEMA)[0].close()
    assert values(data_dir) == {}


# --- a folder that cannot be written ---

READ_ONLY = """
store = open_store(folder, VaultSchema())
with store.reading() as connection:
    print(store.kept(connection, "1").decode(), store.read_only, store.data_version >= 0)
try:
    with store.writing():
        pass
except StoreError as error:
    print(error.problem)
with window_lock(folder):
    store.close()
"""


def left_behind(store: Store, tmp_path: Path) -> Path:
    """A copy of the folder as a power cut would leave it: what was written last is in the log only."""
    folder = tmp_path / "left"
    shutil.copytree(store.folder, folder)
    store.close()
    return folder


@pytest.fixture(params=["closed", "left behind"])
def written_folder(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Path:
    with store.writing() as connection:
        store.keep(connection, "1", b"one")
    if request.param == "left behind":
        return left_behind(store, tmp_path)
    store.close()
    return store.folder


def read_only(folder: Path) -> tuple[str, ...]:
    """Words before a program for which the folder lies on a disk that cannot be written."""
    mount = 'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; shift; exec "$@"'
    return ("unshare", "--mount", "sh", "-ec", mount, "sh", str(folder))


@needs_mount
def test_a_folder_on_a_read_only_disk_is_read(written_folder: Path) -> None:
    out = run(READ_ONLY, written_folder, before=read_only(written_folder))
    assert out.split() == ["one", "True", "True", "read_only"]


@posix
@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed")
def test_a_folder_without_the_right_to_write_is_read(written_folder: Path) -> None:
    """As a user whom rights bind: the superuser sheds the power over them and keeps the name."""
    for path in written_folder.iterdir():
        path.chmod(0o400)
    written_folder.chmod(0o500)
    shed = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
    try:
        out = run(READ_ONLY, written_folder, before=shed)
    finally:
        written_folder.chmod(0o700)
    assert out.split() == ["one", "True", "True", "read_only"]


@needs_mount
def test_on_a_read_only_disk_no_store_is_made(tmp_path: Path) -> None:
    program = CREATE_ON_FULL_DISK.replace("int(sys.argv[2])", "10**9")
    out = run(program, tmp_path / "data", before=read_only(tmp_path))
    assert out == "read_only"


# --- kills ---

WRITE = """
store = open_store(folder, VaultSchema())
for number in range(int(sys.argv[2]), 1_000_000):
    with store.writing() as connection:
        store.keep(connection, str(number), b"%d" % number * 300)
    print(number, flush=True)
"""


def acknowledged(process: "subprocess.Popen[str]", enough: int) -> Iterator[int]:
    assert process.stdout is not None
    for line in process.stdout:
        if line.endswith("\n"):
            yield int(line)
        enough -= 1
        if not enough:
            process.kill()


@posix
def test_what_was_acknowledged_before_a_kill_is_there(data_dir: Path) -> None:
    create_store(data_dir, SCHEMA)[0].close()
    last, chance = -1, random.Random(11)
    for _ in range(5):
        with start(WRITE, data_dir, last + 1) as process:
            last = max(acknowledged(process, chance.randrange(1, 60)))
        assert process.returncode == -signal.SIGKILL
        kept = values(data_dir)
        assert {str(number) for number in range(last + 1)} <= kept.keys()
        assert all(value == name.encode() * 300 for name, value in kept.items())
        last = max(map(int, kept))


# --- secrecy ---


def test_nothing_that_was_written_can_be_read_in_any_file(data_dir: Path) -> None:
    secrets = ["رضایی‌نژاد", "2829999990", "09144620000", "قلی زاده"]
    store, code = create_store(data_dir, SCHEMA)

    def readable() -> list[str]:
        forms = [form for text in [*secrets, code] for form in (text.encode(), text.encode("utf-16-le"))]
        return [path.name for path in data_dir.rglob("*") if any(form in path.read_bytes() for form in forms)]

    with store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO find_words(rowid, words) VALUES (1, ?)", (" ".join(secrets),))
        for number in range(500):  # More than the memory of one transaction's log.
            store.keep(connection, str(number), "|".join(secrets * 40).encode())
        assert readable() == []
    assert (data_dir / "desk.db-wal").stat().st_size > 100_000
    assert readable() == []
    with store.reading() as connection:  # A sort of more than the cache holds goes to memory.
        connection.exec_driver_sql(
            "SELECT a.value FROM kept a, kept b WHERE b.name < '12' ORDER BY a.value || b.name"
        ).first()
        assert readable() == []
    store.close()
    assert readable() == []


def test_a_wrong_key_says_nothing_on_the_terminal(closed_store: Path, tmp_path: Path) -> None:
    create_store(tmp_path / "other", SCHEMA)[0].close()
    for name in ("key.json", "key.secret"):
        shutil.copy(tmp_path / "other" / name, closed_store / name)
    program = """
try:
    open_store(folder, VaultSchema())
except StoreError as error:
    print(error.problem)
"""
    assert run(program, closed_store) == "wrong_key"
