"""The day of the answer and the day to bring papers: written, counted, picked, moved off holidays, held by the law."""

import datetime
import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.promises import Agenda, agenda
from app.desk.requests import request
from models.calendar import WorkCalendar, parse_jalali
from tests.desk.counter import TODAY
from tests.ui.hand import AtOnce
from ui.counter.acts import Acts
from ui.counter.due_date import DayPick, month_days
from ui.counter.presenter import Counter

OWN = parse_jalali("1405/09/09")
"""Five working days from Tuesday, 3 Azar: Friday is none of them."""
LAST = parse_jalali("1405/12/03")
ISLAMIC_WEEK = frozenset([0, 1, 2, 3, 5, 6])


@pytest.fixture
def pick(desk: Desk) -> DayPick:
    """The day of the answer for a service of five working days."""
    picked = DayPick("due_on", lambda: None)
    picked.know(agenda(desk), OWN, None, 5)
    return picked


@pytest.fixture
def served(counter: Counter, hossein: str) -> Counter:
    """A returning client's visit with a service of five working days."""
    for end in range(1, len(hossein) + 1):
        counter.type_find(hossein[:end])
    counter.type_service("1")
    counter.enter_service()
    return counter


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("+5", "1405/09/09"),
        ("+۱۰", "1405/09/15"),
        ("+ 1", "1405/09/04"),
        ("+0", "1405/09/03"),
        ("9/12", "1405/09/12"),
        ("۹/۱۲", "1405/09/12"),
        ("9-12", "1405/09/12"),
        ("1405/09/12", "1405/09/12"),
        ("١٤٠٥/٠٩/١٢", "1405/09/12"),
        ("12/3", "1405/12/03"),
    ],
)
def test_a_day_is_written_in_digits_or_counted_in_working_days(written: str, day: str, pick: DayPick) -> None:
    pick.type(written)
    assert pick.marked == parse_jalali(day)
    pick.settle()
    assert pick.day == parse_jalali(day)
    assert pick.problem == ""


def test_nothing_is_said_while_a_day_is_being_written(pick: DayPick) -> None:
    for end in range(1, len("1405/09/12") + 1):
        pick.type("1405/09/12"[:end])
        assert pick.problem == ""
        assert pick.day is not None


@pytest.mark.parametrize("written", ["1405/13/40", "1405/09", "فردا", "+", "13/1", "9/31", "1406/12/30"])
def test_what_is_no_day_is_said_once_the_field_is_left_and_kept_as_written(written: str, pick: DayPick) -> None:
    pick.type(written)
    pick.settle()
    assert pick.problem
    assert pick.is_wrong
    assert pick.text == written
    pick.open()
    assert pick.written == written


@pytest.mark.parametrize("written", ["1405/09/02", "1404/09/12", "1405/12/05", "1406/09/12", "1/20"])
def test_the_past_and_what_lies_beyond_ninety_days_is_refused(written: str, pick: DayPick) -> None:
    pick.type(written)
    pick.settle()
    assert pick.problem == "روز پاسخ از امروز تا نود روز پس از ثبت است."
    assert pick.day is None


def test_a_holiday_gives_way_to_the_next_working_day_with_a_word(pick: DayPick) -> None:
    pick.type("9/13")
    assert pick.notice == "این روز تعطیل است؛ اولین روز کاری: شنبه ۱۴ آذر"
    assert pick.day == parse_jalali("1405/09/14")
    pick.settle()
    assert pick.sent == "1405-09-14"
    assert pick.moved == "این روز تعطیل است؛ اولین روز کاری: شنبه ۱۴ آذر"


def test_more_working_days_than_the_law_allows_end_at_its_last_day(pick: DayPick) -> None:
    pick.type("+200")
    assert pick.day == LAST
    assert "قانون" in pick.notice
    pick.settle()
    assert pick.day == LAST
    assert "قانون" in pick.moved


def test_the_arrows_stop_at_today_and_at_the_last_legal_day(pick: DayPick) -> None:
    pick.open()
    for _n in range(20):
        pick.move_month(1)
    assert pick.day == pick.marked == LAST
    assert not pick.can_turn(1)
    for _n in range(20):
        pick.move(-7)
    assert pick.marked == TODAY
    assert not pick.can_turn(-1)


def test_esc_brings_back_what_was_there(pick: DayPick) -> None:
    pick.type("9/12")
    pick.settle()
    pick.open()
    pick.move(3)
    pick.type("rubbish")
    pick.restore()
    assert pick.day == parse_jalali("1405/09/12")
    assert not pick.is_open


def test_a_look_at_the_calendar_changes_nothing(pick: DayPick) -> None:
    pick.open()
    pick.turn(1)
    pick.settle()
    assert pick.text == ""
    assert pick.day == OWN


def test_the_services_own_day_is_no_choice_and_goes_on_following_it(pick: DayPick, desk: Desk) -> None:
    pick.type("+5")
    pick.settle()
    assert pick.text == ""
    later = parse_jalali("1405/09/16")
    pick.know(agenda(desk), later, OWN, 5)
    assert pick.day == later


def test_the_quick_choices_are_the_services_days_and_the_last_legal_one(pick: DayPick) -> None:
    offered = [(choice.working_days, choice.day) for choice in pick.choices()]
    days = [parse_jalali(day) for day in ("1405/09/09", "1405/09/15", "1405/09/21")]
    assert offered == [(5, days[0]), (10, days[1]), (15, days[2]), (None, LAST)]


def test_buttons_go_from_working_day_to_working_day(pick: DayPick) -> None:
    pick.type("9/12")
    pick.settle()
    pick.step(1)
    assert pick.day == parse_jalali("1405/09/14")  # over the Friday
    pick.step(-1)
    assert pick.day == parse_jalali("1405/09/12")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    today=st.dates(datetime.date(2024, 1, 1), datetime.date(2035, 1, 1)),
    off=st.sets(st.integers(0, 95), max_size=25),
    moves=st.lists(
        st.one_of(
            st.integers(-30, 30).map(lambda n: ("move", n)),
            st.integers(-4, 4).map(lambda n: ("move_month", n)),
            st.integers(0, 120).map(lambda n: ("type", f"+{n}")),
            st.sampled_from(["9/12", "1405/09/12", "", "x", "12/30"]).map(lambda text: ("type", text)),
            st.just(("settle",)),
        ),
        max_size=12,
    ),
)
def test_whatever_is_pressed_the_day_is_a_working_day_within_the_law(
    today: datetime.date, off: set[int], moves: list[tuple[str, object]]
) -> None:
    calendar = WorkCalendar(ISLAMIC_WEEK, frozenset(today + datetime.timedelta(days=n) for n in off))
    days = Agenda(today, calendar.last_legal(today), calendar)
    pick = DayPick("due_on", lambda: None)
    pick.know(days, days.ahead(5), None, 5)
    for verb, *arguments in moves:
        getattr(pick, verb)(*arguments)
        if pick.day is not None:
            assert today <= pick.day <= days.last_legal
            assert calendar.is_working(pick.day) or pick.day == days.last_legal
        else:
            assert pick.is_wrong


@given(st.integers(1380, 1450), st.integers(1, 12))
def test_a_month_is_shown_whole(year: int, month: int) -> None:
    days = month_days(year, month)
    assert len(days) == (31 if month < 7 else 30 if month < 12 else len(days))
    assert len(days) in (29, 30, 31)
    assert days[0] == parse_jalali(f"{year}/{month}/1")
    assert all(b - a == datetime.timedelta(days=1) for a, b in itertools.pairwise(days))


# --- papers to be brought --------------------------------------------------------------------------------------------


def test_lacking_papers_are_to_be_brought_in_five_working_days_and_the_answer_counts_from_there(
    served: Counter,
) -> None:
    served.toggle_paper(0)
    assert served.bring_by == OWN
    assert served.due_on == parse_jalali("1405/09/15")
    assert "bring_by" not in served.visit()


def test_another_day_for_the_papers_moves_the_answer_and_stands_on_the_receipt(served: Counter, desk: Desk) -> None:
    served.toggle_paper(0)
    served.bring.type("9/16")
    served.bring.settle()
    assert served.due_on == parse_jalali("1405/09/22")
    assert served.visit()["bring_by"] == "1405-09-16"
    served.register()
    assert served.saved is not None
    kept = request(desk, served.saved.tracking_code)
    assert kept.bring_by == parse_jalali("1405/09/16")
    assert kept.due_on == parse_jalali("1405/09/22")
    assert kept.receipts[0].values.bring_by == kept.bring_by


def test_an_answer_before_the_papers_is_doubted(served: Counter) -> None:
    served.due.type("9/8")
    served.due.settle()
    assert served.due.doubt == ""
    served.toggle_paper(0)
    assert served.due.doubt == "تا این روز شاید مدارک هنوز نیامده باشد."
    served.receive_all()
    assert served.due.doubt == ""


def test_papers_that_are_all_there_are_not_to_be_brought(served: Counter) -> None:
    served.toggle_paper(0)
    served.bring.type("9/16")
    served.bring.settle()
    served.receive_all()
    assert served.bring_by is None
    assert "bring_by" not in served.visit()
    assert served.due_on == OWN


def test_days_that_were_chosen_are_in_the_draft(served: Counter, desk: Desk, clerk: Session) -> None:
    served.toggle_paper(0)
    served.bring.type("9/16")
    served.due.type("10/1")
    assert isinstance(served.doors, AtOnce)
    served.bring.settle()
    served.due.settle()
    served.doors.pause()
    (row,) = served.acts.today().drafts
    again = Counter(Acts(desk, clerk), AtOnce(), Path())
    again.start()
    again.resume(row)
    assert again.visit() == served.visit()
    assert (again.bring_by, again.due_on) == (served.bring_by, served.due_on)


def test_a_day_in_a_draft_that_has_passed_meanwhile_is_said(served: Counter) -> None:
    served.receive_all()
    served.due.text = "1405-09-01"
    served.ask_promise()
    assert served.due.problem
    served.register()
    assert served.saved is None
    assert served.focus == "due"


def test_registering_takes_the_day_on_which_the_clerk_stands(served: Counter, desk: Desk) -> None:
    served.receive_all()
    served.due.open()
    served.due.move(7)
    served.register()
    assert served.saved is not None
    assert request(desk, served.saved.tracking_code).due_on == OWN + datetime.timedelta(days=7)
