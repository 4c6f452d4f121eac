"""Voiding: a visit that was registered by mistake, taken back by two people; and a client who takes no paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk import people, spool
from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.receipts import NoSuchRequest, Voided, begin_paper, write_receipt
from app.desk.requests import request
from app.desk.spool import Came, print_receipt, waiting
from app.desk.steps import StepRefused, decline_receipt, void
from app.vault.sent import Sent, note_sent
from models import entries as e
from models.entries import Entry
from models.ids import new_id
from models.records import Person
from printing.printers import Job, Queue, Report
from tests.desk.conftest import session_of
from tests.desk.counter import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR, registered, visit

OFFICER = "لیلا صادقی"
REASON = "به نام دیگری ثبت شده بود"


def someone(desk: Desk, name: str) -> Person:
    return session_of(desk, name).person


def refusal(desk: Desk, session: Session, code: str, reason: str, approver: Person) -> tuple[str, str]:
    before = request(desk, code)
    with pytest.raises(StepRefused) as refused:
        void(desk, session, code, reason, approver)
    assert request(desk, code) == before
    assert refused.value.problem.message
    return refused.value.problem.field, refused.value.problem.code


def take(desk: Desk, clerk: Session, code: str, *steps: Entry) -> None:
    """Steps as they will be written one day, whatever writes them."""
    with desk.writing() as writing:
        for step in steps:
            writing.say(clerk.person.id, request(desk, code).id, step)


def test_two_people_void_a_visit(desk: Desk, clerk: Session) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    voided = void(desk, clerk, code, f"  {REASON} ", someone(desk, SUPERVISOR))
    assert voided == request(desk, code)
    assert voided.state == "voided"
    assert voided.history[-1].kind == "void"
    assert voided.history[-1].text == REASON
    assert voided.history[-1].actor == clerk.person.id


def test_the_second_person_is_in_the_book(desk: Desk, clerk: Session) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    void(desk, clerk, code, REASON, someone(desk, SUPERVISOR))
    with desk.reading() as connection:
        body = connection.exec_driver_sql("select body from line where kind = 'request.voided'").scalar_one()
    assert e.decode("request.voided", 1, bytes(body)) == e.RequestVoided(
        reason=REASON, approved_by=someone(desk, SUPERVISOR).id
    )


def test_a_supervisor_voids_with_the_word_of_any_other_person(desk: Desk, supervisor: Session) -> None:
    code = registered(desk, supervisor, visit()).tracking_code
    assert void(desk, supervisor, code, REASON, someone(desk, CLERK)).state == "voided"


def test_one_person_is_not_two(desk: Desk, clerk: Session, supervisor: Session) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    assert refusal(desk, supervisor, code, REASON, supervisor.person) == ("approve", "not_allowed")
    assert refusal(desk, clerk, code, REASON, clerk.person) == ("approve", "not_allowed")


def test_two_clerks_are_not_enough(desk: Desk, clerk: Session) -> None:
    administrator = session_of(desk, ADMINISTRATOR)
    people.admit(desk, administrator, "امیر حسینی", ("clerk",), PASSWORD)
    code = registered(desk, clerk, visit()).tracking_code
    assert refusal(desk, clerk, code, REASON, someone(desk, "امیر حسینی")) == ("approve", "not_allowed")


def test_only_who_works_at_the_counter_voids(desk: Desk, clerk: Session) -> None:
    administrator = session_of(desk, ADMINISTRATOR)
    people.admit(desk, administrator, OFFICER, ("unit_officer",), PASSWORD, unit="معاونت اقتصادی")
    code = registered(desk, clerk, visit()).tracking_code
    officer = session_of(desk, OFFICER)
    assert refusal(desk, officer, code, REASON, someone(desk, SUPERVISOR)) == ("as", "not_allowed")


@pytest.mark.parametrize(
    ("reason", "code"), [("", "required"), (" \u200c ", "required"), ("ب" * 1001, "too_long"), ("a\x00b", "bad_format")]
)
def test_a_reason_is_required(desk: Desk, clerk: Session, reason: str, code: str) -> None:
    tracking = registered(desk, clerk, visit()).tracking_code
    assert refusal(desk, clerk, tracking, reason, someone(desk, SUPERVISOR)) == ("reason", code)


@pytest.mark.parametrize("outcome", ["done", "guided", "follow_up"])
def test_every_kind_of_visit_can_be_voided(desk: Desk, clerk: Session, outcome: str) -> None:
    code = registered(desk, clerk, visit(outcome=outcome)).tracking_code
    assert void(desk, clerk, code, REASON, someone(desk, SUPERVISOR)).state == "voided"


def test_an_answered_request_can_be_voided_and_a_delivered_one_cannot(desk: Desk, clerk: Session) -> None:
    answered, delivered = (registered(desk, clerk, visit()).tracking_code for _n in range(2))
    for code in (answered, delivered):
        take(desk, clerk, code, e.RequestAnswered(decision="accepted", text="موافقت شد"))
    take(desk, clerk, delivered, e.RequestDelivered())
    assert void(desk, clerk, answered, REASON, someone(desk, SUPERVISOR)).state == "voided"
    assert refusal(desk, clerk, delivered, REASON, someone(desk, SUPERVISOR)) == ("state", "not_allowed")


def test_what_is_voided_is_not_voided_again(desk: Desk, clerk: Session) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    void(desk, clerk, code, REASON, someone(desk, SUPERVISOR))
    assert refusal(desk, clerk, code, REASON, someone(desk, SUPERVISOR)) == ("state", "not_allowed")


def test_nothing_is_voided_under_a_code_that_is_not_known(desk: Desk, clerk: Session) -> None:
    with pytest.raises(NoSuchRequest):
        void(desk, clerk, "500100000000", REASON, someone(desk, SUPERVISOR))


# --- its paper -------------------------------------------------------------------------------------------------------


def test_a_paper_that_has_not_left_will_not_come_out_any_more(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    assert [paper.tracking_code for paper in waiting(desk)] == [code]
    void(desk, clerk, code, REASON, someone(desk, SUPERVISOR))
    assert waiting(desk) == []
    kept = request(desk, code)
    assert [(receipt.outcome, receipt.reason) for receipt in kept.receipts] == [("failed", "voided")]
    with pytest.raises(Voided):
        write_receipt(desk, code, tmp_path / "r.pdf", actor=clerk.person.id)
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_voided_visit_has_no_duplicate(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    write_receipt(desk, code, tmp_path / "r.pdf", actor=clerk.person.id)
    void(desk, clerk, code, REASON, someone(desk, SUPERVISOR))
    with pytest.raises(Voided):
        begin_paper(desk, code, clerk.person.id)
    assert request(desk, code).copies == 1


class Sticks:
    """A printer without paper that can give back what it was sent."""

    def __init__(self) -> None:
        self.word = Report("stuck", "media-empty")
        self.sent = 0

    def papers(self) -> frozenset[str] | None:
        return None

    def send(self, title: str, pdf: bytes, paper: str) -> Job:
        self.sent += 1
        return Job(title, title)

    def find(self, title: str) -> Job | None:
        return Job(title, title)

    def report(self, job: Job) -> Report:
        return self.word

    def cancel(self, job: Job) -> None:
        self.word = Report("failed", "canceled")


QUEUE = Queue("Made up", "ipp://printer.example/ipp/print")


def test_a_paper_that_sticks_at_a_printer_is_asked_back(
    desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = Sticks()
    monkeypatch.setattr(spool, "printer_of", lambda queue: printer)
    code = registered(desk, clerk, visit()).tracking_code

    def told(report: Report) -> None:
        if report.state == "stuck":
            void(desk, clerk, code, REASON, someone(desk, SUPERVISOR))

    came = print_receipt(desk, code, QUEUE, actor=clerk.person.id, paper="a5", told=told)
    assert came == Came(0, "failed", "media-empty")
    assert (printer.sent, printer.word) == (1, Report("failed", "canceled"))


def test_a_paper_that_was_left_at_a_printer_is_asked_back_at_the_next_start(
    desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = Sticks()
    monkeypatch.setattr(spool, "printer_of", lambda queue: printer)
    known = registered(desk, clerk, visit())
    assert known.receipt is not None
    with desk.store.writing() as connection:
        note_sent(connection, Sent(known.receipt, known.request, QUEUE.name, QUEUE.uri, "a5", "job", 0))
    void(desk, clerk, known.tracking_code, REASON, someone(desk, SUPERVISOR))
    assert [paper.is_unconfirmed for paper in waiting(desk)] == [True]
    came = spool.follow(desk, known.receipt, actor=clerk.person.id)
    assert came is not None
    assert came.outcome == "failed"
    assert waiting(desk) == []


def test_a_paper_about_to_be_handed_over_stays_here(
    desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = Sticks()
    monkeypatch.setattr(spool, "printer_of", lambda queue: printer)
    code = registered(desk, clerk, visit()).tracking_code

    def told(report: Report) -> None:
        if report.state == "queued":
            void(desk, clerk, code, REASON, someone(desk, SUPERVISOR))

    came = print_receipt(desk, code, QUEUE, actor=clerk.person.id, paper="a5", told=told)
    assert (came.outcome, came.reason) == ("failed", "voided")
    assert printer.sent == 0


# --- no paper wanted -------------------------------------------------------------------------------------------------


def test_a_client_who_takes_no_paper_is_written_with_the_reason(desk: Desk, clerk: Session) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    kept = decline_receipt(desk, clerk, code, "عکس گرفت")
    assert kept.receipt_declined == "عکس گرفت"
    assert kept.receipt_outcome == "declined"
    assert waiting(desk) == []


def test_who_has_the_paper_cannot_decline_it(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    write_receipt(desk, code, tmp_path / "r.pdf", actor=clerk.person.id)
    with pytest.raises(StepRefused) as refused:
        decline_receipt(desk, clerk, code, "عکس گرفت")
    assert refused.value.problem.field == "state"
    assert request(desk, code).receipt_declined is None


def test_declining_takes_a_clerk_and_a_reason(desk: Desk, clerk: Session) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    officer = Session(
        new_id(), Person(id=new_id(), office=0, name=OFFICER, roles=(), unit="", verifier="", retired=False)
    )
    for session, reason, field in ((clerk, " ", "reason"), (officer, "عکس گرفت", "as")):
        with pytest.raises(StepRefused) as refused:
            decline_receipt(desk, session, code, reason)
        assert refused.value.problem.field == field
    assert request(desk, code).receipt_outcome == "queued"


def test_who_declined_may_still_ask_for_the_paper(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    decline_receipt(desk, clerk, code, "عکس گرفت")
    assert write_receipt(desk, code, tmp_path / "r.pdf", actor=clerk.person.id).copy == 0
    assert request(desk, code).receipt_outcome == "printed"
