"""The line that goes on by itself while the window is open: threads, a real centre, outages."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from app.central.enrolment import revoke
from app.desk.desk import Desk
from app.desk.finding import find
from app.desk.link import running
from app.desk.link.centre import Centre, Unreachable
from app.desk.link.joining import move
from app.desk.link.pulling import pull_once
from app.desk.link.running import Link, News
from app.desk.link.standing import is_at_centre
from app.desk.link.stepping import in_step
from models.calendar import now_us
from tests.central.conftest import Served
from tests.desk.conftest import session_of
from tests.desk.counter import CLERK, HOSSEIN, MARYAM, registered, visit
from tests.link.desks import codes, copied, joined, member, opened, until
from tests.link.relay import Relay


class Running:
    """A link at work in its threads, and the last that it told."""

    def __init__(self, desk: Desk, *, rests: bool = False) -> None:
        self.desk, self.link = desk, Link(desk)
        self.link.rest(rests)
        self.told: list[News] = []
        self.thread = threading.Thread(target=self.link.run, args=(self.told.append,))
        self.thread.start()

    @property
    def last(self) -> News | None:
        return self.told[-1] if self.told else None

    def until(self, what: Callable[[News], object]) -> News:
        until(lambda: self.last is not None and what(self.last))
        assert self.last is not None
        return self.last

    def stop(self) -> None:
        self.link.stop()
        self.thread.join(10)
        assert not self.thread.is_alive()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Running]]:
    """Starts lines; all are stopped at the end, and leave no thread."""
    monkeypatch.setattr(running, "WATCHES_FOR", 1.0)  # the centre ends only when every question has been answered
    started: list[Running] = []

    def start(desk: Desk, **how: bool) -> Running:
        started.append(Running(desk, **how))
        return started[-1]

    yield start
    for each in started:
        each.stop()
    until(lambda: not any(thread.name == "push" for thread in threading.enumerate()))


@pytest.fixture
def wire(centre: Served) -> Iterator[Relay]:
    made = Relay(centre.url)
    yield made
    made.close()


Run = Callable[..., Running]


def test_what_is_registered_is_at_the_centre_by_itself_and_comes_to_the_other_desk(
    centre: Served, desks: list[Desk], run: Run
) -> None:
    for number, desk in enumerate(desks, 1):
        joined(centre, desk, f"میز {number}").close()
    first, second = map(run, desks)
    first.until(lambda news: news.reach == "answers")
    said = registered(desks[0], session_of(desks[0], CLERK), visit())
    until(lambda: codes(desks[1]) == [said.tracking_code])
    now = first.until(lambda news: news.standing.lines == 0)
    assert (now.standing.safe, now.standing.registered) == (1, 1)
    assert is_at_centre(desks[0], said.tracking_code) is True
    second.until(lambda news: news.standing.behind == 0)


def test_through_an_outage_nothing_waits_and_all_is_sent_when_it_is_over(
    centre: Served, wire: Relay, desks: list[Desk], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LONGEST_PAUSE", 0.2)
    desk = desks[0]
    joined(centre, desk, "میز ۱").close()
    move(desk, wire.url)
    line = run(desk)
    line.until(lambda news: news.reach == "answers" and news.standing.lines == 0)
    with wire.cut():
        line.until(lambda news: news.reach == "away")
        said = registered(desk, session_of(desk, CLERK), visit())
        now = line.until(lambda news: news.standing.registered == 1)
        assert (now.standing.safe, now.reach) == (0, "away")
        assert now.standing.oldest_at
        assert is_at_centre(desk, said.tracking_code) is False
    line.until(lambda news: news.reach == "answers" and news.standing.safe == 1)
    assert codes(centre.store) == [said.tracking_code]


def test_a_longer_pause_is_cut_short_by_asking(
    centre: Served, wire: Relay, desks: list[Desk], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(random, "uniform", lambda low, high: 1_000.0)  # a pause that no test would outlast
    joined(centre, desks[0], "میز ۱").close()
    move(desks[0], wire.url)
    with wire.cut():
        line = run(desks[0])
        line.until(lambda news: news.reach == "away")
    line.link.wake()
    line.until(lambda news: news.reach == "answers" and news.standing.lines == 0)


def test_what_a_command_writes_beside_the_window_is_sent_too(centre: Served, desks: list[Desk], run: Run) -> None:
    joined(centre, desks[0], "میز ۱").close()
    run(desks[0]).until(lambda news: news.reach == "answers" and news.standing.lines == 0)
    beside = opened(desks[0].store.folder)
    desks.append(beside)
    said = registered(beside, session_of(beside, CLERK), visit(MARYAM))
    until(lambda: codes(centre.store) == [said.tracking_code])


def test_sync_beside_it_and_it_lose_nothing_to_each_other(centre: Served, desks: list[Desk], run: Run) -> None:
    joined(centre, desks[0], "میز ۱").close()
    line = run(desks[0])
    beside = opened(desks[0].store.folder)
    desks.append(beside)
    said = []
    for n in range(12):
        said.append(registered(desks[0], session_of(desks[0], CLERK), visit(HOSSEIN if n % 2 else MARYAM)))
        (step,) = in_step(beside)
        assert step.findings == ()
    line.until(lambda news: news.standing.lines == 0 and news.standing.safe == 12)
    assert codes(centre.store) == sorted(each.tracking_code for each in said)
    assert len(member(desks[0]).chains) == 2


def test_a_fork_is_settled_behind_the_clerk_who_goes_on(
    centre: Served, desks: list[Desk], run: Run, tmp_path: Path
) -> None:
    joined(centre, desks[0], "میز ۱").close()
    copy, here = copied(desks[0], tmp_path / "copy"), opened(tmp_path / "desk0")
    desks += [copy, here]
    registered(copy, session_of(copy, CLERK), visit(MARYAM))
    registered(here, session_of(here, CLERK), visit(MARYAM))
    (_sent,) = in_step(here)
    line = run(copy)
    clerk = session_of(copy, CLERK)
    for n in range(20):
        registered(copy, clerk, visit(HOSSEIN, service="102", key=str(n)))
    line.until(lambda news: news.standing.lines == 0 and news.standing.behind == 0 and len(codes(copy)) == 22)
    assert len(codes(centre.store)) == 22
    line.until(lambda news: news.standing.copied_at)


def test_a_revoked_desk_says_so_and_works_on(centre: Served, desks: list[Desk], run: Run) -> None:
    joined(centre, desks[0], "میز ۱").close()
    with centre.store.writing() as connection:
        revoke(connection, desks[0].number, now_us())
    run(desks[0]).until(lambda news: news.reach == "refused")
    assert registered(desks[0], session_of(desks[0], CLERK), visit()).tracking_code


def test_fetching_can_rest_and_go_on_while_sending_does_not_stop(
    centre: Served, desks: list[Desk], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = desks
    joined(centre, first, "میز ۱").close()
    registered(first, session_of(first, CLERK), visit())
    (_sent,) = in_step(first)
    joined(centre, second, "میز ۲").close()
    monkeypatch.setattr(running, "pull_once", partial(pull_once, most=2))
    line = run(second, rests=True)
    line.until(lambda news: news.resting)
    mine = registered(second, session_of(second, CLERK), visit(MARYAM))
    line.until(lambda news: news.standing.lines == 0 and news.standing.safe)
    assert mine.tracking_code in codes(centre.store)
    assert codes(second) == [mine.tracking_code]
    line.link.rest(False)
    line.until(lambda news: not news.resting and news.standing.behind == 0)
    until(lambda: len(codes(second)) == 2)


def test_how_far_its_clock_is_from_the_centres_is_told(centre: Served, desks: list[Desk], run: Run) -> None:
    joined(centre, desks[0], "میز ۱").close()
    desks[0].clock = lambda: now_us() + 12 * running.MINUTE_US
    assert run(desks[0]).until(lambda news: news.ahead).ahead == 12


def test_since_when_the_centre_is_away_is_told(centre: Served, desks: list[Desk], wire: Relay, run: Run) -> None:
    joined(centre, desks[0], "میز ۱").close()
    move(desks[0], wire.url)
    line = run(desks[0])
    assert line.until(lambda news: news.reach == "answers").heard_at == 0
    with wire.cut():
        line.link.wake()
        assert line.until(lambda news: news.reach == "away").heard_at == desks[0].clock()


def test_without_a_centre_it_has_nothing_to_do(desks: list[Desk]) -> None:
    told: list[News] = []
    Link(desks[0]).run(told.append)
    assert told == []


def test_a_new_desk_catches_up_page_by_page_works_meanwhile_and_goes_on_where_it_was(
    centre: Served, desks: list[Desk], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = desks
    joined(centre, first, "میز ۱").close()
    clerk = session_of(first, CLERK)
    for n in range(12):
        registered(first, clerk, visit(MARYAM if n % 2 else HOSSEIN, service="102", key=str(n)))
    (_sent,) = in_step(first)
    joined(centre, second, "میز ۲").close()
    pages = iter(range(4))

    def some_pages(desk: Desk, centre: Centre, wait: float = 0.0) -> tuple[int, int]:
        if next(pages, None) is None:
            raise Unreachable("network")
        return pull_once(desk, centre, most=5, wait=wait)

    monkeypatch.setattr(running, "pull_once", some_pages)
    begun = run(second)
    begun.until(lambda news: news.standing.read == 20 and news.standing.behind > 0)
    early = registered(second, session_of(second, CLERK), visit(HOSSEIN))
    assert [hit.name for hit in find(second, "حسین") if hit.kind == "client"]
    begun.stop()
    monkeypatch.setattr(running, "pull_once", pull_once)
    resumed = run(second)
    assert resumed.until(lambda news: news.standing.read >= 20).standing.read >= 20
    resumed.until(lambda news: news.standing.behind == 0 and news.standing.lines == 0)
    until(lambda: len(codes(second)) == 13)
    assert early.tracking_code in codes(centre.store)
