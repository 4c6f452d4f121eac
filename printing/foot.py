"""The foot of a receipt: how to follow it up, where to complain, the place of the stamp, who took it in."""

from collections.abc import Iterator
from dataclasses import replace

from models.text import ascii_digits
from printing.details import rule
from printing.flow import Strip
from printing.fonts import Weight
from printing.form import GREY, Form
from printing.page import Sheet, Style
from printing.shaping import Line, contact, ltr

BOTTOM = 14.0
STAMP_WIDTH, STAMP_HEIGHT = 105.0, 79.0
VALUE = 55.0
"""From the start edge to what is told, unless a label is wider."""
NARROW_VALUE = 40.0

Row = tuple[Line | None, Line, Style, float]
"""A label if any, a line, its style and where it begins."""


def foot(form: Form) -> tuple[list[Strip], Strip]:
    """Strips that belong before the foot, and the foot: follow-up, complaint and law beside the place of the stamp.

    What an office has to say normally stands beside the stamp; where it is longer than a third of the page it goes
    before the foot over the whole width, so that it may flow.
    """
    sheet, _ = form.sheet, form.words.gettext
    if form.note:
        return [rule(form), *follow_up(form)], Strip(0.0, lambda _sheet, _top: None)
    beside = list(_follow_up(form, form.width - STAMP_WIDTH - 12))
    height = sum(style.pitch for _label, _line, style, _at in beside)
    before: list[Strip] = []
    if height > sheet.height / 3:
        before = [rule(form), *follow_up(form)]
        beside, height = [], 0.0
    stamp_height = max(form.gap(STAMP_HEIGHT), 62.0, height)
    caption_style = form.style(9, grey=0.5)
    caption = sheet.line(_("Client's signature") if form.for_file else _("Stamp and signature"), caption_style)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.rule(top, form.start, form.end)
        top += form.gap(6)
        left = form.end - STAMP_WIDTH
        sheet.frame(left, top, STAMP_WIDTH, stamp_height, radius=5, thick=0.9, grey=0.5, dashed=True)
        sheet.text(caption, caption_style, left + STAMP_WIDTH / 2, top + stamp_height - 9, "middle")
        for row in beside:
            _row_strip(form, row).draw(sheet, top)
            top += row[2].pitch

    return before, Strip(form.gap(6) + stamp_height + form.gap(6), draw)


def follow_up(form: Form) -> list[Strip]:
    """How to follow the request up and where to complain, over the whole width."""
    return [_row_strip(form, row) for row in _follow_up(form, form.width)]


def clerk_text(form: Form) -> str:
    """Who took the request in and at which desk."""
    values, words, _ = form.values, form.words, form.words.gettext
    number = words.digits(str(values.desk))
    desk = _("desk {n}").format(n=number)
    if str(values.desk) in ascii_digits(values.desk_name):
        desk = form.said(values.desk_name)
    elif values.desk_name:
        desk = _("{desk_name}, desk {n}").format(desk_name=form.said(values.desk_name), n=number)
    return _("Registered by: {clerk}, {desk}").format(clerk=form.said(values.clerk), desk=desk)


def edge(form: Form, page: str) -> Strip:
    """The last line of every page: who took the request in and at which desk; whose copy this is and which page."""
    sheet, _ = form.sheet, form.words.gettext
    style = form.style(8.5, grey=GREY)
    whose = (
        _("File copy")
        if form.for_file
        else _("Duplicate")
        if form.values.copy and not form.slip
        else _("Client's copy")
    )
    right = sheet.line(_("{copy}, {page}").format(copy=whose, page=page) if page else whose, style)
    clerk = clerk_text(form)
    clerk_lines = sheet.wrapped(clerk, style, form.width - right.width - 14, most=4)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.rule(top, form.start, form.end)
        sheet.text(right, style, form.end, top + 3 + style.size, "end")
        sheet.paragraph(clerk_lines, style, form.start, top + 3)

    return Strip(3 + len(clerk_lines) * style.pitch + BOTTOM, draw)


def _follow_up(form: Form, width: float) -> Iterator[Row]:
    larger = 1.0 if form.narrow else 0.0
    size = 9 + larger
    style, label_style = form.style(size, pitch=15.2 + larger), form.style(size, Weight.BOLD, pitch=15.2 + larger)
    wrapped_style = form.style(size, pitch=12.6 + larger)
    told = list(_told(form))
    at = form.labels((label for label, _text in told), label_style, NARROW_VALUE if form.narrow else VALUE)
    for label, text in told:
        lines = form.sheet.wrapped(text, style, width - at)
        for number, line in enumerate(lines):
            last = number == len(lines) - 1
            heading = form.sheet.line(label, label_style) if number == 0 else None
            yield heading, line, style if last else wrapped_style, at
    small = form.style(8 + larger, grey=GREY, pitch=11.8 + larger)
    if form.values.legal_note and form.values.kind == "follow_up" and not form.slip:
        note = form.words.gettext(
            "By note 4 to article 16 of the Administrative Justice Court law, a final written answer is given to you "
            "within three months of registration at most."
        )
        yield from ((None, line, small, 0.0) for line in form.sheet.wrapped(note, small, width))


def _told(form: Form) -> Iterator[tuple[str, str]]:
    values, _ = form.values, form.words.gettext
    phone, hours = contact(form.said(values.phone)), form.said(values.hours)
    if phone and hours:
        yield _("Follow-up"), _("phone {phone}, {hours}").format(phone=phone, hours=hours)
    elif phone or hours:
        yield _("Follow-up"), _("phone {phone}").format(phone=phone) if phone else hours
    if values.address:
        yield _("Address"), form.said(values.address)
    if values.web and values.kind != "guided":
        site = ltr(values.web.removeprefix("https://").removeprefix("http://").rstrip("/"))
        with_what = (
            _("{site} with the tracking code and the follow-up passcode")
            if values.passcode
            else _("{site} with the tracking code and the last 4 digits of the national number or mobile")
        )
        yield _("Internet"), with_what.format(site=site)
    if values.complaint:
        yield _("Complaints"), contact(form.said(values.complaint))


def _row_strip(form: Form, row: Row) -> Strip:
    label, line, style, at = row

    def draw(sheet: Sheet, top: float) -> None:
        baseline = top + style.size * 1.05
        if label:
            sheet.text(label, replace(style, weight=Weight.BOLD), form.start, baseline)
        sheet.text(line, style, form.start + at, baseline)

    return Strip(style.pitch, draw)
