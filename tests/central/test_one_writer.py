"""One writer a feed: whoever comes second waits, so that positions come in the order of commits."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, select, text

from app.book.append import Fact, Pen
from app.central.feed import open_feed, page, publish, take
from app.central.places import CENTRE
from app.desk.link.centre import Unreachable
from app.desk.link.pushing import push_once
from app.wire.messages import Pull, Push
from models import entries as e
from models.ids import new_id, reference_id
from models.tables import line
from tests.book.facts import NOON
from tests.central.office import OFFICE, Office, Wire, some_fact

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
PATIENCE = 20


@pytest.fixture
def office(postgres_url: str, tmp_path: Path) -> Iterator[Office]:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        open_feed(connection, OFFICE)
    made = Office(engine, tmp_path, desks=2)
    yield made
    for desk in made.desks:
        desk.close()
    engine.dispose()


def message_of(office: Office, desk: int) -> Push:
    """What that desk would send first."""
    end, sent = office.desks[desk], list[Push]()

    def lost(message: object) -> object:
        assert isinstance(message, Push)
        sent.append(message)
        raise Unreachable("network")

    end.write(some_fact(end, random.Random(desk)))
    with suppress(Unreachable):
        push_once(end.desk, Wire(lost))
    return sent[0]


class Second(threading.Thread):
    """Comes while somebody else is writing; has got as far as it can when `start` returns."""

    def __init__(self, engine: Engine, message: Push | Fact) -> None:
        super().__init__()
        self._engine, self._message = engine, message

    def run(self) -> None:
        with self._engine.begin() as connection:
            write(connection, self._message)

    def start(self) -> None:
        super().start()
        until = time.monotonic() + PATIENCE
        while self.is_alive() and time.monotonic() < until:
            with self._engine.connect() as connection:
                if connection.execute(text(WAITING)).scalar_one():
                    return
            time.sleep(0.005)


def write(connection: Connection, message: Push | Fact) -> None:
    if isinstance(message, Push):
        take(connection, OFFICE, message, new_id(), NOON)
    else:
        publish(connection, Pen(OFFICE, CENTRE, new_id()), [message], NOON)


def positions(engine: Engine) -> list[int | None]:
    with engine.connect() as connection:
        return list(connection.execute(select(line.c.position).order_by(line.c.position)).scalars())


@pytest.mark.parametrize("first_publishes", [False, True], ids=["a push", "the centre's word"])
@pytest.mark.parametrize("second_publishes", [False, True], ids=["then a push", "then the centre's word"])
def test_whoever_comes_second_waits_and_gets_the_next_positions(
    office: Office, first_publishes: bool, second_publishes: bool
) -> None:
    engine, cursor, seen = office.centre, 0, list[int]()
    settings = [Fact(new_id(), reference_id("office", "home"), new_id(), e.OfficeSet(name=name)) for name in "ab"]
    pushes = [message_of(office, desk) for desk in range(2)]

    def read() -> int:
        with engine.connect() as connection:
            answer = page(connection, OFFICE, Pull(after=cursor, own=()))
        seen.extend(each.position for each in answer.lines)
        return answer.through

    with engine.begin() as connection:
        write(connection, settings[0] if first_publishes else pushes[0])
        second = Second(engine, settings[1] if second_publishes else pushes[1])
        second.start()
        cursor = read()  # a desk that reads just now misses nothing for that
    second.join(PATIENCE)
    cursor = read()
    assert not second.is_alive()
    found = positions(engine)
    assert found == list(range(1, len(found) + 1))
    assert seen == found
