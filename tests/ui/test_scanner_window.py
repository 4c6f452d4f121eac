"""A scanner at a window: whatever had the focus stands as it did, under every keyboard layout."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from models.paper_body import PaperBody, to_payload
from ui.burst import _LETTERS, us_letter
from ui.scanner import PATIENT, SETTLES_MS, Scanner
from ui.widgets.digits import Digits, Letters

# The plugin without a screen says so of every window that is shown before it was given a size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

PLACES = {letter: place for place, letter in reversed(_LETTERS.items())}
A_RECEIPT = to_payload(
    PaperBody("500112345678", 29_000_000, date(2026, 12, 1), 7, 0), bytes(64), "https://p.example.ir"
)


OTHER_LETTERS = "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو./۱۲۳۴۵۶۷۸۹۰"
"""What a Persian layout makes of the keys."""


class Wedge:
    """A scanner plugged into a window: sends keys as the display server does, by their place."""

    def __init__(self, window: QWidget, *, persian: bool = False) -> None:
        self.handle, self.persian, self.at = window.windowHandle(), persian, 10_000

    def key(self, key: int, place: int, text: str, *, shift: bool = False, gap: int = 12) -> None:
        self.at += gap
        modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        held = [(Qt.Key.Key_Shift, 42, "")] if shift else []
        for number, place_, words in (*held, (key, place, text)):
            for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, number, modifiers, place_ + 8, 1, 0, words)
                event.setTimestamp(self.at)
                QGuiApplication.sendEvent(self.handle, event)

    def type(self, text: str, *, gap: int = 12, first: int = 500) -> None:
        for number, letter in enumerate(text):
            place, shift = PLACES[letter]
            shown = OTHER_LETTERS[place % len(OTHER_LETTERS)] if self.persian else letter
            self.key(0, place, shown, shift=shift, gap=gap if number else first)

    def enter(self, gap: int = 12) -> None:
        self.key(Qt.Key.Key_Return, 28, "\r", gap=gap)

    def scan(self, text: str) -> None:
        self.type(text)
        self.enter()


class Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.name, self.number, self.password, self.row = QLineEdit(), QLineEdit(), QLineEdit(), QCheckBox("۱")
        self.name.setValidator(Letters())
        self.number.setValidator(Digits(10))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.edits: list[str] = []
        self.enters = 0
        self.keys: list[str] = []
        column = QVBoxLayout(self)
        for part in (self.name, self.number, self.password, self.row):
            column.addWidget(part)
        for line in (self.name, self.number):
            line.textEdited.connect(self.edits.append)
            line.returnPressed.connect(self._entered)

    def _entered(self) -> None:
        self.enters += 1

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        self.keys.append(event.text())


@pytest.fixture
def page(qtbot: QtBot) -> Any:
    window, shown = QMainWindow(), Page()
    window.setCentralWidget(shown)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    scanned: list[tuple[str, bool]] = []
    listening = [True]

    def take(text: str, write: Callable[[str], None] | None = None, *, is_number: bool = False) -> None:
        scanned.append((text, is_number))
        if write is not None and (is_number or not text.isdecimal()):
            write(text)

    scanner = Scanner(window, take, lambda: listening[0])
    return SimpleNamespace(
        page=shown, scanned=scanned, listening=listening, wedge=Wedge(window), scanner=scanner, window=window
    )


def persian_letters(page: Any) -> Wedge:
    return Wedge(page.window, persian=True)


def test_a_scan_leaves_the_field_as_it_was(page: Any) -> None:
    page.page.name.setText("حسین")
    page.page.name.setFocus()
    page.page.name.setCursorPosition(2)
    page.wedge.scan("500112345678")
    assert page.scanned == [("500112345678", False)]
    assert page.page.name.text() == "حسین"
    assert page.page.name.cursorPosition() == 2
    assert page.page.edits[-1] == "حسین"  # whoever heard of the first letter heard that it is gone
    assert page.page.enters == 0


@pytest.mark.parametrize("persian", [False, True])
@pytest.mark.parametrize("text", [A_RECEIPT, "MIZ:" + A_RECEIPT.rpartition("/")[2], "2821234562"])
def test_every_layout_reads_the_same(page: Any, persian: bool, text: str) -> None:
    page.page.row.setFocus()
    Wedge(page.window, persian=persian).scan(text)
    assert page.scanned == [(text, False)]


def test_a_row_that_digits_would_tick_hears_nothing_of_a_scan(page: Any, qtbot: QtBot) -> None:
    page.page.row.setFocus()
    page.wedge.scan("1111111111")
    qtbot.wait(SETTLES_MS * 2)
    assert page.page.keys == []
    assert not page.page.row.isChecked()


def test_a_digit_that_a_person_presses_on_a_row_arrives_after_a_moment(page: Any, qtbot: QtBot) -> None:
    page.page.row.setFocus()
    page.wedge.type("1")
    qtbot.waitUntil(lambda: page.page.keys == ["1"])
    page.wedge.key(Qt.Key.Key_Space, 57, " ", gap=500)
    assert page.page.row.isChecked()


def test_letters_struck_at_once_by_a_person_all_arrive_in_order(page: Any, qtbot: QtBot) -> None:
    page.page.name.setFocus()
    page.wedge.type("abcd", gap=5)
    qtbot.waitUntil(lambda: page.page.name.text() == "abcd")
    page.wedge.type("efg", gap=5, first=60)
    page.wedge.enter()
    assert page.page.name.text() == "abcdefg"
    assert page.page.enters == 1
    assert page.scanned == []


def test_a_text_that_is_no_code_is_put_into_the_field_in_latin_letters(page: Any) -> None:
    page.page.name.setFocus()
    persian_letters(page).scan("AB-1405/77")
    assert page.page.name.text() == "AB-۱۴۰۵/۷۷"
    assert page.page.edits[-1] == "AB-۱۴۰۵/۷۷"
    assert page.page.enters == 0


def test_a_number_field_takes_the_card_and_is_done(page: Any) -> None:
    page.page.number.setFocus()
    page.wedge.scan("2821234562")
    assert page.page.number.text() == "۲۸۲۱۲۳۴۵۶۲"
    assert page.page.enters == 1


def test_a_number_field_that_has_no_room_stays_as_it_was(page: Any) -> None:
    page.page.number.setText("۱۲")
    page.page.number.setFocus()
    page.wedge.scan("123456789012345")
    assert page.page.number.text() == "۱۲"
    assert page.page.enters == 0


def test_a_password_is_nobodys_scan(page: Any) -> None:
    page.page.password.setFocus()
    page.wedge.scan("1234567890")
    assert page.page.password.text() == "1234567890"
    assert page.scanned == []


def test_where_nobody_listens_a_scanner_is_a_keyboard(page: Any) -> None:
    page.listening[0] = False
    page.page.name.setFocus()
    page.wedge.scan("1234567890")
    assert page.page.name.text() == "۱۲۳۴۵۶۷۸۹۰"
    assert page.page.enters == 1


def test_a_line_that_acts_at_once_is_spared_even_the_first_letter(page: Any) -> None:
    page.page.name.setProperty(PATIENT, True)
    page.page.name.setFocus()
    page.wedge.scan("1234567890")
    assert page.page.edits == []
    assert page.scanned == [("1234567890", False)]


def test_keys_that_no_device_sent_are_left_alone(page: Any) -> None:
    page.page.name.setFocus()
    for letter in "1234567890\r":
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key.Key_Return if letter == "\r" else 0
            QApplication.sendEvent(page.page.name, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))
    assert page.page.enters == 1
    assert page.scanned == []


def test_a_us_keyboard_has_each_letter_in_one_place() -> None:
    assert "".join(us_letter(place, shifted=False) for place in range(2, 12)) == "1234567890"
    assert us_letter(39, shifted=True) == ":"
    assert us_letter(59, shifted=False) == ""
