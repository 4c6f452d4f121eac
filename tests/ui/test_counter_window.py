"""Whole visits at the real window, typed key by key, on a real encrypted desk."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.desk.desk import Desk
from app.desk.drafts import listing
from app.desk.people import Session
from app.desk.requests import request
from models.codes import grouped
from resources import words
from tests.desk.counter import HOSSEIN, MARYAM
from tests.ui.hand import Clerk, receipts_of, write_a_visit


def test_a_returning_client_is_served_in_five_keys_beyond_the_number(desk: Desk, hossein: str, at_work: Clerk) -> None:
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known and at_work.focus is at_work.page.service.field.line)
    at_work.keys = 0
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.register()
    code = at_work.saved()
    assert at_work.keys == 5
    kept = request(desk, code)
    assert kept.said.number == hossein
    assert kept.service.title == "تمدید مجوز فعالیت اقتصادی"
    assert kept.lacking == ()
    assert kept.due_on is not None


def test_a_new_client_takes_their_data_and_ten_keys_more(desk: Desk, at_work: Clerk) -> None:
    at_work.find("2831234565")
    at_work.keys = 0
    at_work.enter()
    for text in ("مریم", "نوریان", "علی", "09149876543"):
        if text != "مریم":
            at_work.tab()
        at_work.type(text)
    at_work.enter()
    at_work.until(lambda: at_work.focus is at_work.page.service.field.line)
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.register()
    kept = request(desk, at_work.saved())
    data = len("مریم" + "نوریان" + "علی" + "09149876543")
    assert at_work.keys - data == 10
    assert (kept.said.given_name, kept.said.family_name, kept.said.mobile) == ("مریم", "نوریان", "09149876543")
    assert kept.client_is_new


@pytest.mark.parametrize("digits", ["2831234565", "۲۸۳۱۲۳۴۵۶۵", "٢٨٣١٢٣٤٥٦٥"])
def test_any_digits_are_shown_as_persian_while_they_are_typed(digits: str, at_work: Clerk) -> None:
    at_work.find(digits)
    assert at_work.page.find_frame.line.text() == "۲۸۳۱۲۳۴۵۶۵"
    at_work.enter()
    number = at_work.page.person.new.fields["client.national_number"]
    assert number.text() == "۲۸۳۱۲۳۴۵۶۵"


def test_arabic_letters_become_persian_ones_while_they_are_typed(at_work: Clerk) -> None:
    at_work.find("علي ملكى")
    assert at_work.page.find_frame.line.text() == "علی ملکی"


def test_a_wrong_check_digit_is_said_at_its_field_and_nothing_is_lost(at_work: Clerk) -> None:
    at_work.find("2831234564")
    at_work.enter()
    said = at_work.field("client.national_number")
    assert said == "کد ملی درست نیست؛ دوباره از روی کارت بخوانید."
    at_work.tab()
    for text in ("مریم", "نوری"):
        at_work.type(text)
        at_work.tab()
    at_work.press(Qt.Key.Key_F3)
    at_work.type("1")
    at_work.enter()
    at_work.register()
    fields = at_work.page.person.new.fields
    assert at_work.counter.saved is None
    assert at_work.focus is fields["client.national_number"].frame.line
    assert fields["client.national_number"].text() == "۲۸۳۱۲۳۴۵۶۴"
    assert fields["client.given_name"].text() == "مریم"
    assert fields["client.family_name"].text() == "نوری"
    assert at_work.field("client.national_number") == said


def ask_about_somebody_similar(at_work: Clerk) -> None:
    """The same mobile under another number and name."""
    at_work.find("حسن قلی‌زاده")
    at_work.press(Qt.Key.Key_Down)
    while at_work.counter.find.marked_hit is not None:
        at_work.press(Qt.Key.Key_Down)
    at_work.enter()
    fields = at_work.page.person.new.fields
    fields["client.national_number"].frame.line.setFocus()
    at_work.type("2831234565")
    fields["client.mobile"].frame.line.setFocus()
    at_work.type(str(HOSSEIN["mobile"]))
    at_work.enter()
    at_work.until(lambda: at_work.counter.person.similar and at_work.focus is at_work.page.similar)


def test_enter_does_not_answer_the_question_about_a_similar_person(hossein: str, at_work: Clerk) -> None:
    ask_about_somebody_similar(at_work)
    at_work.counter.now = lambda: float("inf")
    at_work.enter()
    at_work.register()
    assert at_work.page.similar.isVisible()
    assert at_work.counter.person.known is None
    assert at_work.counter.person.confirmed == set()
    assert not at_work.page.side.primary.button.isEnabled()


def test_a_reflex_digit_does_not_answer_it_either(hossein: str, at_work: Clerk) -> None:
    ask_about_somebody_similar(at_work)
    at_work.counter.now = lambda: at_work.counter.asked_at + 0.1
    at_work.type("1")
    assert at_work.counter.person.similar


def test_a_digit_says_that_it_is_the_same_person(hossein: str, at_work: Clerk) -> None:
    ask_about_somebody_similar(at_work)
    at_work.counter.now = lambda: float("inf")
    at_work.type("۱")
    at_work.until(lambda: at_work.counter.person.known)
    assert at_work.page.person.known.name.text() == "حسین قلی‌زاده"


def test_the_last_digit_says_that_it_is_another_person(desk: Desk, hossein: str, at_work: Clerk) -> None:
    ask_about_somebody_similar(at_work)
    at_work.counter.now = lambda: float("inf")
    at_work.type("2")
    at_work.until(lambda: at_work.focus is at_work.page.service.field.line)
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.register()
    assert request(desk, at_work.saved()).client_is_new


def test_papers_that_lack_are_shown_before_they_are_registered(desk: Desk, hossein: str, at_work: Clerk) -> None:
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    at_work.type("1")
    at_work.enter()
    at_work.type("۱۳")
    assert at_work.counter.lacks_papers
    assert at_work.page.side.primary.button.text() == "ثبت با نقص مدارک"
    assert at_work.page.service.papers.rows[1].accessibleDescription() == "کم است"
    at_work.register()
    kept = request(desk, at_work.saved())
    assert kept.lacking == ("تصویر کارت ملی", "اجاره‌نامه یا سند محل", "فرم درخواست امضاشده")
    assert kept.bring_by is not None


def test_what_was_not_looked_at_takes_a_second_word(hossein: str, at_work: Clerk) -> None:
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    at_work.type("1")
    at_work.enter()
    at_work.register()
    assert at_work.counter.saved is None
    assert at_work.page.side.primary.button.text() == "ثبت با نقص مدارک"
    at_work.register()
    assert at_work.saved()


def test_the_outcome_keys_say_what_becomes_of_the_visit(desk: Desk, hossein: str, at_work: Clerk) -> None:
    write_a_visit(at_work, hossein)
    at_work.press(Qt.Key.Key_F8)
    assert at_work.focus is at_work.page.outcome.segments["guided"]
    assert not at_work.page.outcome.due.isVisible()
    at_work.register()
    assert request(desk, at_work.saved()).outcome == "guided"


def test_the_day_of_the_answer_can_be_written(desk: Desk, hossein: str, at_work: Clerk) -> None:
    write_a_visit(at_work, hossein)
    at_work.press(Qt.Key.Key_F9)
    at_work.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    at_work.type("1405/10/12")
    at_work.tab()
    assert at_work.page.outcome.due.text() == "شنبه ۱۲ دی ۱۴۰۵"
    at_work.register()
    kept = request(desk, at_work.saved())
    assert kept.due_on is not None
    assert kept.due_on.isoformat() == "2027-01-02"


def test_a_day_beyond_the_law_is_refused_at_its_field(hossein: str, at_work: Clerk) -> None:
    write_a_visit(at_work, hossein)
    at_work.press(Qt.Key.Key_F9)
    at_work.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    at_work.type("1406/10/12")
    at_work.register()
    at_work.until(lambda: at_work.counter.due.problem)
    assert at_work.page.outcome.due.message.text() == at_work.counter.due.problem
    assert at_work.focus is at_work.page.outcome.due.frame.line
    assert at_work.counter.saved is None


def test_after_saving_the_receipt_is_written_and_enter_frees_the_counter(
    desk: Desk, hossein: str, at_work: Clerk, tmp_path: Path
) -> None:
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.press(Qt.Key.Key_F12)
    at_work.until(lambda: at_work.counter.saved and at_work.counter.saved.paper == "saved")
    assert receipts_of(tmp_path / "receipts") == [f"{code}.pdf"]
    assert request(desk, code).receipt_outcome == "printed"
    at_work.press(Qt.Key.Key_F12)  # a second key is not a second copy
    at_work.enter()
    assert at_work.counter.stage == "empty"
    assert at_work.focus is at_work.page.find_frame.line
    assert at_work.page.find_frame.line.text() == ""
    at_work.until(lambda: at_work.counter.today and at_work.counter.today.totals.registered == 2)
    assert request(desk, code).copies == 1


def test_a_second_ctrl_enter_in_haste_does_not_hide_the_code(hossein: str, at_work: Clerk) -> None:
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.register()
    assert at_work.saved() == code
    assert at_work.page.saved.isVisible()
    assert at_work.page.saved.code.accessibleName().endswith(words.digits(grouped(code)))
    at_work.page.side.primary.button.click()
    assert at_work.counter.stage == "empty"


def test_f3_after_saving_begins_another_service_for_the_same_person(desk: Desk, hossein: str, at_work: Clerk) -> None:
    write_a_visit(at_work, hossein)
    at_work.register()
    first = at_work.saved()
    at_work.press(Qt.Key.Key_F3)
    at_work.until(lambda: at_work.counter.person.known and at_work.focus is at_work.page.service.field.line)
    at_work.type("3")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.register()
    second = at_work.saved()
    assert second != first
    assert request(desk, second).client == request(desk, first).client


def test_esc_sets_the_visit_aside_and_offers_it_again(desk: Desk, clerk: Session, hossein: str, at_work: Clerk) -> None:
    write_a_visit(at_work, hossein)
    at_work.press(Qt.Key.Key_Escape)
    at_work.until(lambda: at_work.counter.today and at_work.counter.today.drafts)
    line = at_work.page.empty.drafts[0]
    assert "حسین قلی‌زاده" in line.text.text()
    line.resume.click()
    assert at_work.page.outcome.note.text() == "پیش از ظهر می‌آید"
    assert at_work.counter.service.lacking == ()
    at_work.register()
    assert request(desk, at_work.saved()).note == "پیش از ظهر می‌آید"
    assert listing(desk, clerk) == []


def test_the_paper_at_the_side_follows_what_is_written(hossein: str, at_work: Clerk) -> None:
    paper = at_work.page.side.paper
    at_work.until(lambda: paper._picture is not None)
    before = paper._picture
    write_a_visit(at_work, hossein)
    at_work.until(lambda: paper._picture is not None and paper._picture != before)


def test_an_organisation_comes_with_a_representative(desk: Desk, at_work: Clerk) -> None:
    at_work.find("آراز ترابر")
    at_work.enter()
    at_work.page.person.new.chips.findChildren(type(at_work.page.person.new._group.button(1)))[1].click()
    for path, text in {
        "client.legal_number": "10380284790",
        "client.name": "شرکت آراز ترابر ماکو",
        "representative.given_name": str(MARYAM["given_name"]),
        "representative.family_name": str(MARYAM["family_name"]),
        "representative.authority": "مدیرعامل",
    }.items():
        field = at_work.page.person.new.fields[path]
        assert field.isVisible(), path
        field.setFocus()
        field.frame.line.clear()
        at_work.type(text)
    at_work.press(Qt.Key.Key_F3)
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.register()
    kept = request(desk, at_work.saved())
    assert kept.said.name == "شرکت آراز ترابر ماکو"
    assert kept.representative is not None
    assert kept.representative.authority == "مدیرعامل"
