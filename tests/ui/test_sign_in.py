"""Signing in at the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.desk import people
from app.desk.desk import Desk
from models.text import persian_digits
from tests.desk.counter import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR, Clock
from tests.ui.hand import Clerk
from ui.window import Window


def test_the_focus_waits_in_the_password_of_whoever_signed_in_last(window: Window, qtbot: QtBot) -> None:
    hand = Clerk(window, qtbot)
    hand.sign_in(SUPERVISOR)
    window.sign_out()
    hand.until(lambda: window.sign_in.presenter.name)
    assert window.sign_in.presenter.name == SUPERVISOR
    assert hand.focus is window.sign_in.password.line
    hand.type(PASSWORD)
    hand.enter()
    hand.until(lambda: window.counter is not None)


def test_a_wrong_password_is_said_under_the_field_which_is_empty_again(window: Window, qtbot: QtBot) -> None:
    hand = Clerk(window, qtbot)
    hand.until(lambda: window.sign_in.tiles)
    hand.type("چیز دیگر")
    assert "فارسی" in window.sign_in.password.keyboard.text()
    hand.enter()
    hand.until(lambda: window.sign_in.presenter.message)
    assert window.sign_in.message.text() == "رمز درست نیست؛ صفحه‌کلید فارسی است."
    assert window.sign_in.message.isVisible()
    assert window.sign_in.password.line.text() == ""
    assert hand.focus is window.sign_in.password.line


def test_a_persian_keyboard_types_the_digits_of_a_password_as_well(window: Window, qtbot: QtBot) -> None:
    hand = Clerk(window, qtbot)
    hand.until(lambda: window.sign_in.tiles)
    hand.type(persian_digits(PASSWORD))
    hand.enter()
    hand.until(lambda: window.counter is not None)


def test_a_delay_after_wrong_tries_is_said_in_seconds_and_passes(desk: Desk, window: Window, qtbot: QtBot) -> None:
    hand = Clerk(window, qtbot)
    page = window.sign_in
    hand.until(lambda: page.tiles)
    page.presenter.choose([person.name for person in page.presenter.here.people].index(CLERK))
    hand.type("نه")
    hand.enter()
    hand.until(lambda: page.presenter.rejected == 1)
    hand.type(PASSWORD)
    hand.enter()
    hand.until(lambda: page.presenter.rejected == 2)
    assert "۱" in page.message.text()
    assert isinstance(desk.clock, Clock)
    desk.clock.now += 2_000_000
    hand.type(PASSWORD)
    hand.enter()
    hand.until(lambda: window.counter is not None)


def test_arrows_move_among_the_names_and_enter_goes_to_the_password(window: Window, qtbot: QtBot) -> None:
    hand = Clerk(window, qtbot)
    page = window.sign_in
    hand.until(lambda: page.tiles)
    page.tiles[page.presenter.chosen].setFocus()
    first = page.presenter.name
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Down)
    assert page.presenter.name != first
    assert QApplication.focusWidget() in page.tiles
    hand.enter()
    assert hand.focus is page.password.line
    assert page.presenter.name in page.password_label.text()


def test_an_empty_password_asks_nobody(window: Window, qtbot: QtBot) -> None:
    hand = Clerk(window, qtbot)
    hand.until(lambda: window.sign_in.tiles)
    hand.enter()
    assert window.sign_in.message.isVisible()
    assert not window.sign_in.presenter.busy


def test_the_password_is_hidden_until_the_eye_is_opened(window: Window, qtbot: QtBot) -> None:
    line = window.sign_in.password.line
    assert line.echoMode() == QLineEdit.EchoMode.Password
    window.sign_in.password.eye.click()
    assert line.echoMode() == QLineEdit.EchoMode.Normal
    window.sign_in.password.eye.click()
    assert line.echoMode() == QLineEdit.EchoMode.Password


def test_signing_out_keeps_what_is_being_written(window: Window, qtbot: QtBot) -> None:
    hand = Clerk(window, qtbot)
    hand.sign_in(CLERK)
    hand.find("رضا مرادی")
    hand.enter()
    window.sign_out()
    hand.until(lambda: window.sign_in.presenter.name)
    hand.sign_in(CLERK)
    assert hand.page.empty.drafts[0].isVisible()
    assert "رضا مرادی" in hand.page.empty.drafts[0].text.text()


@pytest.fixture
def crowded(desk: Desk) -> list[str]:
    """An office of eleven people; their names as they are listed."""
    administrator = people.sign_in(desk, ADMINISTRATOR, PASSWORD)
    for number, name in enumerate(("آرش", "بابک", "پروین", "تینا", "جواد", "داود", "رویا", "سارا")):
        people.admit(desk, administrator, f"{name} کریمی", ("clerk",), f"{PASSWORD}{number}")
    return [person.name for person in people.people(desk)]


def test_among_many_people_one_is_found_by_typing(crowded: list[str], window: Window, qtbot: QtBot) -> None:
    hand = Clerk(window, qtbot)
    page = window.sign_in
    hand.until(lambda: len(page.tiles) == len(crowded))
    assert page.filter.isVisible()
    page.filter.line.setFocus()
    hand.type("ساراک")
    assert [tile.text() for tile in page.tiles if tile.isVisible()] == ["سارا کریمی"]
    hand.enter()
    assert hand.focus is page.password.line
    hand.type(f"{PASSWORD}7")
    hand.enter()
    hand.until(lambda: window.counter is not None)
    assert hand.counter.acts.clerk == "سارا کریمی"


def test_a_name_that_nobody_has_is_said(crowded: list[str], window: Window, qtbot: QtBot) -> None:
    hand = Clerk(window, qtbot)
    page = window.sign_in
    hand.until(lambda: len(page.tiles) == len(crowded))
    chosen = page.presenter.name
    page.filter.line.setFocus()
    hand.type("ققق")
    assert page.nobody.isVisible()
    for _letter in range(3):
        hand.press(Qt.Key.Key_Backspace)
    assert not page.nobody.isVisible()
    assert page.presenter.name == chosen
    assert len([tile for tile in page.tiles if tile.isVisible()]) == len(crowded)


def test_a_few_people_need_no_filter(window: Window, qtbot: QtBot) -> None:
    hand = Clerk(window, qtbot)
    hand.until(lambda: window.sign_in.tiles)
    assert not window.sign_in.filter.isVisible()
