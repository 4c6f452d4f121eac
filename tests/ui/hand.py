"""What a clerk does at the window, and doors that open when a test says so."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.desk.counter import PASSWORD
from ui.counter.page import CounterPage
from ui.counter.presenter import Counter
from ui.doors import Job, PaperJob
from ui.window import Window

NO_KEY = Qt.KeyboardModifier.NoModifier
SLOW = 15_000
"""Milliseconds that a busy machine may take for anything; no test measures by it."""


class AtOnce:
    """The two doors without threads: work is done when it is handed in, pauses are over when the test says so."""

    def __init__(self) -> None:
        self.paused: list[tuple[object, str]] = []

    def change(self, owner: object, done: str, job: Job, *, failed: str) -> None:
        try:
            value = job()
        except Exception as error:
            done, value = failed, error
        getattr(owner, done)(value)

    def read(self, owner: object, done: str, job: Job, *, failed: str, latest: bool = False) -> None:
        self.change(owner, done, job, failed=failed)

    def paper(self, owner: object, done: str, job: PaperJob, *, told: str, failed: str, leave: Job) -> None:
        self.change(owner, done, lambda: job(getattr(owner, told)), failed=failed)

    def later(self, owner: object, method: str, milliseconds: int) -> None:
        if (owner, method) not in self.paused:
            self.paused.append((owner, method))

    def pause(self) -> None:
        """The clerk takes a breath."""
        paused, self.paused = self.paused, []
        for owner, method in paused:
            getattr(owner, method)()


class Held(AtOnce):
    """Doors that keep reads until they are let through, one by one and in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Callable[[], None]] = []

    def read(self, owner: object, done: str, job: Job, *, failed: str, latest: bool = False) -> None:
        self.held.append(lambda: self.change(owner, done, job, failed=failed))

    def open(self) -> None:
        """Lets everything through, the newest first, as the real door lets a newer read overtake."""
        while self.held:
            self.held.pop()()


class Clerk:
    """Somebody at the window. Counts the keys that they press; a modifier is a key as well."""

    def __init__(self, window: Window, bot: QtBot) -> None:
        self.window, self.bot = window, bot
        self.keys = 0

    @property
    def page(self) -> CounterPage:
        assert self.window.counter is not None
        return self.window.counter

    @property
    def counter(self) -> Counter:
        return self.page.counter

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        return focused

    def until(self, what: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(what()), timeout=SLOW)

    def type(self, text: str) -> None:
        for letter in text:
            self.keys += 1
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus, QKeyEvent(kind, 0, NO_KEY, letter))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        self.keys += 1 + (modifier != NO_KEY)
        QTest.keyClick(self.focus, key, modifier)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def tab(self) -> None:
        self.press(Qt.Key.Key_Tab)

    def register(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def sign_in(self, name: str) -> None:
        sign_in = self.window.sign_in
        self.until(lambda: sign_in.tiles)
        sign_in.presenter.choose([person.name for person in sign_in.presenter.here.people].index(name))
        sign_in.password.line.setFocus()
        self.type(PASSWORD)
        self.enter()
        self.until(lambda: self.window.counter is not None and self.counter.service.services and self.counter.today)
        self.keys = 0

    def find(self, text: str) -> None:
        """Types into the find field and waits for the results of the whole text."""
        self.type(text)
        self.until(lambda: not self.counter.find.waits)

    def saved(self) -> str:
        """Waits until the visit is saved; its tracking code."""
        self.until(lambda: self.counter.saved is not None)
        assert self.counter.saved is not None
        return self.counter.saved.tracking_code

    def field(self, path: str) -> str:
        """The sentence under a field of the form."""
        message = self.page.person.new.fields[path].message
        return message.text() if message.isVisible() else ""


def receipts_of(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.pdf"))


def write_a_visit(hand: Clerk, number: str) -> None:
    """A returning client's visit, whole but for Ctrl+Enter."""
    hand.type(number)
    hand.until(lambda: hand.counter.person.known)
    hand.type("3")
    hand.enter()
    hand.press(Qt.Key.Key_F4)
    hand.page.outcome.note.setFocus()
    hand.type("پیش از ظهر می‌آید")
    hand.until(lambda: hand.counter.promise)
