"""A client who says beforehand that they take no receipt: none is printed, and the book says why."""

from app.desk.desk import Desk
from app.desk.requests import request
from tests.ui.hand import Clerk, write_a_visit
from ui.counter.presenter import Counter
from ui.counter.saved import Saved


def ready(counter: Counter, number: str) -> None:
    """A visit of which all is written."""
    counter.type_find(number)
    counter.choose_service(0)
    counter.receive_all()


def saved(counter: Counter) -> Saved:
    assert counter.saved is not None
    return counter.saved


def test_no_receipt_wants_a_reason_and_then_none_is_made(counter: Counter, desk: Desk, hossein: str) -> None:
    ready(counter, hossein)
    counter.toggle_receipt()
    assert counter.focus == "no_receipt"
    counter.register()
    assert (counter.saved, counter.focus) == (None, "no_receipt")
    assert counter.no_receipt_problem == "دلیل را بنویسید."
    counter.type_no_receipt("عکس گرفت")
    assert counter.no_receipt_problem == ""
    counter.register()
    assert saved(counter).is_declined
    known = request(desk, saved(counter).tracking_code)
    assert (known.receipt_declined, known.receipts) == ("عکس گرفت", ())
    counter.next_person()
    assert counter.takes_receipt


def test_whoever_takes_one_after_all_gets_it(counter: Counter, desk: Desk, hossein: str) -> None:
    ready(counter, hossein)
    counter.toggle_receipt()
    counter.type_no_receipt("عکس گرفت")
    counter.toggle_receipt()
    counter.register()
    assert not saved(counter).is_declined
    assert len(request(desk, saved(counter).tracking_code).receipts) == 1


def test_who_is_only_guided_is_not_asked(counter: Counter, desk: Desk, hossein: str) -> None:
    ready(counter, hossein)
    counter.toggle_receipt()
    counter.choose_outcome("guided")
    assert not counter.declines
    counter.register()
    assert request(desk, saved(counter).tracking_code).receipt_declined is None


def test_a_draft_brings_it_back(counter: Counter, hossein: str) -> None:
    ready(counter, hossein)
    counter.toggle_receipt()
    counter.type_no_receipt("عکس گرفت")
    counter.set_aside()
    assert counter.takes_receipt
    assert counter.today is not None
    counter.resume(counter.today.drafts[0])
    assert (counter.declines, counter.no_receipt_reason) == (True, "عکس گرفت")


def test_by_hand_in_the_window(at_work: Clerk, desk: Desk, hossein: str) -> None:
    write_a_visit(at_work, hossein)
    outcome = at_work.page.outcome
    assert not outcome.reason.isVisible()
    outcome.receipt.click()
    at_work.until(outcome.reason.frame.line.hasFocus)
    at_work.type("عکس گرفت")
    assert at_work.page.side.primary.button.text() == "ثبت بی\u200cرسید"
    at_work.register()
    known = request(desk, at_work.saved())
    assert known.receipt_declined == "عکس گرفت"
    assert not at_work.page.saved.decline.isVisible()
