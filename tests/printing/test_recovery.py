"""The sheet for the office's safe: the code, legible in both kinds of digits, and what to do with it."""

import re

import pytest
import zxingcpp

from models.codes import CodeError, make_recovery_code, parse_recovery_code
from models.text import ascii_digits
from printing.recovery import PAPERS, RecoveryValues, render_recovery_sheet
from tests.printing.papers import (
    RECOVERY,
    assert_nothing_lies_on_anything,
    picture_of,
    recovery,
    sizes_of,
    text_of,
)

every_paper = pytest.mark.parametrize("paper", PAPERS)


def plain(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(text_of(pdf)))


@every_paper
def test_the_groups_stand_in_reading_order_in_persian_and_in_latin_digits(paper: str) -> None:
    texts = [text.strip() for text, _size in sizes_of(render_recovery_sheet(recovery(), paper))]
    groups = RECOVERY.split("-")
    assert [text for text in texts if re.fullmatch("[0-9]{5}", text)] == groups
    assert [ascii_digits(text) for text in texts if re.fullmatch("[۰-۹]{5}", text)] == groups


@every_paper
def test_the_code_is_read_at_arms_length(paper: str) -> None:
    sizes = [size for text, size in sizes_of(render_recovery_sheet(recovery(), paper)) if re.search("[۰-۹]{5}", text)]
    assert min(sizes) >= 18
    assert max(sizes) == min(sizes)


def test_what_can_be_typed_from_the_sheet_opens_the_store() -> None:
    texts = [text.strip() for text, _size in sizes_of(render_recovery_sheet(recovery()))]
    typed = " ".join(text for text in texts if re.fullmatch("[۰-۹]{5}", text))
    assert make_recovery_code(parse_recovery_code(typed)) == RECOVERY


@every_paper
@pytest.mark.parametrize("language", ["fa", "en"])
def test_it_says_what_it_opens_and_where_it_belongs(paper: str, language: str) -> None:
    pdf = render_recovery_sheet(recovery(language=language), paper)
    assert_nothing_lies_on_anything(pdf)
    assert render_recovery_sheet(recovery(language=language), paper) == pdf
    assert len(text_of(pdf)) == 1
    text = plain(pdf)
    wanted = ("گاوصندوق", "پشتیبان", "عکس نگیرید") if language == "fa" else ("safe", "backup", "Do not photograph")
    assert all(part in text for part in wanted)
    assert "پیشخوان همکف" in text


def test_it_carries_nothing_that_a_camera_reads() -> None:
    assert zxingcpp.read_barcodes(picture_of(render_recovery_sheet(recovery()))) == []


def test_a_paper_that_fades_is_refused() -> None:
    with pytest.raises(ValueError, match="a roll fades"):
        render_recovery_sheet(recovery(), "roll80")


def test_a_code_with_a_wrong_digit_is_not_printed() -> None:
    wrong = RECOVERY[:-1] + str((int(RECOVERY[-1]) + 1) % 10)
    with pytest.raises(CodeError):
        render_recovery_sheet(recovery(code=wrong))


def test_long_names_of_office_and_desk_stay_on_one_page() -> None:
    values = recovery(office_name="سازمان " * 30, office_caption="میز " * 30, desk_name="پیشخوان " * 40)
    pdf = render_recovery_sheet(values)
    assert_nothing_lies_on_anything(pdf)
    assert len(text_of(pdf)) == 1


def test_values_keep_the_code_out_of_sight() -> None:
    assert RECOVERY not in repr(recovery())
    assert isinstance(recovery(), RecoveryValues)
