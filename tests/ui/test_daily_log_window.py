"""The daily log on a screen, worked with keys and mouse, on a real desk."""

import threading
from contextlib import AbstractContextManager

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from app.desk.desk import Desk
from app.desk.people import Session
from app.vault.store import Store
from tests.desk.conftest import supervisor
from tests.desk.counter import NOON, Clock, registered, visit
from tests.desk.test_daily_log import DAY, many
from tests.ui.hand import Clerk, Held, write_a_visit
from tests.ui.log_hand import ALT, NO_KEY, Hands, asked, hands
from ui import theme
from ui.daily_log.acts import Acts
from ui.daily_log.page import DailyLogPage
from ui.daily_log.presenter import DailyLog
from ui.widgets.table import Cell, Column, Table

__all__ = ["hands", "supervisor"]


# --- keys ------------------------------------------------------------------------------------------------------------


def test_the_rows_have_the_focus_and_the_first_is_marked(desk: Desk, clerk: Session, hands: Hands) -> None:
    many(desk, clerk, 5)
    hand = hands.at(desk, clerk)
    assert hand.focus is hand.table
    assert (hand.shown, hand.marked) == ([5, 4, 3, 2, 1], 0)


@pytest.mark.parametrize("typed", ["", "مریم"])
def test_the_focus_waits_for_rows_that_are_slow_unless_somebody_types_meanwhile(
    desk: Desk, clerk: Session, qtbot: QtBot, typed: str
) -> None:
    many(desk, clerk, 5)
    doors = Held()
    log = DailyLog(Acts(desk, clerk), doors)
    page = DailyLogPage(log)
    qtbot.addWidget(page)
    page.setMinimumSize(1, 1)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.start()
    doors.pause()
    register = page.register
    assert register.stack.currentWidget() is register.skeleton
    line = register.search.line
    assert line.hasFocus()
    for letter in typed:
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, NO_KEY, letter))
    del doors.held[:-1]  # a read that was overtaken is not answered
    doors.open()
    assert len(log.rows) == (2 if typed else 5)
    assert (register.table.hasFocus(), line.hasFocus()) == (not typed, bool(typed))


def test_keys_go_through_the_rows_and_enter_opens_one(desk: Desk, clerk: Session, hands: Hands) -> None:
    register = many(desk, clerk, 40)
    hand = hands.at(desk, clerk)
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Up)
    assert hand.marked == 1
    hand.press(Qt.Key.Key_PageDown)
    assert hand.marked > 5
    hand.press(Qt.Key.Key_End)
    assert hand.marked == 39
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_Home)
    hand.press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert asked(hand.log) == [register[0], register[-1]]


def test_a_double_click_opens_the_file(desk: Desk, clerk: Session, hands: Hands) -> None:
    register = many(desk, clerk, 5)
    hand = hands.at(desk, clerk)
    place = hand.table.visualRect(hand.table.model().index(2, 3)).center()
    for act in (QTest.mouseClick, QTest.mouseDClick):
        act(hand.table.viewport(), Qt.MouseButton.LeftButton, NO_KEY, place)
    assert hand.log.marked_row == 2
    assert asked(hand.log) == [register[2]]


def test_what_is_typed_over_the_rows_filters_and_escape_takes_it_back(desk: Desk, clerk: Session, hands: Hands) -> None:
    many(desk, clerk, 9)
    hand = hands.at(desk, clerk)
    hand.type("مريم")
    assert hand.page.register.search.line.text() == "مریم"
    assert hand.focus is hand.page.register.search.line
    assert hand.shown == [8, 6, 4, 2]
    assert hand.page.register.count.text() == "۴ ردیف از ۹"
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Return)
    assert asked(hand.log) == [hand.log.rows[1].tracking_code]
    hand.press(Qt.Key.Key_Escape)
    assert (len(hand.shown), hand.page.register.search.line.text()) == (9, "")
    assert hand.table.hasFocus()
    hand.press(Qt.Key.Key_Escape)
    assert asked(hand.log)[-1] == "counter"


def test_days_are_turned_with_alt_and_an_arrow_as_they_point(
    desk: Desk, clerk: Session, supervisor: Session, hands: Hands
) -> None:
    registered(desk, clerk, visit(outcome="done"))
    desk.clock = Clock(NOON + DAY)
    hand = hands.at(desk, supervisor)
    heading = hand.page.heading
    assert heading.day.text() == "چهارشنبه ۴ آذر ۱۴۰۵"
    hand.press(Qt.Key.Key_Right, ALT)
    assert (heading.day.text(), hand.shown) == ("سه‌شنبه ۳ آذر ۱۴۰۵", [1])
    assert hand.focus is hand.table
    hand.press(Qt.Key.Key_Left, ALT)
    assert heading.day.text() == "چهارشنبه ۴ آذر ۱۴۰۵"
    assert not heading.on.isEnabled()
    hand.press(Qt.Key.Key_PageUp, ALT)
    hand.press(Qt.Key.Key_PageUp, ALT)
    assert heading.day.text() == "دوشنبه ۲ آذر ۱۴۰۵"
    hand.press(Qt.Key.Key_Home, ALT)
    assert heading.day.text() == "چهارشنبه ۴ آذر ۱۴۰۵"
    # the one before lies at the right, where reading begins
    assert heading.back.mapTo(hand.page, QPoint(0, 0)).x() > heading.on.mapTo(hand.page, QPoint(0, 0)).x()


def test_a_day_is_typed_in_its_place(desk: Desk, clerk: Session, supervisor: Session, hands: Hands) -> None:
    registered(desk, clerk, visit(outcome="done"))
    desk.clock = Clock(NOON + 9 * DAY)
    hand = hands.at(desk, supervisor)
    hand.press(Qt.Key.Key_F9)
    date = hand.page.heading.date.line
    assert (hand.focus, date.selectedText()) == (date, "۱۴۰۵/۰۹/۱۲")
    hand.type("1405/9/44")
    hand.press(Qt.Key.Key_Return)
    assert hand.page.heading.problem.isVisible()
    assert (hand.focus, date.text()) == (date, "۱۴۰۵/۹/۴۴")
    hand.press(Qt.Key.Key_Backspace)
    hand.press(Qt.Key.Key_Backspace)
    hand.type("3")
    hand.press(Qt.Key.Key_Return)
    assert (hand.shown, hand.focus) == ([1], hand.table)
    assert not hand.page.heading.problem.isVisible()
    hand.press(Qt.Key.Key_F9)
    hand.press(Qt.Key.Key_Escape)
    assert (hand.focus, date.isVisible(), asked(hand.log)) == (hand.table, False, [])


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_filter_is_chosen_from_a_list_by_keys(desk: Desk, clerk: Session, hands: Hands) -> None:
    many(desk, clerk, 9)
    hand = hands.at(desk, clerk)
    status = hand.page.register.status
    status.setFocus()
    hand.press(Qt.Key.Key_Down)
    view = status.view()
    hand.until(view.isVisible)
    names = [status.itemText(n) for n in range(status.count())]
    for _step in range(names.index("راهنمایی شد")):
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    hand.settle()
    assert hand.log.filters.status == "guided"
    assert hand.shown == [7, 4, 1]
    hand.press(Qt.Key.Key_Escape)
    assert (status.currentIndex(), len(hand.shown)) == (0, 9)


# --- the day goes on -------------------------------------------------------------------------------------------------


def test_rows_stay_under_the_eye_when_a_visit_comes(desk: Desk, clerk: Session, hands: Hands) -> None:
    many(desk, clerk, 40)
    hand = hands.at(desk, clerk)
    for _step in range(20):
        hand.press(Qt.Key.Key_Down)
    bar, row = hand.table.verticalScrollBar(), theme.px(44)
    bar.setValue(bar.value() - 7)
    marked, value = hand.log.marked, bar.value()
    assert value > 0
    registered(desk, clerk, visit(outcome="done"))
    hand.log.look_again()
    hand.until(lambda: hand.shown[0] == 41)
    assert (hand.log.marked, hand.marked) == (marked, 21)
    assert bar.value() == value + row
    assert hand.focus is hand.table


def test_a_visit_comes_into_sight_at_the_top(desk: Desk, clerk: Session, hands: Hands) -> None:
    many(desk, clerk, 40)
    hand = hands.at(desk, clerk)
    registered(desk, clerk, visit(outcome="done"))
    hand.log.look_again()
    hand.until(lambda: hand.shown[0] == 41)
    assert hand.table.verticalScrollBar().value() == 0
    assert hand.marked == 1


def test_older_pages_are_there_when_the_end_comes_into_sight(desk: Desk, clerk: Session, hands: Hands) -> None:
    many(desk, clerk, 230)
    hand = hands.at(desk, clerk)
    assert len(hand.shown) == 200
    assert hand.page.register.count.text() == "۲۳۰ ردیف"
    hand.press(Qt.Key.Key_End)
    hand.until(lambda: len(hand.shown) == 230)
    hand.press(Qt.Key.Key_End)
    assert (hand.marked, hand.shown[-1]) == (229, 1)


# --- in the window ---------------------------------------------------------------------------------------------------


def test_a_visit_registered_at_the_counter_is_in_the_log_and_its_file_is_one_enter_away(
    hossein: str, at_work: Clerk
) -> None:
    at_work.window.open("log")
    assert at_work.window.workplace is not None
    shift = at_work.window.workplace.shift
    at_work.until(lambda: len(shift.log.rows) == 1)
    at_work.window.open("counter")
    at_work.counter.find.done()
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    at_work.until(lambda: len(shift.log.rows) == 2)
    assert shift.log.rows[0].tracking_code == code
    at_work.until(lambda: isinstance(at_work.focus, QTableView))
    at_work.press(Qt.Key.Key_Home)
    at_work.enter()
    at_work.until(lambda: shift.page == "files" and shift.files.file)
    assert shift.files.file is not None
    assert shift.files.file.request.tracking_code == code
    at_work.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    at_work.press(Qt.Key.Key_Escape)
    assert shift.page == "counter"


def test_nothing_is_read_on_the_windows_own_thread(
    desk: Desk, clerk: Session, supervisor: Session, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(desk, clerk, 230)
    reading, version = Store.reading, vars(Store)["data_version"]
    threads = set[threading.Thread]()

    def watched(store: Store) -> AbstractContextManager[Connection]:
        threads.add(threading.current_thread())
        return reading(store)

    def watched_version(store: Store) -> int:
        threads.add(threading.current_thread())
        return int(version.fget(store))

    monkeypatch.setattr(Store, "reading", watched)
    monkeypatch.setattr(Store, "data_version", property(watched_version))
    hand = hands.at(desk, supervisor)
    hand.press(Qt.Key.Key_End)
    hand.until(lambda: len(hand.shown) == 230)
    hand.type("مریم")
    hand.press(Qt.Key.Key_Escape)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        hand.press(key, ALT)
    hand.log.look_again()
    hand.log.choose_status("done")
    hand.settle()
    hand.host.grab()
    assert threads
    assert threading.main_thread() not in threads


def test_the_tables_model_keeps_its_word(qtmodeltester: ModelTester, qapp: QApplication) -> None:
    table = Table("", (Column("a", 10), Column("b", 10)), lambda row: (Cell(row[0]), Cell(row[1])))
    model = table.model()
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    table.show_rows((("1", "x"), ("2", "y")), 0, lambda row: row[0])
    table.show_rows((("1", "x"), ("2", "y"), ("3", "z")), 2, lambda row: row[0])
    assert table.currentIndex().row() == 2
    table.show_rows((("1", "x"), ("2", "Y"), ("3", "z")), 2, lambda row: row[0])
    assert model.index(1, 1).data() == "Y"
    table.show_rows((("0", "w"), ("3", "z")), 1, lambda row: row[0])
    table.show_rows((), -1, lambda row: row[0])
    assert not table.currentIndex().isValid()
