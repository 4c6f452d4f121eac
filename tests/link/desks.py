"""Desks, a centre, and the line between them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.central.enrolment import make_seat
from app.central.store import Store
from app.desk.desk import Desk, open_desk
from app.desk.link.centre import Centre
from app.desk.link.joining import join
from app.desk.link.membership import Membership, membership
from app.desk.link.pulling import pull_once
from app.desk.link.pushing import push_once
from models.calendar import now_us
from models.tables import request
from tests.central.conftest import Served
from tests.desk.counter import NOON, Clock


def opened(folder: Path) -> Desk:
    desk = open_desk(folder)
    desk.clock = Clock(NOON)
    return desk


def copied(desk: Desk, to: Path) -> Desk:
    """Its folder, copied by hand while the program was closed; opened."""
    desk.close()
    shutil.copytree(desk.store.folder, to)
    return opened(to)


def code_for(centre: Served, name: str, office: str = "ماکو") -> str:
    with centre.store.writing() as connection:
        return make_seat(connection, office, name, now_us())[1]


def joined(centre: Served, desk: Desk, name: str) -> Centre:
    join(desk, centre.url, code_for(centre, name))
    return line_of(desk)


def line_of(desk: Desk) -> Centre:
    known = member(desk)
    return Centre(known.url, known.token, known.ca, "test")


def member(desk: Desk) -> Membership:
    with desk.reading() as connection:
        known = membership(connection)
    assert known is not None
    return known


def in_step(*pairs: tuple[Desk, Centre]) -> None:
    for _turn in range(20):
        moved = [push_once(desk, line) + pull_once(desk, line)[0] for desk, line in pairs]
        if not any(moved):
            return
    raise AssertionError("somebody is stuck")


def codes(where: Store | Desk) -> list[str]:
    with where.reading() as connection:
        return sorted(connection.execute(select(request.c.tracking_code)).scalars())


def rows(desk: Desk, table: Any) -> list[object]:
    with desk.reading() as connection:
        return sorted(map(tuple, connection.execute(select(table))), key=repr)


def until(what: Callable[[], Any]) -> Any:
    """Waits for what threads bring about; its value."""
    import time

    end = time.monotonic() + 30
    while time.monotonic() < end:
        if answer := what():
            return answer
        time.sleep(0.02)
    raise TimeoutError
