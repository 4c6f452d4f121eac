"""The heading of an office's paper after ISIRI 379: emblem, name and caption at the start; date, number and enclosures
at the end; the opening words above."""

import math
from collections.abc import Callable
from typing import NamedTuple

from models.calendar import business_day
from models.codes import grouped
from printing.emblem import STAR, dots_of
from printing.flow import Strip
from printing.fonts import Weight
from printing.form import GREY, PENDING, Form, Setting
from printing.page import ASCENT, MM, Sheet
from printing.shaping import island, ltr

EMBLEM, WIDEST = 17 * MM, 28 * MM
"""How high an emblem may be, and how wide."""
TOP = 12.0
"""White paper above the opening words, which few printers could use anyway."""


class Head(NamedTuple):
    """What a heading says: texts as islands, and entries of label, text and whether a missing text is awaited."""

    office_name: str
    office_caption: str
    emblem: str
    entries: tuple[tuple[str, str, bool], ...]


def heading(form: Setting, head: Head) -> Strip:
    """The heading of the first page."""
    sheet, _ = form.sheet, form.words.gettext
    opening = form.style(8.5)
    name_style, caption_style = form.style(14, Weight.BOLD), form.style(10.5, grey=GREY)
    sign = emblem(head.emblem, EMBLEM, WIDEST)
    name_start = form.start + (sign.width + 8 if sign else 0)
    room = form.end - REGISTER - 10 - name_start
    name = sheet.wrapped(head.office_name, name_style, room)
    if len(name) > 2:
        name_style = form.style(10.5, Weight.BOLD)
        name = sheet.wrapped(head.office_name, name_style, room, most=6)
    caption = sheet.wrapped(head.office_caption, caption_style, room, most=5)
    text_height = len(name) * name_style.pitch + len(caption) * caption_style.pitch
    label_style, value_style = form.style(9, grey=GREY), form.style(9.5, Weight.MEDIUM)
    label_width = form.labels((label for label, *_others in head.entries), label_style, 36)
    inner = max(EMBLEM, text_height, len(head.entries) * REGISTER_PITCH)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.text(sheet.line(_("In His Name"), opening), opening, sheet.width / 2, top + TOP + 8, "middle")
        top += TOP + 13
        if sign:
            sign.draw(sheet, form.start, top + (inner - sign.height) / 2)
        under = sheet.paragraph(name, name_style, name_start, top + (inner - text_height) / 2 - 1)
        sheet.paragraph(caption, caption_style, name_start, under)
        baseline = top + (inner - len(head.entries) * REGISTER_PITCH) / 2 + 11
        for label, value, pending in head.entries:
            at = form.end - REGISTER
            sheet.text(sheet.line(label, label_style), label_style, at, baseline)
            if pending:
                sheet.block(at + label_width, baseline - 8, REGISTER - label_width, 9, PENDING, 2)
            else:
                sheet.text(sheet.line(value, value_style), value_style, at + label_width, baseline)
            sheet.rule(baseline + 4.5, at + label_width - 2, form.end, grey=0.5, dots=True)
            baseline += REGISTER_PITCH
        sheet.rule(top + inner + 7, form.start, form.end, thick=1.2, grey=0.08)

    return Strip(TOP + 13 + inner + 8, draw)


def continued(form: Form, title: str, page: str) -> Strip:
    """The heading of a further page: whose paper it is, which request, which page."""
    values, sheet, _ = form.values, form.sheet, form.words.gettext
    small, strong = form.style(9, grey=GREY), form.style(10.5, Weight.BOLD)
    office = sheet.wrapped(form.said(values.office_name), small, form.width - 110, most=1)
    what = sheet.line(_("{title}, continued").format(title=title), strong)
    code = sheet.line(ltr(form.words.digits(grouped(values.tracking_code))), strong)
    number = sheet.line(page, small)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.paragraph(office, small, form.start, top + TOP + 14 - small.size * ASCENT)
        sheet.text(number, small, form.end, top + TOP + 14, "end")
        sheet.text(what, strong, form.start, top + TOP + 32)
        sheet.text(code, strong, form.end, top + TOP + 32, "end")
        sheet.rule(top + TOP + 40, form.start, form.end, thick=1.2, grey=0.08)

    return Strip(TOP + 50, draw)


REGISTER, REGISTER_PITCH = 124.0, 16.5
"""Width of the date, number and enclosures, and their distance."""


def receipt_head(form: Form) -> Head:
    """A receipt's heading; «number» is the tracking code."""
    values = form.values
    return Head(
        form.said(values.office_name),
        form.said(values.office_caption),
        values.emblem,
        tuple((label, text, form.draft and not text) for label, text in _register(form)),
    )


def _register(form: Form) -> list[tuple[str, str]]:
    values, words, _ = form.values, form.words, form.words.gettext
    when = (
        _("{date}, {time}").format(
            date=ltr(words.numeric_date(business_day(values.registered_at))),
            time=ltr(words.clock(values.registered_at)),
        )
        if values.registered_at
        else ""
    )
    count = len(values.received)
    sheets = words.ngettext("{n} sheet", "{n} sheets", count).format(n=words.number(count)) if count else _("none")
    return [
        (_("Date:"), when),
        (_("Number:"), ltr(words.digits(grouped(values.tracking_code))) if values.tracking_code else ""),
        (_("Enclosed:"), island(sheets)),
    ]


class Sign(NamedTuple):
    """An emblem as large as it is drawn, and how to draw it at a start and a top."""

    width: float
    height: float
    draw: Callable[[Sheet, float, float], None]


def emblem(text: str, height: float, widest: float) -> Sign | None:
    """The office's emblem, at most so high and wide, or None where it has none that can be drawn."""
    if text == STAR:
        return Sign(height, height, lambda sheet, start, top: _star(sheet, start, top, height))
    dots = dots_of(text)
    if dots is None:
        return None
    size = dots.fitted(widest, height)
    return Sign(*size, lambda sheet, start, top: sheet.drawing(dots, start, top, *size))


def _star(sheet: Sheet, start: float, top: float, size: float) -> None:
    """An eight-pointed star as tile-makers lay it, for an office that has no drawing of its emblem."""
    middle = size / 2
    for radius, grey in ((0.5, 0.08), (0.36, 1.0), (0.32, 0.08), (0.19, 1.0)):
        points = []
        for corner in range(16):
            # the corners of two squares, and the points where their sides cross
            reach = radius * size * (1.0 if corner % 2 == 0 else 1 / (math.sqrt(2) * math.cos(math.pi / 8)))
            angle = corner * math.pi / 8
            points.append((start + middle + reach * math.sin(angle), top + middle - reach * math.cos(angle)))
        sheet.polygon(points, grey)
