"""The desk's encrypted file: making it, opening it, reading and writing it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, QueuePool, bindparam, create_engine, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlcipher3 import dbapi2

from app.vault import keys
from app.vault.file import EncryptedFile, Purpose, find_file, refuse_share
from app.vault.place import (
    DATABASE,
    is_writable,
    make_private_folder,
    new_private_file,
    on_network_share,
    sync_folder,
    window_lock,
)
from app.vault.problems import StoreError, StoreProblem, sort_error
from models.findings import Finding
from models.tables import kept

__all__ = ["Schema", "Store", "check_pages", "create_store", "open_store", "window_lock"]

PATIENCE = 15.0
"""Seconds that a writer waits for the one before it."""


_KEEP = (_row := insert(kept)).on_conflict_do_update(index_elements=[kept.c.name], set_={"value": _row.excluded.value})
_KEPT = select(kept.c.value).where(kept.c.name == bindparam("name"))


class Schema(Protocol):
    """What the tables in the file must look like; who opens a store says so."""

    def is_current(self, connection: Connection, /) -> bool: ...
    def is_newer(self, connection: Connection, /) -> bool: ...
    def upgrade(self, connection: Connection, /) -> None: ...


def create_store(
    folder: Path, schema: Schema, *, is_share: Callable[[Path], bool] = on_network_share
) -> tuple[Store, str]:
    """Makes a desk's empty store in a folder that holds none, and opens it; also gives the recovery code.

    The folder becomes private (0700). Either the whole store is there afterwards, or none. Raises StoreError: `exists`,
    `network_share`, `locked` (somebody is making one here), `read_only`, `full`, `io`.
    """
    folder = folder.absolute()
    refuse_share(folder, is_share)
    path = folder / DATABASE
    if path.exists():
        raise StoreError(StoreProblem.exists, path)
    make_private_folder(folder)
    with window_lock(folder):
        key, code = keys.create_key(folder)
        unfinished = path.with_suffix(".new")
        try:
            _remove(unfinished)
            new_private_file(unfinished)
            with closing(Store(folder, key, path=unfinished)) as store, store.writing() as connection:
                schema.upgrade(connection)
                store.keep(connection, "recovery_code", code.encode())
            unfinished.rename(path)
            sync_folder(folder)
        except BaseException as error:
            _remove(unfinished)
            keys.forget_key(folder)
            known = sort_error(error, path)
            if known is None or known is error:
                raise
            raise known from error
    return Store(folder, key), code


def open_store(folder: Path, schema: Schema, *, is_share: Callable[[Path], bool] = on_network_share) -> Store:
    """Opens the desk's store; tables of an older program are brought up to date first.

    A folder that cannot be written is opened for reading. Raises StoreError: `missing`, `no_key`, `wrong_key`,
    `damaged`, `newer`, `network_share`, `locked`, `read_only` (older tables that cannot be brought up to date), `io`.
    """
    folder = folder.absolute()
    find_file(folder, is_share)
    store = Store(folder, keys.load_key(folder), read_only=not is_writable(folder))
    try:
        _bring_up_to_date(store, schema)
    except BaseException:
        store.close()
        raise
    return store


def _bring_up_to_date(store: Store, schema: Schema) -> None:
    with store.reading() as connection:
        if schema.is_newer(connection):
            raise StoreError(StoreProblem.newer, store.path)
        if schema.is_current(connection):
            return
    with store.writing() as connection:
        if not schema.is_current(connection):  # Another program may have been quicker.
            schema.upgrade(connection)


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)


class Store:
    """An open store. Any number of threads may read; writers take turns, also with other programs on the same folder.

    A connection is good for one transaction. What the database or the disk refuses is a StoreError; the file is then
    closed, and opened anew by the next use, so that nothing is written on what a failed write may have left in memory.
    """

    def __init__(self, folder: Path, key: bytes, *, path: Path | None = None, read_only: bool = False) -> None:
        self.folder = folder
        self._file = EncryptedFile(path or folder / DATABASE, key, read_only=read_only)
        self._engines: dict[str, Engine] = {}
        self._watch: Any = None
        self._opened = 0
        self._closed = False
        self._guard = threading.RLock()

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def read_only(self) -> bool:
        return self._file.read_only

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store and changes nothing. Raises StoreError."""
        with self._sorted(), self._engine("reading").connect() as connection:
            connection.begin()
            yield connection  # and undo it, for there is nothing to keep: a damaged file would refuse even that

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writes beside; kept on a clean exit, undone by any exception.

        Once it has returned, what was written survives a power cut. Raises StoreError; nothing was written then.
        """
        if self.read_only:
            raise StoreError(StoreProblem.read_only, self.path)
        with self._sorted(), self._engine("writing").begin() as connection:
            yield connection

    @property
    def data_version(self) -> int:
        """A number that is another one whenever anybody, this program or another, has written since."""
        with self._sorted(), self._guard:
            if self._watch is None:
                self._must_be_open()
                self._watch = self._connect("reading")
            version: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
            return (self._opened << 32) + version

    @staticmethod
    def keep(connection: Connection, name: str, value: bytes) -> None:
        """Keeps one of the desk's own small values under a name, in place of the one before."""
        connection.execute(_KEEP, {"name": name, "value": value})

    @staticmethod
    def kept(connection: Connection, name: str) -> bytes | None:
        """The value kept under that name."""
        value: bytes | None = connection.execute(_KEPT, {"name": name}).scalar()
        return value

    def close(self) -> None:
        """Lets go of the file. A transaction under way in another thread ends first."""
        with self._guard:
            self._closed = True
            self._let_go()

    # --- connections ---

    def _engine(self, purpose: Purpose) -> Engine:
        with self._guard:
            self._must_be_open()
            if purpose not in self._engines:
                writing = purpose == "writing"
                engine = create_engine(
                    "sqlite://",
                    module=dbapi2,
                    creator=lambda: self._connect(purpose),
                    poolclass=QueuePool,
                    pool_size=1 if writing else 4,
                    max_overflow=0 if writing else 12,
                    pool_timeout=PATIENCE,
                    pool_use_lifo=True,  # The connection whose pages are warm.
                    hide_parameters=True,  # No name or number in an error's text.
                )
                begin = "BEGIN IMMEDIATE" if writing else "BEGIN"
                event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
                self._engines[purpose] = engine
            return self._engines[purpose]

    def _must_be_open(self) -> None:
        if self._closed:
            raise RuntimeError("The store is closed.")

    def _connect(self, purpose: Purpose) -> Any:
        return self._file.connect(purpose, PATIENCE)

    def _let_go(self) -> None:
        with self._guard:
            engines, self._engines = self._engines, {}
            watch, self._watch = self._watch, None
            self._opened += 1
        for engine in engines.values():
            engine.dispose()
        if watch is not None:
            watch.close()

    @contextmanager
    def _sorted(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, dbapi2.Error, PoolTimeout) as error:
            known = self._file.sort(error)
            if known is None:
                raise
            if known.problem is not StoreProblem.locked:
                self._let_go()
            raise known from error


def check_pages(connection: Connection) -> Iterator[Finding]:
    """Whether every page is the one that was written, by its seal, and whether the pages hang together.

    Reads the whole file: seconds for a million clients.
    """
    for (text,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check"):
        yield Finding("page_damaged", str(text))
    try:
        texts = connection.exec_driver_sql("PRAGMA quick_check(20)").scalars().all()
    except DBAPIError as error:
        known = sort_error(error)
        if known is None or known.problem is not StoreProblem.damaged:
            raise
        texts = ["the check could not read on"]
    for text in texts:
        if text != "ok":
            yield Finding("pages_inconsistent", str(text).replace("\n", "; ")[:500])
