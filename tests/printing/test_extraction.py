"""What is copied out of the PDF is what was put in: base letters, in logical order.

The map from glyphs to letters is our own; this is what notices if reportlab, poppler or PDFium change their minds.
"""

import re
import subprocess
from pathlib import Path

from models.text import ascii_digits
from printing.fonts import letters, to_unicode
from printing.receipt import render_receipt
from tests.printing.papers import receipt, text_of, words_of

VALUES = receipt(subject="می‌شود خانهٔ لالا، الأول، کتاب‌ها و گلاب پژمان", client_name="لیلا کریمی‌زاده")
SENTENCE = ["می‌شود", "لالا", "کتاب‌ها", "گلاب", "پژمان", "لیلا", "کریمی‌زاده", "قطعی", "ابلاغ"]
PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefe]")


def test_pdfium_reads_base_letters() -> None:
    text = text_of(render_receipt(VALUES))[0]
    assert not PRESENTATION_FORMS.search(text)
    assert set(SENTENCE) <= set(words_of(text))
    assert "خانهٔ" in text


def test_brackets_are_copied_the_right_way_round() -> None:
    """By PDFium, which turns the brackets of right-to-left runs as it turns the runs, as browsers do. Poppler turns the
    runs only, so its brackets come out facing the other way; naming them for Poppler would turn them for PDFium."""
    text = text_of(render_receipt(receipt(subject="درخواست (فوری) و «میز» است [الف]")))[0]
    assert "درخواست (فوری) و «میز» است [الف]" in text
    assert "(فرزند رحیم)" in text


def test_pdftotext_reads_base_letters_in_logical_order(tmp_path: Path) -> None:
    (tmp_path / "receipt.pdf").write_bytes(render_receipt(VALUES))
    command = ["pdftotext", "-layout", str(tmp_path / "receipt.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    text = re.sub("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", "", text)
    assert not PRESENTATION_FORMS.search(text)
    assert set(SENTENCE) <= set(words_of(text))
    assert "0017 4826 9032" in ascii_digits(text)
    assert "مجوز فعالیت اقتصادی" in text


def test_a_ligature_stands_for_both_of_its_letters_backwards() -> None:
    assert letters(0xFEFB) == "ال"
    assert letters(0xFBFD) == "ی"
    assert letters(ord("A")) == "A"
    assert "<01> <06270644>" in to_unicode([0, 0xFEFB])


def test_no_block_of_the_map_is_longer_than_readers_accept() -> None:
    blocks = re.findall(r"(\d+) beginbfchar", to_unicode(list(range(256))))
    assert blocks == ["100", "100", "56"]
