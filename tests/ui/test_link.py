"""The line to the centre in the window: a centre that is a program of its own, killed and started again."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from app.central.desks import renew_code
from app.central.enrolment import revoke
from app.central.rights import Hand
from app.central.store import Store
from app.desk.checking import check
from app.desk.desk import Desk
from app.desk.doorstep import Opening
from app.desk.link import running
from app.desk.link.joining import join
from models.calendar import now_us
from models.ids import new_id
from models.records import Person
from tests.desk.conftest import session_of
from tests.desk.counter import ADMINISTRATOR, CLERK, MARYAM, PASSWORD, Clock, registered, visit
from tests.guards import Watched, gui_thread_only
from tests.link.desks import copied, member
from tests.link.processes import CentreProgram
from tests.ui.day import place
from tests.ui.hand import Clerk, write_a_visit
from tests.ui.test_settings import opened
from ui.settings.page import SettingsPage
from ui.status.signs import Sign
from ui.window import Window

__all__ = ["gui_thread_only"]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CentreProgram]:
    monkeypatch.setattr(running, "LONGEST_PAUSE", 0.3)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = CentreProgram(tmp_path / "centre")
    made.start()
    yield made
    made.kill()


@pytest.fixture
def centre(program: CentreProgram, desk: Desk) -> CentreProgram:
    """The desk has joined it before its window is opened."""
    join(desk, program.url, program.code_for("میز ۱"))
    return program


def sign(hand: Clerk) -> tuple[str, str]:
    """The words beside the paper, and their colour."""
    status = place(hand).shift.status.centre
    assert status.text == hand.page.side.status.centre.text()
    return status.text, status.ink


def at_centre(hand: Clerk) -> str:
    """The third place of the page after registering, as a screen reader hears it."""
    return hand.page.saved.centre.accessibleName()


def visit_of(hand: Clerk, number: str) -> str:
    write_a_visit(hand, number)
    hand.register()
    return hand.saved()


def test_a_visit_is_seen_to_arrive(centre: CentreProgram, hossein: str, at_work: Clerk) -> None:
    at_work.until(lambda: sign(at_work) == ("در مرکز ۱ از ۱", "accent"))
    visit_of(at_work, hossein)
    at_work.until(lambda: at_centre(at_work) == "در مرکز: رسید")
    at_work.until(lambda: sign(at_work) == ("در مرکز ۲ از ۲", "accent"))


def test_without_a_centre_everything_goes_on_and_is_sent_when_it_is_back(
    centre: CentreProgram, desk: Desk, hossein: str, at_work: Clerk
) -> None:
    at_work.until(lambda: sign(at_work)[1] == "accent")
    centre.kill()
    at_work.until(lambda: sign(at_work) == ("مرکز در دسترس نیست", "warn"))
    first = visit_of(at_work, hossein)
    assert at_centre(at_work) == "در مرکز: در صف ارسال"
    at_work.until(lambda: sign(at_work) == ("مرکز در دسترس نیست، ۱ در صف", "warn"))
    assert "۱ ثبت در این میز محفوظ است" in place(at_work).shift.status.centre.more
    at_work.press(Qt.Key.Key_Escape)
    at_work.until(lambda: at_work.counter.stage == "empty")
    second = visit_of(at_work, hossein)
    centre.start()
    at_work.until(lambda: at_centre(at_work) == "در مرکز: رسید")
    at_work.until(lambda: sign(at_work) == ("در مرکز ۳ از ۳", "accent"))
    assert first != second


def test_sending_now_cuts_the_pause_short(
    centre: CentreProgram, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work.until(lambda: sign(at_work)[1] == "accent")
    monkeypatch.setattr(random, "uniform", lambda low, high: 1_000.0)
    centre.kill()
    at_work.until(lambda: sign(at_work)[1] == "warn")
    centre.start()
    page = opened(at_work, "centre")
    assert page.centre.host.text().strip("\u2066\u2067\u2068\u2069") == centre.url.removeprefix("http://")
    page.centre.send.click()
    at_work.until(lambda: page.centre.state.text() == "در مرکز ۱ از ۱")


def test_an_administrator_joins_by_a_code_in_the_settings_and_the_book_is_sent(
    program: CentreProgram, desk: Desk, window: Window, qtbot: QtBot
) -> None:
    before = registered(desk, session_of(desk, CLERK), visit())
    hand = Clerk(window, qtbot)
    hand.sign_in(ADMINISTRATOR)
    page = opened(hand, "centre")
    join_by(page, "http://centre.example.ir", "1")
    hand.until(lambda: page.centre.address.message.text().startswith("مرکزی که روی رایانهٔ دیگری"))
    join_by(page, program.url, "1" * 20)
    hand.until(lambda: page.centre.code.message.text().startswith("کد درست خوانده نشده"))
    join_by(page, program.url, "0" * 20)
    hand.until(lambda: page.centre.code.message.text().startswith("کد درست نیست"))
    join_by(page, program.url, program.code_for("میز نو"))
    hand.until(lambda: page.centre.place.isVisible() and page.centre.state.text() == "در مرکز ۱ از ۱")
    assert page.centre.office.text() == "ماکو"
    hand.until(lambda: getattr(place(hand).counter.side._letterhead, "desk", 0) == 1)
    assert place(hand).rail.person.accessibleName().endswith("میز نو")
    after = registered(desk, session_of(desk, CLERK), visit(MARYAM))
    assert after.tracking_code.startswith("0001")
    assert before.tracking_code.startswith("5001")


def test_joining_under_a_clock_that_was_set_back_asks_two_people_and_then_joins(
    program: CentreProgram, desk: Desk, window: Window, qtbot: QtBot
) -> None:
    """Before that nothing is said to the centre, so that the code is not used up."""
    registered(desk, session_of(desk, CLERK), visit())
    clock = desk.clock
    assert isinstance(clock, Clock)
    hand = Clerk(window, qtbot)
    hand.sign_in(ADMINISTRATOR)
    page, panel = opened(hand, "centre"), place(hand).second
    clock.now -= 3_600_000_000
    join_by(page, program.url, program.code_for("میز ۱"))
    hand.until(page.centre.clock.isVisible)
    assert page.centre.problem.text().startswith("ساعت این رایانه")
    page.centre.clock.click()
    hand.until(lambda: panel.isVisible() and panel.tiles)
    hand.type(PASSWORD)
    hand.enter()
    hand.until(lambda: page.centre.place.isVisible() and page.centre.state.text().startswith("در مرکز ۱ از ۱"))
    assert registered(desk, session_of(desk, CLERK), visit(MARYAM)).registered_at == clock.now


def test_at_sign_in_it_is_said_that_yesterday_is_safe(centre: CentreProgram, hossein: str, at_work: Clerk) -> None:
    at_work.until(lambda: sign(at_work)[1] == "accent")
    at_work.window.sign_out()
    said = at_work.window.sign_in.safe
    assert (said.text(), said.isVisible()) == ("همهٔ ثبت‌های دیروز در مرکز است", True)


def test_who_was_taken_out_reads_it_over_the_cards_and_works_on(
    centre: CentreProgram, hossein: str, at_work: Clerk
) -> None:
    at_work.until(lambda: sign(at_work)[1] == "accent")
    store = Store(f"sqlite:///{centre.folder / 'centre.db'}")
    with store.writing() as connection:
        revoke(connection, 1, now_us())
    store.close()
    visit_of(at_work, hossein)
    banner = at_work.page.centre
    at_work.until(lambda: banner.head.text() == "مرکز این میز را دیگر نمی‌پذیرد.")
    assert "۱ ثبت در این میز محفوظ است" in banner.text.text()
    banner.action.click()
    at_work.until(lambda: place(at_work).shift.page == "settings")
    assert place(at_work).shift.settings.section == "centre"
    at_work.window.open("counter")
    banner.close_button.click()
    assert banner.head.text() != "مرکز این میز را دیگر نمی‌پذیرد."


def test_a_desk_that_was_taken_out_joins_again_by_a_new_code_and_sends_what_waited(
    centre: CentreProgram, hossein: str, window: Window, qtbot: QtBot
) -> None:
    hand = Clerk(window, qtbot)
    hand.sign_in(ADMINISTRATOR)
    hand.until(lambda: sign(hand)[1] == "accent")
    store = Store(f"sqlite:///{centre.folder / 'centre.db'}")
    with store.writing() as connection:
        revoke(connection, 1, now_us())
    page = opened(hand, "centre")
    desk = hand.counter.acts.desk
    registered(desk, session_of(desk, CLERK), visit(MARYAM))
    hand.until(page.centre.new.isVisible)
    assert page.centre.address.text() == centre.url
    with store.writing() as connection:
        number = admit_again(connection)
    store.close()
    page.centre.code.edited.emit(number)
    page.centre.join.click()
    hand.until(lambda: not page.centre.new.isVisible() and page.centre.state.text().startswith("در مرکز ۲ از ۲"))


def admit_again(connection: Connection) -> str:
    """A further code for the desk's own place, as the centre's page makes it."""
    administrator = Person(
        id=new_id(), office=0, name="", roles=("administrator",), unit="", verifier="", retired=False
    )
    return renew_code(Hand(connection, new_id(), administrator, now_us()), 1)


def join_by(page: SettingsPage, address: str, code: str) -> None:
    page.centre.address.edited.emit(address)
    page.centre.code.edited.emit(code)
    page.centre.join.click()


def test_a_clerk_cannot_join(at_work: Clerk) -> None:
    page = opened(at_work, "centre")
    assert page.centre.only.isVisible()
    assert not page.centre.new.isVisible()


def test_a_copied_folder_is_said_and_both_windows_lose_nothing(
    centre: CentreProgram, desk: Desk, hossein: str, tmp_path: Path, dressed: object, qtbot: QtBot
) -> None:
    twin = copied(desk, tmp_path / "copy")
    window = Window(Opening.of(twin), lambda: tmp_path / "receipts")
    qtbot.addWidget(window)
    window.show()
    hand = Clerk(window, qtbot)
    hand.sign_in(CLERK)
    hand.until(lambda: sign(hand)[1] == "accent")
    assert "پوشهٔ این میز رونوشت" in place(hand).shift.status.centre.more
    visit_of(hand, hossein)
    hand.until(lambda: at_centre(hand) == "در مرکز: رسید")
    window.close()
    assert list(check(twin)) == []
    assert len(member(twin).chains) == 3
    twin.close()


def test_nothing_of_it_is_done_on_the_windows_thread(
    centre: CentreProgram, hossein: str, at_work: Clerk, gui_thread_only: Watched
) -> None:
    at_work.until(lambda: sign(at_work)[1] == "accent")
    visit_of(at_work, hossein)
    at_work.until(lambda: at_centre(at_work) == "در مرکز: رسید")
    opened(at_work, "centre").centre.send.click()
    at_work.bot.wait(300)
    gui_thread_only.stop()
    assert gui_thread_only.done == []


def test_the_window_closes_at_once_though_the_centre_is_listening(
    centre: CentreProgram, at_work: Clerk, window: Window
) -> None:
    at_work.until(lambda: sign(at_work)[1] == "accent")
    window.close()
    assert not [each.name for each in threading.enumerate() if each.name in ("push", "paper")]


def test_words_that_do_not_fit_go_before_they_are_cut(window: Window, at_work: Clerk) -> None:
    """The calmer sign's first; they come back with the room."""
    strip = at_work.page.side.status
    status = place(at_work).shift.status
    long = Sign("cloud-off", "مرکز در دسترس نیست، ۱۲ در صف", "warn")
    printer = Sign("printer", "چاپگری تعیین نشده", "text3")
    strip._signs = ((strip.centre, long), (strip.printer, printer))
    strip._fit()
    assert (strip.centre.text(), strip.printer.text()) == (long.text, "")
    assert strip.printer.accessibleName() == printer.text
    at_work.until(lambda: all(each.is_whole() for each in (strip.centre, strip.clock)))
    strip.show_status(status)
    assert strip.printer.text() == printer.text
