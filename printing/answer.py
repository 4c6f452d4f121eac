"""The two things a client looks for on a receipt: the code, and the day of the answer."""

from models.calendar import business_day
from models.codes import grouped
from printing.codes import BAR_DOTS, BAR_QUIET, QR_QUIET, QR_USUAL, bars, qr
from printing.flow import Strip
from printing.fonts import Weight
from printing.form import GREY, PENDING, Form
from printing.page import DOT, MM, Sheet
from printing.shaping import ltr

PAD = 11.0
BAR_HEIGHT = 12 * MM


def title_text(form: Form) -> str:
    """What this paper is called."""
    _ = form.words.gettext
    if form.slip:
        return _("Papers still to bring")
    return {"done": _("Receipt of a service done"), "guided": _("Guidance slip")}.get(
        form.values.kind, _("Receipt of a request")
    )


def duplicate_text(form: Form) -> str:
    """Which duplicate this is and when it was printed; empty on an original."""
    values, words, _ = form.values, form.words, form.words.gettext
    if not values.copy or form.slip:
        return ""
    text = _("Duplicate {n}").format(n=words.number(values.copy))
    if values.printed_at is None:
        return text
    day, time = words.numeric_date(business_day(values.printed_at)), words.clock(values.printed_at)
    return _("{what}, {date}, {time}").format(what=text, date=ltr(day), time=ltr(time))


def title(form: Form) -> Strip:
    """The paper's name and, on a duplicate, which one it is and when it was printed."""
    style, mark_style = form.style(17, Weight.BOLD), form.style(9.5, Weight.BOLD)
    name = form.sheet.line(title_text(form), style)
    duplicate = duplicate_text(form)
    mark = form.sheet.line(duplicate, mark_style) if duplicate else None

    def draw(sheet: Sheet, top: float) -> None:
        sheet.text(name, style, form.start, top + form.gap(9) + 15)
        if mark:
            width = mark.width + 22
            sheet.frame(form.end - width, top + form.gap(9), width, 19, radius=3, thick=1.1)
            sheet.text(mark, mark_style, form.end - width / 2, top + form.gap(9) + 12.8, "middle")

    return Strip(form.gap(9) + 26, draw)


def hint_text(form: Form) -> str:
    """What the client is to do with this paper; the office keeps its own copy in the file."""
    _ = form.words.gettext
    if form.for_file:
        return ""
    if form.note:
        return _("Bring this slip along when you come.")
    return _("Keep this code with you.")


def code_box(form: Form) -> Strip:
    """The framed code: in digits, as bars for the counter's scanner, as QR for phones; the passcode beside it."""
    values, words, sheet, _ = form.values, form.words, form.sheet, form.words.gettext
    columns, dots, modules = qr(values.payload) if values.payload else (*QR_USUAL, ())
    side, quiet = columns * dots * DOT, QR_QUIET * dots * DOT
    height = side + 2 * quiet
    room = form.width - 2 * PAD - (side + quiet if modules or form.draft else 0)
    big = form.style(33, Weight.BOLD)
    label = form.style(10.5, Weight.MEDIUM, GREY)
    bar_columns, bar_cells = bars(values.tracking_code) if not form.draft else (101, ())
    bar_width = bar_columns * BAR_DOTS * DOT
    beside = form.start + PAD + bar_width + BAR_QUIET * BAR_DOTS * DOT + 4
    beside_width = form.start + PAD + room - beside
    hint_style = form.style(9, grey=GREY)
    hint = sheet.wrapped(hint_text(form), hint_style, beside_width)
    pass_label, pass_style = sheet.line(_("Follow-up passcode"), hint_style), form.style(17, Weight.BOLD)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.frame(form.start, top, form.width, height, radius=6, thick=1.7)
        start = form.start + PAD
        bar_top = top + height - BAR_HEIGHT - 11
        sheet.text(sheet.line(_("Your tracking code"), label), label, start, top + 17.5)
        if form.draft:
            sheet.block(start, top + 26, room * 0.9, 24, PENDING, 4)
            sheet.block(start, bar_top, bar_width, BAR_HEIGHT, PENDING)
            sheet.block(form.end - quiet - side, top + quiet, side, side, PENDING, 4)
        else:
            digits = words.digits(grouped(values.tracking_code))
            sheet.code(digits, big, start, top + (17.5 + (bar_top - top)) / 2 + 10, room - 4)
            sheet.cells(bar_cells, start, bar_top, columns=bar_columns, dots=BAR_DOTS, row_dots=round(BAR_HEIGHT / DOT))
        if modules:
            sheet.cells(modules, form.end - quiet - side, top + quiet, columns=columns, dots=dots)
        if values.passcode:
            sheet.text(pass_label, hint_style, beside, bar_top + 10)
            sheet.code(words.digits(values.passcode), pass_style, beside, bar_top + 29, beside_width)
        elif not form.draft:
            middle = bar_top + (BAR_HEIGHT - len(hint) * hint_style.pitch) / 2
            sheet.paragraph(hint, hint_style, beside, middle)

    return Strip(height, draw)


def answer(form: Form) -> Strip:
    """The day of the answer in big letters, or what took its place."""
    sheet = form.sheet
    small, big = form.style(10.5, grey=GREY, pitch=14), form.style(22, Weight.BOLD, pitch=27)
    label, day = answer_texts(form)
    small_lines = sheet.wrapped(label, small, form.width - 13)
    big_lines = sheet.wrapped(day, big, form.width - 13)
    height = len(small_lines) * small.pitch + len(big_lines or [None]) * big.pitch

    def draw(sheet: Sheet, top: float) -> None:
        top += form.gap(10)
        sheet.block(form.start, top, 4, height, 0.08)
        under = sheet.paragraph(small_lines, small, form.start + 13, top - 1)
        if big_lines:
            sheet.paragraph(big_lines, big, form.start + 13, under - 2)
        else:
            sheet.block(form.start + 13, under + 4, form.width * 0.5, 19, PENDING, 4)

    return Strip(height + form.gap(20), draw)


def answer_texts(form: Form) -> tuple[str, str]:
    """What is said of the answer, and its day or what took the day's place; that is empty while it is awaited."""
    values, words, _ = form.values, form.words, form.words.gettext
    if form.slip:
        if values.bring_by:
            return _("Bring these papers by this day"), words.long_date(values.bring_by)
        count = len(values.lacking)
        text = words.ngettext("{n} paper is still lacking", "{n} papers are still lacking", count)
        return _("To complete your request"), text.format(n=words.number(count))
    if values.kind == "guided":
        return _("The outcome of your visit"), _("Guided; no file was opened")
    if values.kind == "done":
        if not values.registered_at:
            return _("The outcome of your request"), _("Done")
        day = words.long_date(business_day(values.registered_at))
        return _("The outcome of your request"), _("Done, {date}").format(date=day)
    if values.due_on is None:
        if form.draft:
            return _("Your answer is ready by this day"), ""
        if values.lacking:
            return _("The day of your answer"), _("is set once the papers are complete")
        return _("The day of your answer"), _("is told by the responsible unit")
    label = _("Your answer is ready by this day")
    if values.lacking and values.bring_by:
        label = _("Answer, if the papers are complete by {date}").format(date=words.long_date(values.bring_by))
    return label, words.long_date(values.due_on)
