"""A line of Persian comes out of the typesetter as a reader of Persian expects it."""

import re

import pytest
from bidi.mirror import MIRRORED
from hypothesis import given
from hypothesis import strategies as st

from printing.fonts import Weight, letters
from printing.shaping import Line, cleaned, contact, island, lines, ltr, measured, visual

SIZE = 10.0


def shown(text: str, base: str = "R") -> str:
    """The drawn glyphs from left to right, as the letters they stand for."""
    return "".join(letters(ord(glyph)) for glyph in visual(text, base))


def rtl(text: str) -> str:
    """How a purely right-to-left text lies on the paper: backwards, its brackets turned round."""
    return "".join(MIRRORED.get(character, character) for character in reversed(text))


@pytest.mark.parametrize(
    ("text", "from_left_to_right"),
    [
        ("سازمان منطقه آزاد", rtl("سازمان منطقه آزاد")),
        ("درخواست (فوری) است", rtl("درخواست (فوری) است")),
        ("نشریه «میز» امروز", rtl("نشریه «میز» امروز")),
        ("می‌شود", rtl("می‌شود")),
        ("سلام لیلا", rtl("سلام لیلا")),
        ("۱۲ برگ", rtl(" برگ") + "۱۲"),
        ("تاریخ ۱۴۰۵/۰۹/۰۳ است", rtl(" است") + "۱۴۰۵/۰۹/۰۳" + rtl("تاریخ ")),
        ("مبلغ ۱٬۲۵۰٬۰۰۰ ریال", rtl(" ریال") + "۱٬۲۵۰٬۰۰۰" + rtl("مبلغ ")),
        (f"کد {ltr('۰۰۱۷ ۴۸۲۶ ۹۰۳۲')} است", rtl(" است") + "۰۰۱۷\xa0۴۸۲۶\xa0۹۰۳۲" + rtl("کد ")),
        (f"تلفن {ltr('044-34372000')}", "044-34372000" + rtl("تلفن ")),
        (f"کد ملی {ltr('۲۸۲•••••••')}", "۲۸۲•••••••" + rtl("کد ملی ")),
        (f"ساعت {ltr('09:42')}، {ltr('1405/09/03')}", "1405/09/03" + rtl("، ") + "09:42" + rtl("ساعت ")),
        ("شرکت Aras Tech تبریز", rtl(" تبریز") + "Aras Tech" + rtl("شرکت ")),
        ("شرکت Aras (Ltd) تبریز", rtl(" تبریز") + "Aras (Ltd)" + rtl("شرکت ")),
        ("Aras یک شرکت است.", rtl(" یک شرکت است.") + "Aras"),
        (f"نام {island('Aras (Ltd)')}، شهر", rtl("، شهر") + "Aras (Ltd)" + rtl("نام ")),
        (f"نام {island('علی (رضا)')}", rtl("نام علی (رضا)")),
    ],
)
def test_tricky_lines_lie_on_the_paper_as_they_are_read(text: str, from_left_to_right: str) -> None:
    assert shown(text) == from_left_to_right


def test_a_line_of_an_english_paper_keeps_persian_together() -> None:
    assert shown(f"Officer: {island('لیلا، داخلی ۱۲')}, room 3", "L") == (
        "Officer: " + "۱۲" + rtl("لیلا، داخلی ") + ", room 3"
    )


def test_letters_join_and_lam_alef_is_one_glyph() -> None:
    assert visual("لا") == "\ufefb"
    assert visual("سلام") == "\ufee1\ufefc\ufeb3"
    assert visual("می‌شود") == "\ufea9\ufeee\ufeb7\u200c\ufbfd\ufee3", "ZWNJ parts the letters and stays in the text"


def test_heh_with_hamza_is_one_glyph_however_it_was_written() -> None:
    assert visual(cleaned("خانهٔ")) == visual(cleaned("خانۀ")) == "\ufba5\ufee7\ufe8e\ufea7"
    assert visual(cleaned("راهٔ"))[0] == "\u06c0"


def test_vowel_signs_and_controls_do_not_reach_the_paper() -> None:
    assert cleaned("مُعَلِّم قطعاً") == "معلم قطعا"
    assert cleaned("\u202eعلی\u2066\u200f\ufeff") == "علی"
    assert cleaned("a\tb\x00c") == "a b c"
    assert cleaned("  سطر یک  \nسطر   دو ") == "سطر یک\nسطر دو"


def test_a_character_that_the_font_lacks_is_seen_to_be_missing() -> None:
    assert cleaned("ﷺ") == "صلى الله عليه وسلم"
    assert cleaned("名") == "\ufffd"


def test_only_numbers_of_a_contact_become_islands() -> None:
    assert contact("تلفن 044-34372000 و 0912 345 6789، اتاق 3") == (
        f"تلفن {ltr('044-34372000')} و {ltr('0912 345 6789')}، اتاق {ltr('3')}"
    )


def readable(line: Line) -> str:
    return "".join(letters(ord(glyph)) for glyph in line.glyphs)


def test_lines_come_in_reading_order() -> None:
    found = lines("نخست دوم سوم چهارم پنجم", Weight.REGULAR, SIZE, 60)
    assert len(found) > 1
    assert " ".join(rtl(readable(line)) for line in found) == "نخست دوم سوم چهارم پنجم"


def test_a_word_wider_than_the_line_is_broken_where_it_hurts_least() -> None:
    found = lines(ltr("https://peygiri.example.ir/a/very/long/address"), Weight.REGULAR, SIZE, 100)
    assert len(found) > 1
    assert all(readable(line)[-1] in "/." for line in found[:-1])


def test_an_island_that_runs_over_a_line_end_keeps_its_direction() -> None:
    # the second line begins with Latin letters, but its sentence is Persian
    found = lines(island("به همراه تغییر نام به Aras (Ltd) و دیگر"), Weight.REGULAR, SIZE, 105, "L")
    assert [readable(line) for line in found] == [rtl("به همراه تغییر نام به"), rtl(" و دیگر") + "Aras (Ltd)"]


def test_a_code_is_never_parted() -> None:
    found = lines(f"کد پیگیری {ltr('0017 4826 9032')}", Weight.REGULAR, SIZE, 75)
    assert [readable(line) for line in found] == [rtl("کد پیگیری"), "0017\xa04826\xa09032"]


PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءآأؤئ"
texts = st.text(st.sampled_from(PERSIAN + "\u200c ()«»[]،؛.:/-۰۱۲۳۴۵۶۷۸۹0123abXYZ\n"), max_size=120)


@given(texts, st.sampled_from("RL"), st.floats(25, 300))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text: str, base: str, width: float) -> None:
    text = cleaned(text)
    found = lines(text, Weight.REGULAR, SIZE, width, base)
    assert all(line.width <= width + 0.01 for line in found)
    drawn = sorted(c for line in found for c in readable(line) if not c.isspace() and c not in MIRRORED)
    assert drawn == sorted(c for c in text if not c.isspace() and c not in MIRRORED)


@given(texts)
def test_a_line_is_as_wide_as_its_glyphs(text: str) -> None:
    for line in lines(cleaned(text), Weight.BOLD, SIZE, 1000):
        glyphs = re.sub("[<>]", "", line.glyphs)
        assert line.width == pytest.approx(measured(glyphs, Weight.BOLD, SIZE))


@given(texts)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)
