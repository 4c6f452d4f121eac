"""What whoever watches over a centre can see of it from outside: everything that the page for operations names."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import update

from app.central.enrolment import make_seat
from app.central.metrics import Metrics, stored
from app.central.store import Store
from models.calendar import now_us
from models.tables import seat
from tests.central.conftest import store

__all__ = ["store"]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"


def of(store: Store, now: int) -> str:
    metrics = Metrics()
    metrics.note("/v1/push", 200, 0.01)
    with store.reading() as connection:
        return metrics.text(stored(connection, now))


def test_what_desks_have_not_sent_and_since_when_is_told_of_those_that_still_belong(store: Store) -> None:
    now = now_us()
    with store.writing() as connection:
        for minutes, revoked in ((90, None), (30, None), (600, now)):
            number, _ = make_seat(connection, "ماکو", "میز", now)
            said = {"joined_at": now, "seen_at": now, "revoked_at": revoked, "unsent": 7}
            since = now - minutes * 60_000_000
            connection.execute(update(seat).where(seat.c.desk == number).values(said | {"unsent_at": since}))
    lines = of(store, now).splitlines()
    assert {"miz_desks 2", "miz_desks_seen 2", "miz_unsent_lines 14", "miz_unsent_oldest_seconds 5400"} <= set(lines)


def test_a_centre_that_waits_for_nothing_says_so(store: Store) -> None:
    assert {"miz_unsent_lines 0", "miz_unsent_oldest_seconds 0"} <= set(of(store, now_us()).splitlines())


def test_the_page_names_what_there_is(store: Store) -> None:
    named = set(re.findall(r"\bmiz_[a-z_]+", PAGE.read_text())) - {"miz_back"}  # a database
    there = set(re.findall(r"^# TYPE (\w+)", of(store, now_us()), re.MULTILINE))
    assert {name.removesuffix("_bucket").removesuffix("_count") for name in named} <= there
