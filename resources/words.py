"""What the program says, in the language of whoever reads it: texts, days, times and numbers.

Texts are English in the code; the Persian catalogue is read when the first text is asked for, and a text that it does
not hold stays English. The language is one for the process (`use`); paper and web take their own (`translator`).
"""

import gettext as catalogues
import os
from datetime import UTC, date, datetime, timedelta
from functools import cache

from models.calendar import TEHRAN, to_jalali
from models.text import persian_digits
from resources.paths import TRANSLATIONS

LANGUAGES = ("fa", "en")


def N_(text: str) -> str:  # noqa: N802 — the name by which catalogues know it
    """Marks a text for the catalogue where it is not shown yet."""
    return text


WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
"""Names of the days of the week in the order of `date.weekday`."""

MONTHS = (
    N_("Farvardin"),
    N_("Ordibehesht"),
    N_("Khordad"),
    N_("Tir"),
    N_("Mordad"),
    N_("Shahrivar"),
    N_("Mehr"),
    N_("Aban"),
    N_("Azar"),
    N_("Dey"),
    N_("Bahman"),
    N_("Esfand"),
)
"""Names of the Jalali months."""


class Translator:
    """One language's texts, digits, days, times and numbers."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = (
            catalogues.NullTranslations()
            if language == "en"
            else catalogues.translation("miz", TRANSLATIONS, [language], fallback=True)
        )

    def gettext(self, text: str) -> str:
        """The text in this language, or as it is where the catalogue does not hold it."""
        return self._texts.gettext(text) if text else ""

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The form of the text for n things."""
        return self._texts.ngettext(singular, plural, n)

    def digits(self, text: str) -> str:
        """The text with the language's digits."""
        return persian_digits(text) if self.language == "fa" else text

    def number(self, n: int) -> str:
        """A whole number in groups of three: ۱٬۲۵۰٬۰۰۰."""
        return persian_digits(f"{n:,}".replace(",", "٬")) if self.language == "fa" else f"{n:,}"

    def weekday(self, day: date) -> str:
        """The day's name: دوشنبه."""
        return self.gettext(WEEKDAYS[day.weekday()])

    def month(self, month: int) -> str:
        """The name of a Jalali month, 1 to 12: آذر."""
        return self.gettext(MONTHS[month - 1])

    def long_date(self, day: date) -> str:
        """The day in words: دوشنبه ۹ آذر ۱۴۰۵."""
        year, month, day_of_month = to_jalali(day)
        written = self.gettext("{weekday} {day} {month} {year}")
        return self.digits(
            written.format(weekday=self.weekday(day), day=day_of_month, month=self.month(month), year=year)
        )

    def short_date(self, day: date) -> str:
        """The day in words without its year: دوشنبه ۹ آذر."""
        _year, month, day_of_month = to_jalali(day)
        written = self.gettext("{weekday} {day} {month}")
        return self.digits(written.format(weekday=self.weekday(day), day=day_of_month, month=self.month(month)))

    def numeric_date(self, day: date) -> str:
        """The day in digits: ۱۴۰۵/۰۹/۰۳."""
        year, month, day_of_month = to_jalali(day)
        return self.digits(f"{year:04}/{month:02}/{day_of_month:02}")

    def clock(self, at_us: int) -> str:
        """The time of day in Tehran at a moment (microseconds UTC): ۰۹:۴۲."""
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)
        return self.digits(at.astimezone(TEHRAN).strftime("%H:%M"))


@cache
def translator(language: str) -> Translator:
    """The texts of `fa` or `en`, for a paper or page whatever the process speaks. Raises ValueError for others."""
    if language not in LANGUAGES:
        raise ValueError(f"There is no language {language!r}; there are {', '.join(LANGUAGES)}.")
    return Translator(language)


_chosen: str | None = None


def use(language: str) -> None:
    """From now on the process speaks `fa` or `en`. Raises ValueError for others."""
    global _chosen  # noqa: PLW0603 — a process speaks to one person
    _chosen = translator(language).language


def language() -> str:
    """The language that was chosen; else that of `MIZ_LANG`, if it is one; else Persian."""
    wanted = _chosen or os.environ.get("MIZ_LANG", "")
    return wanted if wanted in LANGUAGES else "fa"


def _(text: str) -> str:
    """The text in the process's language."""
    return translator(language()).gettext(text)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The text for n things in the process's language."""
    return translator(language()).ngettext(singular, plural, n)


def digits(text: str) -> str:
    """The text with the digits of the process's language."""
    return translator(language()).digits(text)


def number(n: int) -> str:
    """A whole number in groups of three: ۱٬۲۵۰٬۰۰۰."""
    return translator(language()).number(n)


def weekday(day: date) -> str:
    """The day's name: دوشنبه."""
    return translator(language()).weekday(day)


def month(number_of_month: int) -> str:
    """The name of a Jalali month, 1 to 12: آذر."""
    return translator(language()).month(number_of_month)


def long_date(day: date) -> str:
    """The day in words: دوشنبه ۹ آذر ۱۴۰۵."""
    return translator(language()).long_date(day)


def short_date(day: date) -> str:
    """The day in words without its year: دوشنبه ۹ آذر."""
    return translator(language()).short_date(day)


def numeric_date(day: date) -> str:
    """The day in digits: ۱۴۰۵/۰۹/۰۳."""
    return translator(language()).numeric_date(day)


def clock(at_us: int) -> str:
    """The time of day in Tehran at a moment (microseconds UTC): ۰۹:۴۲."""
    return translator(language()).clock(at_us)
