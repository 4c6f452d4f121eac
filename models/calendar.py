"""Days: the Jalali calendar at the edges, Tehran's business day, the working week and what may be promised by it.

The store and the rules use `datetime.date` and microseconds UTC; Jalali is only how people write and read a day.
"""

import re
import time
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.text import ascii_digits, fold

TEHRAN = ZoneInfo("Asia/Tehran")

LEGAL_DAYS = 90
"""A final written answer is due within three months (Administrative Justice Court law, article 16, note 4); counted
as ninety days, the shortest reading."""

FIXED_HOLIDAYS = frozenset(
    [(1, 1), (1, 2), (1, 3), (1, 4), (1, 12), (1, 13), (3, 14), (3, 15), (11, 22), (12, 29), (12, 30)]
)
"""Month and day of the solar holidays, which hold in every year; 30 Esfand exists in leap years."""

_YEARS = range(1200, 1500)
"""Years a person may write. A Gregorian year typed by mistake lies outside, and up to here all rules of leap years in
use agree."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN = re.compile(r"(\d{4}) ?([-/]) ?(\d{1,2}) ?\2 ?(\d{1,2})", re.ASCII)


@lru_cache(4096)
def to_jalali(day: date) -> tuple[int, int, int]:
    """Jalali year, month and day. Raises ValueError before the calendar's first year (622)."""
    from persiantools.jdatetime import JalaliDate  # costs more than this module; most commands need no Jalali day

    jalali = JalaliDate(day)  # type: ignore[no-untyped-call]
    return jalali.year, jalali.month, jalali.day


@lru_cache(4096)
def _from_jalali(year: int, month: int, day: int) -> date:
    from persiantools.jdatetime import JalaliDate

    if year not in _YEARS:
        raise ValueError("The year is not a Jalali year of our time.")
    gregorian: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    return gregorian


def parse_jalali(text: str) -> date:
    """A day as a person writes it, 1405-09-03 or ۱۴۰۵/۹/۳. Raises ValueError for anything else and for days that do not
    exist (31 Mehr, 30 Esfand of a common year)."""
    match = _WRITTEN.fullmatch(ascii_digits(fold(text)))
    if match is None:
        raise ValueError("A day is written as year, month and day: 1405-09-03 or 1405/9/3.")
    return _from_jalali(int(match[1]), int(match[3]), int(match[4]))


def format_jalali(day: date) -> str:
    """The day as machines read it: 1405-09-03."""
    year, month, day_of_month = to_jalali(day)
    return f"{year:04}-{month:02}-{day_of_month:02}"


def day_number(day: date) -> int:
    """The Jalali day as one number that sorts: 14050903."""
    year, month, day_of_month = to_jalali(day)
    return year * 10000 + month * 100 + day_of_month


def from_day_number(number: int) -> date:
    """The day of a `day_number`. Raises ValueError where there is none."""
    return _from_jalali(number // 10000, number // 100 % 100, number % 100)


def now_us() -> int:
    """This moment, in microseconds UTC since 1970."""
    return time.time_ns() // 1000


def business_day(at_us: int) -> date:
    """The date in Tehran at a moment. Raises OverflowError for moments beyond the year 9999."""
    return (_EPOCH + timedelta(microseconds=at_us)).astimezone(TEHRAN).date()


class WorkCalendar:
    """Which days an office works: `weekdays` (Monday = 0), less `holidays`, less the fixed solar holidays of any year.

    Raises ValueError when no weekday is left to work on.
    """

    def __init__(self, weekdays: frozenset[int], holidays: frozenset[date]) -> None:
        if not weekdays & frozenset(range(7)):
            raise ValueError("An office works on one day of the week at least (Monday = 0 to Sunday = 6).")
        self.weekdays = weekdays
        self.holidays = holidays

    def is_working(self, day: date) -> bool:
        """Whether the office works on that day."""
        return day.weekday() in self.weekdays and day not in self.holidays and to_jalali(day)[1:] not in FIXED_HOLIDAYS

    def next_working(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def after(self, day: date, n: int) -> date:
        """The n-th working day after a day, which itself is not counted; n = 0 gives `next_working`.

        Raises ValueError for a negative n.
        """
        if n < 0:
            raise ValueError("Working days are counted forward.")
        for _ in range(n):
            day = self.next_working(day + timedelta(days=1))
        return self.next_working(day)

    def last_legal(self, registered: date) -> date:
        """The last working day within ninety days of registration; where there is none, the ninetieth day."""
        ceiling = registered + timedelta(days=LEGAL_DAYS)
        days = (ceiling - timedelta(days=back) for back in range(LEGAL_DAYS + 1))
        return next(filter(self.is_working, days), ceiling)

    def due_on(self, registered: date, working_days: int, bring_by: date | None = None) -> date:
        """The day an answer is promised for.

        Working days are counted from the working day after registration, or after `bring_by` where papers are lacking
        and that is later; the last of them is the day, but never a later one than `last_legal`. None (0) is the same
        day, or the next working one. Raises ValueError for a negative number of days.
        """
        legal = self.last_legal(registered)
        start = max(registered, bring_by or registered)
        if start >= legal or working_days > LEGAL_DAYS:
            return legal
        return min(self.after(start, working_days), legal)
