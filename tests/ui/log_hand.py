"""Somebody before the daily log: with its glass, beside a rail as in the window, and without."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.desk import log_page
from app.desk.desk import Desk
from app.desk.people import Session
from tests.desk.counter import HOSSEIN, MARYAM, NOON, Clock, registered, visit
from tests.desk.test_daily_log import DAY
from tests.ui.hand import SLOW, AtOnce
from ui import theme
from ui.daily_log.acts import Acts
from ui.daily_log.page import DailyLogPage
from ui.daily_log.presenter import DailyLog
from ui.shell import NoShell
from ui.work import Work

NO_KEY, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
RAIL = 88


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
