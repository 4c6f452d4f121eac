"""Help at the real window: the sheet of keys, and the guide that is shown once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.doorstep import Opening
from tests.desk.counter import CLERK
from tests.ui.hand import Clerk
from ui.help.guide import Guide, sentences
from ui.help.keys import keys_of
from ui.help.sheet import KeySheet
from ui.preferences import Preferences, read
from ui.shift import PAGES
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def sheet(hand: Clerk) -> KeySheet:
    assert hand.window.keys is not None
    return hand.window.keys


def names(hand: Clerk) -> str:
    return "\n".join(row.accessibleName() for row in sheet(hand).rows)


def test_f1_shows_the_keys_of_the_page_and_takes_them_away_again(at_work: Clerk) -> None:
    line = at_work.focus
    at_work.press(Qt.Key.Key_F1)
    assert sheet(at_work).isVisible()
    assert "F4" in names(at_work)
    at_work.press(Qt.Key.Key_F1)
    assert not sheet(at_work).isVisible()
    assert at_work.focus is line
    at_work.window.open("log")
    at_work.press(Qt.Key.Key_F1)
    assert "F4" not in names(at_work)
    at_work.press(Qt.Key.Key_Escape)
    assert not sheet(at_work).isVisible()
    assert at_work.window.workplace is not None
    assert at_work.window.workplace.shift.page == "log", "Esc closed the sheet and nothing else"


def test_no_key_of_the_page_works_while_its_keys_are_shown(hossein: str, at_work: Clerk) -> None:
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    at_work.press(Qt.Key.Key_F1)
    at_work.press(Qt.Key.Key_F8)
    at_work.press(Qt.Key.Key_2, CTRL)
    at_work.tab()
    at_work.tab()
    assert sheet(at_work).isAncestorOf(at_work.focus)
    assert at_work.counter.outcome != "guided"
    at_work.press(Qt.Key.Key_Escape)
    assert at_work.counter.person.known


def test_f1_helps_before_signing_in_and_while_locked_as_well(window: Window, qtbot: QtBot) -> None:
    hand = Clerk(window, qtbot)
    hand.until(lambda: window.sign_in.tiles)
    hand.press(Qt.Key.Key_F1)
    assert sheet(hand).rows
    hand.press(Qt.Key.Key_Escape)
    hand.sign_in(CLERK)
    hand.press(Qt.Key.Key_0, CTRL)
    hand.press(Qt.Key.Key_F1)
    assert sheet(hand).rows
    assert not sheet(hand).guide_button.isVisible()
    hand.press(Qt.Key.Key_Escape)
    assert window.curtain is not None
    assert window.curtain.isAncestorOf(hand.focus)


def test_the_screen_that_locks_by_itself_takes_the_sheet_away(at_work: Clerk) -> None:
    line = at_work.focus
    at_work.press(Qt.Key.Key_F1)
    at_work.window.lock()
    assert not sheet(at_work).isVisible()
    assert at_work.window.focus_behind is line


@pytest.mark.parametrize("page", [*PAGES, "sign-in", "lock"])
def test_every_page_has_its_keys(page: str) -> None:
    sections = keys_of(page)
    assert all(key.caps and key.does for section in sections for key in section.keys)
    told = [key.caps for section in sections for key in section.keys]
    assert ("F1",) in told
    assert len(told) == len(set(told)), "no key is explained twice"


@pytest.fixture
def newcomer(desk: Desk, tmp_path: Path, dressed: object, qtbot: QtBot) -> Clerk:
    """A clerk at a window that was never used."""
    window = Window(Opening.of(desk), lambda: tmp_path, None, Preferences(theme="light", scale=100))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    hand = Clerk(window, qtbot)
    hand.sign_in(CLERK)
    return hand


def guide(hand: Clerk) -> Guide | None:
    assert hand.window.workplace is not None
    return hand.window.workplace.guide


def test_the_first_guide_is_shown_until_it_is_put_away_and_never_again(newcomer: Clerk, desk: Desk) -> None:
    shown = guide(newcomer)
    assert shown is not None
    assert shown.isVisible()
    assert len(sentences()) == 5
    assert newcomer.focus is newcomer.page.find_frame.line, "one can write at once"
    newcomer.find("رضا")
    assert shown.isVisible()
    shown.button.click()
    assert not shown.isVisible()
    newcomer.until(lambda: read(desk.store.folder).guide_seen)
    newcomer.window.sign_out()
    newcomer.sign_in(CLERK)
    assert guide(newcomer) is None


def test_the_guide_is_shown_again_by_whoever_asks(at_work: Clerk) -> None:
    assert guide(at_work) is None
    at_work.press(Qt.Key.Key_F1)
    sheet(at_work).guide_button.click()
    shown = guide(at_work)
    assert shown is not None
    assert shown.isVisible()
    assert not sheet(at_work).isVisible()
