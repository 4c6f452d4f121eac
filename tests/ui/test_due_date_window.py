"""The calendar over the page: by keys, by the mouse, and by nothing but the field that keeps the focus."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.desk.desk import Desk
from app.desk.requests import request
from models.calendar import parse_jalali
from tests.desk.counter import HOSSEIN
from tests.ui.hand import Clerk
from ui.counter.due_date_view import DayField


def at_due_date(hand: Clerk) -> DayField:
    """A returning client's visit with its calendar open."""
    hand.type(str(HOSSEIN["national_number"]))
    hand.until(lambda: hand.counter.person.known)
    hand.type("1")
    hand.enter()
    hand.press(Qt.Key.Key_F4)
    hand.until(lambda: hand.counter.due.agenda)
    hand.press(Qt.Key.Key_F9)
    due = hand.page.outcome.due
    assert due.popover.isVisible()
    assert hand.focus is due.frame.line
    return due


def test_the_calendar_is_worked_by_keys_and_enter_takes_the_day(desk: Desk, hossein: str, at_work: Clerk) -> None:
    due = at_due_date(at_work)
    assert due.text() == "۱۴۰۵/۰۹/۰۹"
    at_work.press(Qt.Key.Key_Left)  # reading goes left, and so do the days
    assert due.text() == "۱۴۰۵/۰۹/۱۰"
    at_work.press(Qt.Key.Key_Right)
    at_work.press(Qt.Key.Key_Down)
    assert due.text() == "۱۴۰۵/۰۹/۱۶"
    at_work.press(Qt.Key.Key_PageDown)
    assert due.text() == "۱۴۰۵/۱۰/۱۶"
    at_work.press(Qt.Key.Key_PageUp)
    at_work.press(Qt.Key.Key_Up)
    at_work.press(Qt.Key.Key_Left)
    at_work.enter()
    assert not due.popover.isVisible()
    assert at_work.focus is due.frame.line
    assert due.text() == "سه‌شنبه ۱۰ آذر ۱۴۰۵"
    at_work.register()
    assert request(desk, at_work.saved()).due_on == parse_jalali("1405/09/10")


def test_plus_and_a_number_are_working_days_and_the_promise_is_shown(hossein: str, at_work: Clerk) -> None:
    due = at_due_date(at_work)
    at_work.type("+۱۰")
    assert due.popover.promised.text() == "روی رسید: پاسخ تا یکشنبه ۱۵ آذر ۱۴۰۵"
    assert due.text() == "+۱۰"
    at_work.enter()
    assert due.text() == "یکشنبه ۱۵ آذر ۱۴۰۵"


def test_a_holiday_is_said_in_the_calendar_and_under_the_field(hossein: str, at_work: Clerk) -> None:
    due = at_due_date(at_work)
    at_work.type("9/13")
    assert due.popover.notice.isVisible()
    assert due.popover.notice.text() == "این روز تعطیل است؛ اولین روز کاری: شنبه ۱۴ آذر"
    at_work.enter()
    assert due.text() == "شنبه ۱۴ آذر ۱۴۰۵"
    assert due.message.text() == "این روز تعطیل است؛ اولین روز کاری: شنبه ۱۴ آذر"


def test_esc_closes_the_calendar_alone_and_restores_the_day(hossein: str, at_work: Clerk) -> None:
    due = at_due_date(at_work)
    at_work.press(Qt.Key.Key_PageDown)
    at_work.press(Qt.Key.Key_Escape)
    assert not due.popover.isVisible()
    assert due.text() == "دوشنبه ۹ آذر ۱۴۰۵"
    assert at_work.focus is due.frame.line
    assert at_work.counter.person.known is not None, "the visit stays"
    at_work.press(Qt.Key.Key_Escape)
    assert at_work.counter.person.known is None


def test_tab_takes_the_day_and_goes_on(hossein: str, at_work: Clerk) -> None:
    due = at_due_date(at_work)
    at_work.press(Qt.Key.Key_Down)
    at_work.tab()
    assert not due.popover.isVisible()
    assert due.text() == "دوشنبه ۱۶ آذر ۱۴۰۵"
    assert at_work.focus is at_work.page.outcome.note.frame.line


def test_ctrl_enter_registers_with_the_day_that_is_marked(desk: Desk, hossein: str, at_work: Clerk) -> None:
    at_due_date(at_work)
    at_work.press(Qt.Key.Key_Down)
    at_work.register()
    assert request(desk, at_work.saved()).due_on == parse_jalali("1405/09/16")


def click(due: DayField, day: str) -> None:
    grid = due.popover.grid
    place = next(cell.center().toPoint() for shown, cell in grid.places() if shown == parse_jalali(day))
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place)


def test_the_mouse_does_everything(hossein: str, at_work: Clerk) -> None:
    due = at_due_date(at_work)
    click(due, "1405/09/02")
    assert due.popover.isVisible(), "a past day is none to take"
    due.popover.later.click()
    assert due.popover.title.text() == "دی ۱۴۰۵"
    click(due, "1405/10/01")
    assert not due.popover.isVisible()
    assert due.text() == "سه‌شنبه ۱ دی ۱۴۰۵"
    assert at_work.focus is due.frame.line
    QTest.mouseClick(due.frame.line, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert due.popover.isVisible()
    due.popover.choices[-1].click()
    assert due.text() == "دوشنبه ۳ اسفند ۱۴۰۵"
    due.popover.later.click()
    QTest.mouseClick(due.frame.line, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert not due.popover.later.isEnabled(), "the law allows no later month"
    QTest.mouseClick(at_work.page.person, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert not due.popover.isVisible()


def test_the_calendar_lies_within_the_page_over_its_field(hossein: str, at_work: Clerk) -> None:
    due = at_due_date(at_work)
    leaf = due.popover.geometry()
    field = due.frame.mapTo(at_work.page, QPoint(0, 0))
    assert leaf.bottom() < field.y() + 12
    assert at_work.page.rect().adjusted(-12, -12, 12, 12).contains(leaf)


def test_the_papers_day_is_asked_for_where_they_lack(desk: Desk, hossein: str, at_work: Clerk) -> None:
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    at_work.type("1")
    at_work.enter()
    bring = at_work.page.service.bring
    assert not bring.isVisible()
    at_work.press(Qt.Key.Key_F4)
    at_work.type("۲")
    at_work.until(lambda: bring.isVisible() and at_work.counter.bring_by)
    assert bring.field.text() == "دوشنبه ۹ آذر ۱۴۰۵"
    for _row in range(5):
        if at_work.focus is bring.field.frame.line:
            break
        at_work.tab()
    assert at_work.focus is bring.field.frame.line
    at_work.type("+3")
    assert bring.field.popover.isVisible()
    assert bring.field.popover.promised.text() == "روی رسید: مدارک تا شنبه ۷ آذر ۱۴۰۵"
    at_work.enter()
    at_work.until(lambda: at_work.counter.due_on == parse_jalali("1405/09/12"))
    at_work.register()
    kept = request(desk, at_work.saved())
    assert kept.bring_by == parse_jalali("1405/09/07")
    assert kept.due_on == parse_jalali("1405/09/12")
