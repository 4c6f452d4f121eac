"""Rows, figures and courses of things."""

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from resources import words
from resources.words import _
from ui.kit.exhibit import columns, stacked, titled
from ui.theme import island, px
from ui.widgets.bars import Bar, Bars, Hour, HourBars
from ui.widgets.chip import chip_of
from ui.widgets.code import Code
from ui.widgets.result_list import ResultList, Row
from ui.widgets.stat import Stat, Stats
from ui.widgets.table import Cell, Column, Table
from ui.widgets.timeline import Timeline


class Happening(NamedTuple):
    icon: str
    head: str
    by: str
    when: str
    text: str = ""
    basis: str = ""
    tone: str = "plain"
    awaited: bool = False

    @property
    def spoken(self) -> str:
        return f"{self.head}, {self.when}"


def tables() -> QWidget:
    return columns(
        (
            10,
            stacked(
                titled(_("A table"), _figures(), _table()),
                titled(_("What was found"), _results()),
            ),
        ),
        (8, stacked(titled(_("Course of the file"), _code(), _timeline()), titled(_("Calm bars"), _bars(), _hours()))),
    )


def _table() -> QWidget:
    rows = tuple(
        (str(64 - place), f"9:{42 - 3 * place}", code, state)
        for place, (code, state) in enumerate(
            (
                ("0017 4826 9032", "open"),
                ("0017 1190 4471", "done"),
                ("0016 7710 2285", "lacking"),
                ("0018 8845 1190", "voided"),
            )
        )
    )
    table = Table(
        _("A table"),
        (
            Column(_("Row"), 60),
            Column(_("Time"), 70),
            Column(_("Tracking code"), 160, 1),
            Column(_("State"), 184),
            Column(_("Clerk"), 110, 1, leaves=1),
        ),
        lambda row: (
            Cell(words.digits(row[0]), "text3"),
            Cell(words.digits(row[1]), "text2"),
            Cell(island(words.digits(row[2]))),
            Cell("", chip=chip_of(row[3])),
            Cell(_("Desk clerk"), "text2"),
        ),
    )
    table.show_rows(rows, 0, lambda row: row)
    table.setFixedHeight(px(36) + px(44) * len(rows) + 2)
    return table


def _figures() -> QWidget:
    stats = Stats()
    stats.show_stats(
        (
            Stat(words.digits("64"), _("visits")),
            Stat(words.digits("41"), _("done here")),
            Stat(words.digits("3"), _("Papers incomplete"), "warn"),
            Stat(words.digits("1"), _("late"), "danger"),
        )
    )
    return stats


def _results() -> QWidget:
    found = ResultList(_("What was found"))
    number, mobile = island(words.digits("282*******")), island(words.digits("0914 123 4567"))
    found.show_rows(
        (
            Row((_("Given name"), _("Father's name"), number, mobile), _("today")),
            Row((_("Family name"), _("Father's name"), number, mobile), _("today")),
            Row((_("Register a new person"),), icon="user-plus"),
        ),
        0,
    )
    return found


def _code() -> QWidget:
    code = Code()
    code.show_code("001748269032")
    return code


def _timeline() -> QWidget:
    timeline = Timeline(_("Course of the file"))
    clerk, day = _("Desk clerk"), _("yesterday")
    timeline.show_nodes(
        (
            Happening("package-check", _("Answer awaited"), _("Unit officer"), "", tone="accent", awaited=True),
            Happening("forward", _("Referred"), clerk, day, _("Check this with the client and confirm it.")),
            Happening("triangle-alert", _("Papers lacking"), clerk, day, tone="warn"),
            Happening("inbox", _("Request registered"), clerk, day, tone="solid"),
        )
    )
    return timeline


def _bars() -> QWidget:
    bars = Bars(_("Needs a look"))
    counts = ((_("registered"), 21, "accent"), (_("receipt not out"), 9, "warnSolid"), (_("late"), 4, "dangerSolid"))
    bars.show_bars([Bar(word, count, words.digits(str(count)), tone) for word, count, tone in counts])
    return bars


def _hours() -> QWidget:
    hours = HourBars(_("Visits an hour"))
    hours.show_hours(
        [
            Hour(words.digits(str(hour)), count, now=hour == 9)
            for hour, count in ((7, 4), (8, 18), (9, 12), (10, 0), (11, 0))
        ]
    )
    return hours
