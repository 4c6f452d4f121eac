"""What can be wrong with a store, as one short list instead of a database's error codes."""

from __future__ import annotations

import errno
from enum import StrEnum
from pathlib import Path


class StoreProblem(StrEnum):
    missing = "missing"
    """There is no desk in this folder."""
    exists = "exists"
    """There is one, and it will not be overwritten."""
    locked = "locked"
    """Another window has it open, or another program wrote for longer than anybody waits."""
    wrong_key = "wrong_key"
    """The key, the secret around it or the recovery code belongs to another desk."""
    no_key = "no_key"
    """The key cannot be had: its file or the key store's secret is gone, silent, locked or readable by others."""
    damaged = "damaged"
    newer = "newer"
    """A newer program wrote it."""
    read_only = "read_only"
    network_share = "network_share"
    full = "full"
    """The disk is full."""
    io = "io"
    """The disk refused; a full one may say just this."""


class StoreError(Exception):
    """A store that cannot be opened or written. `detail` narrows the problem down by a stable name, or is empty:
    `readable_by_others`, `secret_missing`, `key_store_silent`, `key_file_damaged`."""

    def __init__(self, problem: StoreProblem, path: Path | None = None, detail: str = "") -> None:
        super().__init__(problem, path, detail)
        self.problem = problem
        self.path = path
        self.detail = detail

    def __str__(self) -> str:
        return ": ".join(str(part) for part in (self.problem, self.detail, self.path) if part)


_SQLITE = {
    3: StoreProblem.read_only,  # PERM
    5: StoreProblem.locked,  # BUSY
    6: StoreProblem.locked,  # LOCKED
    8: StoreProblem.read_only,  # READONLY
    10: StoreProblem.io,  # IOERR
    11: StoreProblem.damaged,  # CORRUPT
    13: StoreProblem.full,  # FULL
    14: StoreProblem.io,  # CANTOPEN
    15: StoreProblem.locked,  # PROTOCOL: the race for the log's locks was lost too often
    22: StoreProblem.full,  # NOLFS: the file may not grow
    26: StoreProblem.wrong_key,  # NOTADB
}

_SYSTEM = {
    errno.ENOSPC: StoreProblem.full,
    errno.EDQUOT: StoreProblem.full,
    errno.EFBIG: StoreProblem.full,
    errno.EACCES: StoreProblem.read_only,
    errno.EPERM: StoreProblem.read_only,
    errno.EROFS: StoreProblem.read_only,
    errno.ENOENT: StoreProblem.missing,
}


def sort_error(error: BaseException, path: Path | None = None) -> StoreError | None:
    """The store's problem that an error of the database or the system means; None for any other error."""
    if isinstance(error, StoreError):
        return error
    if isinstance(error, OSError):
        return StoreError(_SYSTEM.get(error.errno or 0, StoreProblem.io), path)
    cause = getattr(error, "orig", None) or error  # SQLAlchemy wraps what the driver raised
    code = getattr(cause, "sqlite_errorcode", None)
    problem = _SQLITE.get(code & 0xFF) if isinstance(code, int) else None
    if problem is None and _waited_too_long(error):
        problem = StoreProblem.locked
    return None if problem is None else StoreError(problem, path)


def _waited_too_long(error: BaseException) -> bool:
    from sqlalchemy.exc import TimeoutError as PoolTimeout  # costs more than a desk's first window may wait

    return isinstance(error, PoolTimeout)
