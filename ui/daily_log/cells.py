"""What stands in the register's columns."""

import datetime
import math
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetricsF

from models.calendar import to_jalali
from models.codes import grouped
from models.records import OPEN_STATES
from resources import words
from resources.names import STATES
from resources.words import _
from ui import theme
from ui.theme import island
from ui.widgets.chip import Look, chip_held, chip_of, chip_width, late_chip
from ui.widgets.table import PADDING, Cell, Column

if TYPE_CHECKING:
    from app.desk.daily_log import Row
    from ui.daily_log.presenter import DailyLog

NEAR_DAYS = 6
"""So many days around today a day is told by its weekday as well."""


def columns() -> tuple[Column, ...]:
    """Numbers have room for the widest digits. Where it is narrow the row's number goes first, and the clerk next."""
    looks = (*map(_chip, STATES), late_chip())
    chips = max(chip_width(look) for each in looks for look in (each, chip_held(each)))
    code = island(words.digits("4343 1234 4343"))  # in Persian the widest digits, elsewhere all are alike
    return (
        Column(_("Row"), _fits(_("Row"), words.number(344)), leaves=1),
        Column(_("Time"), _fits(_("Time"), words.digits("14:34"))),
        Column(_("Tracking code"), _fits(code, weight=theme.MEDIUM)),
        Column(_("Client"), 122, share=3),
        Column(_("Service"), 176, share=7),
        Column(_("State"), math.ceil(chips / theme.scale()) + 2 * PADDING),
        Column(_("Deadline"), 104, share=2),
        Column(_("Clerk"), 96, share=2, leaves=2),
    )


def _fits(*texts: str, weight: int = theme.REGULAR) -> int:
    """The column's width at text scale 1 in which each of these can be read."""
    metrics = QFontMetricsF(theme.font(14, weight))
    return math.ceil(max(map(metrics.horizontalAdvance, texts)) / theme.scale()) + 2 * PADDING + 1


def _chip(state: str) -> Look:
    look = chip_of(state)
    return look._replace(text=_("Withdrawn")) if state == "withdrawn" else look


class Cells:
    """Makes the cells of a row, as of the day it is."""

    def __init__(self, log: "DailyLog") -> None:
        self._log = log

    def __call__(self, row: "Row") -> tuple[Cell, ...]:
        today = self._log.acts.today()
        late = is_late(row, today)
        chip, said = late_chip() if late else _chip(row.state), ""
        if row.tracking_code in self._log.held:
            chip = chip_held(chip)
            said = _("{state}, the centre asks for a look").format(state=chip.text)
        quiet = "text3" if row.state in ("voided", "withdrawn") else "text"
        return (
            Cell(words.number(row.row), "text3"),
            Cell(words.clock(row.at), "text2"),
            Cell(island(words.digits(grouped(row.tracking_code))), "text2", weight=theme.MEDIUM),
            Cell(row.client_name, quiet, 15, theme.BOLD),
            Cell(row.service, "text2"),
            Cell(said or chip.text, chip=chip),
            _deadline(row, today),
            Cell(row.clerk, "text2"),
        )


def is_late(row: "Row", today: datetime.date) -> bool:
    return row.state in OPEN_STATES and row.due_on is not None and row.due_on < today


def _deadline(row: "Row", today: datetime.date) -> Cell:
    said = deadline(row, today)
    owed = row.state in OPEN_STATES
    ink = "danger" if is_late(row, today) else "text2" if owed else "text3"
    return Cell(said, ink, short=_date(row.due_on, today) if said and row.due_on else "")


def deadline(row: "Row", today: datetime.date) -> str:
    """The day an answer is promised for: its weekday too while it is owed and near, no word once none is owed."""
    due = row.due_on
    if due is None or row.state in ("done", "guided", "voided", "withdrawn", "delivered"):
        return ""
    away = (due - today).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if row.state in OPEN_STATES and away in near:
        return near[away]
    return words.short_date(due) if row.state in OPEN_STATES and abs(away) <= NEAR_DAYS else _date(due, today)


def _date(day: datetime.date, today: datetime.date) -> str:
    year, month, day_of_month = to_jalali(day)
    said = f"{words.digits(str(day_of_month))} {words.month(month)}"
    return said if year == to_jalali(today)[0] else f"{said} {words.digits(str(year))}"
