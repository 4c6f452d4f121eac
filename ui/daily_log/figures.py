"""The day in figures: the row of numbers with the hours beside it, and the bars at the side."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources import words
from resources.words import _
from ui.daily_log.presenter import DailyLog
from ui.theme import px
from ui.widgets.bars import Bar, Bars, Hour, HourBars
from ui.widgets.card import Card
from ui.widgets.stat import Stat, Stats

if TYPE_CHECKING:
    from app.desk.log_day import LogDay, Share

MOST_BARS = 5
FIRST_HOUR, LAST_HOUR = 7, 14
"""An office's usual day; other hours are there when somebody came in them."""


class Figures(Card):
    def __init__(self) -> None:
        super().__init__(margins=(22, 8))
        self.stats = Stats()
        self.hours = HourBars(_("Visits an hour"))
        row = QHBoxLayout()
        row.setSpacing(px(24))
        row.addWidget(self.stats, 1)
        row.addWidget(self.hours)
        self.column.addLayout(row)
        self.setFixedHeight(px(78))

    def show_day(self, log: DailyLog) -> None:
        if log.day is None:
            return
        totals = log.day.totals
        numbers = (
            Stat(words.number(totals.registered), _("visits")),
            Stat(words.number(totals.done), _("done here")),
            Stat(words.number(totals.follow_up), _("being followed up")),
            Stat(words.number(totals.guided), _("guided on")),
            Stat(words.number(totals.late), _("late"), "danger" if totals.late else "text"),
            Stat(words.number(totals.receipts), _("receipts")),
        )
        self.stats.show_stats(numbers)
        self.hours.show_hours(_hours(log.day, log.acts.this_hour()))


def _hours(day: "LogDay", this_hour: int) -> tuple[Hour, ...]:
    known = day.hours
    now = this_hour if day.day == day.today else -1
    first, last = min(FIRST_HOUR, *known, FIRST_HOUR), max(LAST_HOUR, *known, LAST_HOUR)
    return tuple(Hour(words.number(n), known.get(n, 0), n == now) for n in range(first, last + 1))


class SideBars(QWidget):
    """Services and clerks with their visits, and what needs a look."""

    def __init__(self) -> None:
        super().__init__()
        self.services, self.clerks = Bars(_("By service")), Bars(_("By clerk"))
        self.care = Bars(_("Needs a look"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        for part in (self.services, self.clerks, self.care):
            column.addWidget(part)

    def has_any(self) -> bool:
        return bool(self.services.bars())

    def show_day(self, log: DailyLog) -> None:
        if log.day is None:
            return
        self.services.show_bars(_bars(log.day.services))
        self.clerks.show_bars(_bars(log.day.clerks))
        self.care.show_bars(_care(log.day))
        for part in (self.services, self.clerks, self.care):
            part.setVisible(bool(part.bars()))


def _bars(shares: "tuple[Share, ...]") -> list[Bar]:
    """The most, and the others as one."""
    shown = shares if len(shares) <= MOST_BARS else shares[: MOST_BARS - 1]
    others = sum(share.visits for share in shares[len(shown) :])
    bars = [Bar(share.name or _("nobody known"), share.visits, words.number(share.visits)) for share in shown]
    return [*bars, Bar(_("others"), others, words.number(others), "accentLine")] if others else bars


def _care(day: "LogDay") -> list[Bar]:
    wanted = (
        (_("Papers incomplete"), day.lacking, "warnSolid"),
        (_("receipt not out"), day.unprinted, "warnSolid"),
        (_("late"), day.totals.late, "dangerSolid"),
    )
    return [Bar(word, count, words.number(count), tone) for word, count, tone in wanted if count]
