"""A day to be agreed on at the counter: written, counted in working days, or picked in its calendar. No Qt here."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.desk.sentences import problem
from models.calendar import format_jalali, parse_jalali, to_jalali
from models.text import ascii_digits
from resources import words
from resources.words import _

if TYPE_CHECKING:
    from app.desk.promises import Agenda

STEPS = (3, 5, 10, 15, 20, 30)
QUICK = 3
"""So many quick choices in working days; the last legal day follows them."""

_AHEAD = re.compile(r"\+ ?(\d{1,3})", re.ASCII)
_IN_A_YEAR = re.compile(r"(\d{1,2}) ?[-/] ?(\d{1,2})", re.ASCII)


@dataclass(frozen=True)
class Choice:
    """A quick choice: a day in so many working days; None for the last day that the law allows."""

    working_days: int | None
    day: datetime.date


class DayPick:
    """A day field. Without a word of the clerk's (`text`) it is the rule's `own` day, and follows that.

    While it `is_open` its calendar is shown and `marked` is the day on which the clerk stands; `settle` keeps what was
    picked, `restore` what was there before. What cannot be promised is a `problem`; `moved` says that another day was
    taken, because the one that was meant is a holiday or beyond the law.
    """

    def __init__(self, field: str, told: Callable[[], None]) -> None:
        self.field, self._told = field, told
        self.clear()

    def clear(self) -> None:
        self.agenda: Agenda | None = None
        self.own: datetime.date | None = None
        self.start: datetime.date | None = None  # working days are counted from here
        self.steps: tuple[int, ...] = ()
        self.text, self.problem, self.moved = "", "", ""
        self.is_open, self.is_touched = False, False
        self.marked: datetime.date | None = None
        self.month = (0, 0)
        self.line: str | None = None  # what is being written; None while the line shows the marked day

    def know(self, agenda: "Agenda", own: datetime.date | None, start: datetime.date | None, first: int) -> None:
        """What the rule says now: its day, the day from which working days count, and the first quick choice."""
        self.agenda, self.own, self.start = agenda, own, start
        self.steps = (first, *(step for step in STEPS if step > max(first, STEPS[0])))[:QUICK]
        if self.is_wrong and not self.problem:  # in a draft of another day
            self.problem = problem(self.field, "not_allowed").message
        if self.is_open and not self.is_touched:
            self._stand_on(self._agreed() or own)

    # --- the day as it stands ------------------------------------------------------------------------------------

    @property
    def day(self) -> datetime.date | None:
        """The day that would be promised; None where what is written is none."""
        return self._kept(self.marked) if self.is_open else self._agreed()

    def _agreed(self) -> datetime.date | None:
        return self._kept(self._meant(self.text)) if self.text else self.own

    @property
    def chosen(self) -> datetime.date | None:
        """The clerk's own day, where there is one."""
        return self.day if self.text or self.is_touched else None

    @property
    def sent(self) -> str:
        """What registering and drafts are given: the chosen day, or what is written as it is."""
        day = self._agreed() if self.text else None
        return format_jalali(day) if day else self.text

    @property
    def is_wrong(self) -> bool:
        """Something is written that is no day to be promised."""
        return bool(self.text) and self._agreed() is None

    @property
    def written(self) -> str:
        """What stands in the line while the calendar is open."""
        if self.line is not None:
            return self.line
        return words.numeric_date(self.marked) if self.marked else words.digits(self.text)

    @property
    def notice(self) -> str:
        """Why another day would be promised than the one that is marked."""
        return self._why_moved(self.marked, self.line or "")

    @property
    def doubt(self) -> str:
        """What is to be known of the agreed day."""
        if self.moved or not self.text or self.start is None or self.is_open:
            return self.moved
        day = self._agreed()
        return _("The papers need not be there by that day.") if day and day <= self.start else ""

    def choices(self) -> tuple[Choice, ...]:
        """What is asked for most, one press away."""
        if self.agenda is None:
            return ()
        agenda, start = self.agenda, self.start
        return (*(Choice(step, agenda.ahead(step, start)) for step in self.steps), Choice(None, agenda.last_legal))

    def is_working(self, day: datetime.date) -> bool:
        return self.agenda is not None and self.agenda.calendar.is_working(day)

    def allows(self, day: datetime.date) -> bool:
        """Whether one may stand on this day."""
        return self.agenda is not None and self.agenda.today <= day <= self.agenda.last_legal

    def _meant(self, text: str) -> datetime.date | None:
        """The day that these words say, be it a holiday or out of reach."""
        plain = ascii_digits(text.strip())
        ahead, short = _AHEAD.fullmatch(plain), _IN_A_YEAR.fullmatch(plain)
        try:
            if self.agenda and ahead:
                return self.agenda.ahead(int(ahead[1]), self.start)
            if self.agenda and short:
                return _next(self.agenda.today, int(short[1]), int(short[2]))
            return parse_jalali(plain)
        except ValueError:
            return None

    def _kept(self, day: datetime.date | None) -> datetime.date | None:
        if day is None or self.agenda is None:
            return day
        return self.agenda.kept(day) if self.agenda.allows(day) else None

    def _why_moved(self, day: datetime.date | None, text: str) -> str:
        kept = self._kept(day)
        if day is None or kept is None:
            return ""
        if kept > day:
            return _("This day is a holiday; first working day: {day}").format(day=words.short_date(kept))
        if kept < day or self._passes_the_law(text):
            return _("The law allows no later day than {day}.").format(day=words.short_date(kept))
        return ""

    def _passes_the_law(self, text: str) -> bool:
        """More working days are written than the law's time holds."""
        ahead = _AHEAD.fullmatch(ascii_digits(text.strip()))
        days = int(ahead[1]) if ahead else 0
        return (
            self.agenda is not None and days > 0 and self.agenda.ahead(days - 1, self.start) == self.agenda.last_legal
        )

    # --- what the clerk does -------------------------------------------------------------------------------------

    def open(self) -> None:
        """The calendar, on the day as it stands."""
        if self.is_open:
            return
        day = self._agreed() or self.own
        self.line = self.text if self.is_wrong else None
        self.is_open, self.is_touched = True, False
        self._stand_on(day)
        self._told()

    def type(self, text: str) -> None:
        """A day in digits, `9/12` of this year, or `+5` working days; whatever is a day is marked at once."""
        self.open()
        self.line, self.is_touched, self.problem = text, True, ""
        day = self._meant(text) if text.strip() else self.own
        if day is not None and (self.agenda is None or self.agenda.allows(day)):
            self._stand_on(day)
        self._told()

    def move(self, days: int) -> None:
        """To another day, within today and the last legal one."""
        self.open()
        if self.marked is not None:
            self._mark(self.marked + datetime.timedelta(days=days))

    def move_month(self, months: int) -> None:
        """The same day of another month, or the nearest one that may be promised."""
        self.open()
        if self.marked is not None:
            year, month, day = to_jalali(self.marked)
            year, month = _month_after(year, month, months)
            self._mark(next(_from_the_end(year, month, day)))

    def turn(self, months: int) -> None:
        """Another month is shown; the marked day stays."""
        if self.can_turn(months):
            self.month = _month_after(*self.month, months)
            self._told()

    def can_turn(self, months: int) -> bool:
        """Whether that month holds a day that may be promised."""
        if self.agenda is None:
            return False
        first, last = (to_jalali(day)[:2] for day in (self.agenda.today, self.agenda.last_legal))
        return first <= _month_after(*self.month, months) <= last

    def step(self, days: int) -> None:
        """One working day earlier or later, without the calendar."""
        if self.is_open:
            self.move(days)
            return
        day = self.day
        while day is not None and self.allows(day + datetime.timedelta(days=days)):
            day += datetime.timedelta(days=days)
            if self.is_working(day):
                self._take(day, "")
                break
        self._told()

    def take(self, day: datetime.date) -> None:
        """This day, by the mouse."""
        if self.allows(day):
            self.open()
            self._stand_on(day)
            self.line, self.is_touched = None, True
            self.settle()

    def settle(self) -> None:
        """The calendar closes, and what was picked in it holds."""
        if not self.is_open:
            return
        self.is_open = False
        if self.is_touched:
            written = (self.line or "").strip()
            self._take(self._meant(written) if written else self.marked if self.line is None else self.own, written)
        self.line, self.is_touched = None, False
        self._told()

    def restore(self) -> None:
        """The calendar closes, and nothing has changed."""
        self.is_open, self.is_touched, self.line = False, False, None
        self._told()

    def _take(self, day: datetime.date | None, written: str) -> None:
        kept = self._kept(day)
        self.moved = self._why_moved(day, written)
        self.problem = ""
        if kept is None:
            self.text = written
            self.problem = problem(self.field, "not_a_date" if day is None else "not_allowed").message
        else:
            self.text = "" if kept == self.own else format_jalali(kept)

    def _mark(self, day: datetime.date) -> None:
        if self.agenda is not None:
            day = min(max(day, self.agenda.today), self.agenda.last_legal)
        self._stand_on(day)
        self.line, self.is_touched, self.problem = None, True, ""
        self._told()

    def _stand_on(self, day: datetime.date | None) -> None:
        self.marked = day
        if day is not None:
            self.month = to_jalali(day)[:2]


def _next(today: datetime.date, month: int, day: int) -> datetime.date:
    """This day of the year, or of the next one where it has passed."""
    year = to_jalali(today)[0]
    here = parse_jalali(f"{year}/{month}/{day}")
    return here if here >= today else parse_jalali(f"{year + 1}/{month}/{day}")


def _month_after(year: int, month: int, months: int) -> tuple[int, int]:
    count = year * 12 + month - 1 + months
    return count // 12, count % 12 + 1


def _from_the_end(year: int, month: int, day: int) -> Iterator[datetime.date]:
    """That day of the month, or the last one before it that exists."""
    for there in range(day, 0, -1):
        try:
            yield parse_jalali(f"{year}/{month}/{there}")
        except ValueError:
            continue


def month_days(year: int, month: int) -> tuple[datetime.date, ...]:
    """The days of a Jalali month, in order."""
    first = parse_jalali(f"{year}/{month}/1")
    last = next(_from_the_end(year, month, 31))
    return tuple(first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
