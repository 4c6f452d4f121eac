"""The daily log on a screen, worked with keys and mouse, at every size, on a real desk."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QHBoxLayout, QLineEdit, QTableView, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from app.desk.desk import Desk
from app.desk.people import Session
from app.vault.store import Store
from resources import words
from tests.desk.conftest import supervisor
from tests.desk.counter import HOSSEIN, MARYAM, NOON, Clock, registered, visit
from tests.desk.test_daily_log import DAY, many, somebody
from tests.ui.hand import SLOW, Clerk, write_a_visit
from tests.ui.test_daily_log import Window, asked
from ui import theme
from ui.daily_log.acts import Acts
from ui.daily_log.page import DailyLogPage
from ui.daily_log.presenter import DailyLog
from ui.preferences import Preferences
from ui.widgets.table import Cell, Column, Table
from ui.work import Work

__all__ = ["supervisor"]

NO_KEY, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
RAIL = 88


class Hand:
    """Somebody before the page, which stands beside a rail as in the window."""

    def __init__(self, desk: Desk, session: Session, bot: QtBot, size: tuple[int, int] = (1366, 768)) -> None:
        self.bot, self.host = bot, QWidget()
        bot.addWidget(self.host)
        self.work = Work(self.host)
        self.log = DailyLog(Acts(desk, session), self.work, Window())
        self.page = DailyLogPage(self.log)
        rail = QWidget()
        rail.setFixedWidth(theme.px(RAIL))
        row = QHBoxLayout(self.host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rail)
        row.addWidget(self.page, 1)
        self.host.setMinimumSize(1, 1)
        self.host.resize(*size)
        self.host.show()
        bot.waitExposed(self.host)
        self.host.activateWindow()
        self.page.start()
        self.settle()

    def until(self, what: object) -> None:
        assert callable(what)
        self.bot.waitUntil(lambda: bool(what()), timeout=SLOW)

    def settle(self) -> None:
        """Until what was asked has been answered and painted."""
        self.until(lambda: not self.log._is_new)
        QApplication.processEvents()

    @property
    def table(self) -> QTableView:
        return self.page.register.table

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    @property
    def shown(self) -> list[int]:
        return [row.row for row in self.page.register.table.rows()]

    @property
    def marked(self) -> int:
        return self.table.currentIndex().row()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.keyClick(self.focus, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus, QKeyEvent(kind, 0, NO_KEY, letter))
        self.settle()

    def leave(self) -> None:
        self.page.hide()
        self.work.close()


@pytest.fixture
def hands(dressed: QApplication, qtbot: QtBot) -> Iterator["Hands"]:
    made = Hands(qtbot)
    yield made
    for hand in made.all:
        hand.leave()


class Hands:
    def __init__(self, bot: QtBot) -> None:
        self.bot, self.all = bot, list[Hand]()

    def at(self, desk: Desk, session: Session, size: tuple[int, int] = (1366, 768)) -> Hand:
        self.all.append(Hand(desk, session, self.bot, size))
        return self.all[-1]


# --- keys ------------------------------------------------------------------------------------------------------------


def test_the_rows_have_the_focus_and_the_first_is_marked(desk: Desk, clerk: Session, hands: Hands) -> None:
    many(desk, clerk, 5)
    hand = hands.at(desk, clerk)
    assert hand.focus is hand.table
    assert (hand.shown, hand.marked) == ([5, 4, 3, 2, 1], 0)


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


# --- what is seen ----------------------------------------------------------------------------------------------------


def test_the_day_in_figures_and_bars(desk: Desk, clerk: Session, hands: Hands) -> None:
    many(desk, clerk, 9)
    hand = hands.at(desk, clerk)
    stats = {stat.word: stat.number for stat in hand.page.figures.stats.stats()}
    assert (stats["مراجعه"], stats["دیرکرد"]) == ("۹", "۰")
    assert sum(hour.value for hour in hand.page.figures.hours.hours()) == 9
    assert [hour.now for hour in hand.page.figures.hours.hours()].count(True) == 1
    assert [(bar.word, bar.number) for bar in hand.page.bars.clerks.bars()] == [(clerk.person.name, "۹")]
    assert not any("مرکز" in word for word in stats), "there is no centre at this desk"


def test_a_day_with_none_teaches(desk: Desk, clerk: Session, supervisor: Session, hands: Hands) -> None:
    hand = hands.at(desk, clerk)
    empty = hand.page.register.empty
    assert empty.isVisible()
    assert (empty.head.text(), empty.button.text()) == (words._("Nobody has been here today yet."), words._("Counter"))
    assert hand.focus is empty.button
    registered(desk, clerk, visit(outcome="done"))
    hand.log.look_again()
    hand.until(hand.table.isVisible)
    assert hand.table.hasFocus()
    desk.clock = Clock(NOON + 4 * DAY)
    other = hands.at(desk, supervisor)
    other.press(Qt.Key.Key_Right, ALT)
    assert other.page.heading.note.text() == "روز کاری نیست"
    button = other.page.register.empty.button
    assert button.text() == "روز پیشین با مراجعه: سه‌شنبه ۳ آذر ۱۴۰۵"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    other.settle()
    assert other.shown == [1]


def test_who_may_not_read_sees_no_row_and_no_figure(desk: Desk, clerk: Session, hands: Hands) -> None:
    many(desk, clerk, 3)
    hand = hands.at(desk, somebody("administrator"))
    hand.until(hand.page.register.empty.isVisible)
    assert hand.page.register.empty.head.text() == "نقش شما دفتر روز را نمی‌خواند."
    assert not any(part.isVisible() for part in (hand.page.figures, hand.page.side, hand.page.register.search))
    assert not hand.page.heading.back.isVisible()


def texts_are_whole(page: QWidget) -> list[str]:
    """What is painted shorter than it is."""
    cut = []
    for widget in page.findChildren(QWidget):
        whole = getattr(widget, "is_whole", None)
        if widget.isVisible() and callable(whole) and not whole():
            cut.append(getattr(widget, "text", str)())
        corner = widget.mapTo(page, QPoint(0, 0))
        if isinstance(widget, QAbstractButton | QComboBox | QLineEdit) and widget.isVisible():
            inside = page.rect().contains(corner) and page.rect().contains(corner + widget.rect().bottomRight())
            cut += [] if inside else [type(widget).__name__]
            cut += [] if widget.width() >= widget.minimumSizeHint().width() else [f"narrow {type(widget).__name__}"]
    return cut


@pytest.mark.parametrize(
    ("size", "scale", "bars", "columns"),
    [
        ((1366, 768), 100, True, 8),
        ((1280, 640), 100, True, 7),
        ((1920, 1080), 100, True, 8),
        ((1920, 1080), 150, True, 7),
        ((1366, 768), 125, False, 8),
        ((1366, 768), 150, False, 6),
    ],
)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_nothing_is_cut_at_any_size(
    size: tuple[int, int],
    scale: int,
    bars: bool,
    columns: int,
    language: str,
    desk: Desk,
    clerk: Session,
    supervisor: Session,
    qapp: QApplication,
    hands: Hands,
) -> None:
    registered(desk, clerk, visit(MARYAM))
    desk.clock = Clock(NOON + 2 * DAY)
    many_days = Clock(NOON + 3 * DAY)
    registered(desk, clerk, visit(HOSSEIN))
    desk.clock = many_days
    words.use(language)
    theme.apply(qapp, Preferences(theme="light", scale=scale))  # type: ignore[arg-type]
    try:
        hand = hands.at(desk, supervisor, size)
        hand.press(Qt.Key.Key_PageUp, ALT)
        QApplication.processEvents()
        assert texts_are_whole(hand.page) == []
        assert hand.page.side.isVisible() == bars
        shown = [n for n in range(8) if not hand.table.isColumnHidden(n)]
        assert len(shown) >= (columns if language == "fa" else 6)
        assert sum(hand.table.columnWidth(n) for n in shown) <= hand.table.viewport().width()
        assert 2 in shown
        assert 5 in shown
        assert hand.table.height() > theme.px(44) * 2
        hand.leave()
    finally:
        words.use("fa")
        theme.apply(qapp)


def test_everything_that_takes_the_focus_has_a_name(
    desk: Desk, clerk: Session, supervisor: Session, hands: Hands
) -> None:
    many(desk, clerk, 3)
    hand = hands.at(desk, supervisor)
    nameless = [
        type(widget).__name__
        for widget in hand.page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []
    model = hand.table.model()
    assert model.data(model.index(0, 5), Qt.ItemDataRole.AccessibleTextRole) in ("انجام شد", "راهنمایی شد")
    assert model.headerData(5, Qt.Orientation.Horizontal) == "وضعیت"


def test_tab_goes_once_round(desk: Desk, clerk: Session, supervisor: Session, hands: Hands) -> None:
    many(desk, clerk, 3)
    hand = hands.at(desk, supervisor)
    seen: list[QWidget] = []
    while hand.focus not in seen and len(seen) < 30:
        seen.append(hand.focus)
        hand.press(Qt.Key.Key_Tab)
    register = hand.page.register
    assert {hand.table, register.search.line, register.clerk, register.service, register.status} <= set(seen)
    assert len(seen) < 12


def test_rows_beyond_the_eye_cost_nothing(desk: Desk, clerk: Session, hands: Hands) -> None:
    """Cells are made when they are painted."""
    many(desk, clerk, 120)
    hand = hands.at(desk, clerk)
    hand.host.grab()
    assert len(hand.page.register.table._model._made) < 40


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
