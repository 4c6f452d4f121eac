"""What holds for every page in every state: names, directions, nothing cut, calm in the face of a defect."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QValidator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.doorstep import Opening
from app.desk.people import Session
from models.text import ascii_digits, persian_digits
from printing.printers import Report
from resources import words
from tests.desk.counter import CLERK, HOSSEIN, registered, visit
from tests.ui.hand import Clerk
from ui import theme
from ui.command import guard
from ui.widgets.button import Button
from ui.widgets.choices import Segment
from ui.widgets.digits import Digits, shown_digits
from ui.widgets.words import Sentence
from ui.window import Window


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    words.use("en")
    yield
    words.use("fa")
    theme.apply(qapp)


def states(hand: Clerk) -> Iterator[str]:
    """Walks the window through its states."""
    yield "empty"
    hand.find("حسین")
    yield "found"
    hand.press(Qt.Key.Key_Down)
    hand.enter()
    hand.until(lambda: hand.counter.person.is_there)
    yield "new person"
    for kind in ("organisation", "foreigner", "passport", "unidentified", "person"):
        hand.counter.choose_kind(kind)
        yield kind
    hand.counter.show_more(True)
    hand.counter.show_representative(True)
    yield "everything"
    hand.counter.type_field("client.national_number", "2831234564")
    hand.counter.leave_field("client.national_number")
    yield "wrong number"
    hand.counter.type_field("client.national_number", "2831234565")
    hand.counter.type_field("client.mobile", str(HOSSEIN["mobile"]))
    hand.counter.leave_person()
    hand.until(lambda: hand.counter.person.similar)
    yield "similar"
    hand.counter.answer_similar(1)
    hand.until(lambda: hand.counter.person.known)
    yield "known person"
    hand.counter.type_service("1")
    hand.counter.choose_service(0)
    hand.counter.show_representative(False)
    hand.until(lambda: hand.counter.promise)
    yield "service"
    hand.counter.receive_all()
    hand.counter.toggle_paper(1)
    hand.until(lambda: hand.counter.promise and hand.counter.promise.bring_by)
    yield "papers lacking"
    hand.register()
    code = hand.saved()
    yield "saved"
    yield from paper_states(hand, code)


def paper_states(hand: Clerk, code: str) -> Iterator[str]:
    """The paper that goes to a printer, on its visit's page and behind the next person."""
    counter = hand.counter
    assert counter.saved is not None
    counter.saved = replace(counter.saved, prints=True)
    slip = counter.papers._new(code, counter.saved.person)
    for report in (Report("printing"), Report("stuck", "marker-supply-empty"), Report("failed", "wrong-format")):
        slip._stands(report)
        yield report.state
    slip._stands(Report("unknown", "not-confirmed"))
    yield "unknown"
    counter.next_person()
    yield "unknown, behind the next person"
    slip._stands(Report("stuck", "unreachable"))
    yield "stuck, behind the next person"


def visible(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [widget for widget in window.findChildren(kind) if widget.isVisible()]


def nameless(window: QWidget) -> list[str]:
    found = []
    for widget in visible(window, QWidget):
        focusable = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.focusProxy()
        named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
        if focusable and not named:
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def test_everything_that_takes_the_focus_has_a_name(desk: Desk, clerk: Session, window: Window, qtbot: QtBot) -> None:
    registered(desk, clerk, visit(HOSSEIN))
    hand = Clerk(window, qtbot)
    hand.until(lambda: window.sign_in.tiles)
    assert nameless(window) == []
    hand.sign_in(CLERK)
    for state in states(hand):
        assert nameless(window) == [], state


def cut(window: QWidget) -> list[str]:
    """Words that have less room than they need."""
    texts = [*visible(window, Sentence), *visible(window, Segment)]
    found = [text.text() for text in texts if isinstance(text, Sentence | Segment) and not text.is_whole()]
    for button in visible(window, Button):
        assert isinstance(button, Button)
        if button.sizeHint().width() > button.width() + 3:
            found.append(button.text())
    for line in visible(window, QLineEdit):
        assert isinstance(line, QLineEdit)
        words_of_line = line.placeholderText()
        if QFontMetricsF(line.font()).horizontalAdvance(words_of_line) > line.width() + 3:
            found.append(words_of_line)
    return found


def all_cut(window: QWidget, hand: Clerk) -> dict[str, list[str]]:
    found = {}
    for state in states(hand):
        for _pass in range(3):  # a layout that grows asks for another pass
            QApplication.processEvents()
        if lacking := cut(window):
            found[state] = lacking
    return found


@pytest.mark.parametrize("width", [1366, 1280, 1024])
def test_nothing_is_cut_in_persian(width: int, desk: Desk, clerk: Session, window: Window, qtbot: QtBot) -> None:
    registered(desk, clerk, visit(HOSSEIN))
    window.resize(width, 640)
    hand = Clerk(window, qtbot)
    hand.sign_in(CLERK)
    assert window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert all_cut(window, hand) == {}


@pytest.mark.parametrize("width", [1366, 1280, 1024])
def test_nothing_is_cut_in_english_which_runs_from_the_left(
    width: int, english: None, dressed: QApplication, desk: Desk, clerk: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    registered(desk, clerk, visit(HOSSEIN))
    window = Window(Opening.of(desk), lambda: tmp_path)
    qtbot.addWidget(window)
    window.resize(width, 640)
    window.show()
    hand = Clerk(window, qtbot)
    hand.sign_in(CLERK)
    assert window.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert hand.page.mapTo(window, QPoint(0, 0)).x() > window.width() / 100  # the rail stands before it, on the left
    assert all_cut(window, hand) == {}
    window.close()


@pytest.mark.expected_log("defect RuntimeError")
def test_a_defect_shows_a_calm_banner_and_no_traceback(
    at_work: Clerk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys
    import threading

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    guard(at_work.window)
    try:
        raise RuntimeError("2821234562")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    assert at_work.page.banner.isVisible()
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    assert "2821234562" not in shown.err


@given(st.text(alphabet="0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩ -/", max_size=10))
def test_a_number_field_shows_one_script_and_keeps_every_digit(typed: str) -> None:
    state, shown, _position = Digits(10).validate(typed, len(typed))
    assert state == QValidator.State.Acceptable
    assert ascii_digits(shown) == ascii_digits(typed)
    assert shown == shown_digits(typed) == persian_digits(ascii_digits(typed))


@pytest.mark.parametrize("typed", ["12345678901", "12a", "+98"])
def test_a_number_field_takes_nothing_else(typed: str) -> None:
    assert Digits(10).validate(typed, len(typed))[0] == QValidator.State.Invalid


def test_the_keyboards_language_is_named_beside_the_password(window: Window) -> None:
    from ui.sign_in.page import keyboard_name

    known = QApplication.inputMethod().locale().language()
    expected = {QLocale.Language.Persian: "فارسی", QLocale.Language.English: "لاتین"}.get(known, "")
    assert keyboard_name() == expected
