"""The printer's test page: whether the whole sheet is printed, to scale, legibly and readably for scanners."""

import msgspec

from models.calendar import business_day
from printing import narrow
from printing.codes import BAR_DOTS, bars, qr
from printing.flow import Strip
from printing.fonts import Weight
from printing.form import GREY, Setting
from printing.page import ASCENT, DOT, MM, Sheet, Style, one_at_a_time
from printing.shaping import cleaned, ltr
from resources.words import translator

PAPERS = {"a5": (148 * MM, 210 * MM), "a4": (297 * MM, 210 * MM), "roll80": (narrow.WIDTH, 210 * MM)}
"""As receipts lie on them."""
BAR_TEXT, QR_TEXT = "0123456789", "MIZ TEST PAGE"
BORDER, CORNER = 8 * MM, 8 * MM
"""From the edge to the marks, and the length of their arms."""
SIZES = (8.0, 11.0, 22.0)


class TrialValues(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says: the printer's name as the clerk knows it, and when it was sent (µs UTC)."""

    language: str = "fa"
    office_name: str
    desk: int
    printer: str
    at: int


def render_test_page(values: TrialValues, paper: str = "a5") -> bytes:
    """The page as a PDF; the same values give the same bytes. Raises ValueError for an unknown paper."""
    if paper not in PAPERS:
        raise ValueError(f"There is no test page for paper {paper!r}; there are {', '.join(PAPERS)}.")
    roll, rtl = paper == "roll80", values.language == "fa"
    with one_at_a_time:
        sheet = Sheet(*PAPERS[paper], rtl=rtl, title="", author=cleaned(values.office_name), black=roll)
        margin = narrow.MARGIN if roll else BORDER + 5 * MM
        form = Setting(words=translator(values.language), sheet=sheet, margin=margin)
        strips = [*_said(form, values, paper), *_sizes(form), _ruler(form), _codes(form)]
        height = sum(strip.height for strip in strips)
        if roll:
            sheet.cut_to(height + 3 * margin)
            _edges(sheet)
        else:
            _corners(sheet)
        top = margin * (2 if roll else 1)
        for strip in strips:
            strip.draw(sheet, top)
            top += strip.height
        return sheet.finish()


def _lines(form: Setting, text: str, style: Style, after: float = 0.0) -> Strip:
    lines = form.sheet.wrapped(text, style, form.width, most=3)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.paragraph(lines, style, form.start, top)

    return Strip(len(lines) * style.pitch + after, draw)


def _said(form: Setting, values: TrialValues, paper: str) -> list[Strip]:
    words, _ = form.words, form.words.gettext
    sheet = _("{name} paper, {width} × {height} mm")
    names = {
        "a5": sheet.format(name=ltr("A5"), width=words.number(148), height=words.number(210)),
        "a4": sheet.format(name=ltr("A4"), width=words.number(297), height=words.number(210)),
        "roll80": _("80 mm roll, printed on {width} mm").format(width=words.number(72)),
    }
    small = form.style(10.5, grey=GREY)
    when = _("{date}, {time}").format(
        date=ltr(words.numeric_date(business_day(values.at))), time=ltr(words.clock(values.at))
    )
    desk = _("{office}, desk {n}").format(
        office=form.said(cleaned(values.office_name)), n=words.digits(str(values.desk))
    )
    return [
        _lines(form, _("Printer test page"), form.style(17, Weight.BOLD)),
        _lines(form, names[paper], form.style(12, Weight.MEDIUM)),
        _lines(form, form.said(cleaned(values.printer)), small),
        _lines(form, desk, small),
        _lines(form, when, small, 8),
    ]


def _sizes(form: Setting) -> list[Strip]:
    words, _ = form.words, form.words.gettext
    text = _("The quick reader sees every dot: {digits}").format(digits=ltr(words.digits("0123456789")))
    return [_lines(form, text, form.style(size), 2) for size in SIZES]


def _ruler(form: Setting) -> Strip:
    """A line of known length, and what it says of the printer."""
    words, _ = form.words, form.words.gettext
    length = 50 if form.narrow else 100
    style = form.style(10)
    text = _("This line is {n} mm long; if it is not, set the printer to 100 %.").format(n=words.number(length))
    lines = form.sheet.wrapped(text, style, form.width)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.rule(top + 14, form.start, form.start + length * MM, thick=0.8, grey=0)
        for mark in range(0, length + 1, 10):
            at = form.start + mark * MM
            sheet.block(at - 0.4, top + (8 if mark % 50 == 0 else 11), 0.8, 14 - (8 if mark % 50 == 0 else 11), 0)
        sheet.paragraph(lines, style, form.start, top + 20)

    return Strip(26 + len(lines) * style.pitch, draw)


def _codes(form: Setting) -> Strip:
    """Both kinds of code as receipts carry them, to be tried with the counter's scanner."""
    _ = form.words.gettext
    style = form.style(10)
    columns, dots, modules = qr(QR_TEXT)
    bar_columns, bar_cells = bars(BAR_TEXT)
    side, bar_width, bar_height = columns * dots * DOT, bar_columns * BAR_DOTS * DOT, 12 * MM
    quiet = 4 * dots * DOT
    lines = form.sheet.wrapped(_("The scanner reads both codes:"), style, form.width)
    codes_top = len(lines) * style.pitch + 10
    bar_start, bar_top = (
        (form.start, codes_top + side + quiet) if form.narrow else (form.start + side + quiet, codes_top)
    )

    def draw(sheet: Sheet, top: float) -> None:
        sheet.paragraph(lines, style, form.start, top)
        sheet.cells(modules, form.start, top + codes_top, columns=columns, dots=dots)
        sheet.cells(
            bar_cells,
            bar_start,
            top + bar_top,
            columns=bar_columns,
            dots=BAR_DOTS,
            row_dots=round(bar_height / DOT),
        )
        sheet.text(
            sheet.line(ltr(BAR_TEXT), style),
            style,
            bar_start + bar_width / 2,
            top + bar_top + bar_height + 3 + style.size * ASCENT,
            "middle",
        )

    return Strip(codes_top + (side + quiet + bar_height + 22 if form.narrow else side), draw)


def _edges(sheet: Sheet) -> None:
    """A line from the first dot to the last, and its two ends."""
    sheet.block(0, 8 * DOT, sheet.width, 4 * DOT, 0)
    for start in (0.0, sheet.width - 4 * DOT):
        sheet.block(start, 8 * DOT, 4 * DOT, CORNER, 0)


def _corners(sheet: Sheet) -> None:
    """Angles at the four corners: all are there, and as far from the edge, when the sheet is printed whole."""
    thick = 0.8
    for start, arm in ((BORDER, 0.0), (sheet.width - BORDER, -CORNER)):
        for top, leg in ((BORDER, 0.0), (sheet.height - BORDER, -CORNER)):
            sheet.block(start + arm, top - thick / 2, CORNER, thick, 0)
            sheet.block(start - thick / 2, top + leg, thick, CORNER, 0)
