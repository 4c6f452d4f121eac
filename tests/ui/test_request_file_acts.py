"""The files page without its glass: its paper once more, voiding, and the ways on."""

from pathlib import Path

from app.desk.desk import Desk
from app.desk.people import Session
from models.entries import FileOpened, ReceiptSettled, RequestAnswered, RequestDelivered
from models.ids import new_id
from printing.printers import Queue
from printing.printers.reports import PRINTED, STUCK, UNKNOWN
from tests.desk.counter import SUPERVISOR, openings, registered, visit
from tests.ui.files import all_papers, heads, heard, page_of
from tests.ui.printers import AtThePrinter, set_printer
from ui.request_file.happenings import nodes_of
from ui.request_file.presenter import Files

# --- the paper -------------------------------------------------------------------------------------------------------


def test_printed_again_the_paper_is_a_duplicate_and_the_file_shows_it(
    desk: Desk, clerk: Session, tmp_path: Path
) -> None:
    done = registered(desk, clerk, visit())
    assert done.receipt is not None
    with desk.writing() as writing:
        writing.say(clerk.person.id, done.request, ReceiptSettled(attempt=done.receipt, outcome="printed"))
    set_printer(desk, f"folder:{tmp_path / 'out'}")
    (tmp_path / "out").mkdir()
    files = page_of(desk, clerk, tmp_path)
    files.open_file(done.tracking_code)
    assert not files.goes_to_file
    files.reprint()
    assert files.slip is not None
    assert files.slip.state == PRINTED
    assert files.file is not None
    assert [(receipt.copy, receipt.outcome) for receipt in files.file.request.receipts] == [
        (0, "printed"),
        (1, "printed"),
    ]
    assert files.file.values.copy == 1
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 1


def test_a_paper_on_its_way_is_followed_and_no_second_is_sent(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    set_printer(desk, f"folder:{tmp_path}")
    doors = AtThePrinter()
    files = page_of(desk, clerk, tmp_path, doors)
    files.open_file(code)
    files.reprint()
    files.reprint()
    assert len(doors.papers) == 1
    doors.say(STUCK, "media-empty")
    assert files.slip is not None
    assert files.slip.state == STUCK
    doors.end(UNKNOWN, "connection-lost")
    assert not files.may_print
    files.say_it_came_out(False)
    assert files.may_print


def test_a_paper_that_sticks_goes_to_another_printer(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    set_printer(desk, f"folder:{tmp_path}")
    doors = AtThePrinter()
    files = page_of(desk, clerk, tmp_path, doors)
    files.open_file(code)
    files.reprint()
    doors.say(STUCK, "media-empty")
    files.choose_printer()
    other = Queue("دفتر", "ipp://printer.example/ipp/print")
    doors.papers.pop().done((other,))  # type: ignore[arg-type]  # what was asked for here are printers
    assert files.queues == (other,)
    files.print_at(other)
    assert files.choosing == ""
    doors.end("failed", "canceled")  # it is certain that it does not come out of the first one
    assert len(doors.papers) == 2


def test_what_a_silent_printer_took_is_asked_of_before_another_is_printed(
    desk: Desk, clerk: Session, tmp_path: Path
) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    set_printer(desk, f"folder:{tmp_path}")
    doors = AtThePrinter()
    files = page_of(desk, clerk, tmp_path, doors)
    files.open_file(code)
    files.reprint()
    doors.end(UNKNOWN, "delivered")
    assert files.slip is not None
    assert not files.slip.asks
    assert files.may_print
    files.reprint()
    assert files.slip.asks
    assert len(doors.papers) == 1


def test_without_a_printer_the_receipt_is_written_as_a_file(desk: Desk, clerk: Session, files: Files) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    files.open_file(code)
    assert files.goes_to_file
    files.reprint()
    assert files.written == files.receipts / f"{code}.pdf"
    assert files.file is not None
    assert files.file.request.copies == 1
    assert heads(files)[1] == "رسید به شکل PDF نوشته شد"


def test_a_receipt_that_cannot_be_written_is_said(desk: Desk, clerk: Session, files: Files) -> None:
    files.receipts.write_text("a file where the folder should be")
    files.open_file(registered(desk, clerk, visit()).tracking_code)
    files.reprint()
    assert files.written is None
    assert files.banner is not None
    assert files.banner.kind == "danger"


def test_the_counters_papers_are_heard_of_until_the_person_leaves(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    files = page_of(desk, clerk, tmp_path)
    told: list[str] = []
    files.changed = lambda: told.append("")
    files.papers.changed()
    files.leave()
    files.papers.changed()
    assert len(told) == 1


# --- voiding and the ways on -----------------------------------------------------------------------------------------


def test_a_voided_file_says_who_approved_and_prints_nothing_more(desk: Desk, clerk: Session, files: Files) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    files.open_file(code)
    assert files.may_void
    files.void()
    assert heard(files)[0] == ("second", "ابطال این ثبت", True)
    assert files.file is not None
    assert files.file.request.state == "voided"
    voided = next(node for node in nodes_of(files.file) if node.head == "این ثبت باطل شد")
    assert (voided.text, voided.basis) == ("اشتباه ثبت شد", f"با تأیید {SUPERVISOR}")
    assert not files.may_void
    assert not files.may_print


def test_what_was_delivered_is_not_voided(desk: Desk, clerk: Session, files: Files) -> None:
    done = registered(desk, clerk, visit(documents=all_papers(desk)))
    with desk.writing() as writing:
        writing.say(clerk.person.id, done.request, RequestAnswered(decision="accepted", text="موافقت شد."))
        writing.say(clerk.person.id, done.request, RequestDelivered())
    files.open_file(done.tracking_code)
    files.void()
    assert heard(files) == []


def test_a_guided_visit_goes_on_at_the_counter(desk: Desk, clerk: Session, files: Files) -> None:
    done = registered(desk, clerk, visit(outcome="guided"))
    files.open_file(done.tracking_code)
    files.continue_guided()
    files.another_service()
    assert heard(files) == [("counter", done.client, done.tracking_code), ("counter", done.client, "")]


def test_a_visit_that_continues_another_leads_to_it(desk: Desk, clerk: Session, files: Files) -> None:
    guided = registered(desk, clerk, visit(outcome="guided")).tracking_code
    files.open_file(registered(desk, clerk, visit(continues=guided)).tracking_code)
    files.open_continued()
    assert files.file is not None
    assert files.file.request.tracking_code == guided


def test_who_is_not_found_is_looked_for_at_the_counter(files: Files) -> None:
    files.find(" آراز ")
    files.look_at_counter()
    assert heard(files) == [("find", "آراز")]


def test_a_client_nobody_knows_is_said(files: Files) -> None:
    files.open_files_of(new_id())
    assert files.shut is not None
    assert files.shut.why == "client"


def test_openings_are_entries_of_their_own_subject(desk: Desk, clerk: Session, files: Files) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    for _n in range(3):
        files.open_file(code)
    assert len(openings(desk)) == 3
    assert files.file is not None
    assert not any(isinstance(each.entry, FileOpened) for each in files.file.happened)
