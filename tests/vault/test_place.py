import os
from pathlib import Path

import pytest

from app.vault.place import file_system, make_private_folder, new_private_file, on_network_share, window_lock
from app.vault.problems import StoreError, StoreProblem
from tests.vault.programs import start

# Lines as Linux writes them, with the optional fields that come and go.
MOUNTS = r"""
22 27 0:20 / /proc rw,nosuid shared:5 - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
80 27 0:45 / /srv/office rw,relatime shared:40 master:3 - nfs4 server:/office rw,vers=4.2
81 27 0:46 / /mnt/my\040share rw - cifs //server/share rw
82 80 8:1 / /srv/office/local rw - xfs /dev/sdb rw
83 27 0:50 / /home/a/remote rw - fuse.sshfs a@b:/ rw
84 27 8:2 / /over rw - ext4 /dev/sdc rw
85 27 0:51 / /over rw - 9p hostshare rw,trans=virtio
86 27 8:3 / /home/a/disk rw - fuseblk /dev/sdd1 rw
torn li
"""


@pytest.mark.parametrize(
    ("folder", "type_"),
    [
        ("/home/a/.local/share/miz", "ext4"),
        ("/srv/office/desk", "nfs4"),
        ("/srv/office", "nfs4"),
        ("/srv/office2", "ext4"),
        ("/srv/office/local/desk", "xfs"),
        ("/mnt/my share/desk", "cifs"),
        ("/home/a/remote/desk", "fuse.sshfs"),
        ("/over/desk", "9p"),
        ("/home/a/disk/desk", "fuseblk"),
        ("/proc", "proc"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(folder: str, type_: str) -> None:
    assert file_system(Path(folder), MOUNTS) == type_


def test_no_table_of_mounts_says_nothing() -> None:
    assert file_system(Path("/x"), "") == ""


def test_the_disk_of_this_machine_is_no_network_share(tmp_path: Path) -> None:
    assert not on_network_share(tmp_path / "not" / "there" / "yet")


def test_a_private_folder_is_made_with_its_parents_and_narrowed_if_it_was_open(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_private_folder(folder)
    folder.chmod(0o755)
    make_private_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_where_a_file_is_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    with pytest.raises(StoreError) as error:
        make_private_folder(tmp_path / "x")
    assert error.value.problem is StoreProblem.read_only


def test_a_private_file_replaces_none(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        new_private_file(tmp_path / "x", b"1")
    finally:
        os.umask(before)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        new_private_file(tmp_path / "x", b"2")
    assert (tmp_path / "x").read_bytes() == b"1"


def test_only_one_window_is_open_at_a_time(tmp_path: Path) -> None:
    with window_lock(tmp_path):
        with pytest.raises(StoreError) as error, window_lock(tmp_path):
            pass
        assert error.value.problem is StoreProblem.locked
    with window_lock(tmp_path):
        pass


HOLD = """
with window_lock(folder):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_a_window_of_another_program_is_seen_and_gone_when_it_was_killed(tmp_path: Path) -> None:
    with start(HOLD, tmp_path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreError) as error, window_lock(tmp_path):
            pass
        assert error.value.problem is StoreProblem.locked
        other.kill()
        other.wait()
        with window_lock(tmp_path):
            pass


def test_a_window_over_no_folder_says_that_it_is_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error, window_lock(tmp_path / "none"):
        pass
    assert error.value.problem is StoreProblem.missing
