"""The daily log without its glass: which day is open, what of it is shown, and how it follows the day. No Qt here."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from app.desk.log_page import Filters, LogRefused
from models.calendar import from_day_number, parse_jalali, to_jalali
from models.text import ascii_digits, fold
from resources.words import _
from ui.daily_log.acts import Acts, Stand
from ui.doors import Doors
from ui.shell import NoShell, Shell
from ui.trouble import Trouble, trouble_of

if TYPE_CHECKING:
    from app.desk.daily_log import Row
    from app.desk.log_day import LogDay
    from app.desk.log_page import Look, Page

LOOK_AGAIN_MS = 3_000
"""So often the store is asked whether anything was written, while the page is seen."""
SKELETON_MS = 150
ONE_DAY = datetime.timedelta(days=1)


class DailyLog:
    """`changed` tells the page to look again. `focus` names the part that should have it next (`table` or
    `date`); the page takes it."""

    def __init__(self, acts: Acts, doors: Doors, shell: Shell | None = None) -> None:
        self.acts, self.doors, self.shell = acts, doors, shell or NoShell()
        self.changed: Callable[[], None] = lambda: None
        self.wanted: datetime.date | None = None
        """The day that is asked for; None follows today."""
        self.filters = Filters()
        self.day: LogDay | None = None
        self.rows: tuple[Row, ...] = ()
        self.has_more = False
        self.matching = 0
        self.held: frozenset[str] = frozenset()
        """Tracking codes that the centre wants somebody to look at."""
        self.marked: UUID | None = None
        self.refused = ""
        """Why there is nothing to read: `role` or `day`."""
        self.banner: Trouble | None = None
        self.is_slow = False
        self.writes_date = False
        self.date_problem = ""
        self.focus = ""
        self._is_seen = False
        self._stand: Stand | None = None
        self._is_new = True  # what is asked for is another list than the one that is shown
        self._reads_older = False

    # --- the day -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Today, from the newest visit on."""
        self.open_day(None)

    def open_day(self, day: datetime.date | None) -> None:
        """That day's log, today's for None, with all its visits."""
        self.filters, self.focus = Filters(), "table"
        self._go_to(day)

    def _go_to(self, day: datetime.date | None) -> None:
        self.wanted = None if day == self.acts.today() else day
        self.writes_date, self.date_problem = False, ""
        self._read_anew()

    @property
    def shown_day(self) -> datetime.date:
        return self.wanted or self.acts.today()

    @property
    def is_today(self) -> bool:
        return self.wanted is None

    @property
    def is_reading(self) -> bool:
        """What is asked for is not shown yet."""
        return self._is_new

    @property
    def may_turn(self) -> bool:
        """Whether other days are open to whoever is here."""
        return self.acts.may_read_all

    def turn(self, days: int) -> None:
        """So many days on; back with a negative number. There is nothing beyond today."""
        if not self.may_turn:
            return
        day = self.shown_day + ONE_DAY * days
        if day <= self.acts.today():
            self.focus = "table"
            self._go_to(day)

    def go_to_today(self) -> None:
        self.focus = "table"
        self._go_to(None)

    def go_to_earlier(self) -> None:
        """The last day before this one that has visits."""
        if self.day is not None and self.day.earlier is not None and self.may_turn:
            self.focus = "table"
            self._go_to(self.day.earlier)

    def write_date(self) -> None:
        """F9: the day is going to be typed."""
        if self.may_turn:
            self.writes_date, self.date_problem, self.focus = True, "", "date"
            self.changed()

    def leave_date(self) -> None:
        if self.writes_date:
            self.writes_date, self.date_problem, self.focus = False, "", "table"
            self.changed()

    def enter_date(self, text: str) -> None:
        """A Jalali date; of a day or of month and day alone the rest is the shown day's."""
        try:
            day = _day_of(text, self.shown_day)
        except ValueError:
            self.date_problem = _("This is not a day of the calendar; write it as 1405/09/03.")
        else:
            if day <= self.acts.today():
                self.focus = "table"
                self._go_to(day)
                return
            self.date_problem = _("That day is still to come.")
        self.focus = "date"
        self.changed()

    # --- filters -------------------------------------------------------------------------------------------------

    def choose_status(self, status: str) -> None:
        self._filter(msgspec.structs.replace(self.filters, status=status))

    def choose_service(self, code: str) -> None:
        self._filter(msgspec.structs.replace(self.filters, service=code))

    def choose_clerk(self, person: UUID | None) -> None:
        self._filter(msgspec.structs.replace(self.filters, clerk=person))

    def type_filter(self, text: str) -> None:
        self._filter(msgspec.structs.replace(self.filters, text=text))

    def clear_filters(self) -> None:
        self._filter(Filters(), focus="table")

    def _filter(self, filters: Filters, focus: str = "") -> None:
        """Whoever filters keeps the focus, also where it was going to the rows."""
        self.focus = focus
        if filters != self.filters:
            self.filters = filters
            self._read_anew()
        else:
            self.changed()

    # --- rows ----------------------------------------------------------------------------------------------------

    @property
    def marked_row(self) -> int:
        """Where the marked visit stands in what is shown; -1 where nothing is."""
        return next((n for n, row in enumerate(self.rows) if row.id == self.marked), -1)

    def mark(self, place: int) -> None:
        if 0 <= place < len(self.rows):
            self.marked = self.rows[place].id

    def open_marked(self) -> None:
        """Enter: the file of the marked visit."""
        if self.marked_row >= 0:
            self.shell.open_file(self.rows[self.marked_row].tracking_code)

    def escape(self) -> None:
        """One step back: from the date, from the filters, to the counter."""
        if self.writes_date:
            self.leave_date()
        elif self.filters != Filters():
            self.clear_filters()
        else:
            self.shell.open_counter()

    # --- reading -------------------------------------------------------------------------------------------------

    def _read_anew(self) -> None:
        self._is_new = True
        self.doors.later(self, "_wait_is_long", SKELETON_MS)
        self._read()
        self.changed()

    def _wait_is_long(self) -> None:
        if self._is_new and not self.is_slow:
            self.is_slow = True
            self.changed()

    def _read(self) -> None:
        """All that is shown, once more: down to the same row, so that nothing moves under the eye."""
        day, filters, new = self.wanted, self.filters, self._is_new
        through = self.rows[-1] if self.rows and self.has_more and not new else None
        whole = not new and not self.has_more
        self.doors.read(
            self, "_looked", lambda: self.acts.look(day, filters, through, whole), failed="_failed", latest=True
        )

    def _looked(self, seen: "tuple[Stand, Look]") -> None:
        self._stand, look = seen
        crossed = self.day is not None and self.day.day != look.day.day
        if crossed and not self._is_new:  # midnight has gone by while it was asked
            self._read_anew()
            return
        place, new = max(self.marked_row, 0), self._is_new
        self.day, self.rows, self.has_more = look.day, look.page.rows, look.page.has_more
        self.matching, self.held = look.matching, look.held
        self._is_new = self.is_slow = False
        self.banner, self.refused = None, ""
        if new or self.marked_row < 0:
            self.marked = None
            self.mark(0 if new else min(place, len(self.rows) - 1))
        self.changed()

    def more(self) -> None:
        """The end of what is there comes into sight."""
        if self.has_more and not self._is_new and not self._reads_older and self.day is not None:
            self._reads_older = True
            day, filters, last = self.day.day, self.filters, self.rows[-1]
            asked = (day, filters, last.id)
            self.doors.read(self, "_older_read", lambda: (asked, self.acts.older(day, filters, last)), failed="_failed")

    def _older_read(self, read: "tuple[tuple[datetime.date, Filters, UUID], Page]") -> None:
        self._reads_older = False
        asked, page = read
        if self._is_new or self.day is None or not self.rows:
            return
        if asked == (self.day.day, self.filters, self.rows[-1].id):
            self.rows, self.has_more = self.rows + page.rows, page.has_more
            self.changed()

    def _failed(self, error: Exception) -> None:
        self._is_new = self.is_slow = self._reads_older = False
        if isinstance(error, LogRefused):
            self.refused, self.rows, self.day = error.code, (), None
        else:
            self.banner = trouble_of(error, _("The log could not be read."))
        self.changed()

    def try_again(self) -> None:
        self.banner = None
        self._read_anew()

    def dismiss_banner(self) -> None:
        self.banner = None
        self.changed()

    # --- the day goes on -----------------------------------------------------------------------------------------

    def show(self) -> None:
        """The page is seen: what was written meanwhile is read, now and as long as it is seen."""
        self._is_seen = True
        self.look_again()

    def hide(self) -> None:
        self._is_seen = False

    def leave(self) -> None:
        """Somebody else comes: nothing more is read or shown."""
        self.hide()
        self.changed = lambda: None

    def look_again(self) -> None:
        """Reads what is new, if anything is: called by the clock, and at once where a visit was registered here."""
        if not self._is_seen:
            return
        if self._stand is not None:
            self.doors.read(self, "_stands", self.acts.stand, failed="_stand_unknown", latest=True)
        self.doors.later(self, "look_again", LOOK_AGAIN_MS)

    def _stands(self, stand: Stand) -> None:
        if stand == self._stand or self._is_new:
            return
        if self._stand is not None and stand.today != self._stand.today and self.is_today:
            self._read_anew()  # another day has begun
        else:
            self._read()

    def _stand_unknown(self, error: Exception) -> None:
        """The next look will say it."""


def _day_of(text: str, near: datetime.date) -> datetime.date:
    """Raises ValueError for what is no day."""
    parts = ascii_digits(fold(text)).replace("-", "/").split("/")
    year, month, _day = to_jalali(near)
    if len(parts) == 3:
        return parse_jalali(text)
    if not 1 <= len(parts) <= 2 or not all(part.strip().isdecimal() for part in parts):
        raise ValueError(text)
    if len(parts) == 2:
        month = int(parts[0])
    return from_day_number(year * 10_000 + month * 100 + int(parts[-1]))
