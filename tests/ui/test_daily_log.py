"""The daily log without its glass: the day that is open, and what of it is shown."""

import datetime

import pytest

from app.desk.daily_log import Row
from app.desk.desk import Desk
from app.desk.log_page import Filters
from app.desk.people import Session
from tests.desk.conftest import supervisor
from tests.desk.counter import NOON, TODAY, Clock, registered, visit
from tests.desk.test_daily_log import DAY, many, somebody
from tests.ui.hand import Held
from tests.ui.log_hand import asked, numbers, opened, pause, small_pages, yesterday
from ui.daily_log.cells import deadline, is_late

__all__ = ["small_pages", "supervisor"]


# --- the day ---------------------------------------------------------------------------------------------------------


def test_it_opens_on_today_with_the_newest_visit_marked(desk: Desk, clerk: Session) -> None:
    register = many(desk, clerk, 3)
    log = opened(desk, clerk)
    assert (log.is_today, log.shown_day, log.focus) == (True, TODAY, "table")
    assert [row.tracking_code for row in log.rows] == register[::-1]
    assert (log.marked_row, log.matching) == (0, 3)


def test_a_supervisor_turns_the_days_up_to_today(desk: Desk, clerk: Session, supervisor: Session) -> None:
    yesterday(desk, clerk)
    registered(desk, clerk, visit(outcome="done"))
    log = opened(desk, supervisor)
    log.turn(1)
    assert (log.is_today, numbers(log)) == (True, [1])
    log.turn(-1)
    assert (log.is_today, log.shown_day, numbers(log)) == (False, TODAY, [2, 1])
    log.turn(-1)
    assert log.rows == ()
    log.turn(1)
    log.turn(1)
    assert (log.is_today, numbers(log)) == (True, [1])


def test_a_clerk_has_no_other_day(desk: Desk, clerk: Session) -> None:
    yesterday(desk, clerk)
    log = opened(desk, clerk)
    assert not log.may_turn
    log.turn(-1)
    log.write_date()
    log.go_to_earlier()
    assert (log.is_today, log.writes_date, log.rows) == (True, False, ())
    log.open_day(TODAY)
    assert (log.refused, log.rows, log.day) == ("day", (), None)
    log.go_to_today()
    assert (log.refused, log.is_today) == ("", True)


def test_who_has_no_log_is_told_so(desk: Desk, clerk: Session) -> None:
    registered(desk, clerk, visit())
    log = opened(desk, somebody("administrator"))
    assert (log.refused, log.rows, log.day) == ("role", (), None)
    pause(log)
    assert log.refused == "role"


@pytest.mark.parametrize("typed", ["1405/9/2", "۱۴۰۵-۰۹-۰۲", "9/2", "2", "۲", " 1405 / 9 / 2 "])
def test_a_day_is_typed_whole_or_near(typed: str, desk: Desk, supervisor: Session) -> None:
    log = opened(desk, supervisor)
    log.write_date()
    assert (log.writes_date, log.focus) == (True, "date")
    log.enter_date(typed)
    assert log.date_problem == ""
    assert (log.shown_day, log.writes_date, log.focus) == (TODAY - datetime.timedelta(days=1), False, "table")


@pytest.mark.parametrize(
    "typed", ["", "/", "1405/12/30", "31", "0", "1405/13/1", "2026/11/24", "الف", "1/2/3/4", "9" * 50]
)
def test_what_is_no_day_is_said_and_the_field_stays(typed: str, desk: Desk, supervisor: Session) -> None:
    log = opened(desk, supervisor)
    log.write_date()
    log.enter_date(typed)
    assert log.date_problem.startswith("چنین روزی در تقویم نیست")
    assert (log.writes_date, log.is_today, log.focus) == (True, True, "date")
    log.escape()
    assert (log.writes_date, log.date_problem, asked(log)) == (False, "", [])


def test_a_day_to_come_has_no_log_yet(desk: Desk, supervisor: Session) -> None:
    log = opened(desk, supervisor)
    log.write_date()
    log.enter_date("1405/9/4")
    assert (log.date_problem, log.is_today) == ("آن روز هنوز نیامده است.", True)
    log.enter_date("1405/9/3")
    assert (log.date_problem, log.is_today, log.writes_date) == ("", True, False)


def test_from_a_day_with_none_to_the_last_one_with_visits(desk: Desk, clerk: Session, supervisor: Session) -> None:
    registered(desk, clerk, visit(outcome="done"))
    desk.clock = Clock(NOON + 6 * DAY)
    log = opened(desk, supervisor)
    log.turn(-1)
    assert log.rows == ()
    log.go_to_earlier()
    assert (log.shown_day, numbers(log)) == (TODAY, [1])


# --- filters ---------------------------------------------------------------------------------------------------------


def test_filters_come_together_and_leave_together(desk: Desk, clerk: Session) -> None:
    many(desk, clerk, 12)
    log = opened(desk, clerk)
    log.choose_status("done")
    done = log.matching
    log.type_filter("مریم")
    assert 0 < log.matching < done < 12
    assert {row.client_name for row in log.rows} == {"مریم نوری"}
    assert log.marked_row == 0
    assert log.day is not None
    assert log.day.totals.registered == 12
    log.choose_service("هیچ")
    log.choose_clerk(clerk.person.id)
    assert log.rows == ()
    log.escape()
    assert (log.filters, log.matching, log.focus, asked(log)) == (Filters(), 12, "table", [])
    log.escape()
    assert asked(log) == ["counter"]


def test_only_what_was_asked_last_is_shown(desk: Desk, clerk: Session) -> None:
    many(desk, clerk, 6)
    doors = Held()
    log = opened(desk, clerk, doors)
    doors.open()
    for text in ("م", "مر", "مریم"):
        log.type_filter(text)
    doors.held = doors.held[-1:]  # the real door drops what a newer question has overtaken
    doors.open()
    assert {row.client_name for row in log.rows} == {"مریم نوری"}


def test_filters_stay_when_the_day_is_turned_and_go_when_another_is_opened(
    desk: Desk, clerk: Session, supervisor: Session
) -> None:
    yesterday(desk, clerk)
    log = opened(desk, supervisor)
    log.type_filter("مریم")
    log.turn(-1)
    assert numbers(log) == [2]
    log.open_day(TODAY)
    assert numbers(log) == [2, 1]


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_pages")
def test_older_visits_come_as_one_goes_down(desk: Desk, clerk: Session) -> None:
    many(desk, clerk, 11)
    log = opened(desk, clerk)
    assert (numbers(log), log.has_more, log.matching) == ([11, 10, 9, 8], True, 11)
    log.more()
    log.more()
    assert (numbers(log), log.has_more) == (list(range(11, 0, -1)), False)
    log.more()
    assert len(log.rows) == 11


@pytest.mark.usefixtures("small_pages")
def test_a_page_that_comes_too_late_is_not_shown(desk: Desk, clerk: Session) -> None:
    many(desk, clerk, 11)
    doors = Held()
    log = opened(desk, clerk, doors)
    doors.open()
    log.more()
    older = doors.held.pop()
    log.choose_status("guided")
    doors.open()
    seen = log.rows
    older()
    assert log.rows == seen
    assert {row.state for row in log.rows} == {"guided"}


# --- the ways on, and words ------------------------------------------------------------------------------------------


def test_enter_opens_the_file_of_the_marked_visit(desk: Desk, clerk: Session) -> None:
    register = many(desk, clerk, 3)
    log = opened(desk, clerk)
    log.open_marked()
    log.mark(2)
    log.open_marked()
    log.mark(99)
    log.open_marked()
    assert asked(log) == [register[2], register[0], register[0]]


def test_enter_on_an_empty_day_opens_nothing(desk: Desk, clerk: Session) -> None:
    log = opened(desk, clerk)
    log.open_marked()
    assert asked(log) == []


@pytest.mark.parametrize(
    ("state", "days", "said"),
    [
        ("open", -30, "۳ آبان"),
        ("open", -1, "دیروز"),
        ("lacking", 0, "امروز"),
        ("referred", 1, "فردا"),
        ("open", 6, "دوشنبه ۹ آذر"),
        ("open", 7, "۱۰ آذر"),
        ("open", 130, "۱۴ فروردین ۱۴۰۶"),
        ("answered", 1, "۴ آذر"),
        ("delivered", 1, ""),
        ("voided", 1, ""),
    ],
)
def test_a_deadline_says_its_weekday_while_it_matters(
    state: str, days: int, said: str, desk: Desk, clerk: Session
) -> None:
    due = TODAY + datetime.timedelta(days=days)
    row = Row(
        row=1, id=clerk.id, at=NOON, tracking_code="0" * 12, client_name="", service="", clerk="",
        outcome="follow_up", state=state, due_on=due,
    )  # fmt: skip
    assert deadline(row, TODAY) == said
    assert is_late(row, TODAY) == (days < 0 and state in ("open", "lacking", "referred"))
