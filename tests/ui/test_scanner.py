"""A scanner types into whatever has the focus; the desk takes the scan and leaves everything else as it was."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.requests import request
from models.paper_body import PaperBody, to_payload
from models.text import persian_digits
from tests.desk.counter import HOSSEIN, MARYAM, registered, visit
from tests.ui.hand import AtOnce
from ui.burst import _LETTERS, ENTER, GAP, LEAST, Burst, Verdict
from ui.counter.presenter import Counter
from ui.scanner import SETTLES_MS
from ui.scans import NATIONAL_NUMBER, Meaning, ScanActs, Scans, meaning
from ui.shell import NoShell

PLACES = {letter: place for place, letter in reversed(_LETTERS.items())}
CODES = st.text(alphabet=sorted(set(PLACES) - {" "}), min_size=LEAST, max_size=200)
A_RECEIPT = to_payload(
    PaperBody("500112345678", 29_000_000, date(2026, 12, 1), 7, 0), bytes(64), "https://p.example.ir"
)


# --- telling a scan from typing ---------------------------------------------------------------------------------------


class Hand:
    """Presses keys at given moments and keeps what the field would have got."""

    def __init__(self, *, patient: bool = False) -> None:
        self.burst, self.at, self.patient = Burst(), 1000, patient
        self.field, self._held = "", ""
        self.scans: list[str] = []

    def press(self, letter: str, gap: int) -> None:
        if gap > SETTLES_MS:
            self.rest()
        self.at += gap
        verdict = self.burst.key(self.at, letter, patient=self.patient)
        if self.burst.releases:
            self.field, self._held = self.field + self._held, ""
        if verdict is Verdict.THROUGH:
            self.field += letter
        elif verdict is Verdict.HOLD:
            self._held += letter
        else:
            if self.burst.first_passed:
                self.field = self.field[:-1]
            self._held = ""
            self.scans.append(self.burst.take())

    def rest(self) -> None:
        if self.burst.let_go():
            self.field, self._held = self.field + self._held, ""


@given(CODES, st.lists(st.integers(0, GAP), min_size=201, max_size=201), st.booleans())
def test_a_code_at_a_scanners_pace_is_a_scan_and_leaves_nothing_behind(
    code: str, gaps: list[int], patient: bool
) -> None:
    hand = Hand(patient=patient)
    hand.press("x", 500)
    hand.rest()
    for letter, gap in zip(code + ENTER, [500, *gaps], strict=False):
        hand.press(letter, gap)
    assert hand.scans == [code]
    assert hand.field == "x"


@given(st.lists(st.tuples(st.sampled_from("abc123 " + ENTER), st.integers(GAP + 1, 1000)), max_size=60), st.booleans())
def test_nobodys_typing_is_changed(keys: list[tuple[str, int]], patient: bool) -> None:
    hand = Hand(patient=patient)
    for letter, gap in keys:
        hand.press(letter, gap)
    hand.rest()
    assert hand.scans == []
    assert hand.field == "".join(letter for letter, _gap in keys)


@given(st.lists(st.tuples(st.sampled_from("abc123 \n"), st.integers(0, 200)), max_size=80), st.booleans())
def test_a_hurried_hand_is_not_mistaken_and_its_keys_keep_their_order(
    keys: list[tuple[str, int]], patient: bool
) -> None:
    """Two or three keys struck at once are common; a pause before the eighth in a row comes always."""
    hand = Hand(patient=patient)
    for number, (letter, gap) in enumerate(keys):
        hand.press(letter, GAP + 1 if number % (LEAST - 1) == 0 else gap)
    hand.rest()
    assert hand.scans == []
    assert hand.field == "".join(letter for letter, _gap in keys)


def test_the_first_letter_of_typing_is_never_held() -> None:
    hand = Hand()
    hand.press("س", 500)
    assert hand.field == "س"


def test_a_short_burst_is_typing() -> None:
    hand = Hand()
    for letter in "1234567" + ENTER:
        hand.press(letter, 5)
    assert (hand.scans, hand.field) == ([], "1234567" + ENTER)


def test_a_key_that_no_scanner_sends_ends_the_burst() -> None:
    hand = Hand()
    for letter in [*"12345", "", *"678", ENTER]:
        hand.press(letter, 5)
    assert hand.scans == []


def test_two_scans_right_behind_each_other_are_two() -> None:
    hand = Hand()
    for letter in "123456789" + ENTER + "987654321" + ENTER:
        hand.press(letter, 5)
    assert hand.scans == ["123456789", "987654321"]


# --- what it means ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2821234562", "number"),
        ("2821234563", "other"),
        ("10100000008", "other"),
        ("500112345672", "other"),
        (A_RECEIPT, "receipt"),
        (A_RECEIPT.lower(), "receipt"),
        (A_RECEIPT.rpartition("/")[2], "other"),
        ("MIZ:" + A_RECEIPT.rpartition("/")[2], "receipt"),
        ("https://example.ir/", "other"),
    ],
)
def test_a_scan_is_known_by_its_form(text: str, kind: str) -> None:
    assert meaning(text) == Meaning(kind, text)


class Told(NoShell):
    def __init__(self) -> None:
        self.opened: list[str] = []
        self.found: list[str] = []
        self.said: list[str] = []

    def open_file(self, tracking_code: str) -> None:
        self.opened.append(tracking_code)

    def find(self, text: str) -> None:
        self.found.append(text)

    def toast(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        self.said.append(text)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def scans(desk: Desk, counter: Counter, told: Told) -> Scans:
    return Scans(ScanActs(desk), AtOnce(), told, counter)


def payload_of(desk: Desk, code: str) -> str:
    return request(desk, code).receipts[0].values.payload


def test_a_card_looks_for_its_holder(scans: Scans, told: Told) -> None:
    scans.scanned("2821234562")
    assert told.found == ["2821234562"]


def test_a_card_read_twice_is_looked_for_once(scans: Scans, told: Told, counter: Counter, hossein: str) -> None:
    scans.scanned(hossein)
    counter.type_find(hossein)  # as the window does
    scans._seen = (hossein, counter.id)
    assert counter.person.known is not None
    scans.scanned(hossein)
    assert told.found == [hossein]


def test_the_card_of_somebody_whose_form_is_begun_fills_in_the_number(
    scans: Scans, told: Told, counter: Counter
) -> None:
    counter.type_find("مریم نوری")
    counter.new_person()
    scans.scanned(str(MARYAM["national_number"]))
    assert counter.person.texts[NATIONAL_NUMBER] == persian_digits(str(MARYAM["national_number"]))
    assert told.found == []


def test_a_field_that_asks_for_a_number_gets_the_card_and_any_field_another_text(scans: Scans, told: Told) -> None:
    written: list[str] = []
    scans.scanned("2821234562", written.append, is_number=True)
    scans.scanned("B-1405/12345", written.append)
    scans.scanned("2821234562", written.append)
    assert written == ["2821234562", "B-1405/12345"]
    assert told.found == ["2821234562"]


def test_a_tracking_code_opens_its_request_whatever_has_the_focus(
    scans: Scans, told: Told, desk: Desk, clerk: Session
) -> None:
    code = registered(desk, clerk, visit(HOSSEIN)).tracking_code
    scans.scanned(code, lambda _text: pytest.fail("written into a field"), is_number=True)
    assert told.opened == [code]


def test_a_genuine_receipt_says_so_and_opens_its_request(scans: Scans, told: Told, desk: Desk, clerk: Session) -> None:
    code = registered(desk, clerk, visit(HOSSEIN)).tracking_code
    scans.scanned(payload_of(desk, code))
    assert told.opened == [code]
    assert "رسید معتبر است" in told.said[0]
    assert persian_digits(code[:4]) in told.said[0]


def test_a_receipt_with_another_date_is_not_genuine(scans: Scans, told: Told, desk: Desk, clerk: Session) -> None:
    from models.paper_body import from_payload

    code = registered(desk, clerk, visit(HOSSEIN)).tracking_code
    body, signature = from_payload(payload_of(desk, code))
    scans.scanned(to_payload(body._replace(due=date(2030, 1, 1)), signature, None))
    assert told.opened == []
    assert scans.counter.banner is not None
    assert "معتبر نیست" in scans.counter.banner.head


def test_a_receipt_of_a_desk_that_is_not_known_says_which(scans: Scans, told: Told) -> None:
    scans.scanned(to_payload(PaperBody("777712345678", 29_000_000, None, 1, 0), bytes(64), None))
    assert told.opened == []
    assert "۷۷۷۷" in told.said[0]


def test_what_is_no_code_of_ours_is_said(scans: Scans, told: Told) -> None:
    scans.scanned("https://example.ir/")
    assert len(told.said) == 1
    scans.scanned("12345678")
    assert told.found == ["12345678"]
