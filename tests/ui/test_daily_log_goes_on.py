"""The daily log follows the day, over midnight and over failures, and moves nothing under the eye."""

import datetime

import pytest

from app.desk.desk import Desk
from app.desk.people import Session
from app.vault.problems import StoreError, StoreProblem
from tests.desk.conftest import supervisor
from tests.desk.counter import HOSSEIN, MARYAM, NOON, TODAY, Clock, registered, visit
from tests.desk.test_daily_log import DAY, HOUR, many
from tests.ui.hand import AtOnce, Held
from tests.ui.log_hand import numbers, opened, pause, small_pages, yesterday

__all__ = ["small_pages", "supervisor"]


# --- the day goes on -------------------------------------------------------------------------------------------------


def test_a_new_visit_appears_and_the_mark_stays_on_its_visit(desk: Desk, clerk: Session) -> None:
    many(desk, clerk, 4)
    log = opened(desk, clerk)
    log.mark(2)
    marked = log.marked
    new = registered(desk, clerk, visit(outcome="done"))
    pause(log)
    assert log.rows[0].tracking_code == new.tracking_code
    assert (log.marked, log.marked_row, log.matching) == (marked, 3, 5)
    assert log.day is not None
    assert log.day.totals.registered == 5


@pytest.mark.usefixtures("small_pages")
def test_what_has_been_read_stays_read_when_a_visit_comes(desk: Desk, clerk: Session) -> None:
    many(desk, clerk, 11)
    log = opened(desk, clerk)
    log.more()
    registered(desk, clerk, visit(outcome="done"))
    pause(log)
    assert (numbers(log), log.has_more, log.matching) == (list(range(12, 3, -1)), True, 12)
    log.more()
    registered(desk, clerk, visit(outcome="done"))
    pause(log)
    assert (numbers(log), log.has_more) == (list(range(13, 0, -1)), False)


def test_nothing_is_read_where_nothing_was_written(desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    many(desk, clerk, 2)
    log = opened(desk, clerk)
    pause(log)
    monkeypatch.setattr(log.acts, "look", None)
    pause(log)
    assert log.banner is None
    assert len(log.rows) == 2


def test_a_page_that_is_not_seen_asks_for_nothing_and_is_true_when_seen_again(desk: Desk, clerk: Session) -> None:
    log = opened(desk, clerk)
    log.hide()
    registered(desk, clerk, visit())
    pause(log)
    assert isinstance(log.doors, AtOnce)
    assert (log.rows, log.doors.paused) == ((), [])
    log.show()
    assert len(log.rows) == 1


def test_a_visit_that_leaves_the_filter_gives_the_mark_to_its_neighbour(desk: Desk, clerk: Session) -> None:
    from app.desk.requests import request
    from models.entries import RequestAnswered

    first, last = (registered(desk, clerk, visit(person)).tracking_code for person in (HOSSEIN, MARYAM))
    log = opened(desk, clerk)
    log.choose_status(log.rows[0].state)
    log.mark(1)
    with desk.writing() as writing:
        answer = RequestAnswered(decision="accepted", text="پذیرفته شد")
        writing.say(clerk.person.id, request(desk, first).id, answer)
    pause(log)
    assert [row.tracking_code for row in log.rows] == [last]
    assert log.marked_row == 0


def test_the_log_of_today_goes_on_into_the_new_day_at_midnight(desk: Desk, clerk: Session) -> None:
    registered(desk, clerk, visit())
    log = opened(desk, clerk)
    desk.clock = Clock(NOON + 12 * HOUR)
    pause(log)
    assert (log.refused, log.shown_day, log.rows) == ("", TODAY + datetime.timedelta(days=1), ())
    registered(desk, clerk, visit(outcome="done"))
    pause(log)
    assert (numbers(log), log.marked_row) == ([1], 0)


def test_a_midnight_between_question_and_answer_mixes_no_days(desk: Desk, clerk: Session) -> None:
    many(desk, clerk, 3)
    doors = Held()
    log = opened(desk, clerk, doors)
    doors.open()
    registered(desk, clerk, visit(outcome="done"))
    log.look_again()
    doors.held.pop()()  # something was written: the rows are asked for
    desk.clock = Clock(NOON + 12 * HOUR)
    doors.open()
    assert (log.shown_day, log.rows, log.has_more) == (TODAY + datetime.timedelta(days=1), (), False)


def test_another_day_that_is_open_stays_open_at_midnight(desk: Desk, clerk: Session, supervisor: Session) -> None:
    yesterday(desk, clerk)
    log = opened(desk, supervisor)
    log.turn(-1)
    desk.clock = Clock(NOON + DAY + 12 * HOUR)
    pause(log)
    assert (log.shown_day, numbers(log)) == (TODAY, [2, 1])


# --- failing ---------------------------------------------------------------------------------------------------------


def test_a_disk_that_does_not_answer_is_said_calmly_and_tried_again(
    desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(desk, clerk, 2)
    log = opened(desk, clerk)

    def fails(*_asked: object) -> None:
        raise StoreError(StoreProblem.io)

    with monkeypatch.context() as broken:
        broken.setattr(log.acts, "look", fails)
        log.type_filter("مریم")
    assert log.banner is not None
    assert log.banner.head == "دفتر خوانده نشد."
    assert "محفوظ است" in log.banner.text
    log.try_again()
    assert [log.banner, log.matching] == [None, 1]


def test_a_slow_read_shows_where_rows_will_stand(desk: Desk, clerk: Session) -> None:
    doors = Held()
    log = opened(desk, clerk, doors)
    assert not log.is_slow
    doors.pause()
    assert log.is_slow
    doors.open()
    assert not log.is_slow
