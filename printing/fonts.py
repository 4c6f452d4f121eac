"""The paper's three weights of Vazirmatn, embedded so that the text copied out of a PDF is the text put in."""

import unicodedata
import zlib
from collections.abc import Sequence
from copy import copy
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFStream, PDFTrueTypeFont
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from resources.paths import FONTS

rl_config.useA85 = 0  # a quarter smaller; no printer of this century needs seven-bit files


_LETTERS = frozenset("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآأؤئءة")
_FORMS = (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD))
_USUAL = "".join(
    [
        *(chr(form) for form in _FORMS if _LETTERS.issuperset(unicodedata.normalize("NFKC", chr(form)))),
        *"۰۱۲۳۴۵۶۷۸۹،؛؟«»٬…•\u200c",
    ]
)
"""What receipts are made of beside ASCII: joined letters, digits, punctuation."""


class Weight(StrEnum):
    REGULAR = "Vazirmatn-Regular"
    MEDIUM = "Vazirmatn-Medium"
    BOLD = "Vazirmatn-Bold"


class Face(TTFont):  # type: ignore[misc]
    """A TrueType font whose ToUnicode map names base letters where reportlab would name presentation forms.

    Glyphs lie on the page in visual order and readers turn right-to-left runs round, so the two letters of a
    ligature are named in reverse.

    Every document gets the same first subset, the letters of Persian and ASCII, and rare characters in a second one:
    the first is then made once for the process, which takes half of a receipt's time away and adds 15 kB to it.
    """

    def __init__(self, weight: Weight) -> None:
        super().__init__(str(weight), str(FONTS / f"{weight}.ttf"))
        make_subset = lru_cache(maxsize=16)(self.face.makeSubset)
        self.face.makeSubset = lambda subset: make_subset(tuple(subset))
        super().splitString(_USUAL, self)
        self._first_state = self.state.pop(self)
        self._first_state.nextCode = 256  # where the second subset begins
        self._codes = {chr(letter): code for letter, code in self._first_state.assignments.items()}
        self._embedded = lru_cache(maxsize=16)(self._embed)

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> Any:  # noqa: N802 - reportlab's name
        if doc not in self.state:
            self.state[doc] = state = copy(self._first_state)
            state.assignments = dict(state.assignments)
            state.subsets = [list(subset) for subset in state.subsets]
        try:
            return [(0, bytes(map(self._codes.__getitem__, text)))]
        except KeyError:
            return super().splitString(text, doc, encoding)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        state = self.state[doc]
        for number, subset in enumerate(state.subsets):
            embedded = self._embedded(tuple(subset))
            name = self.getSubsetInternalName(number, doc).removeprefix("/")
            base = (SUBSETN(number) + b"+" + self.face.name).decode()
            to_unicode = _deflated(PDFStream(), embedded.to_unicode)
            font = PDFTrueTypeFont()
            font.Name, font.BaseFont, font.FirstChar, font.LastChar = name, base, 0, len(subset) - 1
            font.Widths, font.ToUnicode = embedded.widths, doc.Reference(to_unicode, f"toUnicodeCMap:{base}")
            font.FontDescriptor = self.face.addSubsetObjects(doc, base, subset)
            descriptor = doc.idToObject[font.FontDescriptor.name]
            _deflated(doc.idToObject[descriptor.dict["FontFile2"].name], embedded.file)
            doc.Reference(font, name)
            doc.idToObject["BasicFonts"].dict[name] = font
        del self.state[doc]

    def _embed(self, subset: tuple[int, ...]) -> "_Embedded":
        advances = " ".join(f"{self.face.getCharWidth(code):.5g}" for code in subset)
        return _Embedded(
            f"[ {advances} ]".encode(),
            zlib.compress(self.face.makeSubset(subset), 9),
            zlib.compress(to_unicode(subset).encode(), 9),
        )


def _deflated(stream: Any, content: bytes) -> Any:
    stream.content, stream.filters, stream.dictionary["Filter"] = content, [], "/FlateDecode"
    return stream


class _Embedded(NamedTuple):
    """What a subset brings into a file: its widths as an array, its font file and its ToUnicode map, both deflated."""

    widths: bytes
    file: bytes
    to_unicode: bytes


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


def to_unicode(subset: Sequence[int]) -> str:
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
    made = Face(weight)
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
