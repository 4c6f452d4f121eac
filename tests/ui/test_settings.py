"""The settings at the real window, and the printers behind them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk import people
from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.printers import printers
from printing.printers import Queue
from tests.desk.counter import ADMINISTRATOR, CLERK, PASSWORD
from tests.ui.hand import AtOnce, Clerk
from ui import theme
from ui.lock.presenter import Locking
from ui.preferences import Preferences, read
from ui.settings.acts import Acts
from ui.settings.page import SettingsPage
from ui.settings.presenter import SECTIONS, Settings
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def made(desk: Desk, session: Session) -> Settings:
    doors = AtOnce()
    settings = Settings(Acts(desk, session), doors, Locking(desk, session, doors), Preferences())
    settings.start()
    return settings


@pytest.fixture
def administrator(desk: Desk) -> Session:
    return people.sign_in(desk, ADMINISTRATOR, PASSWORD)


@pytest.fixture
def theirs(desk: Desk, administrator: Session) -> Settings:
    """The settings as an administrator has them, without their glass."""
    return made(desk, administrator)


def queues(settings: Settings) -> tuple[Queue, ...]:
    assert settings.known is not None
    return settings.known.queues


def page(hand: Clerk) -> SettingsPage:
    assert hand.window.workplace is not None
    shown = hand.window.workplace.pages["settings"]
    assert isinstance(shown, SettingsPage)
    return shown


def opened(hand: Clerk, section: str) -> SettingsPage:
    hand.press(Qt.Key.Key_4, CTRL)
    shown = page(hand)
    for _step in range(SECTIONS.index(section)):
        hand.press(Qt.Key.Key_Down)
    assert shown.settings.section == section
    return shown


# --- the window's look ---------------------------------------------------------------------------------------------


@pytest.fixture
def undone(qapp: QApplication) -> Iterator[None]:
    """Whatever a test does to the look is over with it."""
    yield
    theme.apply(qapp)


@pytest.mark.qt_log_ignore("propagateSizeHints")  # a platform without a screen has none
def test_another_look_holds_at_once_and_at_the_next_start(desk: Desk, at_work: Clerk, undone: object) -> None:
    shown = opened(at_work, "look")
    at_work.tab()
    chip = at_work.focus
    assert chip is shown.look.theme.chips["light"]
    shown.look.theme.chips["dark"].click()
    at_work.until(theme.is_dark)
    assert page(at_work) is not shown, "the page was built anew"
    page(at_work).look.scale.chips[125].click()
    at_work.until(lambda: theme.scale() == 1.25)
    at_work.until(lambda: read(desk.store.folder) == Preferences(theme="dark", scale=125, guide_seen=True))


@pytest.mark.qt_log_ignore("propagateSizeHints")  # a platform without a screen has none
def test_what_is_being_written_and_the_focus_outlive_another_look(at_work: Clerk, undone: object) -> None:
    at_work.find("رضا مرادی")
    at_work.enter()
    at_work.page.person.new.fields["client.father_name"].frame.line.setFocus()
    at_work.type("بهر")
    before = at_work.page
    at_work.window.preferences = Preferences(theme="dark", scale=110)
    at_work.window.restyle()
    assert at_work.page is not before
    assert at_work.focus is at_work.page.person.new.fields["client.father_name"].frame.line
    at_work.type("ام")
    assert at_work.counter.person.texts["client.father_name"] == "بهرام"


def test_another_look_of_the_desktop_is_taken_on_behind_the_curtain_too(at_work: Clerk, undone: object) -> None:
    at_work.find("رضا مرادی")
    at_work.enter()
    at_work.page.person.new.fields["client.father_name"].frame.line.setFocus()
    at_work.type("بهر")
    at_work.press(Qt.Key.Key_0, CTRL)
    at_work.window.restyle()
    assert at_work.window.curtain is not None
    assert at_work.window.curtain.isAncestorOf(at_work.focus)
    at_work.type(PASSWORD)
    at_work.enter()
    at_work.until(lambda: at_work.window.curtain is None)
    at_work.until(lambda: at_work.focus is at_work.page.person.new.fields["client.father_name"].frame.line)
    assert at_work.page.person.new.fields["client.father_name"].text() == "بهر"


def test_half_a_password_outlives_another_look(window: Window, qtbot: QtBot, undone: object) -> None:
    hand = Clerk(window, qtbot)
    hand.until(lambda: window.sign_in.tiles)
    names = [person.name for person in window.sign_in.presenter.here.people]
    window.sign_in.presenter.choose(names.index(CLERK))
    hand.type(PASSWORD[:4])
    window.restyle()
    hand.type(PASSWORD[4:])
    hand.enter()
    hand.until(lambda: window.counter is not None)


# --- the lock --------------------------------------------------------------------------------------------------------


def test_a_pin_is_set_and_opens_the_locked_screen(at_work: Clerk) -> None:
    shown = opened(at_work, "lock").lock
    shown.pin.setFocus()
    at_work.type("۱۲")
    at_work.enter()
    assert shown.pin.message.isVisible()
    at_work.type("۳۴")
    at_work.enter()
    assert shown.pin.text() == ""
    assert shown.state.isVisible()
    at_work.press(Qt.Key.Key_0, CTRL)
    at_work.type("1234")
    at_work.enter()
    assert at_work.window.curtain is None


def test_the_minutes_until_the_lock_are_chosen_here(desk: Desk, at_work: Clerk) -> None:
    shown = opened(at_work, "lock").lock
    assert shown.minutes.chips[5].isChecked()
    shown.minutes.chips[10].click()
    assert at_work.window.preferences.lock_minutes == 10
    at_work.until(lambda: read(desk.store.folder).lock_minutes == 10)


# --- printers --------------------------------------------------------------------------------------------------------


def test_a_printer_is_added_named_for_a_paper_tried_and_removed(desk: Desk, theirs: Settings, tmp_path: Path) -> None:
    tray = tmp_path / "tray"
    tray.mkdir()
    theirs.type_new(name="سینی", address=f"folder:{tray}")
    theirs.add()
    assert [queue.name for queue in queues(theirs) if theirs.is_own(queue)] == ["سینی"]
    assert (theirs.new_name, theirs.new_address) == ("", "")
    assert theirs.asked["سینی"].answers
    theirs.choose_default("a5", "سینی")
    theirs.choose_usual("a4")
    assert printers(desk).defaults == {"a5": "سینی"}
    assert printers(desk).paper == "a4"
    theirs.print_test("سینی")
    assert len(list(tray.glob("*.pdf"))) == 1
    assert theirs.tests["سینی"] == "The paper came out." or theirs.tests["سینی"]
    theirs.ask_to_remove("سینی")
    assert printers(desk).addresses, "it is only asked yet"
    theirs.back()
    assert not theirs.removing
    theirs.ask_to_remove("سینی")
    theirs.remove()
    assert printers(desk).addresses == {}
    assert printers(desk).defaults == {}


def test_an_address_of_no_printer_is_said_at_its_field(desk: Desk, theirs: Settings) -> None:
    theirs.type_new(name="بالا", address="طبقه بالا")
    theirs.add()
    assert theirs.new_problem_at == "address"
    assert theirs.new_problem
    assert theirs.new_address == "طبقه بالا"
    theirs.type_new(address="ipp://printer.invalid/ipp")
    assert theirs.new_problem == ""
    theirs.type_new(name=" ")
    theirs.add()
    assert theirs.new_problem_at == "name"
    assert printers(desk).addresses == {}


def test_a_clerk_sees_the_printers_and_changes_none(
    desk: Desk, clerk: Session, theirs: Settings, tmp_path: Path
) -> None:
    theirs.type_new(name="سینی", address=f"folder:{tmp_path}")
    theirs.add()
    seen = made(desk, clerk)
    assert not seen.may_change
    assert "سینی" in {queue.name for queue in queues(seen)}
    seen.choose_default("a5", "سینی")
    assert seen.banner is not None
    assert printers(desk).defaults == {}


def test_the_page_of_a_clerk_offers_no_change(at_work: Clerk) -> None:
    shown = opened(at_work, "printers").printers
    at_work.until(lambda: page(at_work).settings.known is not None)
    assert not shown.new.isVisible()
    assert shown.only.isVisible()
    assert not shown.usual.isEnabled()


def test_an_administrator_adds_a_printer_with_the_keyboard(
    desk: Desk, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    hand = Clerk(window, qtbot)
    hand.sign_in(ADMINISTRATOR)
    shown = opened(hand, "printers").printers
    hand.until(lambda: page(hand).settings.known is not None)
    shown.name.setFocus()
    hand.type("سینی")
    hand.enter()
    hand.type(f"folder:{tmp_path}")
    hand.enter()
    hand.until(lambda: any(row.forget.isVisible() for row in shown.rows))
    assert printers(desk).addresses == {"سینی": f"folder:{tmp_path}"}
    row = next(row for row in shown.rows if row.forget.isVisible())
    hand.until(lambda: "circle" in row.state._icon)
    row.forget.click()
    row.sure.click()
    hand.until(lambda: printers(desk).addresses == {})


def test_escape_leads_back_to_the_counter(at_work: Clerk) -> None:
    opened(at_work, "help")
    at_work.until(lambda: page(at_work).settings.version)
    at_work.press(Qt.Key.Key_Escape)
    assert at_work.focus is at_work.page.find_frame.line
