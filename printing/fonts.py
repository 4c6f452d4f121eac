"""The paper's three weights of Vazirmatn, embedded so that the text copied out of a PDF is the text put in."""

import unicodedata
from enum import StrEnum
from functools import cache
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from resources.paths import FONTS

rl_config.useA85 = 0  # a quarter smaller; no printer of this century needs seven-bit files


class Weight(StrEnum):
    REGULAR = "Vazirmatn-Regular"
    MEDIUM = "Vazirmatn-Medium"
    BOLD = "Vazirmatn-Bold"


class Face(TTFont):  # type: ignore[misc]
    """A TrueType font whose ToUnicode map names base letters where reportlab would name presentation forms.

    Glyphs lie on the page in visual order and readers turn right-to-left runs round, so the two letters of a
    ligature are named in reverse.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        name = doc.fontMapping[self.fontName].removeprefix("/")
        for number, subset in enumerate(subsets):
            font = doc.idToObject[f"{name}+{number}"]
            doc.idToObject[font.ToUnicode.name].content = to_unicode(subset)


def letters(code: int) -> str:
    """The logical letters behind one glyph's code point, as a right-to-left run is read backwards."""
    character = chr(code)
    if code in _HEH_WITH_HAMZA:
        return "\u0654ه"
    if 0xFB50 <= code <= 0xFBFF or 0xFE70 <= code <= 0xFEFC:
        return unicodedata.normalize("NFKC", character)[::-1]
    return character


_HEH_WITH_HAMZA = frozenset((0x06C0, 0xFBA4, 0xFBA5))
"""Unicode takes these apart into another heh than the one of Persian."""


def to_unicode(subset: list[int]) -> str:
    """The ToUnicode CMap of one font subset: code n stands for the letters of `subset[n]`."""
    rows = [f"<{n:02X}> <{letters(code).encode('utf-16-be').hex().upper()}>" for n, code in enumerate(subset)]
    # a block of a CMap holds at most a hundred rows
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


@cache
def face(weight: Weight) -> Face:
    """The font of a weight, read and registered once for the process."""
    made = Face(str(weight), str(FONTS / f"{weight}.ttf"))
    pdfmetrics.registerFont(made)
    return made


@cache
def widths(weight: Weight) -> dict[int, float]:
    """Advance of every character of a weight, in thousandths of the size."""
    return dict(face(weight).face.charWidths)


@cache
def drawable() -> frozenset[int]:
    """Code points that every weight has a glyph for."""
    return frozenset.intersection(*(frozenset(face(weight).face.charToGlyph) for weight in Weight))
