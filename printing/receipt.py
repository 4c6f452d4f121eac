"""The client's receipt, and the slip of what is lacking, from their values to a PDF."""

from models.receipt import TEMPLATE, ReceiptValues
from printing import template_1
from printing.form import drawable_values
from printing.page import one_at_a_time
from resources.words import translator

PAPERS = ("a5", "a4", "roll80")
"""A5 upright; A4 lying, in two parts to be cut; a roll of 80 mm, of which 72 mm are printed on."""

TEMPLATES = {template_1.NUMBER: template_1.draw}


class UnknownTemplate(ValueError):
    """The receipt was made by a newer program, whose template this one does not have."""


def render_receipt(values: ReceiptValues, paper: str = "a5", template: int = TEMPLATE) -> bytes:
    """The receipt as a PDF in the language of its values; the same values give the same bytes.

    A guided visit's slip is its receipt. Without a tracking code it is a draft: what is not known yet is a grey bar. A
    paper that does not fit on one page at any density goes on to further pages with headings of their own; only an
    endless letterhead or clerk's name is cut, which an ellipsis shows. May be called from any thread; papers are drawn
    one after another. `template` is the one that the receipt's entry names. Raises `UnknownTemplate`, and ValueError
    for a paper that no receipt has.
    """
    return _rendered(values, paper, template, slip=False)


def render_slip(values: ReceiptValues, paper: str = "a5", template: int = TEMPLATE) -> bytes:
    """The slip that names the papers a request still lacks and the day to bring them by; otherwise as
    `render_receipt`. Raises ValueError where nothing is lacking."""
    if not values.lacking:
        raise ValueError("No paper is lacking, so there is no slip of lacking papers.")
    return _rendered(values, paper, template, slip=True)


def _rendered(values: ReceiptValues, paper: str, template: int, *, slip: bool) -> bytes:
    if paper not in PAPERS:
        raise ValueError(f"There is no receipt for paper {paper!r}; there are {', '.join(PAPERS)}.")
    if template not in TEMPLATES:
        raise UnknownTemplate(
            f"This receipt was made by a newer version of the program (its template is {template}); "
            f"this version knows templates up to {max(TEMPLATES)}. Update the program to print it."
        )
    words = translator(values.language)
    with one_at_a_time:
        return TEMPLATES[template](drawable_values(values), words, paper, slip=slip)
