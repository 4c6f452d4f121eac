"""A receipt says everything it should, nothing on top of anything else, and the same every time."""

import datetime
import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.receipt import ReceiptValues
from models.text import ascii_digits
from printing.receipt import render_receipt
from tests.printing.papers import AWKWARD, COMPANY, REGISTERED, boxes_of, clashes, receipt, text_of, words_of

every_paper = pytest.mark.parametrize("values", AWKWARD.values(), ids=AWKWARD.keys())

# What is printed word for word; a guided visit has no web line to speak of, the codes are read in test_codes.
PRINTED = [
    "client_name",
    "father_name",
    "representative",
    "authority",
    "service",
    "service_id",
    "subject",
    "unit",
    "officer",
    "letter_number",
    "phone",
    "hours",
    "address",
    "complaint",
    "passcode",
]


def said(values: ReceiptValues) -> set[str]:
    left_out = {"father_name"} if not values.client_name else set()
    left_out |= set() if values.representative else {"authority"}
    texts = [getattr(values, name) for name in PRINTED if name not in left_out] + [
        *values.received,
        *values.lacking,
        *values.steps,
    ]
    return {word for text in texts for word in words_of(text) if len(word) < 40}


def plain(text: str) -> str:
    return ascii_digits(re.sub(r"\s+", " ", text))


def assert_nothing_lies_on_anything(pdf: bytes, tolerance: float = 0.05) -> None:
    for width, height, texts, codes in boxes_of(pdf):
        assert clashes(texts, tolerance) == []
        assert [(text, code) for text in texts for code in codes if clashes([text, code])] == []
        for box in texts + codes:
            assert box.left >= 20
            assert box.right <= width - 20
            assert box.bottom >= 12
            assert box.top <= height - 10


@every_paper
def test_every_word_of_the_values_can_be_found_in_the_text(values: ReceiptValues) -> None:
    found = words_of(" ".join(text_of(render_receipt(values))))
    assert said(values) - set(found) == set()


@every_paper
def test_no_text_lies_on_another_and_nothing_leaves_the_page(values: ReceiptValues) -> None:
    assert_nothing_lies_on_anything(render_receipt(values))


@every_paper
def test_the_same_values_give_the_same_bytes(values: ReceiptValues) -> None:
    assert render_receipt(values) == render_receipt(values)


def test_papers_drawn_at_once_do_not_mix() -> None:
    wanted = [render_receipt(values) for values in AWKWARD.values()]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render_receipt, [*AWKWARD.values()] * 3)) == wanted * 3


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from printing.receipt import render_receipt; from tests.printing.papers import receipt;"
        "print(hashlib.sha256(render_receipt(receipt())).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert digests == {hashlib.sha256(render_receipt(receipt())).hexdigest()}


def test_the_paper_of_a4_is_not_made_here() -> None:
    with pytest.raises(ValueError, match="'a4'"):
        render_receipt(receipt(), "a4")


# --- what it says


def test_the_page_is_a5_and_knows_its_language() -> None:
    pdf = render_receipt(receipt())
    width, height, _texts, _codes = boxes_of(pdf)[0]
    assert width == pytest.approx(148 * 72 / 25.4, abs=0.01)
    assert height == pytest.approx(210 * 72 / 25.4, abs=0.01)
    assert b"/Lang (fa)" in pdf


def test_a_request_that_is_followed_up_names_the_day_of_its_answer_with_its_weekday() -> None:
    text = plain(text_of(render_receipt(receipt()))[0])
    assert "دوشنبه 9 آذر 1405" in text
    assert "0017 4826 9032" in text


def test_papers_to_bring_stand_with_the_day_to_bring_them_by() -> None:
    values = AWKWARD["papers to bring, second duplicate"]
    text = plain(text_of(render_receipt(values))[0])
    assert "مدارکی که باید بیاورید" in text
    assert text.count("دوشنبه 9 آذر 1405") == 2, "beside the papers and over the day of the answer"
    assert "دوشنبه 16 آذر 1405" in text


def test_a_duplicate_says_which_one_it_is_and_when_it_was_printed() -> None:
    text = plain(text_of(render_receipt(receipt(copy=3, printed_at=REGISTERED + 86_400_000_000)))[0])
    assert re.search("المثنی ،?3", text)
    assert "1405/09/04" in text
    assert "المثنی" not in plain(text_of(render_receipt(receipt()))[0])


def test_what_was_done_on_the_spot_says_so_with_its_day() -> None:
    text = plain(text_of(render_receipt(AWKWARD["done on the spot"]))[0])
    assert "انجام شد، سه‌شنبه 3 آذر 1405" in text
    assert "پاسخ شما تا" not in text


def test_a_guided_visit_gets_a_slip() -> None:
    text = plain(text_of(render_receipt(AWKWARD["only guided"]))[0])
    assert "برگه راهنمایی" in text
    assert "پرونده‌ای باز نشد" in text


def test_the_web_line_names_the_second_thing_that_the_page_asks_for() -> None:
    usual = plain(text_of(render_receipt(receipt()))[0])
    assert {"peygiri", "example", "ir"} <= set(words_of(usual))
    assert "https" not in usual
    with_passcode = plain(text_of(render_receipt(receipt(passcode="4821")))[0])
    assert with_passcode.count("رمز پیگیری") == 2
    assert "اینترنت" not in plain(text_of(render_receipt(receipt(web="")))[0])


def test_the_law_is_quoted_only_where_the_office_wants_it_and_an_answer_is_owed() -> None:
    law = "دیوان عدالت اداری"
    assert law in plain(text_of(render_receipt(receipt()))[0])
    assert law not in plain(text_of(render_receipt(receipt(legal_note=False)))[0])
    assert law not in plain(text_of(render_receipt(AWKWARD["done on the spot"]))[0])


def test_a_free_service_says_so_and_a_paid_one_its_price() -> None:
    assert "رایگان" in plain(text_of(render_receipt(receipt(cost=0)))[0])
    assert "1٬250٬000 ریال" in plain(text_of(render_receipt(receipt()))[0])


def test_the_desk_number_is_not_said_twice() -> None:
    assert plain(text_of(render_receipt(receipt(desk_name="میز ۱۷")))[0]).count("میز 17") == 1
    assert "پیشخوان همکف، میز 17" in plain(text_of(render_receipt(receipt()))[0])


def test_the_words_of_the_paper_are_in_its_own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIZ_LANG", "en")
    assert "رسید دریافت درخواست" in text_of(render_receipt(receipt()))[0]
    english = text_of(render_receipt(receipt(language="en")))[0]
    assert "Receipt of a request" in english
    assert "Monday 9 Azar 1405" in english


# --- one page and more


@pytest.mark.parametrize("name", [name for name in AWKWARD if "papers" not in name and "long" not in name])
def test_an_ordinary_receipt_is_one_page(name: str) -> None:
    if name != "an office that says too much":
        assert len(text_of(render_receipt(AWKWARD[name]))) == 1


def test_fifty_papers_go_on_to_a_page_with_its_own_heading_and_number() -> None:
    first, second = map(plain, text_of(render_receipt(AWKWARD["fifty papers"])))
    assert "صفحه 1 از 2" in first
    assert "صفحه 2 از 2" in second
    assert "ادامه رسید دریافت درخواست" in second
    assert "مهر و امضا" not in first, "the place of the stamp is on the last page"
    assert "مهر و امضا" in second


def test_a_draft_has_bars_where_values_will_be() -> None:
    text = plain(text_of(render_receipt(AWKWARD["a draft half written"]))[0])
    assert "حسین قلی‌زاده" in text
    assert "0017" not in text
    assert "رسید دریافت درخواست" in text


# --- whatever is typed


WORD = st.text(st.sampled_from("ابپتجچدرزژسشطعفقکگلمنوهیآئؤ"), min_size=1, max_size=9)
LATIN = st.text(st.sampled_from("ABCXYZabcxyz"), min_size=1, max_size=9)
NUMBER = st.integers(0, 99_999).map(str)
SPELLED = st.one_of(WORD, WORD, LATIN, NUMBER, st.tuples(WORD, WORD).map("\u200c".join))
PUNCTUATED = st.builds(
    lambda word, mark: mark.format(word), SPELLED, st.sampled_from(["{}", "{}", "{}،", "({})", "«{}»", "{}."])
)
NAME = st.lists(SPELLED, min_size=1, max_size=4).map(" ".join)
SENTENCE = st.lists(PUNCTUATED, max_size=40).map(" ".join)
SUBJECT = st.lists(SENTENCE, max_size=4).map("\n".join)
TITLES = st.lists(SENTENCE.filter(bool), max_size=25).map(tuple)
DAY = st.none() | st.dates(datetime.date(2025, 1, 1), datetime.date(2035, 1, 1))

receipts = st.builds(
    ReceiptValues,
    language=st.sampled_from(["fa", "fa", "en"]),
    kind=st.sampled_from(["follow_up", "follow_up", "done", "guided"]),
    office_name=NAME,
    office_caption=SENTENCE,
    emblem=st.sampled_from(["", "star"]),
    desk=st.integers(1, 9999),
    desk_name=NAME,
    clerk=NAME,
    registered_at=st.just(REGISTERED),
    tracking_code=st.integers(0, 10**12 - 1).map("{:012}".format),
    client_name=NAME,
    father_name=st.just("") | NAME,
    number_kind=st.sampled_from(["person", "organisation", "foreigner", "passport", "unidentified"]),
    number_masked=st.sampled_from(["", "282*******", "A12******"]),
    representative=st.just("") | NAME,
    authority=st.just("") | NAME,
    service=SENTENCE,
    service_id=st.just("") | NUMBER,
    subject=SUBJECT,
    steps=st.lists(SENTENCE.filter(bool), max_size=4).map(tuple),
    unit=SENTENCE,
    officer=SENTENCE,
    cost=st.integers(0, 10**10),
    received=TITLES,
    lacking=TITLES,
    bring_by=DAY,
    due_on=DAY,
    passcode=st.sampled_from(["", "0371"]),
    phone=SENTENCE,
    hours=SENTENCE,
    address=SENTENCE,
    web=st.sampled_from(["", "https://m.ir"]),
    complaint=SENTENCE,
    payload=st.sampled_from(["", "MIZ:" + "A7" * 63]),
    copy=st.integers(0, 20),
    printed_at=st.none() | st.just(REGISTERED),
)


@settings(max_examples=60)
@given(receipts)
def test_whatever_is_typed_is_all_there_and_nothing_overlaps(values: ReceiptValues) -> None:
    pdf = render_receipt(values)
    assert_nothing_lies_on_anything(pdf)
    if values.language == "fa":
        together = re.sub(r"[\s\u200c]", "", ascii_digits("".join(text_of(pdf))))
        # between Latin words PDFium exchanges the two sides of a ZWNJ
        parts = {part for word in said(values) for part in word.split("\u200c")}
        assert {part for part in parts if part not in together} == set()


HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.text(
    st.sampled_from("Wلا ـ\u202e(\n"), max_size=400
)


@settings(max_examples=60)
@given(st.fixed_dictionaries(dict.fromkeys((*PRINTED, "office_name", "clerk", "desk_name", "office_caption"), HOSTILE)))
def test_nothing_that_can_be_typed_breaks_the_page(texts: dict[str, str]) -> None:
    texts["passcode"] = ""
    # the accents of rare capitals may come near the line above them
    assert_nothing_lies_on_anything(render_receipt(receipt(**texts, received=(COMPANY, texts["subject"]))), 2.0)
