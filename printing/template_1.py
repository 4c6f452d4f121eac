"""Template 1 of the receipt: how its parts make up each paper. Receipts in the book name it, so it stays as it is:
a change that anybody could see on an old receipt's duplicate is a new template beside this one."""

from collections.abc import Iterator

from models.receipt import ReceiptValues
from printing import narrow
from printing.answer import answer, code_box, title, title_text
from printing.details import papers, rows, rule
from printing.flow import Strip, pages
from printing.foot import clerk_text, edge, follow_up, foot
from printing.form import Form
from printing.letterhead import continued, heading, receipt_head
from printing.page import MM, Sheet
from resources.words import Translator

NUMBER = 1
A5 = 148 * MM, 210 * MM
HALF_OF_A4 = 297 / 2 * MM, 210 * MM
"""A4 lies and is cut down its middle: each half is a receipt of the usual size."""
DENSITIES = (1.0, 0.94, 0.88, 0.82)
"""Tried in turn until everything is on one page; type never gets smaller than the last of them makes it."""


def draw(values: ReceiptValues, words: Translator, paper: str, *, slip: bool = False) -> bytes:
    """The receipt, or the slip of its lacking papers, on `a5`, `a4` (the client's half and the file's) or `roll80`."""
    if paper == "roll80":
        return _roll(values, words, slip=slip)
    return _best(values, words, paper, slip=slip).drawn()


def _best(values: ReceiptValues, words: Translator, paper: str, *, slip: bool) -> "_Layout":
    """The roomiest layout among those with the fewest pages."""
    layouts = (_Layout(values, words, paper, density, slip=slip) for density in DENSITIES)
    best = next(layouts)
    for layout in layouts:
        if best.count == 1:
            break
        if layout.count < best.count:
            best = layout
    return best


class _Layout:
    """A paper laid out at one density, ready to be drawn: one part, or two beside each other."""

    def __init__(self, values: ReceiptValues, words: Translator, paper: str, density: float, *, slip: bool) -> None:
        copies = (False, True) if paper == "a4" else (False,)
        width, height = HALF_OF_A4 if paper == "a4" else A5
        self.sheet = _sheet(values, width, height, panels=len(copies))
        self.parts = [
            _Part(Form(values=values, words=words, sheet=self.sheet, density=density, for_file=for_file, slip=slip))
            for for_file in copies
        ]
        self.count = max(len(part.filled) for part in self.parts)

    def drawn(self) -> bytes:
        for number in range(1, self.count + 1):
            if number > 1:
                self.sheet.next_page()
            for panel, part in enumerate(self.parts):
                self.sheet.panel(panel)
                if number <= len(part.filled):
                    part.draw_page(number)
            if len(self.parts) > 1:
                self.sheet.cut_line()
        return self.sheet.finish()


class _Part:
    """One person's part of a paper, over as many pages as it takes."""

    def __init__(self, form: Form) -> None:
        self.form = form
        before, self.foot = foot(form)
        strips = [
            heading(form, receipt_head(form)),
            title(form),
            code_box(form),
            answer(form),
            *rows(form),
            *papers(form),
            *before,
        ]
        self.continued_height = continued(form, title_text(form), "").height
        self.edge_height = edge(form, self._page(10, 10)).height
        room = form.sheet.height - self.edge_height
        self.filled = pages(strips, room, room - self.continued_height, self.foot.height)

    def draw_page(self, number: int) -> None:
        sheet, count = self.form.sheet, len(self.filled)
        page = self._page(number, count) if count > 1 else ""
        top = 0.0
        if number > 1:
            continued(self.form, title_text(self.form), page).draw(sheet, 0)
            top = self.continued_height
        _stack(sheet, self.filled[number - 1], top)
        bottom = sheet.height - self.edge_height
        if number == count:
            self.foot.draw(sheet, bottom - self.foot.height)
        edge(self.form, page).draw(sheet, bottom)

    def _page(self, number: int, count: int) -> str:
        words = self.form.words
        return words.gettext("page {n} of {count}").format(n=words.number(number), count=words.number(count))


def _roll(values: ReceiptValues, words: Translator, *, slip: bool) -> bytes:
    """One strip of paper as long as it has to be."""
    sheet = _sheet(values, narrow.WIDTH, A5[1], black=True)
    strips = list(_roll_strips(Form(values=values, words=words, sheet=sheet, margin=narrow.MARGIN, slip=slip)))
    sheet.cut_to(sum(strip.height for strip in strips))
    _stack(sheet, strips, 0.0)
    return sheet.finish()


def _roll_strips(form: Form) -> Iterator[Strip]:
    yield from narrow.heading(form, receipt_head(form))
    yield from narrow.title(form)
    yield narrow.code_box(form)
    yield narrow.answer(form)
    yield from rows(form)
    yield from papers(form)
    told = follow_up(form)
    if told:
        yield rule(form)
        yield from told
    yield from narrow.end(form, clerk_text(form))


def _sheet(values: ReceiptValues, width: float, height: float, *, panels: int = 1, black: bool = False) -> Sheet:
    rtl = values.language == "fa"
    return Sheet(width, height, rtl=rtl, title="", author=values.office_name, panels=panels, black=black)


def _stack(sheet: Sheet, strips: list[Strip], top: float) -> None:
    for strip in strips:
        strip.draw(sheet, top)
        top += strip.height
