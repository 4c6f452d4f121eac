"""What is put right of somebody known goes with the visit, and the card says so."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.book.histories import all_lines, recorded
from app.desk import clients
from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.requests import request
from models.entries import ClientCorrected
from models.tables import line
from tests.desk.counter import HOSSEIN
from tests.ui.hand import AtOnce, Clerk, Held
from ui.counter.acts import Acts
from ui.counter.presenter import Counter
from ui.counter.preview import draft_values

NUMBER = "client.national_number"
MOBILE = "client.mobile"
WRONG = "2831234564"
REASON = "کارت چنین است"


def corrections(desk: Desk) -> list[ClientCorrected]:
    with desk.reading() as connection:
        found = recorded(all_lines(connection, (line.c.sequence,)))
    return [each.entry for each in found if isinstance(each.entry, ClientCorrected)]


def find(counter: Counter, text: str) -> None:
    for end in range(1, len(text) + 1):
        counter.type_find(text[:end])


def finish(counter: Counter) -> str:
    """Service, papers, registering; the tracking code."""
    counter.type_service("1")
    counter.enter_service()
    counter.receive_all()
    counter.register()
    assert counter.saved is not None, (counter.person.problems, counter.banner)
    return counter.saved.tracking_code


@pytest.fixture
def edited(counter: Counter, hossein: str) -> Counter:
    """A known client's form, open at the counter."""
    find(counter, hossein)
    counter.edit_person()
    return counter


def test_the_form_holds_what_the_register_holds_but_not_the_number(edited: Counter) -> None:
    texts = edited.person.texts
    assert (texts["client.given_name"], texts[MOBILE]) == ("حسین", "۰۹۱۴۱۲۳۴۵۶۷")
    assert texts["client.birth_date"] == "۱۳۵۰/۰۱/۰۱"
    assert NUMBER not in edited.person.paths
    assert not any(HOSSEIN["national_number"] in text for text in texts.values())


def test_what_is_changed_goes_with_the_visit_and_corrects_the_register(edited: Counter, desk: Desk) -> None:
    edited.type_field(MOBILE, "09149999999")
    edited.type_field("client.father_name", "رحمان")
    edited.end_edit()
    assert not edited.person.is_editing
    assert edited.person.father_name == "رحمان"
    assert set(edited.visit()["client"]) == {"id", "mobile", "father_name"}
    kept = request(desk, finish(edited))
    assert (kept.said.mobile, kept.said.father_name, kept.said.given_name) == ("09149999999", "رحمان", "حسین")
    known = clients.client(desk, kept.client)
    assert known is not None
    assert known.details.mobile == "09149999999"
    assert known.details.number == HOSSEIN["national_number"]
    assert len(corrections(desk)) == 1
    assert not kept.client_is_new


def test_what_is_written_again_as_it_was_is_no_change(edited: Counter, desk: Desk) -> None:
    edited.type_field(MOBILE, "0914 123 4567")
    edited.type_field("client.family_name", "قلي زاده")
    edited.end_edit()
    assert edited.person.changes == {}
    finish(edited)
    assert corrections(desk) == []


def test_an_emptied_field_keeps_what_the_register_holds(edited: Counter) -> None:
    edited.type_field(MOBILE, "")
    edited.leave_field(MOBILE)
    assert edited.person.texts[MOBILE] == "۰۹۱۴۱۲۳۴۵۶۷"
    assert edited.person.changes == {}


def test_a_wrong_change_keeps_the_form_open(edited: Counter) -> None:
    edited.type_field(MOBILE, "0914")
    edited.end_edit()
    assert edited.person.is_editing
    assert edited.focus == MOBILE
    edited.register()
    assert edited.saved is None


def test_the_paper_and_the_saved_page_carry_the_new_name(edited: Counter) -> None:
    edited.type_field("client.family_name", "قلی‌پور")
    edited.end_edit()
    assert draft_values(edited.acts.letterhead(), edited).client_name == "حسین قلی‌پور"
    finish(edited)
    assert edited.saved is not None
    assert edited.saved.person == "حسین قلی‌پور"


def test_changes_are_in_the_draft(edited: Counter, desk: Desk, clerk: Session) -> None:
    edited.type_field(MOBILE, "09149999999")
    assert isinstance(edited.doors, AtOnce)
    edited.doors.pause()
    (row,) = edited.acts.today().drafts
    again = Counter(Acts(desk, clerk), AtOnce(), Path())
    again.start()
    again.resume(row)
    assert again.visit() == edited.visit()
    assert not again.person.is_editing
    again.edit_person()
    assert again.person.texts[MOBILE] == "09149999999"


def test_details_that_come_when_somebody_else_is_there_are_not_shown(desk: Desk, clerk: Session, hossein: str) -> None:
    doors = Held()
    counter = Counter(Acts(desk, clerk), doors, Path())
    counter.start()
    doors.open()
    find(counter, hossein)
    doors.open()
    counter.edit_person()
    counter.change_person()
    doors.open()
    assert counter.person.details is None
    assert counter.person.texts == {}


def test_somebody_known_is_put_right_at_the_window(desk: Desk, hossein: str, at_work: Clerk) -> None:
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)
    card = at_work.page.person
    card.known.edit.click()
    field = card.new.fields[MOBILE]
    at_work.until(field.isVisible)
    assert not card.new.chips.isVisible()
    assert not card.new.fields[NUMBER].isVisible()
    field.frame.line.setFocus()
    field.frame.line.selectAll()
    at_work.type("09149999999")
    card.known.edit.click()
    assert not field.isVisible()
    assert card.known.changed.text() == "با این ثبت تغییر می‌کند: موبایل"
    assert "۹۹۹۹" in card.known.numbers.text()
    at_work.press(Qt.Key.Key_F3)
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.register()
    assert request(desk, at_work.saved()).said.mobile == "09149999999"
