"""The folder of a store: private, on a disk of this machine, open in one window."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.vault.problems import StoreError, StoreProblem, sort_error

DATABASE = "desk.db"
_WINDOW_LOCK = "window.lock"

# fmt: off
_SHARES = frozenset({
    "9p", "afs", "afpfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone",
    "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse", "gfs2", "glusterfs", "lustre", "ncp",
    "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs",
})
# fmt: on
"""File systems of other machines. Their locks and their memory maps are not those that the write-ahead log needs."""


def make_private_folder(folder: Path) -> None:
    """Makes the folder, with its parents, for this user alone (0700). Raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreError(StoreProblem.read_only, folder) from error
    except OSError as error:
        raise sort_error(error, folder) or error from error


def new_private_file(path: Path, content: bytes = b"") -> None:
    """Writes a new file for this user alone (0600) and waits for the disk, the folder's entry too.

    Raises FileExistsError and other OSErrors.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Waits until the folder's entries are on the disk."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def is_writable(folder: Path) -> bool:
    """Whether the database in the folder, and its log beside it, can be written by this user."""
    return os.access(folder, os.W_OK | os.X_OK) and os.access(folder / DATABASE, os.W_OK)


def on_network_share(folder: Path) -> bool:
    """Whether the folder, which need not exist yet, lies on another machine's disk."""
    folder = folder.absolute().resolve()
    if sys.platform == "win32":
        import ctypes

        drive_remote = 4
        return str(folder).startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == drive_remote
    with suppress(OSError):
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
        return file_system(folder, mounts) in _SHARES
    return False


def file_system(folder: Path, mountinfo: str) -> str:
    """The type of the file system that holds an absolute folder, by the kernel's table of mounts (proc_pid_mountinfo);
    empty where the table does not tell. The last mount over a place is the one that is seen."""
    found, depth = "", -1
    for line in mountinfo.splitlines():
        mount, _, rest = line.partition(" - ")
        fields = mount.split(" ")
        if len(fields) < 5 or not rest:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4]))
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = rest.split(" ")[0], len(point.parts)
    return found


@contextmanager
def window_lock(folder: Path) -> Iterator[None]:
    """Holds the one window of this store; commands may run beside it. Raises StoreError (locked) where one is open.

    The operating system lets go of it when the program ends, however it ends. A folder that cannot be written can be
    read by any number of windows.
    """
    try:
        descriptor = os.open(folder / _WINDOW_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        known = sort_error(error, folder)
        if known is None or known.problem is not StoreProblem.read_only:
            raise known or error from error
        yield
        return
    try:
        if not _lock(descriptor):
            raise StoreError(StoreProblem.locked, folder)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
