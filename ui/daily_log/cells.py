"""What stands in the register's columns."""

import datetime
from typing import TYPE_CHECKING

from models.calendar import to_jalali
from models.codes import grouped
from models.records import OPEN_STATES
from resources import words
from resources.words import _
from ui import theme
from ui.theme import island
from ui.widgets.chip import chip_of, late_chip
from ui.widgets.table import Cell, Column

if TYPE_CHECKING:
    from app.desk.daily_log import Row
    from ui.daily_log.presenter import DailyLog

NEAR_DAYS = 6
"""So many days around today a day is told by its weekday as well."""


def columns() -> tuple[Column, ...]:
    """Where it is narrow the row's number goes first, and the clerk next."""
    return (
        Column(_("Row"), 50, leaves=1),
        Column(_("Time"), 60),
        Column(_("Tracking code"), 126),
        Column(_("Client"), 128, share=3),
        Column(_("Service"), 190, share=5),
        Column(_("State"), 134, share=1),
        Column(_("Deadline"), 112, share=1),
        Column(_("Clerk"), 96, share=2, leaves=2),
    )


class Cells:
    """Makes the cells of a row, as of the day it is."""

    def __init__(self, log: "DailyLog") -> None:
        self._log = log

    def __call__(self, row: "Row") -> tuple[Cell, ...]:
        today = self._log.acts.today()
        late = is_late(row, today)
        chip = late_chip() if late else chip_of(row.state)
        quiet = "text3" if row.state in ("voided", "withdrawn") else "text"
        return (
            Cell(words.number(row.row), "text3"),
            Cell(words.clock(row.at), "text2"),
            Cell(island(words.digits(grouped(row.tracking_code))), "text2", weight=theme.MEDIUM),
            Cell(row.client_name, quiet, 15, theme.BOLD),
            Cell(row.service, "text2"),
            Cell(chip.text, chip=chip),
            Cell(deadline(row, today), "danger" if late else "text2" if row.state in OPEN_STATES else "text3"),
            Cell(row.clerk, "text2"),
        )


def is_late(row: "Row", today: datetime.date) -> bool:
    return row.state in OPEN_STATES and row.due_on is not None and row.due_on < today


def deadline(row: "Row", today: datetime.date) -> str:
    """The day an answer is promised for: its weekday too while it is owed and near, no word once none is owed."""
    due = row.due_on
    if due is None or row.state in ("done", "guided", "voided", "withdrawn", "delivered"):
        return ""
    away = (due - today).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if row.state in OPEN_STATES and away in near:
        return near[away]
    if row.state in OPEN_STATES and abs(away) <= NEAR_DAYS:
        return words.short_date(due)
    year, month, day = to_jalali(due)
    said = f"{words.digits(str(day))} {words.month(month)}"
    return said if year == to_jalali(today)[0] else f"{said} {words.digits(str(year))}"
