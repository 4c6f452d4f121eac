"""The find field without its glass: what selects by itself, what is taken back, and what a quick hand typed ahead."""

from pathlib import Path

import pytest

from app.desk.desk import Desk
from app.desk.people import Session
from tests.desk.counter import HOSSEIN, MARYAM, registered, visit
from tests.ui.hand import Held
from ui.counter.acts import Acts
from ui.counter.find import matched
from ui.counter.presenter import Counter

NUMBER = str(HOSSEIN["national_number"])


def type_find(counter: Counter, text: str) -> None:
    """Key by key, as a hand does."""
    for end in range(1, len(text) + 1):
        counter.type_find(text[:end])


def test_the_tenth_digit_selects_who_holds_the_number(counter: Counter, hossein: str) -> None:
    type_find(counter, hossein[:9])
    assert counter.stage == "found"
    counter.type_find(hossein)
    assert counter.person.known is not None
    assert counter.person.known.name == "حسین قلی‌زاده"
    assert counter.focus == "service"


def test_a_number_that_nobody_holds_opens_the_form_for_somebody_new(counter: Counter, hossein: str) -> None:
    type_find(counter, str(MARYAM["national_number"])[:9])
    assert counter.stage == "found"
    counter.type_find(str(MARYAM["national_number"]))
    assert counter.person.known is None
    assert counter.person.is_new
    assert counter.person.texts["client.national_number"] == MARYAM["national_number"]
    assert counter.focus == "client.given_name"


def test_a_number_that_cannot_be_right_opens_nothing_by_itself(counter: Counter, hossein: str) -> None:
    type_find(counter, "2831234564")
    assert counter.stage == "found"
    assert counter.find.marked_hit is None
    counter.enter_find()
    assert counter.person.is_new


def test_an_enter_behind_the_number_that_opened_the_form_does_nothing_more(counter: Counter) -> None:
    type_find(counter, str(MARYAM["national_number"]))
    counter.focus = ""
    counter.enter_field("client.given_name")
    assert counter.focus == ""
    assert counter.person.problems == {}
    counter.enter_field("client.given_name")
    assert counter.focus == "client.family_name"


def test_a_digit_more_makes_it_the_number_that_was_meant(counter: Counter) -> None:
    type_find(counter, str(MARYAM["national_number"]))
    counter.type_field("client.given_name", "۷")
    assert counter.stage == "found"
    assert counter.find.text == str(MARYAM["national_number"]) + "7"
    assert counter.focus == "find"


def test_a_digit_in_a_name_that_was_begun_is_the_names(counter: Counter) -> None:
    type_find(counter, str(MARYAM["national_number"]))
    counter.type_field("client.given_name", "م")
    counter.type_field("client.given_name", "م1")
    assert counter.person.texts["client.given_name"] == "م1"


def test_what_the_card_shows_of_a_number_is_its_first_three_digits(counter: Counter, hossein: str) -> None:
    type_find(counter, hossein)
    assert counter.person.known is not None
    assert counter.person.known.number == "۲۸۲•••••••"


def test_an_eleventh_digit_at_once_takes_the_selection_back(counter: Counter, hossein: str) -> None:
    counter.find._now = lambda: 0.0
    type_find(counter, hossein)
    counter.type_service("2")  # 28212345622 is an organisation's number
    assert counter.person.known is None
    assert counter.find.text == NUMBER + "2"
    assert counter.focus == "find"


def test_an_eleventh_digit_later_is_the_services(counter: Counter, hossein: str) -> None:
    type_find(counter, hossein)
    counter.find._now = lambda: float("inf")
    counter.type_service("2")
    assert counter.person.known is not None
    assert counter.service.number == 2


def test_a_digit_that_makes_no_longer_number_is_the_services_at_once(counter: Counter, hossein: str) -> None:
    type_find(counter, hossein)
    counter.type_service("۱")
    counter.enter_service()
    assert counter.service.chosen is not None
    assert counter.service.chosen.offered.code == "101"


def test_a_scanners_enter_behind_the_number_chooses_no_service(counter: Counter, hossein: str) -> None:
    type_find(counter, hossein)
    counter.enter_service()
    assert counter.service.chosen is None


def test_a_hand_quicker_than_the_desk_loses_no_key(desk: Desk, clerk: Session, hossein: str) -> None:
    doors = Held()
    counter = Counter(Acts(desk, clerk), doors, Path())
    counter.start()
    doors.open()
    type_find(counter, hossein)
    counter.type_find(hossein + "۳")  # the service's digit, typed before anybody was found
    counter.enter_find()
    doors.open()
    assert counter.person.known is not None
    assert counter.service.chosen is not None
    assert counter.service.chosen.offered.code == "103"


def test_digits_behind_a_number_that_nobody_holds_belong_to_the_number(desk: Desk, clerk: Session) -> None:
    doors = Held()
    counter = Counter(Acts(desk, clerk), doors, Path())
    counter.start()
    doors.open()
    type_find(counter, str(MARYAM["national_number"]) + "3")
    doors.open()
    assert counter.person.known is None
    assert counter.find.text == MARYAM["national_number"] + "3"


def test_the_newest_text_wins_whatever_order_the_answers_come_in(desk: Desk, clerk: Session, hossein: str) -> None:
    doors = Held()
    counter = Counter(Acts(desk, clerk), doors, Path())
    counter.type_find("حسین")
    counter.type_find("مریم")
    _first, second = doors.held
    second()
    assert counter.find.hits == ()
    assert not counter.find.waits


def test_somebody_picked_is_forgotten_when_the_clerk_types_on(desk: Desk, clerk: Session, hossein: str) -> None:
    doors = Held()
    counter = Counter(Acts(desk, clerk), doors, Path())
    counter.type_find(NUMBER)
    doors.held.pop(0)()
    counter.type_find(NUMBER + "2")
    doors.held.pop(0)()
    assert counter.person.known is None


def test_enter_before_the_answer_picks_when_it_comes(desk: Desk, clerk: Session, hossein: str) -> None:
    doors = Held()
    counter = Counter(Acts(desk, clerk), doors, Path())
    counter.type_find("حسین")
    counter.enter_find()
    while doors.held:
        doors.held.pop(0)()
    assert counter.person.known is not None


def test_a_guided_visit_is_continued_by_its_code(counter: Counter, desk: Desk, clerk: Session) -> None:
    code = registered(desk, clerk, visit(HOSSEIN, outcome="guided")).tracking_code
    type_find(counter, code)
    counter.enter_find()
    assert counter.person.known is not None
    assert counter.visit()["continues"] == code


@pytest.mark.parametrize(
    ("name", "text", "parts"),
    [
        ("رضا قلی‌زاده", "قلی", ["قلی"]),
        ("رضا قلی‌زاده", "قلیزا", ["قلی‌زا"]),
        ("رضا قلی‌زاده", "قلي رضا", ["رضا", "قلی"]),
        ("محمدرضا رضایی", "رضا", ["رضا"]),
        ("محمدرضا نوری", "رضا", ["رضا"]),
        ("مریم نوری", "علی", []),
        ("مریم نوری", "2831", []),
    ],
)
def test_what_was_looked_for_is_told_in_the_names_that_were_found(name: str, text: str, parts: list[str]) -> None:
    assert [name[begin : begin + length] for begin, length in matched(name, text)] == parts


def test_a_word_is_found_at_the_beginning_of_a_name_rather_than_within_one() -> None:
    assert matched("محمدرضا رضایی", "رضا") == ((8, 3),)
