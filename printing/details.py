"""The body of a receipt: who, what, by whom, for how much, and with which papers."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from printing.flow import Strip
from printing.fonts import Weight
from printing.form import GREY, PENDING, Form, Setting
from printing.page import Sheet, Style
from printing.shaping import NBSP, Line, ltr

VALUE = 77.0
"""From the start edge to the values of the rows, unless a label is wider."""
NARROW_VALUE = 46.0
ROW = 16.0


def rows(form: Form) -> Iterator[Strip]:
    """Rows of label and value; a row without a value is left out, or a grey bar while it may still come."""
    yield rule(form)
    label_style = form.style(9.5 if form.narrow else 10, grey=GREY, pitch=ROW)
    found = [row for row in _rows(form) if row[1] or (form.draft and row[3])]
    at = form.labels((label for label, *_others in found), label_style, NARROW_VALUE if form.narrow else VALUE)
    for label, text, weight, _awaited in found:
        style = form.style(10.5 if form.narrow else 11, weight, pitch=ROW)
        if text:
            lines = form.sheet.wrapped(text, style, form.width - at)
            for number, line in enumerate(lines):
                label_line = form.sheet.line(label, label_style) if number == 0 else None
                yield _row(form, label_line, label_style, line, style, at, keep=number < len(lines) - 1 and number == 0)
        else:
            yield _row(form, form.sheet.line(label, label_style), label_style, None, style, at)


def _row(
    form: Form,
    label: Line | None,
    label_style: Style,
    value: Line | None,
    style: Style,
    at: float,
    *,
    keep: bool = False,
) -> Strip:
    def draw(sheet: Sheet, top: float) -> None:
        baseline = top + style.pitch * 0.69
        if label:
            sheet.text(label, label_style, form.start, baseline)
        if value:
            sheet.text(value, style, form.start + at, baseline)
        else:
            sheet.block(form.start + at, baseline - 8, form.width * 0.42, 9, PENDING, 3)

    return Strip(style.pitch, draw, keep)


def _rows(form: Form) -> Iterator[tuple[str, str, Weight, bool]]:
    values, words, _ = form.values, form.words, form.words.gettext
    regular, medium, bold = Weight.REGULAR, Weight.MEDIUM, Weight.BOLD
    name = form.said(values.client_name)
    if name and values.father_name:
        name = _("{name} (child of {father})").format(name=name, father=form.said(values.father_name))
    representative = form.said(values.representative)
    if representative and values.authority:
        representative = _("{name} ({authority})").format(name=representative, authority=form.said(values.authority))
    cost = _("{amount} rials").format(amount=words.number(values.cost)) if values.cost else _("free of charge")
    yield _("Name"), name, medium, True
    yield _number_label(form), ltr(words.digits(values.number_masked.replace("*", "•"))), regular, True
    yield _("Representative"), representative, regular, False
    yield _("Service"), form.said(values.service), bold, True
    if form.slip:
        yield _("Unit"), form.said(values.unit), regular, False
        yield _("Officer"), form.said(values.officer), regular, False
        if values.due_on:
            day = words.long_date(values.due_on)
            yield _("Answer"), _("{date}, if everything is here by then").format(date=day), medium, False
        return
    yield _("Service ID"), ltr(words.digits(values.service_id)), regular, False
    yield _("Subject"), form.said(values.subject), regular, False
    yield _("Unit"), form.said(values.unit), regular, True
    yield _("Officer"), form.said(values.officer), regular, False
    yield _("Cost"), cost if values.service else "", regular, True
    yield _("Letter no."), ltr(words.digits(values.letter_number)), regular, False
    if values.steps:
        steps = [
            _("{n}. {step}").format(n=words.number(n), step=form.said(step)) for n, step in enumerate(values.steps, 1)
        ]
        yield _("Steps"), ("\n" if values.kind == "guided" else f"{NBSP} ").join(steps), regular, False


def _number_label(form: Form) -> str:
    _ = form.words.gettext
    labels = {
        "person": _("National number"),
        "organisation": _("Company number"),
        "foreigner": _("Foreign number"),
        "passport": _("Passport number"),
    }
    return labels.get(form.values.number_kind, _("Identity number"))


# --- papers

Cell = tuple[str, Line, Style]
"""A line of a column with the mark before it: `tick`, `box` or none."""
SPLIT = 6
"""A list longer than this with nothing beside it takes both columns."""


def papers(form: Form) -> Iterator[Strip]:
    """Papers received and papers to bring, line by line: side by side, or below each other on a roll and on a note."""
    values, _ = form.values, form.words.gettext
    received = () if form.slip else values.received
    if not received and not values.lacking:
        return
    if form.narrow or (form.note and not received and len(values.lacking) <= SPLIT):
        yield from _papers_below_each_other(form, received)
        return
    yield rule(form)
    head, none = form.style(10.5, Weight.BOLD, pitch=14.6), form.style(10.5, grey=GREY, pitch=14.6)
    second = form.width * 0.517
    width = form.width - second - 2
    had, to_bring = _("Papers received"), _("Papers to bring")
    if not values.lacking and len(received) > SPLIT:
        sides = [
            [*_cells(form, [had], head, width), *_items(form, received[0::2], "tick", width)],
            [
                *_cells(form, [_("No paper is lacking.")], none, width),
                *_items(form, received[1::2], "tick", width),
            ],
        ]
    elif not received and len(values.lacking) > SPLIT:
        sides = [
            [*_cells(form, [to_bring], head, width), *_items(form, values.lacking[0::2], "box", width)],
            [*_cells(form, [_until(form) or NBSP], head, width), *_items(form, values.lacking[1::2], "box", width)],
        ]
    else:
        sides = [
            [*_cells(form, [had], head, width), *_items(form, received, "tick", width)],
            [*_cells(form, [to_bring if values.lacking else _("Papers lacking")], head, width)],
        ]
        sides[0] += [] if received else _cells(form, [_("none")], none, width)
        sides[1] += _items(form, values.lacking, "box", width) or _cells(form, [_("none")], none, width)
        sides[1] += _cells(form, [_until(form)], head, width)
    for number, (first, other) in enumerate(zip_longest(*sides)):
        yield _papers_line(form, first, other, second, head.pitch, keep=number == 0)


def _papers_below_each_other(form: Form, received: tuple[str, ...]) -> Iterator[Strip]:
    values, _ = form.values, form.words.gettext
    larger = 1.5 if form.note else 0.0
    head = form.style(10.5 + larger, Weight.BOLD, pitch=16 + larger)
    for title, texts, mark in (
        (_("Papers received"), received, "tick"),
        (_("Papers to bring"), values.lacking, "box"),
    ):
        if texts:
            cells = [*_cells(form, [title], head, form.width), *_items(form, texts, mark, form.width, larger)]
            if mark == "box" and not form.slip:
                cells += _cells(form, [_until(form)], head, form.width)
            yield rule(form)
            for number, cell in enumerate(cells):
                yield _papers_line(form, cell, None, 0.0, head.pitch, keep=number == 0)


def _until(form: Form) -> str:
    day = form.values.bring_by
    if not form.values.lacking or day is None:
        return ""
    return form.words.gettext("by {date}").format(date=form.words.long_date(day))


def _cells(form: Form, texts: Iterable[str], style: Style, width: float, mark: str = "") -> list[Cell]:
    indent = INDENT if mark else 0.0
    return [
        (mark if number == 0 else "indent" if mark else "", line, style)
        for text in texts
        for number, line in enumerate(form.sheet.wrapped(text, style, width - indent))
    ]


def _items(form: Form, texts: Iterable[str], mark: str, width: float, larger: float = 0.0) -> list[Cell]:
    return _cells(form, map(form.said, texts), form.style(10.5 + larger, pitch=14.6 + larger), width, mark)


INDENT = 15.0


def _papers_line(
    form: Form, first: Cell | None, other: Cell | None, second: float, pitch: float, *, keep: bool
) -> Strip:
    def draw(sheet: Sheet, top: float) -> None:
        for cell, at in ((first, form.start), (other, form.start + second)):
            if cell:
                mark, line, style = cell
                if mark == "tick":
                    sheet.tick(at + 1, top + pitch * 0.3, 8)
                elif mark == "box":
                    sheet.frame(at + 1, top + pitch * 0.27, 7.5, 7.5, radius=1.5, thick=1.1)
                sheet.text(line, style, at + (INDENT if mark else 0.0), top + pitch * 0.74)

    return Strip(pitch, draw, keep)


def rule(form: Setting) -> Strip:
    """A line between two parts of the body."""

    def draw(sheet: Sheet, top: float) -> None:
        sheet.rule(top + form.gap(3), form.start, form.end)

    return Strip(form.gap(8), draw, keep=True, between=True)
