"""Adding lines to the book: the one place where sequence, chain and time meet."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Connection, bindparam, select

from app.book.adding import add, put
from app.book.histories import among
from models.calendar import business_day, day_number
from models.entries import MAX_BODY, Entry, encode
from models.lines import GENESIS, Line, chained, digest
from models.tables import line as line_table
from models.tables import mark

CLOCK_TOLERANCE_US = 10 * 60 * 1_000_000
"""A clock this much behind the last line is a banner; beyond it two people must accept the clock first."""


class EntryTooLong(Exception):
    """An entry's body is longer than `MAX_BODY`; nothing was written."""


class ClockSetBack(Exception):
    """The clock stands more than ten minutes before the last line; nothing was written. Times are µs UTC."""

    def __init__(self, last_at: int, now: int) -> None:
        super().__init__(last_at, now)
        self.last_at = last_at
        self.now = now


class Pen(msgspec.Struct, frozen=True):
    """Whose book is written in: the feed's office, the desk's number and its present incarnation."""

    office: int
    desk: int
    incarnation: UUID


class Fact(msgspec.Struct, frozen=True):
    """An entry about to be written: its id, the subject it speaks of and who says it."""

    id: UUID
    subject: UUID
    actor: UUID
    entry: Entry


class Mark(msgspec.Struct, frozen=True):
    """Where a chain stands; `last_at` is 0 before the first line."""

    next_sequence: int = 1
    head: bytes = GENESIS
    last_at: int = 0


class Writer:
    """One transaction's hand in one desk's chain.

    Make it inside a writing transaction (`BEGIN IMMEDIATE` on SQLite); the mark stays locked until that ends. `at` is
    the time that every line of the transaction carries, µs UTC: a clock up to ten minutes behind writes at the last
    line's time, so that times never run backwards within a chain. A chain that has no line yet goes by the latest one
    that this hand wrote in any other. Raises `ClockSetBack` beyond that unless `accept_clock`.
    """

    def __init__(self, connection: Connection, pen: Pen, now: int, *, accept_clock: bool = False) -> None:
        self._connection, self._pen = connection, pen
        self._stands = mark_of(connection, pen)
        self.last_at = self._stands.last_at or _last_elsewhere(connection, pen)
        if now < self.last_at - CLOCK_TOLERANCE_US and not accept_clock:
            raise ClockSetBack(self.last_at, now)
        self.at = now if accept_clock else max(now, self.last_at)
        self.business_day = day_number(business_day(self.at))

    def append(self, facts: Sequence[Fact]) -> tuple[Line, ...]:
        """Writes the facts as the chain's next lines and returns them. Raises `EntryTooLong`, with nothing written."""
        lines = compose(self._pen, self._stands, facts, at=self.at, business_day=self.business_day)
        store(self._connection, lines)
        if lines:
            self._stands = Mark(lines[-1].sequence + 1, lines[-1].hash, self.at)
        return lines


def mark_of(connection: Connection, pen: Pen) -> Mark:
    """Where a chain stands; locked until the transaction ends."""
    return marks_of(connection, pen.office, [pen.incarnation]).get(pen, Mark())


def marks_of(connection: Connection, office: int, incarnations: Sequence[UUID]) -> dict[Pen, Mark]:
    """Where chains of these incarnations stand, those that have begun; locked until the transaction ends."""
    rows = connection.execute(_MARKS[connection.dialect.name], {"o": office, "incarnations": incarnations})
    return {Pen(office, row.desk, row.incarnation): Mark(row.next_sequence, row.head, row.last_at) for row in rows}


_MARKS = {
    dialect: select(mark.c.desk, mark.c.incarnation, mark.c.next_sequence, mark.c.head, mark.c.last_at)
    .where(mark.c.office == bindparam("o"), is_one)
    .with_for_update()
    for dialect, is_one in among(mark.c.incarnation, "incarnations").items()
}


def _last_elsewhere(connection: Connection, pen: Pen) -> int:
    """When something was last written in another of the office's chains that have a mark here; 0 for never. A desk's
    own store keeps marks of its own chains only; of one, later lines may have come back from the centre."""
    rows = connection.execute(_LAST_LINES, {"o": pen.office})
    return max((at for row in rows for at in row if at is not None), default=0)


_ITS_LAST_LINE = (
    select(line_table.c.at)
    .where(
        line_table.c.office == mark.c.office,
        line_table.c.desk == mark.c.desk,
        line_table.c.incarnation == mark.c.incarnation,
    )
    .order_by(line_table.c.sequence.desc())
    .limit(1)
    .correlate(mark)
    .scalar_subquery()
)
_LAST_LINES = select(mark.c.last_at, _ITS_LAST_LINE).where(mark.c.office == bindparam("o"))


def compose(pen: Pen, stands: Mark, facts: Iterable[Fact], *, at: int, business_day: int) -> tuple[Line, ...]:
    """The facts as lines that continue the chain after `stands`. Pure but for the salt."""
    lines: list[Line] = []
    previous = stands.head
    for sequence, fact in enumerate(facts, stands.next_sequence):
        body = encode(fact.entry)
        if len(body) > MAX_BODY:
            raise EntryTooLong(fact.entry.kind)
        salt = secrets.token_bytes(16)
        line = Line(
            office=pen.office,
            desk=pen.desk,
            incarnation=pen.incarnation,
            sequence=sequence,
            entry=fact.id,
            subject=fact.subject,
            actor=fact.actor,
            at=at,
            business_day=business_day,
            kind=fact.entry.kind,
            version=fact.entry.version,
            salt=salt,
            digest=digest(salt, body),
            hash=b"",
            body=body,
        )
        previous = chained(line, previous)
        lines.append(msgspec.structs.replace(line, hash=previous))
    return tuple(lines)


def store(connection: Connection, lines: Sequence[Line]) -> None:
    """Inserts lines of one chain as they are, and moves its mark behind the last of them."""
    if lines:
        insert_lines(connection, lines)
        move_marks(connection, lines[-1:])


def insert_lines(connection: Connection, lines: Iterable[Line]) -> None:
    add(connection, line_table, [msgspec.structs.asdict(line) for line in lines])


def move_marks(connection: Connection, lasts: Sequence[Line]) -> None:
    """Lets the marks of chains stand behind their last lines; makes the mark where a chain is new."""
    rows = [
        {
            "office": last.office,
            "desk": last.desk,
            "incarnation": last.incarnation,
            "next_sequence": last.sequence + 1,
            "head": last.hash,
            "last_at": last.at,
        }
        for last in lasts
    ]
    put(connection, mark, rows)
