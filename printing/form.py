"""What every part of a paper works with: the words, the measures and the sizes of type; a receipt's values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from models.receipt import ReceiptValues
from printing.fonts import Weight
from printing.page import MM, Sheet, Style
from printing.shaping import cleaned, island
from resources.words import Translator

MARGIN = 11 * MM
NARROW = 100 * MM
GREY = 0.35
PENDING = 0.86
"""The grey of a bar that stands for what is not known yet."""
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A paper being laid out. `density` below 1 moves lines closer and, half as much, makes type smaller."""

    words: Translator
    sheet: Sheet
    density: float = 1.0
    margin: float = MARGIN

    @property
    def narrow(self) -> bool:
        """A roll: everything stands below each other."""
        return self.sheet.width < NARROW

    @property
    def start(self) -> float:
        return self.margin

    @property
    def end(self) -> float:
        return self.sheet.width - self.margin

    @property
    def width(self) -> float:
        return self.sheet.width - 2 * self.margin

    def style(self, size: float, weight: Weight = Weight.REGULAR, grey: float = 0.08, pitch: float = 0.0) -> Style:
        """Type of `size` with lines `pitch` apart (1.45 sizes unless said), both before the density."""
        smaller = 0.5 + 0.5 * self.density
        leading = (pitch / size if pitch else 1.45) * self.density / smaller
        return Style(size * smaller, weight, grey, leading)

    def said(self, text: str) -> str:
        """A text of the office or the client as an island; digits are the language's own, but for Latin names."""
        return island(text if _LATIN.search(text) else self.words.digits(text))

    def labels(self, labels: Iterable[str], style: Style, least: float) -> float:
        """Width of a column of labels with the gap after it."""
        return max([least, *(self.sheet.line(label, style).width + 8 for label in labels)])

    def gap(self, points: float) -> float:
        return points * self.density


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Setting):
    """One receipt being laid out: the client's copy or the one for the file, or the slip of its lacking papers."""

    values: ReceiptValues
    for_file: bool = False
    slip: bool = False

    @property
    def draft(self) -> bool:
        """Nothing is registered yet: what is not known is shown as a grey bar."""
        return not self.values.tracking_code

    @property
    def note(self) -> bool:
        """It tells the client what to bring and where to go, and is no evidence that anything was handed in."""
        return self.slip or self.values.kind == "guided"


def drawable_values(values: ReceiptValues) -> ReceiptValues:
    """The values with every text that is set as type as paper can draw it."""
    texts = {
        name: tuple(map(cleaned, value)) if isinstance(value, tuple) else cleaned(value)
        for name in values.__struct_fields__
        if isinstance(value := getattr(values, name), str | tuple) and name not in ("emblem", "payload")
    }
    return msgspec.structs.replace(values, **texts)
