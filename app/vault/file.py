"""The desk's encrypted file itself: where it may lie, opening it, and what its errors mean. No table is known here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from sqlcipher3 import dbapi2

from app.vault import keys
from app.vault.place import DATABASE, on_network_share
from app.vault.problems import StoreError, StoreProblem, sort_error
from models.text import search_key

Purpose = Literal["reading", "writing"]

_PAGES_READING = 8_192
_PAGES_WRITING = 8_192
"""KiB of deciphered pages that one connection may keep in memory."""
_LOG_PAGES = 4_000
"""How long the write-ahead log grows before a writer carries it over: a visit writes some 35 pages, so that one in a
hundred waits for that and not one in thirty."""


def refuse_share(folder: Path, is_share: Callable[[Path], bool] = on_network_share) -> None:
    """Raises StoreError `network_share` where the folder lies on another machine's disk."""
    if is_share(folder):
        raise StoreError(StoreProblem.network_share, folder)


def find_file(folder: Path, is_share: Callable[[Path], bool] = on_network_share) -> Path:
    """The file of the desk in this folder. Raises StoreError: `missing`, `network_share`, `damaged` (empty), `io`."""
    path = folder / DATABASE
    try:
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(StoreProblem.missing, path) from error
    except OSError as error:
        raise StoreError(StoreProblem.io, path) from error
    refuse_share(folder, is_share)
    if not size:  # SQLite would take it for a new store.
        raise StoreError(StoreProblem.damaged, path)
    return path


class EncryptedFile:
    """A file and its key. `connect` opens it anew each time; nothing is kept open here."""

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._key = key

    def connect(self, purpose: Purpose, patience: float) -> Any:
        """A connection of the driver, any thread's, that waits `patience` seconds for others' locks.

        Raises StoreError `read_only`, and the driver's own errors; `sort` says what those mean.
        """
        if not self.read_only:
            return self._connection("mode=rw", purpose, patience)
        try:
            return self._connection("mode=ro", purpose, patience)
        except dbapi2.OperationalError as error:
            if _has_log(self.path):  # What it holds belongs to the store, and taking it in means writing.
                raise StoreError(StoreProblem.read_only, self.path) from error
            # There is no log to share, and the folder lets none be made: the file is all there is.
            return self._connection("immutable=1", purpose, patience)

    def sort(self, error: BaseException) -> StoreError | None:
        """The store's problem that an error means, as `sort_error`, which cannot tell another's key from damage."""
        known = sort_error(error, self.path)
        if (
            known is not None
            and known.problem is StoreProblem.wrong_key
            and _salt(self.path) == keys.file_salt(self._key)
        ):
            return StoreError(StoreProblem.damaged, self.path)
        return known

    def _connection(self, mode: str, purpose: Purpose, patience: float) -> Any:
        connection = dbapi2.connect(
            f"{self.path.as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=patience
        )
        try:
            for pragma in (
                f"key=\"x'{self._key.hex()}{keys.file_salt(self._key).hex()}'\"",
                "cipher_log_level=none",  # It would write to the terminal.
                "cipher_memory_security=off",
                "temp_store=memory",
                "foreign_keys=on",
                f"cache_size=-{_PAGES_WRITING if purpose == 'writing' else _PAGES_READING}",
                *(() if self.read_only else ("journal_mode=wal", "synchronous=full")),
                *(
                    ("query_only=on",)
                    if purpose == "reading"
                    else ("journal_size_limit=67108864", f"wal_autocheckpoint={_LOG_PAGES}")
                ),
            ):
                connection.execute(f"PRAGMA {pragma}")
            connection.create_function("search_key", 1, search_key, deterministic=True)
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        except BaseException:
            connection.close()
            raise
        return connection


def _has_log(path: Path) -> bool:
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def _salt(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError:
        return b""
