"""The window round the pages: the rail and its keys, and what a page may ask of its window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.drafts import listing as drafts
from app.desk.people import Session
from tests.desk.counter import HOSSEIN, registered, visit
from tests.ui.hand import Clerk
from ui.workplace import Workplace

CTRL = Qt.KeyboardModifier.ControlModifier


def place(hand: Clerk) -> Workplace:
    assert hand.window.workplace is not None
    return hand.window.workplace


def shown(hand: Clerk) -> QWidget:
    page = place(hand).stack.currentWidget()
    assert page is not None
    return page


def test_each_screen_has_a_digit_and_keeps_what_stood_on_it(hossein: str, at_work: Clerk) -> None:
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    at_work.until(lambda: at_work.focus is at_work.page.service.field.line)
    at_work.press(Qt.Key.Key_3, CTRL)
    at_work.until(lambda: shown(at_work).isVisible())
    at_work.press(Qt.Key.Key_2, CTRL)
    assert shown(at_work) is place(at_work).pages["files"]
    at_work.press(Qt.Key.Key_1, CTRL)
    assert shown(at_work) is at_work.page
    assert at_work.counter.person.known
    assert at_work.focus is at_work.page.service.field.line


def test_the_rail_opens_the_same_screens_and_says_which_is_open(at_work: Clerk) -> None:
    rail = place(at_work).rail
    rail.items["log"].click()
    assert shown(at_work) is place(at_work).pages["log"]
    assert rail.items["log"].accessibleDescription()
    assert not rail.items["counter"].accessibleDescription()


def test_escape_leads_back_to_the_counter(at_work: Clerk) -> None:
    for page in ("files", "log"):
        at_work.window.open(page)
        at_work.until(lambda: shown(at_work).isAncestorOf(at_work.focus))
        at_work.press(Qt.Key.Key_Escape)
        at_work.until(lambda: shown(at_work) is at_work.page)


def test_f2_finds_from_any_screen(at_work: Clerk) -> None:
    at_work.window.open("log")
    at_work.until(lambda: shown(at_work).isAncestorOf(at_work.focus))
    at_work.press(Qt.Key.Key_F2)
    assert at_work.focus is at_work.page.find_frame.line


def test_f5_lists_the_files_of_whoever_is_being_served(hossein: str, at_work: Clerk) -> None:
    at_work.press(Qt.Key.Key_F5)
    assert shown(at_work) is at_work.page, "nobody is being served"
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    at_work.press(Qt.Key.Key_F5)
    files = place(at_work).shift.files
    at_work.until(lambda: files.stage == "listing")
    assert shown(at_work) is place(at_work).pages["files"]


def test_a_page_asks_for_a_new_visit_and_the_one_in_hand_is_set_aside(
    desk: Desk, clerk: Session, hossein: str, at_work: Clerk
) -> None:
    client = registered(desk, clerk, visit(HOSSEIN)).client
    at_work.find("رضا مرادی")
    at_work.enter()
    at_work.window.open("log")
    place(at_work).shift.open_counter(client)
    at_work.until(lambda: at_work.counter.person.known)
    assert shown(at_work) is at_work.page
    assert at_work.counter.person.known is not None
    assert at_work.counter.person.known.id == client
    at_work.until(lambda: drafts(desk, clerk))


def test_a_page_asks_for_somebody_by_a_text(hossein: str, at_work: Clerk) -> None:
    at_work.window.open("files")
    place(at_work).shift.find(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    assert shown(at_work) is at_work.page
