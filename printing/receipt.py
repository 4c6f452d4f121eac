"""The client's receipt, from its values to a PDF."""

from models.receipt import ReceiptValues
from printing.answer import answer, code_box, title, title_text
from printing.details import papers, rows
from printing.flow import Strip, pages
from printing.foot import edge, foot
from printing.form import Form, drawable_values
from printing.letterhead import continued, heading
from printing.page import MM, Sheet, one_at_a_time
from resources.words import Translator, translator

SIZES = {"a5": (148 * MM, 210 * MM)}
DENSITIES = (1.0, 0.94, 0.88, 0.82)
"""Tried in turn until everything is on one page; type never gets smaller than the last of them makes it."""


def render_receipt(values: ReceiptValues, paper: str = "a5") -> bytes:
    """The receipt as a PDF in the language of its values; the same values give the same bytes.

    Without a tracking code it is a draft: what is not known yet is a grey bar. A paper that does not fit on one page at
    any density goes on to further pages with headings of their own; only an endless letterhead or clerk's name is cut,
    which an ellipsis shows. May be called from any thread; papers are drawn one after another. Raises ValueError for a
    paper that this receipt has no layout for.
    """
    if paper not in SIZES:
        raise ValueError(f"There is no receipt for paper {paper!r}; there are {', '.join(SIZES)}.")
    words = translator(values.language)
    with one_at_a_time:
        return _best(drawable_values(values), words, *SIZES[paper]).drawn()


def _best(values: ReceiptValues, words: Translator, width: float, height: float) -> "_Layout":
    """The roomiest layout among those with the fewest pages."""
    layouts = (_Layout(values, words, width, height, density) for density in DENSITIES)
    best = next(layouts)
    for layout in layouts:
        if len(best.filled) == 1:
            break
        if len(layout.filled) < len(best.filled):
            best = layout
    return best


class _Layout:
    """One receipt laid out at one density, ready to be drawn."""

    def __init__(self, values: ReceiptValues, words: Translator, width: float, height: float, density: float) -> None:
        self.sheet = Sheet(width, height, rtl=values.language == "fa", title="", author=values.office_name)
        self.form = form = Form(values, words, self.sheet, density)
        before, self.foot = foot(form)
        strips = [heading(form), title(form), code_box(form), answer(form), *rows(form), *papers(form), *before]
        self.continued_height = continued(form, title_text(form), "").height
        self.edge_height = edge(form, self._page(10, 10)).height
        room = height - self.edge_height
        self.filled = pages(strips, room, room - self.continued_height, self.foot.height)

    def drawn(self) -> bytes:
        for number, strips in enumerate(self.filled, 1):
            self._draw_page(number, strips)
        return self.sheet.finish()

    def _draw_page(self, number: int, strips: list[Strip]) -> None:
        sheet, count = self.sheet, len(self.filled)
        page = self._page(number, count) if count > 1 else ""
        top = 0.0
        if number > 1:
            sheet.next_page()
            continued(self.form, title_text(self.form), page).draw(sheet, 0)
            top = self.continued_height
        for strip in strips:
            strip.draw(sheet, top)
            top += strip.height
        bottom = sheet.height - self.edge_height
        if number == count:
            self.foot.draw(sheet, bottom - self.foot.height)
        edge(self.form, page).draw(sheet, bottom)

    def _page(self, number: int, count: int) -> str:
        words = self.form.words
        return words.gettext("page {n} of {count}").format(n=words.number(number), count=words.number(count))
