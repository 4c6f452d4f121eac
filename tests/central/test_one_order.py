"""Whatever the order in which books arrive, are cut off, copied and restored: all ends end with the same rows."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, create_engine

from app.book.check import check_chains, check_tables
from app.central.feed import open_feed
from tests.book.conftest import book, sqlite_book
from tests.central.office import OFFICE, DeskEnd, Office, handed_in, rows, some_fact, stored
from tests.postgres import Cluster

__all__ = ["book"]

MOST_DESKS = 6
_databases = count(1)

which = st.integers(0, MOST_DESKS - 1)
pages = st.integers(1, 6)
luck = st.randoms(use_true_random=False)


def assert_all_agree(office: Office, paper: set[UUID]) -> None:
    kept = stored(office.centre)
    assert len(kept) == len(set(kept))
    assert handed_in(office.centre) == paper, "what was handed out is at the centre, exactly once, and nothing else"
    there = rows(office.centre)
    for desk in office.desks:
        assert stored(desk.engine) == kept
        here = rows(desk.engine)
        for table in there:
            assert here[table] == there[table], f"{table} at desk {desk.number}"
    for engine in (office.centre, *(desk.engine for desk in office.desks)):
        with engine.connect() as connection:
            assert [*check_chains(connection), *check_tables(connection)] == []


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

    @initialize()
    def open(self) -> None:
        with self.centre.begin() as connection:
            open_feed(connection, OFFICE)
        self.office = Office(self.centre, self.folder, desks=3)

    def desk(self, which: int) -> DeskEnd:
        return self.office.desks[which % len(self.office.desks)]

    @rule(which=which, facts=st.integers(1, 3), luck=luck)
    def write(self, which: int, facts: int, luck: random.Random) -> None:
        desk = self.desk(which)
        desk.write(*(some_fact(desk, luck) for _ in range(facts)))
        self.paper |= desk.paper

    @rule(which=which, most=pages, answer_lost=st.booleans())
    def push(self, which: int, most: int, answer_lost: bool) -> None:
        self.office.push(self.desk(which), most, answer_lost=answer_lost)

    @rule(which=which, most=pages)
    def pull(self, which: int, most: int) -> None:
        self.office.pull(self.desk(which), most)

    @precondition(lambda self: len(self.office.desks) < MOST_DESKS)
    @rule(which=which)
    def start_a_copy(self, which: int) -> None:
        self.office.desks.append(self.desk(which).copy(self.folder / f"copy{next(self._copies)}"))

    @rule(which=which)
    def back_up(self, which: int) -> None:
        place = which % len(self.office.desks)
        self.backups[place] = self.desk(which).copy(self.folder / f"copy{next(self._copies)}")

    @rule(which=which)
    def restore(self, which: int) -> None:
        """What was nowhere else is gone with the disk."""
        place = which % len(self.office.desks)
        if place not in self.backups:
            return
        had = set(stored(self.office.desks[place].engine))
        self.office.desks[place].engine.dispose()
        self.office.desks[place] = self.backups.pop(place)
        ends = (self.centre, *(desk.engine for desk in self.office.desks))
        self.gone |= had - {entry for end in ends for entry in stored(end)}

    def teardown(self) -> None:
        try:
            self.office.settle()
            assert_all_agree(self.office, self.paper - self.gone)
        finally:
            for desk in (*self.office.desks, *self.backups.values()):
                desk.engine.dispose()
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
def office(book: Engine, tmp_path: Path) -> Office:
    with book.begin() as connection:
        open_feed(connection, OFFICE)
    return Office(book, tmp_path, desks=3)


def test_a_restored_desk_gets_back_what_it_had_sent_and_loses_nothing_new(office: Office) -> None:
    luck = random.Random(1)
    desk = office.desks[0]
    desk.write(some_fact(desk, luck))
    backup = desk.copy(office.folder / "backup")
    desk.write(some_fact(desk, luck))
    office.push(desk)
    restored: DeskEnd = backup
    office.desks[0] = restored
    restored.write(some_fact(restored, luck))
    office.settle()
    assert_all_agree(office, {*desk.paper, *restored.paper})
