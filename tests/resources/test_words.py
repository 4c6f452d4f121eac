import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import parse_jalali
from models.text import ascii_digits
from resources import words

TUESDAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 30)
NINE_FORTY_TWO = int(datetime(2026, 11, 24, 6, 12, 59, tzinfo=UTC).timestamp()) * 1_000_000


@pytest.fixture(autouse=True)
def nobody_chose_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_chosen", None)
    monkeypatch.delenv("MIZ_LANG", raising=False)


def test_the_program_speaks_persian_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert words.language() == "fa"
    assert words._("Azar") == "آذر"
    monkeypatch.setenv("MIZ_LANG", "en")
    assert words._("Azar") == "Azar"
    monkeypatch.setenv("MIZ_LANG", "tlh")
    assert words.language() == "fa"
    words.use("en")
    assert words.language() == "en"


def test_there_is_no_third_language() -> None:
    with pytest.raises(ValueError, match="tlh"):
        words.use("tlh")
    with pytest.raises(ValueError, match="fa, en"):
        words.translator("tlh")


def test_persian_days_times_and_numbers() -> None:
    assert words.long_date(MONDAY) == "دوشنبه ۹ آذر ۱۴۰۵"
    assert words.numeric_date(TUESDAY) == "۱۴۰۵/۰۹/۰۳"
    assert words.clock(NINE_FORTY_TWO) == "۰۹:۴۲"
    assert words.number(1_250_000) == "۱٬۲۵۰٬۰۰۰"
    assert words.number(0) == "۰"
    assert words.digits("داخلی 214") == "داخلی ۲۱۴"


def test_english_days_times_and_numbers() -> None:
    words.use("en")
    assert words.long_date(MONDAY) == "Monday 9 Azar 1405"
    assert words.numeric_date(TUESDAY) == "1405/09/03"
    assert words.clock(NINE_FORTY_TWO) == "09:42"
    assert words.number(1_250_000) == "1,250,000"
    assert words.digits("214") == "214"


def test_a_paper_keeps_its_language_whatever_the_process_speaks() -> None:
    words.use("en")
    assert words.translator("fa").long_date(MONDAY) == "دوشنبه ۹ آذر ۱۴۰۵"
    assert words.translator("en").weekday(TUESDAY) == "Tuesday"


def test_every_month_and_weekday_has_its_persian_name() -> None:
    months = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
    assert [words.month(n) for n in range(1, 13)] == months
    saturday = parse_jalali("1405-09-07")
    week = ["شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنج‌شنبه", "جمعه"]
    assert [words.weekday(date.fromordinal(saturday.toordinal() + n)) for n in range(7)] == week


def test_a_text_without_translation_stays_as_it_is() -> None:
    assert words._("No catalogue holds this sentence.") == "No catalogue holds this sentence."
    assert words.ngettext("{n} unheard-of thing", "{n} unheard-of things", 2) == "{n} unheard-of things"
    assert words._("") == ""


def test_without_a_catalogue_the_program_speaks_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "TRANSLATIONS", tmp_path)
    assert words.Translator("fa").gettext("Azar") == "Azar"
    assert words.Translator("fa").long_date(MONDAY) == "Monday ۹ Azar ۱۴۰۵"


@given(st.integers(0, 10**15))
def test_a_printed_number_says_the_number(n: int) -> None:
    assert int(ascii_digits(words.translator("fa").number(n)).replace("٬", "")) == n
    assert int(words.translator("en").number(n).replace(",", "")) == n


def test_words_need_no_babel_and_no_catalogue_before_the_first_text() -> None:
    program = (
        "import sys, resources.words as w\n"
        "assert not {'babel', 'persiantools.jdatetime'} & set(sys.modules)\n"
        "assert w.translator.cache_info().currsize == 0\n"
        "print(ascii(w._('Azar')))\n"
    )
    env = {name: value for name, value in os.environ.items() if name != "MIZ_LANG"}
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root, env=env)
    assert (done.returncode, done.stdout, done.stderr) == (0, ascii("آذر") + "\n", "")
