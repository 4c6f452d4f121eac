"""Lines are broken and ordered as Qt's own text layout (HarfBuzz and its bidirectional algorithm) does it.

Qt is given the joined letters and no positioning of its own, so both set the very same glyphs with the same widths;
then lines must break at the same words, and on each line the same glyphs must lie from left to right. They do, but for
two differences around brackets, which the tests below hold apart:

* a line knows the letters before and after it, but not a pair of brackets that is torn apart by its end or that has
  taken the direction of the paragraph;
* in an English paper Qt takes the direction of a bracket after an island from inside the island. Unicode's own cases
  (test_bidi.py) say that it should not.
"""

import re
from collections import Counter
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QGlyphRun, QRawFont, QTextLayout, QTextLine, QTextOption

from printing.fonts import Weight
from printing.shaping import LRI, PDI, RLI, ZWNJ, broken, in_context, island, joined, ltr, measured, visual
from resources.paths import FONTS

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = 100
"""Pixels and points alike; Qt counts in 64ths of a pixel."""
LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآأؤئء"
ISLANDS = [
    *map(ltr, ("044-34372000", "۰۰۱۷ ۴۸۲۶ ۹۰۳۲", "۲۸۲•••••••", "1405/09/03", "09:42")),
    *map(island, ("Aras (Ltd)", "علی (رضا)", "واحد ۱۲، اتاق 3")),
]


def word(draw: Random, *, brackets: bool) -> str:
    kind = draw.random()
    if kind < 0.1:
        return str(draw.randrange(10_000))
    if kind < 0.2:
        return "".join(draw.choices("۰۱۲۳۴۵۶۷۸۹", k=draw.randint(1, 5)))
    if kind < 0.3:
        return "".join(draw.choices("abcXYZ", k=draw.randint(1, 6)))
    if kind < 0.4:
        return draw.choice([text for text in ISLANDS if brackets or "(" not in text])
    letters = "".join(draw.choices(LETTERS, k=draw.randint(1, 8)))
    if draw.random() < 0.2:
        letters += ZWNJ + "".join(draw.choices(LETTERS, k=draw.randint(1, 4)))
    marks = ("{}", "{}", "{}", "«{}»", "{}،", "{}.", "{}:", "{}؛", *(("({})", "[{}]") if brackets else ()))
    mark: str = draw.choice(marks)
    return mark.format(letters)


def sentence(draw: Random, *, brackets: bool) -> str:
    words = []
    for _n in range(draw.randint(1, 25)):
        together = " ".join(word(draw, brackets=brackets) for _n in range(4))
        words.append(f"({together})" if brackets and draw.random() < 0.05 else word(draw, brackets=brackets))
    return " ".join(words)


def qt_font(*, plain: bool) -> QFont:
    [family] = QFontDatabase.applicationFontFamilies(
        QFontDatabase.addApplicationFont(str(FONTS / f"{Weight.REGULAR}.ttf"))
    )
    font = QFont(family)
    font.setPixelSize(SIZE)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    if plain:
        for feature in ("kern", "calt", "liga", "ccmp", "rlig", "locl"):
            font.setFeature(QFont.Tag(feature), 0)
    return font


def qt_lines(text: str, font: QFont, width: float, base: str) -> tuple[QTextLayout, list[QTextLine]]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if base == "R" else Qt.LayoutDirection.LeftToRight)
    option.setUseDesignMetrics(True)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(line)
    layout.endLayout()
    return layout, found


def drawn_by_qt(line: QTextLine, text: str) -> list[int]:
    """Glyphs with ink from left to right."""
    runs: list[QGlyphRun] = line.glyphRuns(-1, -1, QTextLayout.GlyphRunRetrievalFlag.RetrieveAll)
    placed = [
        (place.x(), glyph)
        for run in runs
        for glyph, place, at in zip(run.glyphIndexes(), run.positions(), run.stringIndexes(), strict=True)
        if text[at] not in {" ", "\xa0", ZWNJ, LRI, RLI, PDI}
    ]
    return [glyph for _x, glyph in sorted(placed)]


def drawn_here(glyphs: str, raw: QRawFont) -> list[int]:
    return list(raw.glyphIndexesForString(re.sub(f"[ \xa0{ZWNJ}]", "", glyphs)))


def compared(texts: int, *, brackets: bool, widths: tuple[float, float], bases: str, seed: int) -> Counter[str]:
    """How many texts and lines were compared, and how many lines differ; that texts break alike is asserted."""
    draw, font = Random(seed), qt_font(plain=True)
    raw = QRawFont.fromFont(font)
    counted: Counter[str] = Counter()
    for _n in range(texts):
        text, base, width = sentence(draw, brackets=brackets), draw.choice(bases), draw.uniform(*widths)
        mine, whole = list(broken(text, Weight.REGULAR, SIZE, width)), joined(text)
        _layout, theirs = qt_lines(whole, font, width, base)
        counted["texts"] += 1
        breaks = [whole[line.textStart() : line.textStart() + line.textLength()].rstrip(" ") for line in theirs]
        if breaks != [joined(line) for line in mine]:
            # Qt rounds the width of every glyph to a 64th of a pixel: what just fits may just not fit
            assert any(abs(line.naturalTextWidth() - width) < 3 for line in theirs) or any(
                abs(measured(line, Weight.REGULAR, SIZE) - width) < 3 for line in mine
            )
            counted["a hair's breadth"] += 1
            continue
        for line, theirs_line in zip(in_context(mine), theirs, strict=True):
            counted["lines"] += 1
            counted["differ"] += drawn_here(visual(line, base), raw) != drawn_by_qt(theirs_line, whole)
    assert counted["a hair's breadth"] <= texts / 100
    return counted


SEVERAL_LINES, ONE_LINE = (1300.0, 2500.0), (1e6, 1e6)


def test_lines_without_brackets_are_the_same() -> None:
    counted = compared(2500, brackets=False, widths=SEVERAL_LINES, bases="RRRL", seed=379)
    assert counted["differ"] == 0
    assert counted["lines"] > 5000


def test_single_lines_with_brackets_are_the_same() -> None:
    counted = compared(2500, brackets=True, widths=ONE_LINE, bases="R", seed=380)
    assert counted["differ"] == 0
    assert counted["lines"] == 2500


def test_of_broken_lines_with_brackets_hardly_any_differ() -> None:
    counted = compared(1000, brackets=True, widths=SEVERAL_LINES, bases="RRRL", seed=381)
    assert counted["differ"] < counted["lines"] * 0.04


def test_without_positioning_lines_are_hardly_narrower_than_harfbuzz_sets_them() -> None:
    """What is given up by drawing presentation forms: the font's own forms of some letters and its kerning."""
    draw, font = Random(380), qt_font(plain=False)
    apart = []
    for _n in range(1000):
        text = " ".join("".join(draw.choices(LETTERS, k=draw.randint(2, 7))) for _n in range(6))
        _layout, [line] = qt_lines(text, font, 1e6, "R")
        apart.append(measured(text, Weight.REGULAR, SIZE) / line.naturalTextWidth() - 1)
    assert abs(sum(apart) / len(apart)) < 0.02
    assert max(map(abs, apart)) < 0.06
