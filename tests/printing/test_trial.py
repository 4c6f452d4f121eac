"""The printer's test page shows whether a sheet comes out whole, to scale and readable."""

import re
import subprocess
from pathlib import Path

import pytest
import zxingcpp

from printing.page import MM
from printing.trial import BAR_TEXT, PAPERS, QR_TEXT, render_test_page
from tests.printing.papers import assert_nothing_lies_on_anything, boxes_of, picture_of, sizes_of, text_of, trial

every_paper = pytest.mark.parametrize("paper", PAPERS)


@every_paper
@pytest.mark.parametrize("language", ["fa", "en"])
def test_it_names_the_paper_and_the_printer_and_nothing_overlaps(paper: str, language: str) -> None:
    pdf = render_test_page(trial(language=language), paper)
    text = " ".join(text_of(pdf))
    assert "LaserJet" in text
    # in a Persian line PDFium reads a Latin name with a digit backwards
    assert re.search({"a5": "A5|5A", "a4": "A4|4A", "roll80": "80|۸۰"}[paper], text)
    if paper != "roll80":
        assert_nothing_lies_on_anything(pdf)
    assert render_test_page(trial(language=language), paper) == pdf


@every_paper
def test_three_sizes_of_type_are_shown(paper: str) -> None:
    shown = {size for text, size in sizes_of(render_test_page(trial(), paper)) if "۴" in text}
    assert {8.0, 11.0, 22.0} <= shown


@every_paper
def test_both_codes_are_read(paper: str, tmp_path: Path) -> None:
    picture = picture_of(render_test_page(trial(), paper)).point(lambda grey: 255 if grey > 140 else 0)
    read = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert read == {QR_TEXT, BAR_TEXT}
    picture.save(tmp_path / "page.png")
    done = subprocess.run(["zbarimg", "-q", "--raw", tmp_path / "page.png"], capture_output=True, text=True, check=True)
    assert set(done.stdout.split("\n")) == {QR_TEXT, BAR_TEXT, ""}


def test_marks_stand_in_all_four_corners() -> None:
    picture = picture_of(render_test_page(trial()), 254)  # ten dots a millimetre
    width, height = picture.size
    for x in (80, width - 80):
        for y in (80, height - 80):
            around = picture.crop((x - 4, y - 4, x + 4, y + 4))
            assert min(around.tobytes()) < 60


def test_a_line_of_the_roll_reaches_from_the_first_dot_to_the_last() -> None:
    picture = picture_of(render_test_page(trial(), "roll80"))
    assert picture.width == 576
    assert any(picture.crop((0, y, 576, y + 1)).getextrema() == (0, 0) for y in range(40))


def test_the_ruler_is_as_long_as_it_says() -> None:
    picture = picture_of(render_test_page(trial()), 254)
    rows = [picture.crop((0, y, picture.width, y + 1)).tobytes() for y in range(picture.height)]
    longest = max(len(run) for row in rows[100:-100] for run in row.replace(b"\0", b"\1").split(b"\xff"))
    assert longest == pytest.approx(1000, abs=8)


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="'a3'"):
        render_test_page(trial(), "a3")


def test_its_size_is_the_papers() -> None:
    width, height, _texts, _shapes = boxes_of(render_test_page(trial(), "a4"))[0]
    assert (width, height) == pytest.approx((297 * MM, 210 * MM), abs=0.01)
