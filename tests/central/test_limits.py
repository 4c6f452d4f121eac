"""How often somebody may ask, counted in the database: for all processes of the centre together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace

import httpx
import pytest
from sqlalchemy import update

from app.central.desk_routes import WRONG_CODES
from app.central.enrolment import CODE_LASTS_US, PUSHES, PUSHES_SECONDS
from app.central.store import Store
from app.desk.desk import Desk
from app.desk.link.pushing import push_once
from app.desk.link.stepping import in_step
from app.wire.messages import MOST_LINES, Pushed, push_of
from app.wire.packing import unpack
from models.lines import GENESIS
from models.tables import seat
from tests.central.conftest import Served
from tests.central.test_server import Caller
from tests.desk.conftest import office
from tests.desk.counter import NOON
from tests.link.conftest import desks
from tests.link.desks import joined

__all__ = ["desks", "office"]
FEW = 3
SECOND = 1_000_000


class Hands:
    """The centre's clock."""

    def __init__(self) -> None:
        self.now = NOON // (PUSHES_SECONDS * SECOND) * PUSHES_SECONDS * SECOND

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def centres(store: Store, clock: Hands) -> Iterator[tuple[Served, Served]]:
    """Two processes of one centre, of which a desk may ask for a few pushes only."""
    both = Served(store, clock, pushes=FEW), Served(store, clock, pushes=FEW)
    yield both
    for each in both:
        each.stop()


@pytest.fixture
def centre(centres: tuple[Served, Served]) -> Served:
    return centres[0]


class Eager(Caller):
    def __init__(self, centre: Served, number: int) -> None:
        super().__init__(centre, f"میز {number}")
        assert self.enrol(former=number).status_code == 200
        self.pen = type(self.pen)(1, number, self.pen.incarnation)
        self.first = push_of(self.lines(1), GENESIS)

    def again(self) -> httpx.Response:
        return self.ask("/v1/push", self.first)


def test_a_desk_that_pushes_in_a_circle_is_told_when_to_come_back(centres: tuple[Served, Served], clock: Hands) -> None:
    circling, other = Eager(centres[0], 5_001), Eager(centres[0], 5_002)
    elsewhere = centres[1].connection(circling.token)
    assert [circling.again().status_code for _ in range(FEW)] == [200] * FEW
    clock.now += 4 * SECOND
    told = circling.again()
    assert (told.status_code, told.headers["Retry-After"]) == (429, str(PUSHES_SECONDS - 4))
    circling.http = elsewhere
    assert circling.again().status_code == 429
    assert other.again().status_code == 200
    clock.now += (PUSHES_SECONDS - 4) * SECOND
    assert unpack(circling.again().content, Pushed).through == 1


def test_what_is_refused_counts_as_well(centre: Served) -> None:
    desk = Eager(centre, 5_001)
    lines = desk.lines(3)
    gaps = [desk.push(lines[2:], lines[1].hash).status_code for _ in range(FEW + 1)]
    assert gaps == [409] * FEW + [429]


def test_a_desk_gives_the_time_that_is_asked_for_and_all_its_lines_arrive(
    centre: Served, desks: list[Desk], clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests: list[float] = []

    def slept(seconds: float) -> None:
        rests.append(seconds)
        clock.now += round(seconds * SECOND)

    monkeypatch.setattr("app.desk.link.stepping.time", SimpleNamespace(sleep=slept))
    monkeypatch.setattr("app.desk.link.stepping.push_once", partial(push_once, most=1))
    joined(centre, desks[0], "میز ۱").close()
    (step,) = in_step(desks[0])
    assert (step.waiting, step.safe_through > 0) == (0, True)
    assert len(rests) >= 2
    assert all(0 < rest <= PUSHES_SECONDS + 1 for rest in rests)


def test_full_pushes_are_never_slowed() -> None:
    """The centre takes fewer lines a second than one desk may send."""
    assert PUSHES * MOST_LINES / PUSHES_SECONDS >= 60_000


def test_codes_are_not_guessed_through_other_desks_places(centre: Served, clock: Hands) -> None:
    callers = [Caller(centre, f"میز {n}") for n in range(8)]
    wrong = [
        caller.enrol(code=caller.code[:-1] + str((int(caller.code[-1]) + 1) % 10)).status_code
        for caller in callers
        for _ in range(4)
    ]
    assert wrong == [403] * WRONG_CODES + [429] * (len(wrong) - WRONG_CODES)
    told = callers[-1].enrol()
    assert (told.status_code, told.headers["Retry-After"]) == (429, "900")
    clock.now += 900 * SECOND
    assert callers[-1].enrol().status_code == 200


def test_a_code_that_is_too_old_opens_nothing(centre: Served, clock: Hands) -> None:
    late, early = Caller(centre, "میز ۱"), Caller(centre, "میز ۲")
    with centre.store.writing() as connection:
        connection.execute(update(seat).values(code_until=clock.now + CODE_LASTS_US))
    clock.now += CODE_LASTS_US
    assert early.enrol().status_code == 200
    clock.now += 1
    assert late.enrol().status_code == 403
    assert early.enrol().status_code == 200
