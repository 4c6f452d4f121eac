"""The files page without its glass: what is found and opened, told to the book, and said of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.desk import people
from app.desk.client_files import PAGE
from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.requests import request
from app.vault.problems import StoreError, StoreProblem
from app.vault.store import Store
from models.codes import make_tracking_code
from models.entries import ReceiptSettled, RequestAnswered, RequestDelivered, RequestReferred
from tests.desk.conftest import session_of
from tests.desk.counter import ADMINISTRATOR, HOSSEIN, MARYAM, PASSWORD, Clock, openings, registered, visit
from tests.ui.files import all_papers, heads, heard, page_of, today
from tests.ui.hand import Held
from ui.request_file.happenings import nodes_of
from ui.request_file.presenter import Files

DAY = 86_400_000_000


# --- finding and opening ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dressed", [lambda c: c, lambda c: f"{c[:4]} {c[4:8]}-{c[8:]}"])
def test_a_code_opens_its_file_and_the_book_is_told(
    desk: Desk, clerk: Session, files: Files, dressed: Callable[[str], str]
) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    files.find(dressed(code))
    assert files.stage == "found"
    files.enter()
    assert files.file is not None
    assert files.file.request.tracking_code == code
    assert [(entry.what, entry.codes, entry.full) for entry in openings(desk)] == [("file", (code,), False)]


def test_enter_before_the_answer_opens_what_is_found_then(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    doors = Held()
    files = page_of(desk, clerk, tmp_path, doors)
    files.find(code)
    files.enter()
    assert files.file is None
    doors.open()
    assert files.file is not None


def test_a_name_leads_to_the_persons_requests_and_from_there_to_one(desk: Desk, clerk: Session, files: Files) -> None:
    codes = [registered(desk, clerk, visit(service=service)).tracking_code for service in ("101", "201")]
    files.find("قلی‌زاده")
    files.enter()
    assert files.listing is not None
    assert [row.tracking_code for row in files.listing.rows] == codes[::-1]
    files.move(1)
    files.enter()
    assert files.file is not None
    assert files.file.request.tracking_code == codes[0]


def test_back_takes_one_layer_after_the_other_and_ends_at_the_counter(desk: Desk, clerk: Session, files: Files) -> None:
    registered(desk, clerk, visit())
    files.find("قلی‌زاده")
    files.enter()
    files.enter()
    seen = []
    while not heard(files):
        seen.append(files.stage)
        files.back()
    assert seen == ["file", "listing", "found", "empty"]
    assert heard(files) == [("counter", None, "")]


def test_from_a_file_that_another_page_asked_for_the_way_back_is_the_counter(
    desk: Desk, clerk: Session, files: Files
) -> None:
    files.open_file(registered(desk, clerk, visit()).tracking_code)
    assert files.stage == "file"
    files.back()
    assert heard(files) == [("counter", None, "")]


def test_a_file_that_comes_late_does_not_cover_what_is_looked_for_now(
    desk: Desk, clerk: Session, tmp_path: Path
) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    doors = Held()
    files = page_of(desk, clerk, tmp_path, doors)
    files.open_file(code)
    late = doors.held.pop()
    files.find("مریم")
    late()
    assert files.file is None
    assert openings(desk) == []


def test_a_code_of_another_desk_is_said_to_be_right_and_not_here(files: Files) -> None:
    code = make_tracking_code(17, 1_234_567)
    files.find(code)
    assert not files.hits
    assert files.typed_code == code
    files.enter()
    assert files.shut is not None
    assert files.shut.why == "missing"


def test_a_misread_code_is_told_from_one_that_is_not_here(desk: Desk, clerk: Session, files: Files) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    files.find(wrong)
    assert files.is_wrong_code
    files.enter()
    assert files.stage == "found"


def test_a_list_of_hundreds_is_read_in_pages_as_the_mark_moves(desk: Desk, clerk: Session, files: Files) -> None:
    clock = desk.clock
    assert isinstance(clock, Clock)
    client = registered(desk, clerk, visit()).client
    for _n in range(PAGE + 3):
        clock.now += 1_000_000
        registered(desk, clerk, visit(service="201"))
    files.open_files_of(client)
    assert files.listing is not None
    assert (len(files.listing.rows), files.listing.count) == (PAGE, PAGE + 4)
    for _n in range(PAGE + 10):
        files.move(1)
    assert len(files.listing.rows) == PAGE + 4
    assert files.marked_file == PAGE + 3
    assert len({row.id for row in files.listing.rows}) == PAGE + 4


# --- who may ---------------------------------------------------------------------------------------------------------


def test_an_administrator_who_serves_nobody_is_told_so(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    people.admit(desk, session_of(desk, ADMINISTRATOR), "کاوه فرهمند", ("administrator",), PASSWORD)
    files = page_of(desk, session_of(desk, "کاوه فرهمند"), tmp_path)
    for look, what in ((files.find, "حسین"), (files.open_file, code)):
        look(what)
        assert files.file is None
        assert files.shut is not None
        assert files.shut.why == "role"


def test_a_unit_officer_reads_and_neither_prints_nor_voids(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    done = registered(desk, clerk, visit())
    people.admit(desk, session_of(desk, ADMINISTRATOR), "لیلا صادقی", ("unit_officer",), PASSWORD, "واحد مالی")
    files = page_of(desk, session_of(desk, "لیلا صادقی"), tmp_path)
    files.open_file(done.tracking_code)
    assert files.shut is not None
    assert files.shut.why == "unit"
    with desk.writing() as writing:
        writing.say(clerk.person.id, done.request, RequestReferred(unit="واحد مالی"))
    files.open_file(done.tracking_code)
    assert files.file is not None
    assert not files.may_print
    assert not files.may_void
    files.reprint()
    files.void()
    files.another_service()
    assert heard(files) == []
    assert request(desk, done.tracking_code).copies == 0


# --- the book that cannot be written ---------------------------------------------------------------------------------


def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(store: Store) -> object:
        raise StoreError(StoreProblem.full)

    monkeypatch.setattr(Store, "writing", full)


def test_reading_goes_on_when_the_opening_cannot_be_written(
    desk: Desk, clerk: Session, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    no_room(monkeypatch)
    files.open_file(code)
    assert files.stage == "file"
    assert files.banner is not None
    assert files.banner.kind == "warn"
    assert files.banner.head == "باز شدن این پرونده در دفتر نوشته نشد."


def test_a_clock_that_was_set_back_is_said_in_its_own_words(desk: Desk, clerk: Session, files: Files) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    clock = desk.clock
    assert isinstance(clock, Clock)
    clock.now -= DAY
    files.open_file(code)
    assert files.stage == "file"
    assert files.banner is not None
    assert files.banner.text.startswith("ساعت")


def test_the_whole_number_is_shown_after_the_book_says_so_and_covered_again(
    desk: Desk, clerk: Session, files: Files
) -> None:
    files.open_file(registered(desk, clerk, visit()).tracking_code)
    files.show_full_number()
    assert files.numbers is not None
    assert files.numbers.client == HOSSEIN["national_number"]
    assert [entry.full for entry in openings(desk)] == [False, True]
    files.show_full_number()
    assert files.numbers is None
    files.show_full_number()
    files.open_file(registered(desk, clerk, visit(MARYAM)).tracking_code)
    assert files.numbers is None


def test_a_whole_number_stays_covered_when_the_book_cannot_be_told(
    desk: Desk, clerk: Session, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.open_file(registered(desk, clerk, visit()).tracking_code)
    no_room(monkeypatch)
    files.show_full_number()
    assert files.numbers is None
    assert files.banner is not None
    assert files.banner.kind == "danger"


# --- the timeline ----------------------------------------------------------------------------------------------------


def test_what_is_awaited_stands_at_the_top_with_its_day(desk: Desk, clerk: Session, files: Files) -> None:
    done = registered(desk, clerk, visit(documents=all_papers(desk)))
    files.open_file(done.tracking_code)
    assert files.file is not None
    first, last = nodes_of(files.file)[0], nodes_of(files.file)[-1]
    assert first.awaited
    assert first.head.startswith("در انتظار پاسخ تا ")
    assert last.head == "درخواست ثبت شد"
    assert last.by == f"{clerk.person.name}، میز ۱"
    assert last.when.startswith("سه‌شنبه ۳ آذر")


def test_papers_that_lack_are_awaited_by_their_day(desk: Desk, clerk: Session, files: Files) -> None:
    files.open_file(registered(desk, clerk, visit()).tracking_code)
    assert heads(files)[0].startswith("در انتظار مدارک تا ")
    assert heads(files)[-1].endswith("مدرک کم بود")


def test_a_broken_promise_is_said_in_days(desk: Desk, clerk: Session, files: Files) -> None:
    done = registered(desk, clerk, visit(documents=all_papers(desk)))
    clock = desk.clock
    assert isinstance(clock, Clock)
    assert done.due_on is not None
    clock.now += ((done.due_on - today(desk)).days + 3) * DAY
    files.open_file(done.tracking_code)
    assert files.file is not None
    awaited = nodes_of(files.file)[0]
    assert (awaited.tone, awaited.when) == ("danger", "۳ روز دیرکرد")


def test_the_whole_life_is_told_and_nothing_is_awaited_after_its_end(desk: Desk, clerk: Session, files: Files) -> None:
    done = registered(desk, clerk, visit(documents=all_papers(desk)))
    assert done.receipt is not None
    with desk.writing() as writing:
        for entry in (
            ReceiptSettled(attempt=done.receipt, outcome="printed"),
            RequestReferred(unit="واحد مالی", note="برای استعلام"),
            RequestAnswered(decision="refused", text="ممکن نیست.", basis="ماده ۸"),
        ):
            writing.say(clerk.person.id, done.request, entry)
    files.open_file(done.tracking_code)
    assert heads(files) == [
        "در انتظار تحویل",
        "پاسخ آماده شد: مخالفت",
        "ارجاع به واحد مالی",
        "رسید چاپ شد",
        "درخواست ثبت شد",
    ]
    with desk.writing() as writing:
        writing.say(clerk.person.id, done.request, RequestDelivered())
    files.start()
    assert heads(files)[0] == "پاسخ به ارباب رجوع تحویل شد"


def test_a_receipt_that_waits_is_told_as_waiting(desk: Desk, clerk: Session, files: Files) -> None:
    files.open_file(registered(desk, clerk, visit()).tracking_code)
    assert "رسید در صف چاپ است" in heads(files)
