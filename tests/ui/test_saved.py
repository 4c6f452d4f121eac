"""The page after registering: where the record is, voiding, no receipt wanted, and the ways on."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.requests import request
from app.desk.spool import waiting
from printing.printers import Report
from printing.printers.reports import FAILED, PRINTED, PRINTING, SENT, STUCK
from resources import words
from tests.desk.counter import HOSSEIN, PASSWORD, SUPERVISOR
from tests.ui.beside import Beside
from tests.ui.hand import AtOnce, Clerk, receipts_of, write_a_visit
from tests.ui.printers import AtThePrinter, Moody, put_up, set_printer
from ui.counter.acts import Acts
from ui.counter.presenter import Counter
from ui.second.panel import SecondPanel
from ui.second.presenter import Second

NUMBER, NAME = str(HOSSEIN["national_number"]), "حسین قلی‌زاده"
REASON = "به نام دیگری ثبت شد"


@pytest.fixture
def beside(counter: Counter) -> Beside:
    """Somebody beside the counter without its glass."""
    shell = Beside(Second(counter.acts.desk, counter.acts.session, AtOnce()))
    counter.shell = shell
    return shell


@pytest.fixture
def panel(at_work: Clerk) -> SecondPanel:
    """Where somebody beside the clerk gives their word."""
    assert at_work.window.workplace is not None
    return at_work.window.workplace.second


def register(counter: Counter) -> str:
    counter.type_find(NUMBER)
    counter.type_service("1")
    counter.choose_service(0)
    counter.receive_all()
    counter.register()
    assert counter.saved is not None
    return counter.saved.tracking_code


def void(counter: Counter, beside: Beside) -> None:
    counter.void()
    beside.second.type_reason(REASON)
    beside.second.submit(PASSWORD)


def place(hand: Clerk, name: str) -> str:
    """What stands under one of the three places."""
    return str(getattr(hand.page.saved, name).accessibleName().partition(": ")[2])


# --- voiding ---------------------------------------------------------------------------------------------------------


def test_a_visit_is_voided_with_a_second_persons_word(
    desk: Desk, counter: Counter, beside: Beside, hossein: str
) -> None:
    code = register(counter)
    counter.void()
    assert beside.second.is_open
    assert beside.second.hint == "رسید کاغذی را از ارباب رجوع پس بگیرید."
    assert counter.saved is not None
    assert not counter.saved.is_voided
    void(counter, beside)
    assert counter.saved.is_voided
    kept = request(desk, code)
    assert (kept.state, kept.history[-1].text) == ("voided", REASON)


def test_who_thinks_better_of_it_voids_nothing(desk: Desk, counter: Counter, beside: Beside, hossein: str) -> None:
    code = register(counter)
    counter.void()
    beside.second.close()
    assert counter.saved is not None
    assert not counter.saved.is_voided
    assert request(desk, code).state == "open"


def test_after_voiding_no_paper_comes_out(
    desk: Desk, counter: Counter, beside: Beside, hossein: str, tmp_path: Path
) -> None:
    code = register(counter)
    void(counter, beside)
    counter.bring_paper()
    counter.save_paper()
    assert receipts_of(tmp_path / "receipts") == []
    assert request(desk, code).copies == 0
    assert not counter.may_decline
    counter.void()
    assert not beside.second.is_open


def test_a_voided_visits_client_is_registered_anew(desk: Desk, counter: Counter, beside: Beside, hossein: str) -> None:
    first = register(counter)
    void(counter, beside)
    counter.go_to_service()
    assert counter.person.name == NAME
    counter.type_service("2")
    counter.choose_service(0)
    counter.receive_all()
    counter.register()
    assert counter.saved is not None
    assert counter.saved.tracking_code != first
    assert not counter.saved.is_voided


def test_the_paper_of_a_voided_visit_is_asked_back_from_the_printer(
    desk: Desk, hossein: str, at_work: Clerk, panel: SecondPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Moody(Report(STUCK, "media-empty"))
    put_up(desk, machine, monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.until(lambda: at_work.counter.slip and at_work.counter.slip.is_stuck)
    at_work.page.saved.void.click()
    at_work.until(lambda: panel.tiles)
    at_work.type(REASON)
    at_work.enter()
    at_work.type(PASSWORD)
    at_work.enter()
    at_work.until(lambda: at_work.counter.saved and at_work.counter.saved.is_voided)
    at_work.until(lambda: machine.word == Report(FAILED, "canceled"))
    at_work.until(lambda: request(desk, code).receipts[-1].outcome == "failed")
    assert waiting(desk, code) == []
    saved = at_work.page.saved
    assert saved.head.text() == "این ثبت باطل شد"
    at_work.until(lambda: place(at_work, "paper") == "چاپ نمی‌شود")
    for gone in (saved.void, saved.again, saved.pdf, saved.strip, saved.decline, saved.due):
        assert not gone.isVisible()
    at_work.enter()
    assert at_work.counter.stage == "empty"
    assert not at_work.page.notice.isVisible()
    at_work.until(lambda: at_work.page.empty.last.visits()[0].state == "voided")


def test_a_wrong_password_leaves_the_visit_as_it_is(
    desk: Desk, hossein: str, at_work: Clerk, panel: SecondPanel
) -> None:
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    before = at_work.focus
    at_work.page.saved.void.click()
    at_work.until(lambda: panel.tiles)
    at_work.type(REASON)
    at_work.enter()
    at_work.type("چیز دیگر")
    at_work.enter()
    at_work.until(panel.message.isVisible)
    assert panel.reason.text() == REASON
    at_work.press(Qt.Key.Key_Escape)
    assert request(desk, code).state == "open"
    assert at_work.focus in (before, at_work.page.saved.void)
    assert at_work.page.saved.head.text() == "ثبت شد؛ رسید هنوز بیرون نیامده است"


def test_what_the_client_has_is_to_be_taken_back(
    desk: Desk, hossein: str, at_work: Clerk, panel: SecondPanel, tmp_path: Path
) -> None:
    tray = tmp_path / "tray"
    tray.mkdir()
    set_printer(desk, f"folder:{tray}")
    write_a_visit(at_work, hossein)
    at_work.register()
    at_work.saved()
    at_work.until(lambda: place(at_work, "paper") == "چاپ شد")
    assert at_work.page.side.primary.hint.text() == "رسید را به ارباب رجوع بدهید"
    at_work.page.saved.void.click()
    at_work.until(lambda: panel.tiles)
    at_work.type(REASON)
    at_work.enter()
    at_work.type(PASSWORD)
    at_work.enter()
    at_work.until(lambda: place(at_work, "paper") == "پس گرفته شود")
    assert at_work.page.side.primary.hint.text() == "رسید کاغذی را از ارباب رجوع پس بگیرید."


# --- no receipt wanted -----------------------------------------------------------------------------------------------


def test_a_client_who_wants_no_receipt_is_written_with_the_reason(desk: Desk, counter: Counter, hossein: str) -> None:
    code = register(counter)
    counter.start_declining()
    assert (counter.is_declining, counter.focus) == (True, "declined")
    counter.decline("  ")
    assert counter.declined_problem == "دلیل را بنویسید."
    counter.decline("عکس گرفت")
    assert counter.saved is not None
    assert counter.saved.is_declined
    assert not counter.is_declining
    assert request(desk, code).receipt_declined == "عکس گرفت"


def test_escape_leaves_the_reason_and_stays_on_the_page(desk: Desk, counter: Counter, hossein: str) -> None:
    code = register(counter)
    counter.start_declining()
    counter.escape()
    assert not counter.is_declining
    assert counter.saved is not None
    assert request(desk, code).receipt_declined is None


def test_whose_paper_is_out_has_nothing_to_decline(desk: Desk, clerk: Session, hossein: str, tmp_path: Path) -> None:
    set_printer(desk, f"folder:{tmp_path}")
    doors = AtThePrinter()
    counter = Counter(Acts(desk, clerk), doors, tmp_path / "receipts")
    counter.start()
    register(counter)
    for state in (SENT, PRINTING):
        doors.say(state)
        assert counter.may_decline
    doors.end(PRINTED, "printer")
    assert not counter.may_decline
    counter.start_declining()
    assert not counter.is_declining


def test_a_declined_paper_is_asked_back_and_nobody_is_told_of_it_again(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Moody(Report(STUCK, "media-empty"))
    put_up(desk, machine, monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.until(at_work.page.saved.strip.isVisible)
    at_work.page.saved.decline.click()
    assert at_work.focus is at_work.page.saved.declining.reason.frame.line
    at_work.type("عکس گرفت")
    at_work.enter()
    at_work.until(lambda: request(desk, code).receipts[-1].outcome == "failed")
    at_work.until(lambda: place(at_work, "paper") == "چاپ نمی‌شود")
    assert request(desk, code).receipt_declined == "عکس گرفت"
    assert at_work.page.saved.head.text() == "ثبت شد؛ ارباب رجوع رسید نخواست"
    at_work.until(lambda: at_work.focus is at_work.page.side.primary.button)
    at_work.enter()
    assert at_work.counter.stage == "empty"
    assert not at_work.page.notice.isVisible()


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_three_places_say_where_the_record_is(desk: Desk, hossein: str, at_work: Clerk) -> None:
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    saved = at_work.page.saved
    assert [place(at_work, name) for name in ("here", "paper", "centre")] == [
        "ذخیره شد",
        "در انتظار",
        "مرکزی تعریف نشده است",
    ]
    assert saved.due.text() == "پاسخ تا یکشنبه ۱۵ آذر ۱۴۰۵"
    digits = saved.code.accessibleName().removeprefix("کد پیگیری ")
    assert digits.replace(" ", "").translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")) == code
    assert digits.count(" ") == 2


def test_the_file_is_one_press_away(hossein: str, at_work: Clerk) -> None:
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.page.saved.file.click()
    assert at_work.window.workplace is not None
    shift = at_work.window.workplace.shift
    assert shift.page == "files"
    at_work.until(lambda: shift.files.file and shift.files.file.request.tracking_code == code)


def test_next_person_stands_where_registering_stood(hossein: str, at_work: Clerk) -> None:
    write_a_visit(at_work, hossein)
    button = at_work.page.side.primary.button
    where = button.geometry()
    at_work.register()
    at_work.saved()
    assert button.text() == "نفر بعد"
    assert button.geometry() == where
    assert button.hasFocus()
    at_work.enter()
    assert at_work.counter.stage == "empty"
    assert at_work.page.find_frame.line.hasFocus()


def test_nothing_of_the_page_is_cut_or_wider_than_the_window(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Moody(Report(STUCK, "media-empty"))
    put_up(desk, machine, monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    at_work.saved()
    at_work.until(at_work.page.saved.strip.isVisible)
    at_work.page.saved.back.click()
    at_work.until(at_work.page.saved.again.isVisible)
    area, saved = at_work.page.scroll_area, at_work.page.saved
    for width, height in ((1366, 768), (1280, 640), (1024, 640)):
        at_work.window.resize(width, height)
        QTest.qWait(50)
        inside = area.widget()
        assert inside is not None
        assert inside.width() <= area.viewport().width()
        for button in (saved.another, saved.again, saved.void):
            assert button.width() >= button.sizeHint().width(), (width, button.text())


def test_the_second_person_of_the_panel_is_a_supervisor(hossein: str, at_work: Clerk, panel: SecondPanel) -> None:
    write_a_visit(at_work, hossein)
    at_work.register()
    at_work.saved()
    at_work.page.saved.void.click()
    at_work.until(lambda: panel.tiles)
    assert panel.tiles[0].text() == SUPERVISOR


# --- the whole number ------------------------------------------------------------------------------------------------


def test_the_whole_number_is_shown_for_this_visit_and_the_book_says_so(
    desk: Desk, hossein: str, at_work: Clerk
) -> None:
    def shown() -> list[str]:
        with desk.reading() as connection:
            query = "select body from line where kind = 'session.opened'"
            return [bytes(body).decode() for body in connection.exec_driver_sql(query).scalars()]

    known = at_work.page.person.known
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    assert "۲۸۲•••••••" in known.numbers.text()
    assert shown() == []
    known.whole.click()
    at_work.until(lambda: words.digits(hossein) in known.numbers.text())
    assert ['"full":true' in body for body in shown()] == [True]
    assert not known.whole.isVisible()
    at_work.press(Qt.Key.Key_Escape)
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    assert "۲۸۲•••••••" in known.numbers.text()
    assert known.whole.isVisible()
