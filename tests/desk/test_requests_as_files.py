"""Opening a request's file: what it holds, who may, and that the book says so."""

import datetime

import pytest

from app.desk import people
from app.desk.client_files import FilesOf, files_of, find_files, more_files
from app.desk.desk import Desk
from app.desk.files import NotForYou, check_serves, full_numbers, note_opening, open_file
from app.desk.people import Session
from app.desk.receipts import NoSuchRequest
from app.desk.visits import Registered
from app.vault.store import Store
from models.entries import (
    DocumentReceived,
    ReceiptSettled,
    RequestAnswered,
    RequestDelivered,
    RequestReferred,
)
from models.ids import new_id
from tests.desk.conftest import session_of
from tests.desk.counter import ADMINISTRATOR, HOSSEIN, MARYAM, PASSWORD, TODAY, Clock, openings, registered, visit

UNIT = "واحد مالی"
DAY = 86_400_000_000


@pytest.fixture
def officer(desk: Desk) -> Session:
    """Somebody of the finance unit."""
    admin = session_of(desk, ADMINISTRATOR)
    people.admit(desk, admin, "لیلا صادقی", ("unit_officer",), PASSWORD, "واحد‌مالي")
    return session_of(desk, "لیلا صادقی")


@pytest.fixture
def keeper(desk: Desk) -> Session:
    """An administrator who serves nobody."""
    admin = session_of(desk, ADMINISTRATOR)
    people.admit(desk, admin, "کاوه فرهمند", ("administrator",), PASSWORD)
    return session_of(desk, "کاوه فرهمند")


def refer(desk: Desk, by: Session, done: Registered, unit: str = UNIT) -> None:
    with desk.writing() as writing:
        writing.say(by.person.id, done.request, RequestReferred(unit=unit))


def test_a_file_holds_every_entry_with_who_and_where(desk: Desk, clerk: Session, supervisor: Session) -> None:
    done = registered(desk, clerk, visit(documents=["اصل مجوز پیشین"]))
    clock = desk.clock
    assert isinstance(clock, Clock)
    assert done.receipt is not None
    with desk.writing() as writing:
        writing.say(clerk.person.id, done.request, ReceiptSettled(attempt=done.receipt, outcome="printed"))
    clock.now += DAY
    refer(desk, supervisor, done)
    with desk.writing() as writing:
        writing.say(clerk.person.id, done.request, DocumentReceived(document="تصویر کارت ملی"))
        writing.say(supervisor.person.id, done.request, RequestAnswered(decision="accepted", text="موافقت شد."))
    file = open_file(desk, clerk, done.tracking_code)
    assert [each.entry.kind for each in file.happened] == [
        "request.registered",
        "receipt.attempted",
        "receipt.settled",
        "request.referred",
        "request.document_received",
        "request.answered",
    ]
    assert file.happened[3].who == supervisor.person.name
    assert {each.desk for each in file.happened} == {"میز ۱"}
    assert all(each.taken for each in file.happened)
    assert file.today == TODAY + datetime.timedelta(days=1)
    papers = {paper.title: paper.at for paper in file.papers}
    assert papers["اصل مجوز پیشین"] == done.registered_at
    assert papers["تصویر کارت ملی"] == clock.now
    assert None in papers.values()
    assert file.paper is not None
    assert file.paper.outcome == "printed"


def test_a_step_out_of_order_is_shown_as_not_taken(desk: Desk, clerk: Session) -> None:
    done = registered(desk, clerk, visit())
    with desk.writing() as writing:
        writing.say(clerk.person.id, done.request, RequestDelivered())
    last = open_file(desk, clerk, done.tracking_code).happened[-1]
    assert isinstance(last.entry, RequestDelivered)
    assert not last.taken


def test_without_a_receipt_its_values_are_what_the_first_one_would_say(desk: Desk, clerk: Session) -> None:
    done = registered(desk, clerk, visit(receipt="declined", receipt_reason="نخواست"))
    file = open_file(desk, clerk, done.tracking_code)
    assert file.paper is None
    assert file.values.tracking_code == done.tracking_code
    assert file.values.copy == 0


def test_a_code_that_is_not_here_is_said(desk: Desk, clerk: Session) -> None:
    with pytest.raises(NoSuchRequest):
        open_file(desk, clerk, "500100000005")


def test_an_administrator_without_a_clerks_role_opens_no_file(desk: Desk, clerk: Session, keeper: Session) -> None:
    done = registered(desk, clerk, visit())
    for read in (
        lambda: open_file(desk, keeper, done.tracking_code),
        lambda: files_of(desk, keeper, done.client),
        lambda: find_files(desk, keeper, "حسین"),
        lambda: full_numbers(desk, keeper, done.tracking_code),
    ):
        with pytest.raises(NotForYou, match="role"):
            read()
    assert openings(desk) == []


def test_a_unit_officer_reads_what_is_with_their_unit_and_nothing_else(
    desk: Desk, clerk: Session, officer: Session
) -> None:
    theirs = registered(desk, clerk, visit(HOSSEIN))
    other = registered(desk, clerk, visit(HOSSEIN, service="201"))
    stranger = registered(desk, clerk, visit(MARYAM))
    refer(desk, clerk, theirs)
    assert open_file(desk, officer, theirs.tracking_code).request.unit == UNIT
    for code in (other.tracking_code, stranger.tracking_code):
        with pytest.raises(NotForYou, match="unit"):
            open_file(desk, officer, code)
    listed = files_of(desk, officer, theirs.client)
    assert listed is not None
    assert ([row.tracking_code for row in listed.rows], listed.count) == ([theirs.tracking_code], 1)
    with pytest.raises(NotForYou, match="unit"):
        files_of(desk, officer, stranger.client)
    assert [(hit.name, hit.requests) for hit in find_files(desk, officer, "حسین")] == [("حسین قلی‌زاده", 1)]
    assert find_files(desk, officer, "مریم") == ()
    assert [hit.tracking_code for hit in find_files(desk, officer, "5001")] == [theirs.tracking_code]
    with pytest.raises(NotForYou, match="act"):
        check_serves(officer)
    refer(desk, clerk, theirs, "بازرسی")
    with pytest.raises(NotForYou, match="unit"):
        open_file(desk, officer, theirs.tracking_code)


def test_opening_and_a_whole_number_are_entries(desk: Desk, clerk: Session) -> None:
    done = registered(desk, clerk, visit())
    note_opening(desk, clerk, done.tracking_code)
    assert full_numbers(desk, clerk, done.tracking_code).client == HOSSEIN["national_number"]
    said = [(entry.what, entry.codes, entry.full) for entry in openings(desk)]
    assert said == [("file", (done.tracking_code,), False), ("file", (done.tracking_code,), True)]


def test_a_whole_number_is_not_shown_when_that_cannot_be_written(
    desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = registered(desk, clerk, visit())

    def full(store: Store) -> object:
        raise OSError("no room")

    monkeypatch.setattr(Store, "writing", full)
    with pytest.raises(OSError, match="no room"):
        full_numbers(desk, clerk, done.tracking_code)
    assert open_file(desk, clerk, done.tracking_code).request.said.number == HOSSEIN["national_number"]


def test_a_clients_requests_come_page_by_page_the_newest_first(desk: Desk, clerk: Session) -> None:
    clock = desk.clock
    assert isinstance(clock, Clock)
    first = registered(desk, clerk, visit())
    codes = [first.tracking_code]
    for n in range(11):
        clock.now += 1_000_000 * (n % 3)  # some at the very same moment
        codes.append(registered(desk, clerk, visit(service="201")).tracking_code)
    page = files_of(desk, clerk, first.client, limit=5)
    assert isinstance(page, FilesOf)
    assert (page.count, page.is_all) == (12, False)
    seen, is_all = list(page.rows), False
    while not is_all:
        rows, is_all = more_files(desk, clerk, first.client, seen[-1], limit=5)
        seen += rows
    assert sorted(row.tracking_code for row in seen) == sorted(codes)
    assert [row.registered_at for row in seen] == sorted((row.registered_at for row in seen), reverse=True)


def test_what_is_late_is_said_in_the_list(desk: Desk, clerk: Session) -> None:
    done = registered(desk, clerk, visit())
    clock = desk.clock
    assert isinstance(clock, Clock)
    clock.now += 120 * DAY
    listed = files_of(desk, clerk, done.client)
    assert listed is not None
    assert listed.rows[0].late


def test_nobody_of_that_id_has_no_files(desk: Desk, clerk: Session) -> None:
    assert files_of(desk, clerk, new_id()) is None
