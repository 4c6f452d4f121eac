"""The same receipt on every paper: what it says, how big, and by which template."""

import re
from itertools import product

import pytest

from models.codes import grouped
from models.receipt import TEMPLATE, ReceiptValues
from models.text import ascii_digits
from printing.page import DOT, MM
from printing.receipt import PAPERS, TEMPLATES, UnknownTemplate, render_receipt, render_slip
from tests.printing.papers import (
    AWKWARD,
    assert_nothing_lies_on_anything,
    boxes_of,
    colours_of,
    receipt,
    said,
    sizes_of,
    text_of,
    words_of,
)

OTHERS = [paper for paper in PAPERS if paper != "a5"]
every_paper = pytest.mark.parametrize(
    ("values", "paper"),
    [
        pytest.param(values, paper, id=f"{name} on {paper}")
        for (name, values), paper in product(AWKWARD.items(), OTHERS)
    ],
)
LACKING = AWKWARD["papers to bring, second duplicate"]


def plain(pdf: bytes) -> str:
    return ascii_digits(re.sub(r"\s+", " ", " ".join(text_of(pdf))))


@every_paper
def test_every_word_is_there_and_nothing_lies_on_anything(values: ReceiptValues, paper: str) -> None:
    pdf = render_receipt(values, paper)
    found = set(words_of(" ".join(text_of(pdf))))
    if values.language == "en":
        # between Latin words PDFium exchanges the two sides of a ZWNJ
        found = {part for word in found for part in word.split("\u200c")}
        assert {part for word in said(values) for part in word.split("\u200c")} - found == set()
    else:
        assert said(values) - found == set()
    assert_nothing_lies_on_anything(pdf)
    assert render_receipt(values, paper) == pdf


def test_a_paper_that_no_receipt_has_is_refused() -> None:
    with pytest.raises(ValueError, match="'a3'"):
        render_receipt(receipt(), "a3")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_code_and_day_are_read_at_arms_length(paper: str, language: str) -> None:
    sizes = sizes_of(render_receipt(receipt(language=language), paper))
    code = grouped(receipt().tracking_code).replace(" ", "")
    big = [ascii_digits(re.sub(r"[\s\xa0]", "", text)) for text, size in sizes if size >= 18]
    assert code in big, "the tracking code has at least 18 points"
    assert any("1405" in text for text in big), "and so has the day of the answer"


# --- A4


def test_a4_lies_and_has_a_part_for_the_client_and_one_for_the_file() -> None:
    pdf = render_receipt(receipt(), "a4")
    width, height, texts, _codes = boxes_of(pdf)[0]
    assert (width, height) == pytest.approx((297 * MM, 210 * MM), abs=0.01)
    assert not [box for box in texts if box.left < width / 2 + 9 * MM and box.right > width / 2 - 9 * MM]
    text = plain(pdf)
    assert text.count("0017 4826 9032") == 2
    assert text.count("نسخه متقاضی") == text.count("نسخه پرونده") == 1
    assert text.count("مهر و امضا") == text.count("امضای متقاضی") == 1
    assert text.count("نزد خود") == 1, "the file needs no advice"


def test_the_clients_part_is_on_the_side_where_reading_begins() -> None:
    for language, client in (("fa", "right"), ("en", "left")):
        width, _height, texts, _codes = boxes_of(render_receipt(receipt(language=language), "a4"))[0]
        hints = [box for box in texts if box.top - box.bottom < 12]
        on_right = sum(box.left > width / 2 for box in hints)
        # the client's part says one thing more
        assert (on_right > len(hints) / 2) == (client == "right")


def test_both_parts_go_on_to_a_second_page() -> None:
    first, second = text_of(render_receipt(AWKWARD["fifty papers"], "a4"))
    assert ascii_digits(first).count("صفحه 1 از 2") == 2
    assert ascii_digits(second).count("ادامه رسید دریافت درخواست") == 2


# --- the roll


def test_the_roll_is_as_wide_as_its_dots_and_as_long_as_it_has_to_be() -> None:
    short, long = (boxes_of(render_receipt(AWKWARD[name], "roll80")) for name in ("usual", "fifty papers"))
    assert len(short) == len(long) == 1
    assert short[0][0] == pytest.approx(576 * DOT, abs=0.02)
    assert short[0][1] < 285 * MM
    assert long[0][1] > short[0][1] + 40 * 14


def test_everything_on_a_roll_is_black_or_white() -> None:
    colours = colours_of(render_receipt(AWKWARD["thirty papers"], "roll80"))
    assert set(colours["text"]) | set(colours["shape"]) == {0.0, 1.0}


def test_a_roll_says_that_it_fades() -> None:
    assert "کم‌رنگ" in plain(render_receipt(receipt(), "roll80"))
    assert "کم‌رنگ" not in plain(render_receipt(receipt(), "a4"))


def test_the_day_of_the_answer_is_white_on_black() -> None:
    with_day, without = (colours_of(render_receipt(receipt(language=language), "roll80")) for language in ("fa", "en"))
    assert with_day["text"][1.0] == without["text"][1.0] == 1


# --- notes to take along


@pytest.mark.parametrize("paper", PAPERS)
def test_a_slip_of_lacking_papers_names_them_and_their_day_and_nothing_else_that_was_handed_in(paper: str) -> None:
    text = plain(render_slip(LACKING, paper))
    assert "برگه کمبود مدارک" in text
    assert {"اجاره‌نامه", "سند", "گواهی", "مالیاتی"} <= set(words_of(text))
    assert "دوشنبه 9 آذر 1405" in text
    assert "دوشنبه 16 آذر" in text, "the answer's day stays as it was promised"
    assert "مجوز پیشین" not in text
    assert "المثنی" not in text, "it is no copy of the receipt"
    assert "مهر" not in words_of(text)


def test_a_slip_without_a_day_says_how_many_are_lacking() -> None:
    assert "2 مدرک هنوز لازم است" in plain(render_slip(receipt(lacking=("الف", "ب"), bring_by=None)))


def test_there_is_no_slip_where_nothing_is_lacking() -> None:
    with pytest.raises(ValueError, match="No paper is lacking"):
        render_slip(receipt())


@pytest.mark.parametrize("paper", PAPERS)
def test_a_guided_visit_takes_along_what_to_bring_and_where_to_go(paper: str) -> None:
    text = plain(render_receipt(AWKWARD["only guided"], paper))
    assert "برگه راهنمایی" in text
    assert "همراه بیاورید" in text
    assert {"مالکیت", "فرم", "بگیرید"} <= set(words_of(text))
    assert "peygiri" not in text, "there is nothing to follow"
    assert "مهر و امضا" not in text, "nothing was handed in"


# --- templates


def test_an_old_template_is_chosen_by_its_number() -> None:
    assert max(TEMPLATES) == TEMPLATE
    assert sorted(TEMPLATES) == list(range(1, TEMPLATE + 1)), "a template that papers in the book name is never dropped"
    assert render_receipt(receipt(), template=1) == render_receipt(receipt())


def test_a_template_of_a_newer_program_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnknownTemplate, match=r"newer version .* template is 99.*Update the program"):
        render_receipt(receipt(), template=99)
