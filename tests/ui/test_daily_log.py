"""The daily log without its glass: the day that is open, what of it is shown, and how it follows the day."""

import datetime
from collections.abc import Iterator

import pytest

from app.desk import log_page
from app.desk.daily_log import Row
from app.desk.desk import Desk
from app.desk.log_page import Filters
from app.desk.people import Session
from app.vault.problems import StoreError, StoreProblem
from tests.desk.conftest import supervisor
from tests.desk.counter import HOSSEIN, MARYAM, NOON, TODAY, Clock, registered, visit
from tests.desk.test_daily_log import DAY, HOUR, many, somebody
from tests.ui.hand import AtOnce, Held
from ui.daily_log.acts import Acts
from ui.daily_log.cells import deadline, is_late
from ui.daily_log.presenter import DailyLog
from ui.shell import NoShell

__all__ = ["supervisor"]


class Window(NoShell):
    """Notes what the page asks of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def open_file(self, tracking_code: str) -> None:
        self.asked.append(tracking_code)

    def open_counter(self, client: object = None, continues: str = "") -> None:
        self.asked.append("counter")


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    log_page._rows.cache_clear()
    monkeypatch.setattr(log_page, "PAGE", 4)
    yield
    log_page._rows.cache_clear()


def opened(desk: Desk, session: Session, doors: AtOnce | None = None) -> DailyLog:
    log = DailyLog(Acts(desk, session), doors or AtOnce(), Window())
    log.start()
    log.show()
    return log


def asked(log: DailyLog) -> list[str]:
    assert isinstance(log.shell, Window)
    return log.shell.asked


def pause(log: DailyLog) -> None:
    """Some seconds go by."""
    assert isinstance(log.doors, AtOnce)
    log.doors.pause()


def numbers(log: DailyLog) -> list[int]:
    return [row.row for row in log.rows]


def yesterday(desk: Desk, session: Session, count: int = 2) -> None:
    """So many visits, and then it is the day after."""
    for n in range(count):
        registered(desk, session, visit((HOSSEIN, MARYAM)[n % 2], outcome="done"))
    desk.clock = Clock(NOON + DAY)


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
