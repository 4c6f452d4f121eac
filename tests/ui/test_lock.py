"""The locked screen: what it hides, what opens it, and what it leaves alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.setup import make_office
from tests.desk.counter import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR, Clock
from tests.ui.hand import NO_KEY, AtOnce, Clerk
from tests.ui.screen import Program, display, session_bus
from ui.lock.curtain import Curtain
from ui.lock.idle import Idle
from ui.lock.presenter import Locking

CTRL = Qt.KeyboardModifier.ControlModifier


def curtain(hand: Clerk) -> Curtain:
    assert hand.window.curtain is not None
    return hand.window.curtain


def lock(hand: Clerk) -> None:
    hand.press(Qt.Key.Key_0, CTRL)
    assert hand.focus is curtain(hand).secret.line


def unlock(hand: Clerk, secret: str = PASSWORD) -> None:
    hand.type(secret)
    hand.enter()
    hand.until(lambda: hand.window.curtain is None)


def half_a_visit(hand: Clerk) -> None:
    hand.find("رضا مرادی")
    hand.enter()
    hand.page.person.new.fields["client.father_name"].frame.line.setFocus()
    hand.type("بهر")


def read_aloud(thing: QAccessibleInterface) -> Iterator[str]:
    """Everything that a screen reader can come to from here."""
    for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description):
        yield thing.text(kind)
    for number in range(thing.childCount()):
        child = thing.child(number)
        if child is not None:
            yield from read_aloud(child)


def test_every_letter_and_the_focus_are_where_they_were_when_the_password_opens(at_work: Clerk) -> None:
    half_a_visit(at_work)
    line = at_work.focus
    lock(at_work)
    unlock(at_work)
    assert at_work.focus is line
    at_work.type("ام")
    assert at_work.page.person.new.fields["client.father_name"].text() == "بهرام"
    assert at_work.counter.person.texts["client.given_name"] == "رضا"


def test_nothing_of_the_visit_can_be_seen_heard_or_reached_behind_the_curtain(at_work: Clerk) -> None:
    half_a_visit(at_work)
    heard = set(read_aloud(QAccessible.queryAccessibleInterface(at_work.window)))
    assert any("مرادی" in text for text in heard), "the test listens in the right place"
    lock(at_work)
    for _turn in range(12):
        assert curtain(at_work).isAncestorOf(at_work.focus)
        at_work.tab()
    heard = set(read_aloud(QAccessible.queryAccessibleInterface(at_work.window)))
    assert not [text for text in heard if "مرادی" in text or "رضا" in text]
    assert not [line for line in at_work.window.findChildren(QLineEdit) if "مرادی" in line.text()]


def test_no_key_of_the_pages_works_behind_the_curtain(hossein: str, at_work: Clerk) -> None:
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    person = at_work.counter.person.known
    lock(at_work)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_F8, Qt.Key.Key_F12):
        at_work.press(key)
    at_work.press(Qt.Key.Key_2, CTRL)
    at_work.register()
    unlock(at_work)
    assert at_work.counter.person.known == person
    assert at_work.counter.outcome != "guided"
    assert at_work.counter.saved is None
    assert at_work.window.workplace is not None
    assert at_work.window.workplace.shift.page == "counter"


def test_a_pin_of_this_session_opens_and_after_five_wrong_ones_only_the_password_does(at_work: Clerk) -> None:
    assert at_work.window.workplace is not None
    at_work.window.workplace.shift.locking.set_pin("۲۴۶۸")
    lock(at_work)
    unlock(at_work, "2468")
    lock(at_work)
    for wrong in range(5):
        at_work.type("1111")
        at_work.enter()
        assert curtain(at_work).message.isVisible(), wrong
        assert curtain(at_work).secret.line.text() == ""
    assert "رمز" in curtain(at_work).message.text() or "password" in curtain(at_work).message.text()
    at_work.type("2468")
    at_work.enter()
    at_work.until(lambda: curtain(at_work).locking.rejected == 6)
    clock = at_work.window.opening.desk().clock
    assert isinstance(clock, Clock)
    clock.now += 5_000_000
    unlock(at_work)


def test_a_wrong_password_is_said_and_so_is_the_time_to_wait(at_work: Clerk) -> None:
    lock(at_work)
    at_work.type("نه")
    at_work.enter()
    at_work.until(lambda: curtain(at_work).locking.rejected == 1)
    assert curtain(at_work).message.text()
    at_work.type(PASSWORD)
    at_work.enter()
    at_work.until(lambda: curtain(at_work).locking.wait)
    at_work.until(lambda: not curtain(at_work).locking.wait)
    assert not curtain(at_work).message.isVisible()


def test_the_seconds_to_wait_are_counted_down(desk: Desk, clerk: Session) -> None:
    doors = AtOnce()
    locking = Locking(desk, clerk, doors)
    locking.close()
    for _try in range(2):
        locking.submit("نه")
        assert isinstance(desk.clock, Clock)
        desk.clock.now += 1_000_000 if not _try else 0
    locking.submit(PASSWORD)
    first = locking.message
    assert locking.wait == 2
    doors.pause()
    assert locking.wait == 1
    assert locking.message not in ("", first)
    doors.pause()
    assert locking.message == ""


def test_another_colleague_takes_over_and_the_first_ones_visit_waits_for_them(at_work: Clerk) -> None:
    half_a_visit(at_work)
    lock(at_work)
    curtain(at_work).another.click()
    at_work.sign_in(SUPERVISOR)
    assert not any(line.isVisible() for line in at_work.page.empty.drafts)
    at_work.window.sign_out()
    at_work.sign_in(CLERK)
    draft = at_work.page.empty.drafts[0]
    assert draft.isVisible()
    draft.resume.click()
    assert at_work.page.person.new.fields["client.father_name"].text() == "بهر"
    assert at_work.page.person.new.fields["client.given_name"].text() == "رضا"


def test_the_rail_locks_as_well(at_work: Clerk) -> None:
    assert at_work.window.workplace is not None
    at_work.window.workplace.rail.lock.click()
    assert curtain(at_work).isVisible()


@pytest.fixture
def hours(qtbot: QtBot) -> Iterator[tuple[QWindow, list[float], list[str], Idle]]:
    """A window, the time at it, and what happened."""
    window, time, locked = QWindow(), [0.0], list[str]()
    idle = Idle(window, lambda: 300, lambda: locked.append("locked"), now=lambda: time[0])
    yield window, time, locked, idle
    window.destroy()


def sent(window: QObject, *events: QEvent) -> None:
    for event in events:
        QApplication.sendEvent(window, event)


def test_five_minutes_without_key_or_mouse_lock(hours: tuple[QWindow, list[float], list[str], Idle]) -> None:
    window, time, locked, idle = hours
    time[0] = 299
    idle.look()
    assert not locked
    sent(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, NO_KEY))
    time[0] = 500
    idle.look()
    assert not locked
    here, button = QPointF(1, 1), Qt.MouseButton.NoButton
    sent(window, QMouseEvent(QEvent.Type.MouseMove, here, here, button, button, NO_KEY))
    time[0] = 799
    idle.look()
    assert not locked
    time[0] = 800
    idle.look()
    assert locked == ["locked"]


def test_on_a_real_display_nothing_is_read_through_the_curtain_and_every_letter_is_behind_it(data_dir: Path) -> None:
    password = "1405-9-3-14"  # on the keys of every layout
    make_office(
        data_dir, office="سازمان نمونه", desk_name="میز ۱", admin=ADMINISTRATOR, password=password, desk_number=5001
    ).desk.close()
    with display() as screen, session_bus() as bus:
        program = Program(screen, bus, data_dir, "ir")
        program.until_focus("رمز")
        program.type(password)
        program.press("Enter")
        program.until_focus("جست‌وجو")
        program.type("سارا")
        program.until_shows("سارا")
        program.press("Ctrl+0")
        program.until_focus("رمز")
        program.until_shows("صفحه قفل است")
        assert not program.shows("سارا")
        program.press("F2", "Esc", "Tab", "Tab", "Tab", "Tab")
        assert not program.shows("سارا")
        while program.focus() != "رمز":
            program.press("Tab")
        program.type(password)
        program.press("Enter")
        program.until_shows("سارا")
        program.type("یی")
        program.until_shows("سارایی")
        assert program.end() == ""
