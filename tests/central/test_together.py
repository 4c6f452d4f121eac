"""Pushes that wait are taken together, and each is answered as if it had come alone."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import select

from app.book.append import Fact, Mark, Pen, compose
from app.book.check import check_book
from app.central import writing
from app.central.enrolment import Seat
from app.central.feed import Refused, open_feed, take_all
from app.central.store import Store
from app.wire.messages import Push, Pushed, push_of
from models import entries as e
from models.ids import new_id
from models.lines import GENESIS, Line, chained
from models.tables import line as line_table
from models.tables import link as link_table
from models.tables import request
from tests.book.facts import CLERK, NOON, SERVICE, details
from tests.central.conftest import store

__all__ = ["store"]
OFFICE, CENTRE = 1, UUID(int=99)


def visits(desk: int, many: int) -> tuple[Line, ...]:
    entries = [
        e.RequestRegistered(
            client=new_id(), said=details(), tracking_code=f"{desk:04}{n:08}", service=SERVICE, outcome="follow_up"
        )
        for n in range(many)
    ]
    facts = [Fact(new_id(), new_id(), CLERK, entry) for entry in entries]
    return compose(Pen(OFFICE, desk, new_id()), Mark(), facts, at=NOON, business_day=14_050_903)


def copied(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The same lines in a chain that a copy of the book has begun."""
    made: list[Line] = []
    previous, incarnation = GENESIS, new_id()
    for line in lines:
        moved = msgspec.structs.replace(line, incarnation=incarnation)
        previous = chained(moved, previous)
        made.append(msgspec.structs.replace(moved, hash=previous))
    return tuple(made)


def together(store: Store, *pushes: Push) -> list[Pushed | Refused]:
    with store.writing() as connection:
        return take_all(connection, OFFICE, pushes, CENTRE, NOON)


@pytest.fixture(autouse=True)
def office(store: Store) -> None:
    with store.writing() as connection:
        open_feed(connection, OFFICE)


def test_each_desk_gets_its_own_answer_and_all_lines_one_order(store: Store) -> None:
    books = [visits(desk, 5) for desk in (1, 2, 3)]
    answers = together(store, *(push_of(book, GENESIS) for book in books))
    assert [(a.through, a.head) for a in answers if isinstance(a, Pushed)] == [(5, book[-1].hash) for book in books]
    with store.reading() as connection:
        rows = connection.execute(select(line_table.c.position, line_table.c.desk).where(line_table.c.office == OFFICE))
        positions = sorted(row.position for row in rows)
        assert positions == list(range(1, len(positions) + 1))
        assert len(connection.execute(select(request.c.id)).all()) == 15
        assert not [f for f in check_book(connection) if f.finding != "code_invalid"]


def test_what_is_refused_hinders_nobody(store: Store) -> None:
    first, second, third = (visits(desk, 4) for desk in (1, 2, 3))
    late = push_of(second[2:], second[1].hash)
    altered = msgspec.structs.replace(push_of(third, GENESIS), head=GENESIS)
    answers = together(store, push_of(first, GENESIS), late, altered)
    assert isinstance(answers[0], Pushed)
    assert [a.code for a in answers if isinstance(a, Refused)] == ["gap", "broken_chain"]
    with store.reading() as connection:
        assert len(connection.execute(select(request.c.id)).all()) == 4


def test_a_book_and_its_copy_at_the_same_moment_are_one_set_of_lines(store: Store) -> None:
    book = visits(1, 3)
    answers = together(store, push_of(book, GENESIS), push_of(copied(book), GENESIS))
    assert all(isinstance(answer, Pushed) for answer in answers)
    with store.reading() as connection:
        assert len(connection.execute(select(request.c.id)).all()) == 3
        assert len(connection.execute(select(link_table.c.entry)).all()) == 3


def test_an_id_said_twice_with_two_contents_is_refused_whoever_came_second(store: Store) -> None:
    book, other = visits(1, 2), visits(2, 2)
    stolen = msgspec.structs.replace(other[0], entry=book[0].entry, hash=b"")
    stolen = msgspec.structs.replace(stolen, hash=chained(stolen, GENESIS))
    answers = together(store, push_of(book, GENESIS), push_of([stolen], GENESIS))
    assert isinstance(answers[0], Pushed)
    assert isinstance(answers[1], Refused)
    assert answers[1].code == "reused_id"


def test_a_push_that_cannot_be_taken_fails_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: Any, office: int, pushes: list[Push], *more: Any) -> list[Pushed | Refused]:
        if any(push.desk == 2 for push in pushes):
            raise ValueError
        return take_all(connection, office, pushes, *more)

    monkeypatch.setattr(writing, "take_all", broken)
    monkeypatch.setattr(writing, "note_push", lambda *_given: None)
    writer = writing.Writer(store, lambda: NOON, CENTRE, lambda offices: None)
    waiting: list[Any] = []
    for desk in (1, 2, 3):
        answer: Future[Pushed] = Future()
        seat = Seat(desk, OFFICE, None, 0, b"", 0, 0)
        waiting.append(writing._Waiting(seat, push_of(visits(desk, 2), GENESIS), "test", answer))
    writer._commit(list(waiting))
    writer.close()
    assert [waits.answer.exception() is None for waits in waiting] == [True, False, True]
    assert isinstance(waiting[1].answer.exception(), ValueError)
    with store.reading() as connection:
        assert len(connection.execute(select(request.c.id)).all()) == 4
