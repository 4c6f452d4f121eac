"""An office's feed: the lines of all its desks, in the one order in which every end folds them.

Whoever writes locks the feed's head row first. That is the lock: one writer a feed, so the order of positions is the
order of commits, and a desk that has read up to a position will never be shown an earlier one. Envelopes are refused,
facts never: what a line says is stored first and judged afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

import msgspec
from sqlalchemy import Connection, Table, bindparam, insert, select, union_all, update

from app.book.append import Fact, Mark, Pen, compose, insert_lines, mark_of, marks_of, move_marks
from app.book.histories import LINE_COLUMNS, among, as_line, recorded
from app.book.project import project_new
from app.central import history
from app.central.judging import judge
from app.central.places import CENTRE
from app.wire.messages import BrokenChain, Own, Pull, Pulled, PulledLine, Push, Pushed, Seen, carried, lines_of
from models.calendar import business_day, day_number
from models.ids import new_id
from models.lines import GENESIS, Line, Recorded
from models.records import Record
from models.tables import feed as feed_table
from models.tables import line as line_table
from models.tables import link as link_table

NOBODY = UUID(int=0)
"""The actor of what the centre says by itself."""


class Refused(Exception):
    """An envelope that cannot be taken: `gap`, `fork`, `broken_chain` or `reused_id`, and where the chain stands."""

    def __init__(self, code: str, stands: Mark) -> None:
        super().__init__(code)
        self.code = code
        self.stands = stands


def open_feed(connection: Connection, office: int) -> None:
    """The feed of a new office, empty."""
    connection.execute(insert(feed_table), {"office": office, "position": 0})


def hold(connection: Connection, office: int) -> None:
    """Nobody else writes in this feed until the transaction ends: what is read from here on stays so."""
    connection.execute(select(feed_table.c.position).where(feed_table.c.office == office).with_for_update())


def has_feed(connection: Connection, office: int) -> bool:
    return connection.execute(_HEAD, {"o": office}).one_or_none() is not None


def take(connection: Connection, office: int, push: Push, incarnation: UUID, now: int) -> Pushed:
    """`take_all` of one push. Raises `Refused`."""
    (answer,) = take_all(connection, office, [push], incarnation, now)
    if isinstance(answer, Refused):
        raise answer
    return answer


def take_all(
    connection: Connection, office: int, pushes: Sequence[Push], incarnation: UUID, now: int
) -> list[Pushed | Refused]:
    """Stores what is new of each chain, gives it positions, brings the tables up to date, and says in the feed what is
    to be held against any of it, under the centre's `incarnation`. Many pushes cost few statements more than one.

    Each must be of another chain. Call it in a writing transaction. A replay is answered like the first time. Of a push
    that is `Refused` nothing is written: `gap` (lines between are missing), `fork` (the chain says something else where
    the centre already has a line), `broken_chain`, `reused_id` (another content under an id that is known),
    `other_history` (what the desk was told of this feed is not so any more).
    """
    position: int = connection.execute(_LOCK_HEAD, {"o": office}).scalar_one()
    stood = marks_of(connection, office, [push.incarnation for push in pushes])
    chains = [_Chain(Pen(office, push.desk, push.incarnation), push, stood) for push in pushes]
    here = history.ends(connection, office, [push.seen for push in pushes if push.seen is not None])
    for chain in chains:
        chain.read_on(connection, here)
    known = _known(connection, office, [line.entry for chain in chains for line in chain.new])
    for chain in chains:
        chain.part(known)
    links = [line for chain in chains for line in chain.links]
    if links:
        _insert_links(connection, links)
    move_marks(connection, [chain.new[-1] for chain in chains if chain.new])
    if fresh := _place(position, (line for chain in chains for line in chain.fresh)):
        entries = recorded(fresh)
        records = _add(connection, fresh, entries)
        position += len(fresh)
        if judged := judge(connection, fresh, entries, records, now):
            facts = [Fact(new_id(), each.entry, NOBODY, each.says) for each in judged]
            position = _say(connection, Pen(office, CENTRE, incarnation), position, facts, now)
        seen: Seen | None = history.stamp(connection, office, position)
    else:
        seen = history.last(connection, office)
    return [chain.answer(seen) for chain in chains]


class _Chain:
    """A push on its way in: what of it is new, and what of that is known under another place."""

    def __init__(self, pen: Pen, push: Push, stood: Mapping[Pen, Mark]) -> None:
        self._pen, self._push, self._stands = pen, push, stood.get(pen, Mark())
        self.new: Sequence[Line] = ()
        self.fresh: list[Line] = []
        self.links: list[Line] = []
        self._refused: Refused | None = None

    def answer(self, seen: Seen | None) -> Pushed | Refused:
        """What is said to the desk once all is stored, and the feed ends there. A replay reaches no further than it
        does."""
        push = self._push
        return self._refused or Pushed(through=push.first + len(push.lines) - 1, head=push.head, seen=seen)

    def read_on(self, connection: Connection, here: set[Seen]) -> None:
        """Finds the lines beyond what is stored, after those below have been compared; `here` are the feed's ends."""
        push, stands = self._push, self._stands
        if push.seen is not None and push.seen not in here:
            self._refuse("other_history")
            return
        if push.first > stands.next_sequence:
            self._refuse("gap")
            return
        try:
            lines = lines_of(push, self._pen.office)
        except BrokenChain:
            self._refuse("broken_chain")
            return
        old = lines[: stands.next_sequence - push.first]
        before = push.first - 1
        claimed = {before: push.previous, **{line.sequence: line.hash for line in old}}
        stored = _hashes(connection, self._pen, before, before + len(old)) if old else {before: stands.head}
        if claimed == stored:
            self.new = lines[len(old) :]
        else:
            self._refuse("fork")

    def part(self, known: dict[UUID, bytes]) -> None:
        """Tells what is fresh from what is `known`, by entry and digest: a copied or restored book sends some of its
        lines again. What is fresh is known to the chains after it."""
        here: dict[UUID, bytes] = {}
        for line in self.new:
            there = known.get(line.entry) or here.get(line.entry)
            if there is None:
                here[line.entry] = line.digest
                self.fresh.append(line)
            elif there == line.digest:
                self.links.append(line)
            else:
                self._refuse("reused_id")
                return
        known.update(here)

    def _refuse(self, code: str) -> None:
        self._refused = Refused(code, self._stands)
        self.new, self.fresh, self.links = (), [], []


def publish(connection: Connection, pen: Pen, facts: Sequence[Fact], now: int) -> None:
    """The centre's own word in a feed, as desk 0: people, services and holidays in the organisation's, an office's
    settings in the office's. Call it first thing in a writing transaction. Raises `EntryTooLong`."""
    position: int = connection.execute(_LOCK_HEAD, {"o": pen.office}).scalar_one()
    history.stamp(connection, pen.office, _say(connection, pen, position, facts, now))


def _say(connection: Connection, pen: Pen, position: int, facts: Sequence[Fact], now: int) -> int:
    """The position of the last of them."""
    # A chain a feed: a desk holds the organisation's lines and its office's in one book.
    pen = msgspec.structs.replace(pen, incarnation=uuid5(pen.incarnation, str(pen.office)))
    stands = mark_of(connection, pen)
    lines = _place(position, compose(pen, stands, facts, at=now, business_day=day_number(business_day(now))))
    _add(connection, lines, recorded(lines))
    move_marks(connection, lines[-1:])
    return position + len(lines)


def _place(position: int, lines: Iterable[Line]) -> list[Line]:
    """The lines with the positions after `position`."""
    return [msgspec.structs.replace(line, position=place) for place, line in enumerate(lines, position + 1)]


def _add(connection: Connection, lines: Sequence[Line], entries: Sequence[Recorded]) -> list[Record]:
    """Stores lines at their places and brings the tables up to date: the records that changed."""
    records = project_new(connection, lines, entries)
    insert_lines(connection, lines)
    connection.execute(_MOVE_HEAD, {"o": lines[0].office, "position": lines[-1].position})
    return records


def hash_at(connection: Connection, pen: Pen, sequence: int) -> bytes | None:
    """The hash of one place in a chain; None where the centre has none."""
    return _hashes(connection, pen, sequence, sequence).get(sequence)


def page(connection: Connection, office: int, pull: Pull) -> Pulled:
    """What follows a position; the lines that the asking desk wrote and still has come as their places only. Nothing
    comes where the desk has seen another history."""
    head = connection.execute(_HEAD, {"o": office}).scalar_one()
    end = history.last(connection, office) if pull.end else None
    if (common := history.common(connection, office, pull.seen)) is not None:
        return Pulled(lines=(), through=common, head=head, other=True, end=end)
    rows = connection.execute(_PAGE, {"o": office, "after": pull.after, "limit": pull.most})
    has = dict(pull.own)
    lines = tuple(_pulled(as_line(row), has) for row in rows)
    through = lines[-1].position if lines else pull.after
    stamp = history.stamp_at(connection, office, through) if lines else None
    return Pulled(lines=lines, through=through, head=head, stamp=stamp, end=end)


def _pulled(line: Line, has: Mapping[UUID, int]) -> PulledLine | Own:
    assert line.position is not None  # noqa: S101  # the page's own condition
    if line.sequence <= has.get(line.incarnation, 0):
        return Own(position=line.position, entry=line.entry)
    return PulledLine(
        position=line.position,
        desk=line.desk,
        incarnation=line.incarnation,
        sequence=line.sequence,
        hash=line.hash,
        line=carried(line),
    )


def _hashes(connection: Connection, pen: Pen, first: int, last: int) -> dict[int, bytes]:
    """The chain's hashes from one sequence through another; the one before the first line is known without asking."""
    here = {"o": pen.office, "d": pen.desk, "i": pen.incarnation, "first": first, "last": last}
    found = {row.sequence: row.hash for row in connection.execute(_HASHES, here)}
    return {0: GENESIS, **found} if first == 0 else found


def _known(connection: Connection, office: int, entries: Sequence[UUID]) -> dict[UUID, bytes]:
    """The digests of the entries that the office has already."""
    if not entries:
        return {}
    rows = connection.execute(_KNOWN[connection.dialect.name], {"o": office, "entries": entries})
    return {row.entry: row.digest for row in rows}


def _insert_links(connection: Connection, lines: Sequence[Line]) -> None:
    columns = ("office", "desk", "incarnation", "sequence", "entry", "hash")
    connection.execute(_INSERT_LINK, [{name: getattr(line, name) for name in columns} for line in lines])


_LOCK_HEAD = select(feed_table.c.position).where(feed_table.c.office == bindparam("o")).with_for_update()
_MOVE_HEAD = update(feed_table).where(feed_table.c.office == bindparam("o")).values(position=bindparam("position"))
_HEAD = select(feed_table.c.position).where(feed_table.c.office == bindparam("o"))
_PAGE: Any = (
    select(*LINE_COLUMNS)
    .where(line_table.c.office == bindparam("o"), line_table.c.position > bindparam("after"))
    .order_by(line_table.c.position)
    .limit(bindparam("limit"))
)
_KNOWN = {
    dialect: select(line_table.c.entry, line_table.c.digest).where(line_table.c.office == bindparam("o"), is_one)
    for dialect, is_one in among(line_table.c.entry, "entries").items()
}
_INSERT_LINK = insert(link_table)


def _hashes_in(table: Table) -> Any:
    return select(table.c.sequence, table.c.hash).where(
        table.c.office == bindparam("o"),
        table.c.desk == bindparam("d"),
        table.c.incarnation == bindparam("i"),
        table.c.sequence.between(bindparam("first"), bindparam("last")),
    )


_HASHES = union_all(_hashes_in(line_table), _hashes_in(link_table))
