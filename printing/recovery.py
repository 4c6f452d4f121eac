"""The recovery sheet: the code that opens a desk's records without its computer, for the office's safe.

It carries no code for cameras: what a phone can read at a glance, a phone may also keep or send away.
"""

import msgspec

from models.calendar import business_day
from models.codes import make_recovery_code, parse_recovery_code
from models.text import ascii_digits
from printing.flow import Strip
from printing.fonts import Weight
from printing.form import GREY, Setting
from printing.letterhead import Head, heading
from printing.page import MM, Sheet, Style, one_at_a_time
from printing.shaping import cleaned, ltr
from resources.words import translator

PAPERS = {"a5": (148 * MM, 210 * MM), "a4": (210 * MM, 297 * MM)}
COLUMNS = 4
DENSITIES = (1.0, 0.9, 0.8, 0.7)
"""Tried in turn; the last holds the longest heading that there is."""


class RecoveryValues(msgspec.Struct, frozen=True, kw_only=True):
    """What the sheet says; `code` is the recovery code in any form in which it may be typed, `made_at` µs UTC."""

    language: str = "fa"
    office_name: str
    office_caption: str = ""
    emblem: str = ""
    desk: int
    desk_name: str = ""
    made_at: int
    code: str

    def __repr__(self) -> str:
        return f"RecoveryValues(desk={self.desk}, …)"  # the code must not slip into a log


def render_recovery_sheet(values: RecoveryValues, paper: str = "a5") -> bytes:
    """The sheet as a PDF; the same values give the same bytes. Each group of the code stands in Persian and in Latin
    digits, which no reader of either confuses. Raises ValueError for a paper that does not last or is not known, and
    `CodeError` for what is no recovery code."""
    if paper not in PAPERS:
        raise ValueError(f"A recovery sheet is made for {' and '.join(PAPERS)}, not for {paper!r}: a roll fades.")
    groups = make_recovery_code(parse_recovery_code(values.code)).split("-")
    words = translator(values.language)
    rtl = values.language == "fa"
    with one_at_a_time:
        sheet = Sheet(*PAPERS[paper], rtl=rtl, title="", author=cleaned(values.office_name))
        layouts = (
            _laid_out(Setting(words=words, sheet=sheet, density=density), values, groups) for density in DENSITIES
        )
        strips = next(layouts)
        for other in layouts:
            if sum(strip.height for strip in strips) <= sheet.height + 0.01:
                break
            strips = other
        top = 0.0
        for strip in strips:
            strip.draw(sheet, top)
            top += strip.height
        return sheet.finish()


def _laid_out(form: Setting, values: RecoveryValues, groups: list[str]) -> list[Strip]:
    strips = [heading(form, _head(form, values)), _title(form, values), _code(form, groups), *_told(form)]
    return [*strips, _hands(form, form.sheet.height - sum(strip.height for strip in strips))]


def _head(form: Setting, values: RecoveryValues) -> Head:
    words, _ = form.words, form.words.gettext
    when = _("{date}, {time}").format(
        date=ltr(words.numeric_date(business_day(values.made_at))), time=ltr(words.clock(values.made_at))
    )
    entries = ((_("Date:"), when, False), (_("Desk:"), words.digits(str(values.desk)), False))
    office, caption = cleaned(values.office_name), cleaned(values.office_caption)
    return Head(form.said(office), form.said(caption), values.emblem, entries)


def _title(form: Setting, values: RecoveryValues) -> Strip:
    words, _ = form.words, form.words.gettext
    style, small = form.style(17, Weight.BOLD), form.style(10.5, Weight.MEDIUM, GREY)
    number, name = words.digits(str(values.desk)), cleaned(values.desk_name)
    text = _("Recovery code of desk {n}").format(n=number)
    line = form.sheet.line(text, style)
    named = name and str(values.desk) not in ascii_digits(name)
    under = form.sheet.wrapped(form.said(name), small, form.width, most=2) if named else []

    def draw(sheet: Sheet, top: float) -> None:
        sheet.text(line, style, form.start, top + 26)
        sheet.paragraph(under, small, form.start, top + 34)

    return Strip(40 + len(under) * small.pitch, draw)


def _code(form: Setting, groups: list[str]) -> Strip:
    """Groups from left to right, as digits are read and typed, each under its number."""
    words = form.words
    note = form.style(9, grey=GREY)
    twice = words.digits(groups[0]) != groups[0]
    cell, pitch = (form.width - 16) / COLUMNS, form.gap(76 if twice else 54)
    big = _fitting(form, groups, 25, cell - 14)
    latin = form.style(14, Weight.MEDIUM)
    height = pitch * -(-len(groups) // COLUMNS) + 8

    def draw(sheet: Sheet, top: float) -> None:
        sheet.frame(form.start, top, form.width, height, radius=6, thick=1.7)
        for number, group in enumerate(groups):
            row, column = divmod(number, COLUMNS)
            if sheet.rtl:
                column = COLUMNS - 1 - column
            at, below = form.start + 8 + cell * (column + 0.5), top + 6 + pitch * row
            sheet.text(sheet.line(words.number(number + 1), note), note, at, below + form.gap(12), "middle")
            sheet.code(words.digits(group), big, at, below + form.gap(40), cell, middle=True)
            if twice:
                sheet.code(group, latin, at, below + form.gap(60), cell, middle=True)

    return Strip(height + 6, draw)


def _fitting(form: Setting, groups: list[str], size: float, width: float) -> Style:
    """One size for all groups, so that they stand in line."""
    style = form.style(size, Weight.BOLD)
    widest = max(form.sheet.line(form.words.digits(group), style).width + 5 * 0.035 * size for group in groups)
    return form.style(size * min(1.0, width / widest), Weight.BOLD)


def _told(form: Setting) -> list[Strip]:
    """What the code opens, where it belongs, what it must not meet."""
    _ = form.words.gettext
    strips = []
    for title, text in (
        (
            _("What it opens"),
            _(
                "With a backup file or the data folder of this desk, it opens the desk's records on any computer, "
                "when this computer is lost or no longer knows its key."
            ),
        ),
        (
            _("Where it belongs"),
            _("In the office's safe, away from the desk's computer and from its backups."),
        ),
        (
            _("What to mind"),
            _(
                "Whoever has this code and a backup can read everything. Do not photograph the sheet; write the code "
                "nowhere but in this program. Without the computer and without this code nobody can open the records, "
                "not even their maker."
            ),
        ),
    ):
        head, style = form.style(10.5, Weight.BOLD, pitch=16), form.style(10, pitch=15.5)
        strips.append(_paragraph(form, title, head, 7))
        strips.append(_paragraph(form, text, style, 0))
    return strips


def _paragraph(form: Setting, text: str, style: Style, before: float) -> Strip:
    lines = form.sheet.wrapped(text, style, form.width)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.paragraph(lines, style, form.start, top + before)

    return Strip(before + len(lines) * style.pitch, draw)


def _hands(form: Setting, room: float) -> Strip:
    """Places for the two who see it into the safe, at the foot of the room that is left."""
    _ = form.words.gettext
    style = form.style(9, grey=GREY)
    width = (form.width - 12) / 2
    height = 70 + 11 * MM

    def draw(sheet: Sheet, top: float) -> None:
        top += max(0.0, room - height)
        for number, text in enumerate((_("Handed over: name, signature"), _("Put into the safe: name, signature"))):
            start = form.start + number * (width + 12)
            sheet.frame(start, top + 4, width, 66, radius=5, thick=0.9, grey=0.5, dashed=True)
            sheet.text(sheet.line(text, style), style, start + 8, top + 17)

    return Strip(max(room, height), draw)
