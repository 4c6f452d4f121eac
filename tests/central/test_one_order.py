"""Whatever the order in which books arrive, are cut off, copied, restored and sent twice: all ends end with the same
rows."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, create_engine, func, select

from app.book.append import Pen
from app.book.check import check_chains, check_tables
from app.book.following import hash_at as desk_hash_at
from app.central.feed import Refused, hash_at, open_feed
from app.desk.desk import HOME_OFFICE
from app.desk.link.membership import member
from app.wire.messages import Pushed
from models.ids import new_id
from models.tables import feed, line, link
from tests.book.conftest import book, sqlite_book
from tests.book.facts import NOON
from tests.central.dumps import Dump, dumped, put_back
from tests.central.office import OFFICE, DeskEnd, Office, reading, rows, some_fact, stored
from tests.postgres import Cluster

__all__ = ["book"]

MOST_DESKS = 6
HOUR_US = 3_600_000_000
_databases = count(1)

which = st.integers(0, MOST_DESKS - 1)
pages = st.integers(1, 6)
luck = st.randoms(use_true_random=False)


def assert_all_agree(office: Office, paper: set[UUID], gone: set[UUID] = frozenset()) -> None:  # type: ignore[assignment]
    """`gone` was nowhere when a disk was lost but, it may be, where somebody had read it."""
    kept = stored(office.centre)
    assert len(kept) == len(set(kept))
    assert paper - gone <= set(stored(office.centre, by_desks=True)) <= paper, (
        "what was handed out is at the centre, exactly once, and nothing else"
    )
    there = rows(office.centre)
    for desk in office.desks:
        here = stored(desk)
        only_here = set(here) - set(kept)
        assert only_here <= gone
        assert [entry for entry in here if entry not in only_here] == kept
        for table, found in rows(desk).items():
            assert only_here or found == there[table], f"{table} at desk {desk.number}"
    ends: tuple[Engine | DeskEnd, ...] = (office.centre, *office.desks)
    for end in ends:
        with reading(end) as connection:
            assert [*check_chains(connection), *check_tables(connection)] == []


def history(centre: Engine) -> list[tuple[Any, ...]]:
    """The feed as it was given out: each place, what stands there, and where that stands in its chain."""
    columns = (line.c.position, line.c.entry, line.c.desk, line.c.incarnation, line.c.sequence, line.c.hash)
    with centre.connect() as connection:
        found = connection.execute(select(*columns).order_by(line.c.position, line.c.entry))
        return [tuple(row) for row in found]


class AllEnds(RuleBasedStateMachine):
    """Three desks and their centre. In the end everybody sends and reads until nothing is left, and all must agree."""

    make: Callable[[Path], Engine]
    drop: Callable[[Engine], None]
    """The centre's database, an empty book."""

    def __init__(self) -> None:
        super().__init__()
        self._place = tempfile.TemporaryDirectory()
        self.folder, self._copies = Path(self._place.name), count(1)
        self.centre = self.make(self.folder)
        self.paper: set[UUID] = set()
        self.gone: set[UUID] = set()
        self.backups: dict[int, DeskEnd] = {}
        self.dump = Dump()
        self.given: list[tuple[Any, ...]] = []
        self.was_restored = False

    @initialize()
    def open(self) -> None:
        with self.centre.begin() as connection:
            open_feed(connection, OFFICE)
        self.office = Office(self.centre, self.folder, desks=3)

    def desk(self, which: int) -> DeskEnd:
        return self.office.desks[which % len(self.office.desks)]

    # --- what may happen ---

    @rule(which=which, facts=st.integers(1, 3), luck=luck)
    def write(self, which: int, facts: int, luck: random.Random) -> None:
        desk = self.desk(which)
        desk.write(*(some_fact(desk, luck) for _ in range(facts)))
        self.paper |= desk.paper

    @rule(which=which, most=pages, answer_lost=st.booleans())
    def push(self, which: int, most: int, answer_lost: bool) -> None:
        self.office.push(self.desk(which), most, answer_lost=answer_lost)

    @rule(which=which, most=pages, answer_lost=st.booleans())
    def pull(self, which: int, most: int, answer_lost: bool) -> None:
        self.office.pull(self.desk(which), most, answer_lost=answer_lost)

    @rule(which=which, hours=st.integers(-30, 30))
    def set_the_clock(self, which: int, hours: int) -> None:
        self.desk(which).clock = NOON + hours * HOUR_US

    @precondition(lambda self: self.office.pushes)
    @rule(nth=st.integers(0, 50))
    def a_push_comes_a_second_time(self, nth: int) -> None:
        """The network had kept it; nobody waits for the answer."""
        message = self.office.pushes[nth % len(self.office.pushes)]
        known = set(stored(self.centre))
        with suppress(Refused):
            answer = self.office.answer(message)
            assert isinstance(answer, Pushed)
            assert answer.through == message.first + len(message.lines) - 1
        assert self.was_restored or set(stored(self.centre)) == known

    @precondition(lambda self: len(self.office.desks) < MOST_DESKS)
    @rule(which=which)
    def start_a_copy(self, which: int) -> None:
        self.office.desks.append(self.desk(which).copy(self.folder / f"copy{next(self._copies)}"))

    @precondition(lambda self: len(self.office.desks) < MOST_DESKS)
    @rule(which=which, luck=luck, reads_first=st.booleans(), answer_lost=st.booleans())
    def copy_what_was_not_sent_yet(self, which: int, luck: random.Random, reads_first: bool, answer_lost: bool) -> None:
        """Both go on; one is faster."""
        one = self.desk(which)
        self.write(which, 2, luck)
        self.start_a_copy(which)
        other = self.office.desks[-1]
        for desk in (one, other):
            desk.write(some_fact(desk, luck))
            self.paper |= desk.paper
        self.office.push(one, answer_lost=answer_lost)
        (self.office.pull if reads_first else self.office.push)(other)

    @rule(which=which)
    def back_up(self, which: int) -> None:
        place = which % len(self.office.desks)
        if place in self.backups:
            self.backups[place].close()
        self.backups[place] = self.desk(which).copy(self.folder / f"copy{next(self._copies)}")

    @rule(which=which)
    def restore(self, which: int) -> None:
        place = which % len(self.office.desks)
        if place in self.backups:
            had = set(stored(self.office.desks[place], by_desks=True))
            self.office.desks[place].close()
            self.office.desks[place] = self.backups.pop(place)
            self._lost(had)

    @rule()
    def the_centre_starts_anew(self) -> None:
        self.office.incarnation = new_id()

    @rule()
    def back_up_the_centre(self) -> None:
        with self.centre.connect() as connection:
            self.dump = dumped(connection)

    @precondition(lambda self: self.dump)
    @rule()
    def restore_the_centre(self) -> None:
        had = set(stored(self.centre, by_desks=True))
        with self.centre.begin() as connection:
            put_back(connection, self.dump)
        self.was_restored, self.given = True, history(self.centre)
        self._lost(had)

    @rule(one=which, other=which, luck=luck, sends_on=st.booleans())
    def the_centre_loses_what_was_sent_and_read(
        self, one: int, other: int, luck: random.Random, sends_on: bool
    ) -> None:
        """With `sends_on` the desk has something new to send before it asks for anything."""
        self.push(one, 6, answer_lost=False)
        self.back_up_the_centre()
        self.write(one, 2, luck)
        self.push(one, 6, answer_lost=False)
        self.pull(other, 6, answer_lost=False)
        self.restore_the_centre()
        if sends_on:
            self.write(one, 1, luck)
            self.push(one, 6, answer_lost=False)

    def _lost(self, had: set[UUID]) -> None:
        """What was nowhere else is gone with the disk."""
        elsewhere = set(stored(self.centre)).union(*(desk.written() for desk in self.office.desks))
        self.gone |= had - elsewhere

    # --- what holds at any moment ---

    @invariant()
    def places_are_given_once_and_for_good(self) -> None:
        if not hasattr(self, "office"):
            return
        now = history(self.centre)
        assert [position for position, *_ in now] == list(range(1, len(now) + 1))
        assert now[: len(self.given)] == self.given
        with self.centre.connect() as connection:
            assert connection.execute(select(feed.c.position)).scalar_one() == len(now)
        self.given = now

    @invariant()
    def what_counts_as_safe_is_at_the_centre(self) -> None:
        if self.was_restored or not hasattr(self, "office"):
            return
        with self.centre.connect() as there:
            for desk in self.office.desks:
                with desk.desk.reading() as here:
                    for chain in member(here).chains:
                        pen = Pen(OFFICE, chain.desk, chain.incarnation)
                        ours = desk_hash_at(here, Pen(HOME_OFFICE, chain.desk, chain.incarnation), chain.confirmed)
                        assert hash_at(there, pen, chain.confirmed) == ours

    def teardown(self) -> None:
        try:
            if hasattr(self, "office"):
                self.office.settle()
                assert_all_agree(self.office, self.paper, self.gone)
        finally:
            for desk in (*(self.office.desks if hasattr(self, "office") else ()), *self.backups.values()):
                desk.close()
            self.drop(self.centre)
            self._place.cleanup()


SOME = settings(
    max_examples=settings().max_examples // 10, stateful_step_count=40, suppress_health_check=list(HealthCheck)
)


def test_all_ends_fold_the_same_order_on_sqlite() -> None:
    class OnSqlite(AllEnds):
        make = staticmethod(lambda folder: sqlite_book(folder / "centre.db"))
        drop = staticmethod(Engine.dispose)

    run_state_machine_as_test(OnSqlite, settings=SOME)


def test_all_ends_fold_the_same_order_on_postgresql(postgres: Cluster) -> None:
    class OnPostgresql(AllEnds):
        @staticmethod
        def make(_folder: Path) -> Engine:
            return create_engine(postgres.create(f"order{next(_databases)}", template="tpl"))

        @staticmethod
        def drop(engine: Engine) -> None:
            engine.dispose()
            assert engine.url.database is not None
            postgres.drop(engine.url.database)

    run_state_machine_as_test(OnPostgresql, settings=SOME)


@pytest.fixture
def office(book: Engine, tmp_path: Path) -> Iterator[Office]:
    with book.begin() as connection:
        open_feed(connection, OFFICE)
    made = Office(book, tmp_path, desks=2)
    yield made
    for desk in made.desks:
        desk.close()


def test_a_restored_desk_gets_back_what_it_had_sent_and_loses_nothing_new(office: Office) -> None:
    luck, desk = random.Random(1), office.desks[0]
    desk.write(some_fact(desk, luck))
    backup = desk.copy(office.folder / "backup")
    desk.write(some_fact(desk, luck))
    office.push(desk)
    desk.close()
    office.desks[0] = backup
    backup.write(some_fact(backup, luck))
    office.settle()
    assert_all_agree(office, {*desk.paper, *backup.paper})


def test_a_copy_that_reads_before_it_sends_what_both_had_is_told_apart(office: Office) -> None:
    """What it writes anew in a chain of its own the centre knows again."""
    luck, desk = random.Random(2), office.desks[0]
    desk.write(some_fact(desk, luck), some_fact(desk, luck))
    copy = desk.copy(office.folder / "copy")
    office.desks.append(copy)
    for each in (desk, copy):
        each.write(some_fact(each, luck))
    office.push(desk)
    office.pull(copy)
    office.settle()
    assert_all_agree(office, {*desk.paper, *copy.paper})
    with office.centre.connect() as connection:
        assert connection.execute(select(func.count()).select_from(link)).scalar_one() == 2
