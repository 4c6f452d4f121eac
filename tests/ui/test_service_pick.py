"""The service and its papers by key and mouse, and how many keys whole visits take; every key is a real one."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.desk.desk import Desk
from app.desk.requests import request
from tests.desk.counter import HOSSEIN
from tests.ui.hand import Clerk

NUMBER = str(HOSSEIN["national_number"])


def come_back(hand: Clerk) -> None:
    """A returning client's number; what is counted begins behind it."""
    hand.type(NUMBER)
    hand.until(lambda: hand.counter.person.known and hand.focus is hand.page.service.field.line)
    hand.keys = 0


def caps(hand: Clerk) -> list[str]:
    """The digits engraved on the papers just now."""
    return [row._digit for row in hand.page.service.papers.rows if row.isVisible()]


# --- how many keys ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("digit", ["1", "۱", "١"])
def test_a_returning_client_takes_five_keys_and_the_next_person_one(
    digit: str, desk: Desk, hossein: str, at_work: Clerk
) -> None:
    come_back(at_work)
    at_work.type(digit)
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.register()
    code = at_work.saved()
    assert at_work.keys == 5
    at_work.enter()
    assert at_work.keys == 6
    assert at_work.counter.stage == "empty"
    assert at_work.focus is at_work.page.find_frame.line
    assert request(desk, code).lacking == ()


def test_a_service_by_three_letters_of_its_name_takes_seven(desk: Desk, hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    at_work.type("صدو")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.register()
    code = at_work.saved()
    assert at_work.keys == 7
    assert request(desk, code).service.title == "صدور مجوز فعالیت اقتصادی"


def test_two_lacking_papers_take_two_keys_more(desk: Desk, hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.type("34")
    at_work.register()
    code = at_work.saved()
    assert at_work.keys == 7
    assert len(request(desk, code).lacking) == 2


def test_what_is_done_at_once_takes_one_key_more(desk: Desk, hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.press(Qt.Key.Key_F6)
    at_work.register()
    code = at_work.saved()
    assert at_work.keys == 6
    assert request(desk, code).outcome == "done"


def test_a_new_client_takes_thirty_three_keys_beyond_the_number(desk: Desk, at_work: Clerk) -> None:
    form = at_work.page.person.new.fields
    at_work.type("2831234565")
    at_work.until(lambda: at_work.focus is form["client.given_name"].frame.line)
    at_work.keys = 0
    at_work.type("مریم")
    at_work.tab()
    at_work.type("نوریان")
    at_work.tab()
    at_work.type("علی")
    at_work.tab()
    at_work.type("09149876543")
    at_work.enter()
    at_work.until(lambda: at_work.focus is at_work.page.service.field.line)
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.register()
    kept = request(desk, at_work.saved())
    assert at_work.keys == 33, "24 of data, 3 Tab, Enter, and the 5 as ever"
    assert kept.client_is_new
    assert (kept.said.given_name, kept.said.family_name, kept.said.father_name) == ("مریم", "نوریان", "علی")


# --- picking ---------------------------------------------------------------------------------------------------------


def test_the_first_frequent_service_is_marked_and_enter_takes_it(hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    at_work.bot.wait(450)  # an Enter at once would be the scanner's
    at_work.enter()
    assert at_work.counter.service.chosen is at_work.counter.service.frequent[0]


def test_arrows_move_through_the_frequent_services(hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Up)
    assert at_work.counter.service.marked == 1
    at_work.bot.wait(450)
    at_work.enter()
    assert at_work.counter.service.chosen is at_work.counter.service.frequent[1]


def test_a_service_that_is_no_ones_name_is_said(hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    at_work.type("ززز")
    assert at_work.page.service.hint.text() == "خدمتی با این نام نیست؛ جور دیگری بنویسید."
    at_work.enter()
    assert at_work.counter.service.chosen is None


def test_the_mouse_opens_the_list_and_takes_a_service(hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    QTest.mouseClick(at_work.page.service.tiles[1], Qt.MouseButton.LeftButton)
    first = at_work.counter.service.chosen
    assert first is at_work.counter.service.frequent[1]
    assert not at_work.page.service.choices.isVisible()
    at_work.page.service.opener.click()
    assert at_work.page.service.choices.isVisible()
    QTest.mouseClick(at_work.page.service.tiles[0], Qt.MouseButton.LeftButton)
    assert at_work.counter.service.chosen is at_work.counter.service.frequent[0]


def test_an_eleventh_digit_at_once_is_the_numbers(at_work: Clerk, hossein: str) -> None:
    at_work.counter.find._now = lambda: 0.0
    come_back(at_work)
    at_work.type("2")  # 28212345622 is an organisation's number
    assert at_work.counter.person.known is None
    assert at_work.page.find_frame.line.text() == "۲۸۲۱۲۳۴۵۶۲۲"
    assert at_work.focus is at_work.page.find_frame.line


# --- papers ----------------------------------------------------------------------------------------------------------


def test_the_papers_digits_show_only_while_a_digit_would_tick_one(hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    at_work.type("1")
    at_work.enter()
    assert caps(at_work) == ["۱", "۲", "۳", "۴", "۵"]
    at_work.press(Qt.Key.Key_F7)
    assert caps(at_work) == [""] * 5
    at_work.press(Qt.Key.Key_F4)
    assert caps(at_work) == ["۱", "۲", "۳", "۴", "۵"]


@pytest.mark.parametrize("digits", ["13", "۱۳", "١٣"])
def test_digits_of_any_script_tick_papers(digits: str, hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    at_work.type("1")
    at_work.enter()
    at_work.type(digits)
    papers = at_work.counter.service
    assert papers.chosen is not None
    assert papers.received == {papers.chosen.documents[0], papers.chosen.documents[2]}
    assert at_work.focus is at_work.page.service.papers.rows[2]
    at_work.type(digits[0])
    assert papers.received == {papers.chosen.documents[2]}


def test_the_whole_row_of_a_paper_is_clicked(hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    at_work.type("1")
    at_work.enter()
    row = at_work.page.service.papers.rows[1]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(12, row.height() // 2))
    assert row.isChecked()


def test_tab_goes_through_the_papers_to_the_outcome(hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    for row in at_work.page.service.papers.rows[:5]:
        assert at_work.focus is row
        at_work.tab()
    assert at_work.focus in at_work.page.outcome.segments.values()


def test_enter_on_the_papers_goes_on_to_the_outcome(hossein: str, at_work: Clerk) -> None:
    come_back(at_work)
    at_work.type("1")
    at_work.enter()
    at_work.press(Qt.Key.Key_F4)
    at_work.enter()
    assert at_work.focus is at_work.page.outcome.segments["follow_up"]
