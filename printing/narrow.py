"""The parts of a paper as a roll of 72 mm wants them: centred, below each other, black on white."""

from models.calendar import business_day
from models.codes import grouped
from printing.answer import answer_texts, duplicate_text, hint_text, title_text
from printing.codes import BAR_DOTS, QR_QUIET, QR_USUAL, bars, qr
from printing.flow import Strip
from printing.fonts import Weight
from printing.form import PENDING, Form, Setting
from printing.letterhead import Head, emblem
from printing.page import ASCENT, DOT, MM, Sheet, Style
from printing.shaping import Line, ltr

MARGIN = 16 * DOT
WIDTH = 576 * DOT - 0.01
"""What an 80 mm printer puts ink on; a hair less than its dots, so that no picture of it has one more."""
EMBLEM, WIDEST = 13 * MM, 40 * MM
BAR_HEIGHT = 12 * MM
OVERHANG = 0.2
"""Of its size, what a line's outer letters may reach beyond their widths, both sides together."""
LEAST_BIG = 18.0
"""The smallest type of what must be read at arm's length."""


def middle(form: Setting) -> float:
    return form.sheet.width / 2


def centred(form: Setting, text: str, style: Style, before: float = 0.0, after: float = 0.0) -> Strip:
    """A text in the middle, in as many lines as it needs."""
    lines = balanced(form, text, style, form.width - OVERHANG * style.size)

    def draw(sheet: Sheet, top: float) -> None:
        _set(sheet, lines, style, middle(form), top + before)

    return Strip(before + len(lines) * style.pitch + after, draw)


def balanced(form: Setting, text: str, style: Style, width: float) -> list[Line]:
    """The text in as few lines as the width allows, none of them much shorter than the others."""
    fewest = len(form.sheet.wrapped(text, style, width))
    tried = (form.sheet.wrapped(text, style, width * share) for share in (0.55, 0.65, 0.75, 0.85, 1.0))
    return next(lines for lines in tried if len(lines) == fewest)


def _set(sheet: Sheet, lines: list[Line], style: Style, at: float, top: float) -> None:
    for number, line in enumerate(lines):
        sheet.text(line, style, at, top + number * style.pitch + style.size * ASCENT, "middle")


def heading(form: Setting, head: Head) -> list[Strip]:
    """Emblem, opening words, name and caption of the office over a thick line."""
    strips = [centred(form, form.words.gettext("In His Name"), form.style(9), 8)]
    sign = emblem(head.emblem, EMBLEM, WIDEST)
    if sign:
        strips.append(
            Strip(sign.height + 4, lambda sheet, top: sign.draw(sheet, middle(form) - sign.width / 2, top + 2))
        )
    strips.append(centred(form, head.office_name, form.style(13, Weight.BOLD, pitch=17)))
    strips.append(centred(form, head.office_caption, form.style(10.5, pitch=14)))
    strips.append(Strip(8, lambda sheet, top: sheet.rule(top + 5, form.start, form.end, thick=1.8)))
    return strips


def title(form: Form) -> list[Strip]:
    """The paper's name, when and under which number it was made, and the mark of a duplicate."""
    values, words, _ = form.values, form.words, form.words.gettext
    strips = [centred(form, title_text(form), form.style(15, Weight.BOLD))]
    if values.registered_at:
        day, time = words.numeric_date(business_day(values.registered_at)), words.clock(values.registered_at)
        when = _("{date}, {time}").format(date=ltr(day), time=ltr(time))
        strips.append(centred(form, when, form.style(10.5, pitch=15), 0, 3))
    mark = duplicate_text(form)
    if mark:
        strips.append(_mark(form, mark))
    return strips


def _mark(form: Form, mark: str) -> Strip:
    style = form.style(11, Weight.BOLD)
    line = form.sheet.line(mark, style)
    width = min(line.width + 20, form.width)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.frame(middle(form) - width / 2, top + 3, width, 20, radius=3, thick=1.4)
        sheet.text(line, style, middle(form), top + 17, "middle")

    return Strip(26, draw)


def code_box(form: Form) -> Strip:
    """The framed code: in digits, as QR for phones, as bars for the counter's scanner; the passcode under it."""
    values, words, sheet, _ = form.values, form.words, form.sheet, form.words.gettext
    label, big, note = form.style(11.5, Weight.MEDIUM), form.style(28, Weight.BOLD), form.style(10.5, pitch=14)
    columns, dots, modules = qr(values.payload) if values.payload else (*QR_USUAL, ())
    side, quiet = columns * dots * DOT, QR_QUIET * dots * DOT
    bar_columns, bar_cells = bars(values.tracking_code) if not form.draft else (101, ())
    bar_width = bar_columns * BAR_DOTS * DOT
    below = sheet.wrapped(hint_text(form), note, form.width - 16)
    secret = sheet.wrapped(_("Follow-up passcode"), note, form.width - 16) if values.passcode else []
    secret_style = form.style(LEAST_BIG + 2, Weight.BOLD)
    has_qr = bool(modules) or form.draft
    qr_top = 58.0
    bar_top = qr_top + (side + quiet * 0.75 if has_qr else 4)
    secret_top = bar_top + BAR_HEIGHT + 7
    below_top = secret_top + (len(secret) * note.pitch + 26 if secret else 0)
    height = below_top + len(below) * note.pitch + 5

    def draw(sheet: Sheet, top: float) -> None:
        at = middle(form)
        sheet.frame(form.start + 1, top + 2, form.width - 2, height, radius=6, thick=2)
        sheet.text(sheet.line(_("Your tracking code"), label), label, at, top + 18, "middle")
        if form.draft:
            sheet.block(at - 80, top + 26, 160, 22, PENDING, 4)
            sheet.block(at - side / 2, top + qr_top, side, side, PENDING, 4)
            sheet.block(at - bar_width / 2, top + bar_top, bar_width, BAR_HEIGHT, PENDING)
        else:
            digits = words.digits(grouped(values.tracking_code))
            sheet.code(digits, big, at, top + 46, form.width - 16, middle=True)
            sheet.cells(
                bar_cells,
                at - bar_width / 2,
                top + bar_top,
                columns=bar_columns,
                dots=BAR_DOTS,
                row_dots=round(BAR_HEIGHT / DOT),
            )
        if modules:
            sheet.cells(modules, at - side / 2, top + qr_top, columns=columns, dots=dots)
        if secret:
            _set(sheet, secret, note, at, top + secret_top)
            passcode = words.digits(values.passcode)
            sheet.code(passcode, secret_style, at, top + below_top - 7, form.width - 16, middle=True)
        _set(sheet, below, note, at, top + below_top)

    return Strip(height + 6, draw)


def answer(form: Form) -> Strip:
    """The day of the answer, white on black, or what took its place."""
    small = form.style(11, pitch=15)
    label, day = answer_texts(form)
    label_lines = balanced(form, label, small, form.width)
    white = Style(LEAST_BIG + 1, Weight.BOLD, 1.0, 1.35)
    day_lines = balanced(form, day, white, form.width - 12)
    block_top = 5 + len(label_lines) * small.pitch
    height = max(1, len(day_lines)) * white.pitch + 8

    def draw(sheet: Sheet, top: float) -> None:
        _set(sheet, label_lines, small, middle(form), top + 3)
        sheet.block(form.start, top + block_top, form.width, height, 0.0 if day_lines else PENDING)
        _set(sheet, day_lines, white, middle(form), top + block_top + 2)

    return Strip(block_top + height + 8, draw)


def end(form: Form, clerk: str) -> list[Strip]:
    """How to keep a paper that fades, and who wrote it."""
    _ = form.words.gettext
    strips = []
    if not form.slip:
        fades = _("This paper fades in light and heat: take a photograph of it.")
        strips.append(centred(form, fades, form.style(9.5, Weight.MEDIUM, pitch=14), 6))
    strips.append(Strip(8, lambda sheet, top: sheet.rule(top + 4, form.start, form.end, thick=1.2)))
    strips.append(centred(form, clerk, form.style(9.5, pitch=13), 0, 6))
    return strips
