"""The desk: an open store together with who the desk is, and the one way to write in its book."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy import Connection, String, func, select, type_coerce

from app.book import files
from app.book.append import Fact, Pen, Writer
from app.book.project import project
from app.desk.schema import DeskSchema
from app.vault import find
from app.vault.store import Store, open_store
from models import tables as t
from models.calendar import WorkCalendar, now_us
from models.entries import Entry, OfficeSet
from models.files import hash_of
from models.ids import new_id
from models.records import Client, Record

HOME_OFFICE = 0
"""The office column of a desk's own store: a desk knows one office, its own."""

REFERENCE_TABLES = {"service", "office", "holiday"}


class Reference(msgspec.Struct, frozen=True):
    """What the office has settled: its settings and its working days."""

    office: OfficeSet
    calendar: WorkCalendar


class Writing:
    """A writing transaction on the desk's book."""

    def __init__(self, connection: Connection, pen: Pen, now: int, accept_clock: bool) -> None:
        self.connection, self.pen = connection, pen
        self._writer = Writer(connection, pen, now, accept_clock=accept_clock)
        self.at = self._writer.at
        self.business_day = self._writer.business_day
        self.last_at = self._writer.last_at

    def turn_to(self, pen: Pen) -> None:
        """What is said from here on stands in another chain."""
        self._writer, self.pen = Writer(self.connection, pen, self.at), pen

    def add(self, *facts: Fact) -> list[Record]:
        """Appends the facts, brings tables and find index up to date, and returns the records that changed."""
        lines = self._writer.append(facts)
        records = project(self.connection, lines)
        find.index_clients(self.connection, [record for record in records if isinstance(record, Client)])
        return records

    def say(self, actor: UUID, subject: UUID, entry: Entry) -> list[Record]:
        """One fact with a fresh id."""
        return self.add(Fact(new_id(), subject, actor, entry))


class Desk:
    """An open desk. Safe to use from several threads; close it when done.

    Every use may raise `StoreError` (disk, lock, damage); the store reopens itself before the next use.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_us) -> None:
        self.store = store
        self.clock = clock
        self.written: Callable[[], None] = lambda: None
        """Called in the thread that has written, after every transaction on the book that was kept."""
        with store.reading() as connection:
            self._pen = pen_of(connection)
            self._signing_key = store.kept(connection, "signing_key") or b""

    @property
    def pen(self) -> Pen:
        """Under which number and in which chain it has last written."""
        return self._pen

    @property
    def number(self) -> int:
        """The desk's number; another one from the moment on when it joins a centre."""
        return self._pen.desk

    @property
    def name(self) -> str:
        with self.store.reading() as connection:
            query = select(t.desk.c.name).where(t.desk.c.office == HOME_OFFICE, t.desk.c.number == self.number)
            name: str = connection.execute(query).scalar_one()
            return name

    def signed(self, message: bytes) -> bytes:
        """The desk's Ed25519 signature, 64 bytes."""
        return self._sign(message)

    @cached_property
    def _sign(self) -> Callable[[bytes], bytes]:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._signing_key).sign

    @cached_property
    def public_key(self) -> bytes:
        """The public half of the key that signs its receipts, 32 bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._signing_key).public_key().public_bytes_raw()

    @contextmanager
    def writing(self, *, accept_clock: bool = False) -> Iterator[Writing]:
        """One transaction: everything said in it is durable when the block has ended, or nothing of it is.

        Raises `ClockSetBack`, `EntryTooLong` and `StoreError`.
        """
        with self.store.writing() as connection:
            self._pen = pen_of(connection)  # a copied book begins a new chain while it is open
            writing = Writing(connection, self._pen, self.clock(), accept_clock)
            yield writing
        self._pen = writing.pen
        self.written()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.store.reading() as connection:
            yield connection

    def close(self) -> None:
        self.store.close()


def pen_of(connection: Connection) -> Pen:
    """Under which number and in which chain the desk writes now."""
    number, incarnation = (Store.kept(connection, name) or b"" for name in ("desk_number", "incarnation"))
    return Pen(HOME_OFFICE, int(number), UUID(bytes=incarnation))


def open_desk(folder: Path, progress: Callable[[int, int], None] = lambda done, of: None) -> Desk:
    """Opens the desk in this data folder, migrating and rebuilding where the program is newer than the file.

    Raises `StoreError`: missing, locked, wrong key, damaged, newer, …
    """
    return Desk(open_store(folder, DeskSchema(progress)))


def reference(connection: Connection) -> Reference:
    """The office's settings and calendar as they stand in this transaction; without its emblem while that is not here,
    for no paper waits for it."""
    known = _settled(*connection.execute(_SETTLED).one())
    if emblem_here(connection, known.office.emblem) != known.office.emblem:
        return msgspec.structs.replace(known, office=msgspec.structs.replace(known.office, emblem=""))
    return known


def emblem_here(connection: Connection, emblem: str) -> str:
    """The emblem as values name it; empty while the file that it names is not here."""
    named = hash_of(emblem)
    return emblem if named is None or files.whole(connection, HOME_OFFICE, named) is not None else ""


@lru_cache(8)
def _settled(office: bytes, holidays: str | None) -> Reference:
    settings = _office.decode(office)
    days = frozenset(map(datetime.date.fromisoformat, holidays.split(",") if holidays else ()))
    return Reference(settings, WorkCalendar(frozenset(settings.weekdays), days))


_office = msgspec.json.Decoder(OfficeSet)
_SETTLED = select(
    t.office_settings.c.record,
    select(func.group_concat(type_coerce(t.holiday.c.day, String)))
    .where(t.holiday.c.office == HOME_OFFICE, t.holiday.c.off.is_(False))
    .scalar_subquery(),
).where(t.office_settings.c.office == HOME_OFFICE)
"""Every visit asks for it, and it hardly ever changes: read as one row, and made out anew only when that differs."""
