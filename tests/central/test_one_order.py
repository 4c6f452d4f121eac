"""Whatever the order in which books arrive, are cut off, copied and restored: all ends end with the same rows."""

import random
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.book.check import check_chains, check_tables
from app.central.feed import open_feed
from tests.book.conftest import book
from tests.central.office import OFFICE, DeskEnd, Office, handed_in, rows, some_fact, stored

__all__ = ["book"]


@pytest.fixture
def office(book: Engine, tmp_path: Path) -> Office:
    with book.begin() as connection:
        open_feed(connection, OFFICE)
    return Office(book, tmp_path, desks=3)


def assert_all_agree(office: Office, paper: set[object]) -> None:
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


def work(office: Office, luck: random.Random, steps: int) -> None:
    for step in range(steps):
        desk = luck.choice(office.desks)
        what = luck.random()
        if what < 0.5:
            desk.write(*(some_fact(desk, luck) for _ in range(luck.randint(1, 3))))
        elif what < 0.7:
            office.push(desk, luck.randint(1, 6), answer_lost=luck.random() < 0.3)
        elif what < 0.95:
            office.pull(desk, luck.randint(1, 6))
        elif len(office.desks) < 6:
            office.desks.append(desk.copy(office.folder / f"copy{step}"))


@pytest.mark.parametrize("seed", range(12))
def test_all_ends_fold_the_same_order(office: Office, seed: int) -> None:
    luck = random.Random(seed)
    work(office, luck, 60)
    office.settle()
    paper: set[object] = {entry for desk in office.desks for entry in desk.paper}
    assert_all_agree(office, paper)


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
