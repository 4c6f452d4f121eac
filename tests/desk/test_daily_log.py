"""The daily log as it is read at the window: who may, the newest first, filtered, with the numbers of the register."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.desk import log_page
from app.desk.daily_log import Row, day_rows, day_totals
from app.desk.desk import Desk
from app.desk.log_page import Filters, LogRefused, look, older
from app.desk.people import Session
from app.desk.receipts import settle
from app.desk.services import services
from models.entries import HolidaySet, RequestAnswered
from models.ids import new_id
from models.records import Person
from models.text import persian_digits
from tests.desk.conftest import session_of
from tests.desk.counter import ADMINISTRATOR, HOSSEIN, MARYAM, NOON, TODAY, Clock, registered, visit

MINUTE, HOUR, DAY = 60_000_000, 3_600_000_000, 86_400_000_000
YESTERDAY = TODAY - datetime.timedelta(days=1)


def codes(rows: tuple[Row, ...]) -> list[str]:
    return [row.tracking_code for row in rows]


def shown(desk: Desk, session: Session, **filters: Any) -> list[str]:
    """The codes of today's visits that the filters leave; the count beside them is true."""
    seen = look(desk, session, None, Filters(**filters))
    assert seen.matching == len(seen.page.rows)
    return codes(seen.page.rows)


def somebody(*roles: str) -> Session:
    unit = "واحد نمونه" if "unit_officer" in roles else ""
    return Session(
        new_id(), Person(id=new_id(), office=0, name="کسی", roles=roles, unit=unit, verifier="", retired=False)
    )


def many(desk: Desk, session: Session, count: int) -> list[str]:
    """So many visits, two in the same microsecond now and then; their codes in the order of the register."""
    clock = Clock(NOON)
    desk.clock = clock
    for n in range(count):
        clock.now += MINUTE * (n % 3 != 0)
        person = (HOSSEIN, MARYAM)[n % 2]
        registered(
            desk, session, visit(person, service="101" if n % 5 else "201", outcome="done" if n % 3 else "guided")
        )
    return [row.tracking_code for row in day_rows(desk, 14050903, limit=count)]


# --- who may ---------------------------------------------------------------------------------------------------------


def test_a_clerk_reads_todays_log_and_no_other(desk: Desk, clerk: Session) -> None:
    registered(desk, clerk, visit())
    assert len(look(desk, clerk, None, Filters()).page.rows) == 1
    assert len(look(desk, clerk, TODAY, Filters()).page.rows) == 1
    with pytest.raises(LogRefused, match="day"):
        look(desk, clerk, YESTERDAY, Filters())
    with pytest.raises(LogRefused, match="day"):
        older(desk, clerk, YESTERDAY, Filters(), look(desk, clerk, None, Filters()).page.rows[0])


def test_what_was_today_is_closed_to_a_clerk_after_midnight(desk: Desk, clerk: Session, supervisor: Session) -> None:
    registered(desk, clerk, visit())
    desk.clock = Clock(NOON + DAY // 2 - 1)
    assert look(desk, clerk, None, Filters()).day.day == TODAY
    desk.clock = Clock(NOON + DAY // 2)
    seen = look(desk, clerk, None, Filters())
    assert (seen.day.day, seen.day.totals.registered, seen.day.earlier) == (TODAY + datetime.timedelta(1), 0, TODAY)
    with pytest.raises(LogRefused, match="day"):
        look(desk, clerk, TODAY, Filters())
    assert look(desk, supervisor, TODAY, Filters()).matching == 1


def test_a_supervisor_reads_any_days_log(desk: Desk, clerk: Session, supervisor: Session) -> None:
    registered(desk, clerk, visit())
    desk.clock = Clock(NOON + 40 * DAY)
    assert look(desk, supervisor, TODAY, Filters()).day.totals.registered == 1
    assert look(desk, supervisor, datetime.date(1990, 1, 1), Filters()).matching == 0


@pytest.mark.parametrize("roles", [("administrator",), ("unit_officer",), ("unit_officer", "administrator")])
def test_an_administrator_or_a_units_officer_reads_none(roles: tuple[str, ...], desk: Desk, clerk: Session) -> None:
    registered(desk, clerk, visit())
    for day in (None, TODAY, YESTERDAY):
        with pytest.raises(LogRefused, match="role"):
            look(desk, somebody(*roles), day, Filters())


def test_an_administrator_who_is_also_a_clerk_reads_as_a_clerk(desk: Desk) -> None:
    assert look(desk, somebody("clerk", "administrator"), None, Filters()).matching == 0
    assert look(desk, session_of(desk, ADMINISTRATOR), YESTERDAY, Filters()).matching == 0


# --- rows and pages --------------------------------------------------------------------------------------------------


def test_the_newest_visit_stands_first_with_its_number_in_the_register(desk: Desk, clerk: Session) -> None:
    register = many(desk, clerk, 7)
    rows = look(desk, clerk, None, Filters()).page.rows
    assert codes(rows) == register[::-1]
    assert [row.row for row in rows] == [7, 6, 5, 4, 3, 2, 1]
    assert {row.clerk for row in rows} == {clerk.person.name}
    assert sorted(rows, key=lambda row: row.row) == day_rows(desk, 14050903)


def test_pages_follow_each_other_without_a_gap_also_where_visits_share_a_moment(
    desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = many(desk, clerk, 23)
    monkeypatch.setattr(log_page, "PAGE", 5)
    log_page._rows.cache_clear()
    seen = look(desk, clerk, None, Filters())
    rows, page = list(seen.page.rows), seen.page
    while page.has_more:
        page = older(desk, clerk, TODAY, Filters(), rows[-1])
        rows += page.rows
    assert seen.matching == 23
    assert codes(tuple(rows)) == register[::-1]
    assert [row.row for row in rows] == list(range(23, 0, -1))
    log_page._rows.cache_clear()


def test_a_number_is_true_whatever_the_filters_leave_away(
    desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(desk, clerk, 23)
    true = {row.tracking_code: row.row for row in day_rows(desk, 14050903)}
    monkeypatch.setattr(log_page, "PAGE", 3)
    log_page._rows.cache_clear()
    for filters in (Filters(status="done"), Filters(service="201"), Filters(text="نوری"), Filters(text="مریم نوري")):
        seen = look(desk, clerk, None, filters)
        rows, page = list(seen.page.rows), seen.page
        while page.has_more:
            page = older(desk, clerk, TODAY, filters, rows[-1])
            rows += page.rows
        assert 0 < len(rows) == seen.matching < 23
        assert {row.tracking_code: row.row for row in rows}.items() <= true.items()
    log_page._rows.cache_clear()


def test_what_has_been_read_is_read_again_down_to_the_same_row(
    desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(desk, clerk, 9)
    monkeypatch.setattr(log_page, "PAGE", 4)
    log_page._rows.cache_clear()
    before = look(desk, clerk, None, Filters()).page.rows
    new = registered(desk, clerk, visit(outcome="done")).tracking_code
    seen = look(desk, clerk, None, Filters(), through=before[-1])
    assert codes(seen.page.rows) == [new, *codes(before)]
    assert [row.row for row in seen.page.rows] == [10, 9, 8, 7, 6]
    assert (seen.page.has_more, seen.matching) == (True, 10)
    whole = look(desk, clerk, None, Filters(), whole=True)
    assert [row.row for row in whole.page.rows] == list(range(10, 0, -1))
    assert not whole.page.has_more
    log_page._rows.cache_clear()


# --- filters ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def day(desk: Desk, clerk: Session, supervisor: Session) -> dict[str, str]:
    """A day with one visit of each kind; their codes."""
    papers = {service.offered.code: list(service.documents) for service in services(desk)}
    waiting = registered(desk, clerk, visit(documents=papers["101"]))
    answered = registered(desk, supervisor, visit(MARYAM, service="201", documents=papers["201"]))
    assert answered.receipt is not None
    settle(desk, answered.request, answered.receipt, "printed", supervisor.person.id)
    with desk.writing() as writing:
        writing.say(supervisor.person.id, answered.request, RequestAnswered(decision="accepted", text="پذیرفته شد"))
    lacking = registered(desk, clerk, visit(MARYAM, receipt="declined", receipt_reason="نخواست"))
    return {
        "open": waiting.tracking_code,
        "answered": answered.tracking_code,
        "lacking": lacking.tracking_code,
        "done": registered(desk, clerk, visit(outcome="done", service="102")).tracking_code,
        "guided": registered(desk, clerk, visit(MARYAM, outcome="guided")).tracking_code,
    }


@pytest.mark.parametrize("state", ["open", "answered", "lacking", "done", "guided"])
def test_visits_of_one_state(state: str, desk: Desk, clerk: Session, day: dict[str, str]) -> None:
    assert shown(desk, clerk, status=state) == [day[state]]


def test_visits_taken_in_whatever_became_of_them(desk: Desk, clerk: Session, day: dict[str, str]) -> None:
    assert set(shown(desk, clerk, status="follow_up")) == {day["open"], day["answered"], day["lacking"]}


def test_late_visits_are_unanswered_ones_past_due_as_of_now(
    desk: Desk, supervisor: Session, day: dict[str, str]
) -> None:
    assert look(desk, supervisor, TODAY, Filters(status="late")).matching == 0
    desk.clock = Clock(NOON + 60 * DAY)
    seen = look(desk, supervisor, TODAY, Filters(status="late"))
    assert set(codes(seen.page.rows)) == {day["open"], day["lacking"]}
    assert seen.matching == seen.day.totals.late == 2


def test_visits_whose_paper_is_not_out(desk: Desk, clerk: Session, day: dict[str, str]) -> None:
    """Declined is settled, and a guided visit has none."""
    assert set(shown(desk, clerk, status="unprinted")) == {day["open"], day["done"]}
    assert look(desk, clerk, None, Filters()).day.unprinted == 2


def test_visits_of_a_service_and_of_a_clerk(
    desk: Desk, clerk: Session, supervisor: Session, day: dict[str, str]
) -> None:
    assert shown(desk, clerk, service="102") == [day["done"]]
    assert shown(desk, clerk, clerk=supervisor.person.id) == [day["answered"]]
    assert shown(desk, clerk, clerk=supervisor.person.id, service="102") == []


@pytest.mark.parametrize("typed", ["قلي زاده", "قلی‌زاده", "حسين", "زاده حسین", "قلیزاد"])
def test_a_name_is_found_as_people_write_it(typed: str, desk: Desk, clerk: Session, day: dict[str, str]) -> None:
    assert set(shown(desk, clerk, text=typed)) == {day["open"], day["done"]}


def test_a_code_is_found_by_any_part_of_it_in_any_digits(desk: Desk, clerk: Session, day: dict[str, str]) -> None:
    code = day["lacking"]
    for typed in (
        code,
        code[-5:],
        f"{code[:4]} {code[4:8]}-{code[8:]}",
        persian_digits(code),
    ):
        assert day["lacking"] in shown(desk, clerk, text=typed)
    assert shown(desk, clerk, text="9" * 13) == []


@given(typed=some.text(max_size=40))
def test_whatever_is_typed_is_only_looked_for(typed: str) -> None:
    asked = log_page._Asked(TODAY, TODAY, Filters(text=typed))
    assert str(log_page._rows(asked.shape)).count("search_key") == asked.shape.words


def test_nothing_that_is_typed_steers_the_query(desk: Desk, clerk: Session, day: dict[str, str]) -> None:
    for typed in ("%", "_", "'", '"', "' OR 1=1 --", "\x00", "\ud800", "*"):
        assert len(shown(desk, clerk, text=typed)) in (0, 5)
    assert len(shown(desk, clerk, text="  ")) == 5


# --- the day in figures ----------------------------------------------------------------------------------------------


def test_the_day_in_figures(desk: Desk, clerk: Session, supervisor: Session, day: dict[str, str]) -> None:
    seen = look(desk, clerk, None, Filters(status="done")).day
    assert seen.totals == day_totals(desk, 14050903)
    assert (seen.totals.registered, seen.lacking) == (5, 1)
    assert [(share.key, share.visits) for share in seen.services] == [("101", 3), ("102", 1), ("201", 1)]
    assert [(share.name, share.visits) for share in seen.clerks] == [
        (clerk.person.name, 4),
        (supervisor.person.name, 1),
    ]
    assert all(share.name for share in seen.services)


def test_visits_are_counted_by_the_hour_of_tehrans_clock(desk: Desk, clerk: Session) -> None:
    for at in (NOON + HOUR - 1, NOON + HOUR, NOON + 2 * HOUR - 1):
        desk.clock = Clock(at)
        registered(desk, clerk, visit(outcome="done"))
    assert look(desk, clerk, None, Filters()).day.hours == {12: 1, 13: 2}


def test_a_day_with_none_says_why_and_when_there_were_some(desk: Desk, clerk: Session, supervisor: Session) -> None:
    registered(desk, clerk, visit())
    friday = TODAY + datetime.timedelta(days=3)
    quiet = look(desk, supervisor, friday, Filters()).day
    assert (quiet.works, quiet.holiday, quiet.earlier) == (False, "", TODAY)
    assert look(desk, supervisor, TODAY, Filters()).day.earlier is None
    nowruz = look(desk, supervisor, datetime.date(2026, 3, 21), Filters()).day
    assert not nowruz.works


def test_a_holiday_has_its_name_until_it_is_none_any_more(desk: Desk, supervisor: Session) -> None:
    day, holiday = TODAY + datetime.timedelta(days=1), new_id()
    for off in (False, True):
        with desk.writing() as writing:
            entry = HolidaySet(day=day, title="تعطیلی محلی", type="local", off=off)
            writing.say(supervisor.person.id, holiday, entry)
        seen = look(desk, supervisor, day, Filters()).day
        assert (seen.holiday, seen.works) == (("", True) if off else ("تعطیلی محلی", False))


def test_figures_and_rows_are_of_one_moment(desk: Desk, clerk: Session) -> None:
    """A visit registered while the log is read is on neither or on both."""
    many(desk, clerk, 3)
    seen = look(desk, clerk, None, Filters())
    assert seen.day.totals.registered == seen.matching == seen.page.rows[0].row == 3
