"""A receipt says everything it should, nothing on top of anything else, and the same every time."""

import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.receipt import ReceiptValues
from models.text import ascii_digits
from printing.receipt import render_receipt
from tests.printing.papers import (
    AWKWARD,
    REGISTERED,
    assert_nothing_lies_on_anything,
    boxes_of,
    receipt,
    said,
    text_of,
    words_of,
)

every_paper = pytest.mark.parametrize("values", AWKWARD.values(), ids=AWKWARD.keys())


def plain(text: str) -> str:
    return ascii_digits(re.sub(r"\s+", " ", text))


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


def test_a_desks_number_is_a_name_and_not_an_amount() -> None:
    (foot,) = {
        line
        for line in text_of(render_receipt(receipt(desk=5001, desk_name="همکف")))[0].splitlines()
        if "میز" in line and "ثبت" in line
    }
    assert "۵۰۰۱" in foot
