"""The first card: every kind of identity, the words at a field, and a wrong number on two people's word."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.requests import request
from tests.desk.conftest import session_of
from tests.desk.counter import MARYAM, PASSWORD, SUPERVISOR
from tests.ui.hand import AtOnce, Clerk
from ui.counter.acts import Acts
from ui.counter.presenter import Counter

NUMBER = "client.national_number"
MOBILE = "client.mobile"
WRONG = "2831234564"
REASON = "کارت چنین است"


def find(counter: Counter, text: str) -> None:
    for end in range(1, len(text) + 1):
        counter.type_find(text[:end])


def begin(counter: Counter, number: str = str(MARYAM["national_number"])) -> None:
    find(counter, number)
    counter.enter_find()
    counter.type_field("client.given_name", "مریم")
    counter.type_field("client.family_name", "نوری")


def finish(counter: Counter) -> str:
    """Service, papers, registering; the tracking code."""
    counter.type_service("1")
    counter.enter_service()
    counter.receive_all()
    counter.register()
    assert counter.saved is not None, (counter.person.problems, counter.banner)
    return counter.saved.tracking_code


# --- words at a field ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("28312345", "کد ملی ده رقم است؛ ۲ رقم کم دارد."),
        ("283123456", "کد ملی ده رقم است؛ ۱ رقم کم دارد."),
        ("283", "کد ملی ده رقم است؛ ۷ رقم کم دارد."),
        (WRONG, "کد ملی درست نیست؛ دوباره از روی کارت بخوانید."),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong_with_it(number: str, sentence: str, counter: Counter) -> None:
    begin(counter)
    counter.type_field(NUMBER, number)
    assert NUMBER not in counter.person.problems, "nothing is said while it is typed"
    counter.leave_field(NUMBER)
    assert counter.person.problems[NUMBER].message == sentence


def test_a_number_that_lost_its_zeros_is_shown_whole_and_asked_about(counter: Counter, desk: Desk) -> None:
    begin(counter)
    counter.type_field(NUMBER, "82345678")
    counter.leave_field(NUMBER)
    wrong = counter.person.problems[NUMBER]
    assert wrong.code == "needs_confirmation"
    assert "۰۰۸۲۳۴۵۶۷۸" in wrong.message
    counter.confirm_field(NUMBER)
    assert request(desk, finish(counter)).said.number == "0082345678"


def test_contact_details_only_warn(counter: Counter, desk: Desk) -> None:
    begin(counter)
    counter.show_more(True)
    assert counter.focus == "client.birth_date"
    for path, text in {MOBILE: "09691234567", "client.postal_code": "1111111111"}.items():
        counter.type_field(path, text)
        counter.leave_field(path)
        assert path in counter.person.doubts
    code = finish(counter)
    kept = request(desk, code)
    assert kept.said.mobile == "09691234567"
    assert kept.said.postal_code == "1111111111"


def test_more_details_are_registered(counter: Counter, desk: Desk) -> None:
    begin(counter)
    counter.show_more(True)
    more = {"birth_date": "۱۳۶۰/۵/۵", "phone": "34372000", "postal_code": "5818713456", "address": "ماکو، بلوار امام"}
    for name, text in more.items():
        counter.type_field(f"client.{name}", text)
    said = request(desk, finish(counter)).said
    assert said.birth_date is not None
    assert (said.phone, said.postal_code, said.address) == ("04434372000", "5818713456", "ماکو، بلوار امام")


# --- who came instead ------------------------------------------------------------------------------------------------


def test_a_client_who_came_alone_is_not_asked_for_anybody(counter: Counter) -> None:
    begin(counter)
    counter.enter_field(MOBILE)
    assert counter.focus == "service"
    assert "representative" not in counter.visit()


def test_a_representative_begins_with_a_name(counter: Counter, desk: Desk) -> None:
    begin(counter)
    counter.type_field("representative.given_name", "حسین")
    assert "representative.family_name" in counter.person.paths
    counter.enter_field("representative.given_name")
    assert counter.focus == "representative.family_name"
    assert counter.person.lacks == "representative.family_name"
    counter.type_field("representative.family_name", "قلی‌زاده")
    kept = request(desk, finish(counter))
    assert kept.representative is not None
    assert kept.representative.family_name == "قلی‌زاده"


# --- a number whose check digit is wrong -----------------------------------------------------------------------------


def test_a_clerk_alone_cannot_register_a_wrong_number(counter: Counter) -> None:
    begin(counter, WRONG)
    counter.leave_field(NUMBER)
    assert counter.person.can_override(NUMBER)
    counter.ask_override(NUMBER)  # nobody is there to answer
    counter.type_service("1")
    counter.enter_service()
    counter.receive_all()
    counter.register()
    assert counter.saved is None
    assert counter.focus == NUMBER
    assert "override" not in counter.visit()


def test_a_short_number_is_not_offered_to_anybody(counter: Counter) -> None:
    begin(counter, WRONG)
    counter.type_field(NUMBER, WRONG[:8])
    counter.leave_field(NUMBER)
    assert not counter.person.can_override(NUMBER)


@pytest.fixture
def supervisor(desk: Desk) -> Session:
    return session_of(desk, SUPERVISOR)


@pytest.fixture
def approved(counter: Counter, supervisor: Session) -> Counter:
    """A form with a wrong number that the supervisor has taken."""
    begin(counter, WRONG)
    counter.leave_field(NUMBER)
    counter.person.override(NUMBER, REASON, supervisor.person)
    return counter


def test_a_second_persons_word_takes_the_number_and_the_book_says_so(
    approved: Counter, desk: Desk, supervisor: Session
) -> None:
    assert approved.person.lacks == ""
    assert approved.person.doubts[NUMBER].message == f"رقم آخر نمی‌خواند؛ {SUPERVISOR} تأیید کرده است."
    kept = request(desk, finish(approved))
    assert kept.said.number == WRONG
    assert [(o.field, o.reason, o.approved_by) for o in kept.overrides] == [(NUMBER, REASON, supervisor.person.id)]


def test_another_number_needs_another_word(approved: Counter) -> None:
    approved.type_field(NUMBER, "2831234563")
    approved.leave_field(NUMBER)
    assert approved.person.problems[NUMBER].code == "bad_check_digit"
    assert approved.person.approver is None
    assert "override" not in approved.visit()


def test_the_word_is_not_kept_in_a_draft(approved: Counter, desk: Desk, clerk: Session) -> None:
    assert isinstance(approved.doors, AtOnce)
    approved.touched()
    approved.doors.pause()
    (row,) = approved.acts.today().drafts
    again = Counter(Acts(desk, clerk), AtOnce(), Path())
    again.start()
    again.resume(row)
    again.register()
    assert again.saved is None
    assert again.person.problems[NUMBER].code == "bad_check_digit"


def test_the_second_person_is_asked_at_the_window(desk: Desk, at_work: Clerk, supervisor: Session) -> None:
    at_work.find(WRONG)
    at_work.enter()
    offer = at_work.page.person.new.offers[NUMBER]
    assert offer.isVisible()
    assert offer.text() == "ثبت با همین شماره"
    for text in ("مریم", "نوری"):
        at_work.tab()
        at_work.type(text)
    at_work.page.person.new.fields[NUMBER].frame.line.setFocus()
    at_work.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert at_work.focus is offer
    at_work.enter()
    assert at_work.window.workplace is not None
    panel = at_work.window.workplace.second
    at_work.until(lambda: panel.isVisible() and panel.presenter.people)
    panel.presenter.choose([person.name for person in panel.presenter.people].index(SUPERVISOR))
    panel.reason.frame.line.setFocus()
    at_work.type(REASON)
    panel.password.line.setFocus()
    at_work.type(PASSWORD)
    at_work.enter()
    at_work.until(lambda: not panel.isVisible() and at_work.counter.person.overrides)
    assert not offer.isVisible()
    assert SUPERVISOR in at_work.field(NUMBER)
    at_work.press(Qt.Key.Key_F3)
    at_work.until(lambda: at_work.focus is at_work.page.service.field.line)
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.register()
    kept = request(desk, at_work.saved())
    assert [o.approved_by for o in kept.overrides] == [supervisor.person.id]


# --- the form at the window ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", range(5))
def test_every_kind_has_its_fields_in_reading_order_for_tab(kind: int, at_work: Clerk) -> None:
    at_work.find("مریم")
    at_work.enter()
    form = at_work.page.person.new
    form._group.button(kind).click()
    form.fields[at_work.counter.person.paths[0]].frame.line.setFocus()
    for path in at_work.counter.person.paths:
        assert at_work.focus is form.fields[path].frame.line, path
        at_work.tab()
    assert at_work.focus is form.more


def test_a_representatives_name_is_typed_on_while_more_fields_come(desk: Desk, at_work: Clerk) -> None:
    at_work.type(str(MARYAM["national_number"]))
    form = at_work.page.person.new
    given = form.fields["client.given_name"].frame.line
    at_work.until(lambda: at_work.focus is given)
    for text in ("مریم", "نوری", "علی", "09149876543", "حسین", "قلی‌زاده"):
        at_work.type(text)
        at_work.tab()
    assert form.fields["representative.given_name"].text() == "حسین"
    assert form.fields["representative.family_name"].text() == "قلی‌زاده"
    assert form.fields["representative.authority"].isVisible()
    at_work.press(Qt.Key.Key_F3)
    at_work.until(lambda: at_work.focus is at_work.page.service.field.line)
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.register()
    kept = request(desk, at_work.saved())
    assert kept.representative is not None
    assert (kept.representative.given_name, kept.said.given_name) == ("حسین", "مریم")


def test_more_details_come_by_key(at_work: Clerk) -> None:
    at_work.find("مریم نوری")
    at_work.enter()
    form = at_work.page.person.new
    form.more.setFocus()
    at_work.enter()
    assert at_work.focus is form.fields["client.birth_date"].frame.line


def test_the_form_has_the_room_until_the_service_is_reached(at_work: Clerk) -> None:
    at_work.find("مریم نوری")
    at_work.enter()
    service = at_work.page.service
    assert service.waiting.isVisible()
    assert not service.field.isVisible()
    at_work.press(Qt.Key.Key_F3)
    at_work.until(lambda: at_work.focus is service.field.line)
    assert not service.waiting.isVisible()
    assert service.choices.isVisible()


def test_another_sort_of_client_finds_no_fault_with_fields_of_the_first(counter: Counter) -> None:
    begin(counter)
    counter.type_field("client.given_name", "حسین")
    counter.choose_kind("organisation")
    counter.leave_field("client.given_name")  # the focus leaves it when the other sort is clicked
    assert counter.person.problems == {}
    counter.choose_kind("person")
    assert counter.person.problems == {}
    assert counter.person.texts["client.given_name"] == "حسین"
