"""The files page in the window, beside the counter: there and back by keys, voiding, and guided visits."""

from PySide6.QtCore import Qt

from app.desk.desk import Desk
from app.desk.people import Session
from tests.desk.counter import PASSWORD, openings, registered, visit
from tests.ui.hand import Clerk
from ui.request_file.page import FilesPage


def files_of(hand: Clerk) -> FilesPage:
    """The page of files in the real window, once it is open."""
    assert hand.window.workplace is not None
    page = hand.window.workplace.pages["files"]
    assert isinstance(page, FilesPage)
    return page


def go_to_files(hand: Clerk) -> FilesPage:
    hand.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: files_of(hand).isVisible() and files_of(hand).find_frame.line.hasFocus())
    return files_of(hand)


def test_from_the_counter_to_a_file_and_back_by_keys_alone(desk: Desk, clerk: Session, at_work: Clerk) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    page = go_to_files(at_work)
    at_work.type(code)
    at_work.enter()
    at_work.until(page.file.isVisible)
    at_work.press(Qt.Key.Key_Escape)
    assert page.results_card.isVisible()
    at_work.press(Qt.Key.Key_Escape)
    at_work.press(Qt.Key.Key_Escape)
    at_work.until(at_work.page.isVisible)
    at_work.until(lambda: len(openings(desk)) == 1)


def test_f5_shows_the_files_of_who_stands_at_the_counter(desk: Desk, hossein: str, at_work: Clerk) -> None:
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    at_work.press(Qt.Key.Key_F5)
    listing = files_of(at_work).listing
    at_work.until(listing.isVisible)
    at_work.press(Qt.Key.Key_Escape)
    at_work.until(at_work.page.isVisible)
    assert at_work.counter.person.known is not None


def test_a_file_is_voided_with_a_second_persons_word(desk: Desk, clerk: Session, at_work: Clerk) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    page = go_to_files(at_work)
    page.files.open_file(code)
    at_work.until(page.file.head.void.isVisible)
    page.file.head.void.click()
    assert at_work.window.workplace is not None
    second = at_work.window.workplace.shift.second
    at_work.until(lambda: second.is_known)
    second.type_reason("اشتباه ثبت شد")
    second.submit(PASSWORD)
    at_work.until(lambda: page.files.file and page.files.file.request.state == "voided")
    at_work.until(lambda: page.file.head.state.accessibleName() == "باطل شد")
    assert not page.file.head.void.isVisible()
    assert not page.panel.buttons.again.isVisible()


def test_esc_closes_the_second_persons_panel_and_leaves_the_file(desk: Desk, clerk: Session, at_work: Clerk) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    page = go_to_files(at_work)
    page.files.open_file(code)
    at_work.until(page.file.head.void.isVisible)
    page.file.head.void.click()
    assert at_work.window.workplace is not None
    shift = at_work.window.workplace.shift
    at_work.until(lambda: shift.second.is_open and at_work.window.workplace.second.isVisible())  # type: ignore[union-attr]
    at_work.press(Qt.Key.Key_Escape)
    at_work.until(lambda: not shift.second.is_open)
    assert page.files.stage == "file"


def test_who_was_guided_goes_on_at_the_counter(desk: Desk, clerk: Session, at_work: Clerk) -> None:
    done = registered(desk, clerk, visit(outcome="guided"))
    page = go_to_files(at_work)
    page.files.open_file(done.tracking_code)
    at_work.until(page.panel.buttons.goes_on.isVisible)
    page.panel.buttons.goes_on.click()
    at_work.until(lambda: at_work.page.isVisible() and at_work.counter.person.known)
    assert at_work.counter.continues == done.tracking_code


def test_signing_out_takes_the_files_along(desk: Desk, clerk: Session, at_work: Clerk) -> None:
    page = go_to_files(at_work)
    papers = at_work.window.papers
    assert papers is not None
    at_work.window.sign_out()
    told: list[str] = []
    page.files.changed = lambda: told.append("")
    papers.changed()
    assert told == []
