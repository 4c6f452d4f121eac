from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from models.calendar import (
    FIXED_HOLIDAYS,
    TEHRAN,
    WorkCalendar,
    business_day,
    day_number,
    format_jalali,
    from_day_number,
    now_us,
    parse_jalali,
    to_jalali,
)
from models.text import persian_digits
from tests.models.strategies import HUGE, TEXTS

DAYS = st.dates(parse_jalali("1300-01-01"), parse_jalali("1499-12-29"))


def day(jalali: str) -> date:
    return parse_jalali(jalali)


# --- Jalali days -----------------------------------------------------------------------------------------------------


def test_every_day_of_two_centuries_is_the_same_in_two_libraries() -> None:
    first = day("1300-01-01").toordinal()
    for ordinal in range(first, day("1499-12-29").toordinal() + 1):
        gregorian = date.fromordinal(ordinal)
        other = jdatetime.date.fromgregorian(date=gregorian)
        assert to_jalali(gregorian) == (other.year, other.month, other.day)


def test_these_are_the_leap_years() -> None:
    def is_leap(year: int) -> bool:
        with suppress(ValueError):
            parse_jalali(f"{year}-12-30")
            return True
        return False

    leap = {year for year in range(1300, 1500) if is_leap(year)}
    assert {1395, 1399, 1403, 1408, 1412, 1416, 1420, 1424, 1428, 1432, 1436, 1441, 1445} == leap & set(
        range(1393, 1446)
    )
    assert leap == {year for year in range(1300, 1500) if year % 33 in {1, 5, 9, 13, 17, 22, 26, 30}}
    assert leap == {year for year in range(1300, 1500) if JalaliDate.is_leap(year)}


@pytest.mark.parametrize(
    ("jalali", "gregorian"),
    [
        ("1403-12-30", date(2025, 3, 20)),
        ("1404-01-01", date(2025, 3, 21)),
        ("1405-09-03", date(2026, 11, 24)),
        ("1405-12-01", date(2027, 2, 20)),
        ("1350-01-01", date(1971, 3, 21)),
        ("1200-01-01", date(1821, 3, 21)),
    ],
)
def test_a_jalali_day_is_this_gregorian_day(jalali: str, gregorian: date) -> None:
    assert parse_jalali(jalali) == gregorian
    assert format_jalali(gregorian) == jalali
    assert day_number(gregorian) == int(jalali.replace("-", ""))


@pytest.mark.parametrize(
    "written",
    ["1405-09-03", "1405/9/3", "۱۴۰۵/۰۹/۰۳", "۱۴۰۵-۹-۳", "١٤٠٥/٠٩/٠٣", " 1405 / 9 / 3\n", "\u20661405/09/03\u2069"],
)
def test_a_day_is_read_however_it_was_typed(written: str) -> None:
    assert parse_jalali(written) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "written",
    [
        *("1404/12/30", "1404/07/31", "1405/00/01", "1405/13/01", "1405/01/00", "1405/01/32"),
        *("2026-11-24", "1199-12-29", "1500-01-01", "05/09/03", "03/09/1405"),
        *("", "1405", "14050903", "1405/09-03", "1405//03", "1405.09.03", "1405/9/3x", "1405/9/²", "9/3", "دیروز"),
    ],
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_jalali(written)


@given(DAYS)
def test_a_day_comes_back_from_jalali(gregorian: date) -> None:
    assert parse_jalali(format_jalali(gregorian)) == gregorian
    assert parse_jalali(persian_digits(format_jalali(gregorian).replace("-", "/"))) == gregorian
    assert from_day_number(day_number(gregorian)) == gregorian
    assert (to_jalali(gregorian) < to_jalali(gregorian + timedelta(days=1))) is True


@given(DAYS, DAYS)
def test_day_numbers_sort_as_days(one: date, other: date) -> None:
    assert (day_number(one) < day_number(other)) == (one < other)


@given(st.integers())
def test_any_number_is_a_day_or_a_value_error(number: int) -> None:
    with suppress(ValueError):
        assert day_number(from_day_number(number)) == number


@given(TEXTS | st.from_regex(r"[0-9۰-۹]{3,5}[-/][0-9]{1,3}[-/][0-9]{1,3}", fullmatch=True))
def test_any_text_is_a_day_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert 1200 <= to_jalali(parse_jalali(text))[0] <= 1499


@pytest.mark.parametrize("text", HUGE, ids=range(len(HUGE)))
def test_a_megabyte_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match="day"):
        parse_jalali(text)


# --- Tehran ----------------------------------------------------------------------------------------------------------


def us(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc, arg-type]


def test_the_business_day_turns_at_midnight_in_tehran() -> None:
    assert business_day(us(2026, 11, 24, 20, 29, 59)) == date(2026, 11, 24)
    assert business_day(us(2026, 11, 24, 20, 30)) == date(2026, 11, 25)
    assert business_day(us(2026, 11, 24, 20, 30) - 1) == date(2026, 11, 24)


def test_the_clock_in_tehran_no_longer_changes() -> None:
    summers = [datetime(year, 7, 1, tzinfo=TEHRAN).utcoffset() for year in (2022, 2023, 2026, 2030)]
    assert summers == [timedelta(hours=4, minutes=30)] + [timedelta(hours=3, minutes=30)] * 3


def test_now_is_in_microseconds() -> None:
    before = datetime.now(UTC).timestamp()
    assert before - 1 < now_us() / 1_000_000 < datetime.now(UTC).timestamp() + 1


# --- working days ----------------------------------------------------------------------------------------------------

SATURDAY_TO_THURSDAY = frozenset({5, 6, 0, 1, 2, 3})
AUTUMN = WorkCalendar(SATURDAY_TO_THURSDAY, frozenset({day("1405-10-02")}))


def test_an_answer_is_due_on_the_last_of_its_working_days() -> None:
    # Tuesday 3 Azar; Wednesday, Thursday, Saturday, Sunday, Monday.
    assert AUTUMN.due_on(day("1405-09-03"), 5) == day("1405-09-09")


def test_a_listed_holiday_and_friday_are_not_counted() -> None:
    assert not AUTUMN.is_working(day("1405-10-02"))
    assert not AUTUMN.is_working(day("1405-10-04"))
    assert AUTUMN.due_on(day("1405-10-01"), 1) == day("1405-10-03")
    assert AUTUMN.due_on(day("1405-10-01"), 2) == day("1405-10-05")


def test_fixed_solar_holidays_hold_beyond_the_list() -> None:
    for year in (1404, 1409, 1450):
        for month, day_of_month in FIXED_HOLIDAYS - {(12, 30)}:
            assert not AUTUMN.is_working(day(f"{year}-{month}-{day_of_month}"))
    assert not AUTUMN.is_working(day("1408-12-30"))
    assert AUTUMN.due_on(day("1409-12-28"), 1) == day("1410-01-05")


def test_same_day_is_today_or_the_next_working_day() -> None:
    assert AUTUMN.due_on(day("1405-09-03"), 0) == day("1405-09-03")
    assert AUTUMN.due_on(day("1405-09-06"), 0) == day("1405-09-07")
    assert AUTUMN.after(day("1405-09-06"), 0) == AUTUMN.after(day("1405-09-06"), 1) == day("1405-09-07")


def test_with_papers_lacking_the_days_count_from_when_they_are_to_be_brought() -> None:
    assert AUTUMN.due_on(day("1405-09-03"), 5, bring_by=day("1405-09-10")) == day("1405-09-16")
    assert AUTUMN.due_on(day("1405-09-03"), 5, bring_by=day("1405-09-01")) == day("1405-09-09")


def test_nothing_is_promised_beyond_ninety_days() -> None:
    registered = day("1405-09-03")
    ceiling = registered + timedelta(days=90)
    assert format_jalali(ceiling) == "1405-12-03"
    assert AUTUMN.last_legal(registered) == ceiling
    assert AUTUMN.due_on(registered, 90) == AUTUMN.due_on(registered, 10**9) == ceiling
    assert AUTUMN.due_on(registered, 5, bring_by=ceiling + timedelta(days=30)) == ceiling
    friday = registered + timedelta(days=3)
    assert AUTUMN.last_legal(friday - timedelta(days=90)) == friday - timedelta(days=1)


def test_an_office_that_never_works_is_no_office() -> None:
    for weekdays in (frozenset[int](), frozenset({7, 8})):
        with pytest.raises(ValueError, match="week"):
            WorkCalendar(weekdays, frozenset())


def test_where_no_working_day_is_left_the_law_still_holds() -> None:
    registered = day("1405-09-03")
    closed = WorkCalendar(SATURDAY_TO_THURSDAY, frozenset(registered + timedelta(days=n) for n in range(100)))
    assert closed.last_legal(registered) == registered + timedelta(days=90)
    assert closed.due_on(registered, 3) == registered + timedelta(days=90)


@pytest.mark.parametrize("days", [-1, -90])
def test_working_days_are_not_counted_backward(days: int) -> None:
    with pytest.raises(ValueError, match="forward"):
        AUTUMN.after(day("1405-09-03"), days)
    with pytest.raises(ValueError, match="forward"):
        AUTUMN.due_on(day("1405-09-03"), days)


REGISTERED = st.dates(day("1404-01-01"), day("1420-12-29"))


@st.composite
def calendars(draw: st.DrawFn) -> tuple[WorkCalendar, date]:
    registered = draw(REGISTERED)
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    offsets = draw(st.frozensets(st.integers(0, 120), max_size=30))
    return WorkCalendar(weekdays, frozenset(registered + timedelta(days=n) for n in offsets)), registered


@given(calendars(), st.integers(0, 200), st.none() | st.integers(-10, 120))
def test_a_promised_day_is_a_working_day_within_the_law(
    at_work: tuple[WorkCalendar, date], working_days: int, later: int | None
) -> None:
    calendar, registered = at_work
    bring_by = None if later is None else registered + timedelta(days=later)
    due = calendar.due_on(registered, working_days, bring_by)
    assert registered <= due <= registered + timedelta(days=90)
    assert due <= calendar.last_legal(registered)
    workable = [n for n in range(91) if calendar.is_working(registered + timedelta(days=n))]
    assert calendar.is_working(due) or not workable


@given(calendars(), st.integers(0, 40))
def test_the_nth_working_day_has_n_working_days_up_to_it(at_work: tuple[WorkCalendar, date], n: int) -> None:
    calendar, start = at_work
    end = calendar.after(start, n)
    between = sum(calendar.is_working(start + timedelta(days=k)) for k in range(1, (end - start).days + 1))
    assert calendar.is_working(end)
    assert between == n or (n == 0 and not calendar.is_working(start) and between == 1)
