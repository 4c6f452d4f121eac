"""Persian lines for a page that knows neither joining nor direction.

Text stays in logical order until a line is full. Only a finished line is joined (presentation forms), put into
visual order (Unicode Bidirectional Algorithm, UAX #9) and its brackets mirrored; breaking a text that is already
visual would set its lines in reverse. Widths are those of the joined glyphs, as drawn.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from bidi.mirror import MIRRORED

from printing.fonts import Weight, drawable, widths

LRI, RLI, PDI, NBSP, ZWNJ = "\u2066", "\u2067", "\u2069", "\u00a0", "\u200c"
_LRM, _RLM, _ALM = "\u200e", "\u200f", "\u061c"

_TAG = "\u034f"
"""Marks a bracket while a line is reordered: a nonspacing mark takes its bracket's level and comes out on its left
exactly when that level is right-to-left, which is when the bracket must be mirrored."""

_reshaper = ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})
_brackets = "".join(re.escape(bracket) for bracket in MIRRORED)
_BRACKET = re.compile(f"[{_brackets}]")
_TAGGED = re.compile(f"{_TAG}([{_brackets}])|([{_brackets}]){_TAG}")
_ISOLATES = frozenset((LRI, RLI, PDI))
_INVISIBLE = re.compile(f"[{LRI}{RLI}{PDI}{_LRM}{_RLM}{_ALM}]")
_DROPPED = re.compile(f"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u0640{_TAG}\u00ad]")
_HARAKAT = re.compile("[\u064b-\u0652\u0670]")
_NUMBERS = re.compile(r"\+?\d+(?:[ \-‐–/.:٫٬]+\d+)*")
_HEH_HAMZA = {"\ufee9\u0654": "\u06c0", "\ufeea\u0654": "\ufba5"}
_BREAK_AFTER = frozenset(f"-/._@&=?،,;{ZWNJ}")


def ltr(text: str) -> str:
    """The text as one unbreakable left-to-right island: a code, a time, a masked number."""
    return f"{LRI}{text.replace(' ', NBSP)}{PDI}" if text else ""


def island(text: str) -> str:
    """The text apart from what stands around it, each of its lines in the direction of its own first letter."""
    return "\n".join(f"{_opening(line)}{line}{PDI}" if line else "" for line in text.split("\n"))


def _opening(line: str) -> str:
    # Said outright rather than left to a first-strong isolate, which would choose anew in every broken line.
    strong = next((kind for kind in map(unicodedata.bidirectional, line) if kind in ("L", "R", "AL")), "L")
    return LRI if strong == "L" else RLI


def contact(text: str) -> str:
    """A field that may hold phone numbers among words: each number becomes a left-to-right island."""
    return _NUMBERS.sub(lambda number: ltr(number[0]), text)


@lru_cache(maxsize=2048)
def cleaned(text: str) -> str:
    """The text as this paper can draw it.

    Vowel signs go (without glyph positioning they collide with tall letters; the store keeps them), so do controls,
    kashida and white space at the ends; ZWNJ and line ends stay. A character without a glyph is replaced by its
    compatibility letters, or else by U+FFFD, so that it is seen to be missing.
    """
    text = unicodedata.normalize("NFC", text).replace("\u06c0", "ه\u0654").replace("\u06c2", "ه\u0654")
    text = _HARAKAT.sub("", _DROPPED.sub("", text))
    text = "".join(_drawn(character) for character in text)
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


def _drawn(character: str) -> str:
    if character == "\n":
        return character
    if unicodedata.category(character) in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if ord(character) in drawable():
        return character
    plain = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in plain if ord(part) in drawable() and not unicodedata.combining(part))
    return kept or ("" if unicodedata.combining(character) else "\ufffd")


@lru_cache(maxsize=8192)
def joined(text: str) -> str:
    shaped: str = _reshaper.reshape(text)
    for pair, ligature in _HEH_HAMZA.items():
        shaped = shaped.replace(pair, ligature)
    return shaped


@lru_cache(maxsize=4096)
def visual(line: str, base: str = "R") -> str:
    """One finished line as glyphs from left to right; `base` is the paragraph's direction, `R` or `L`."""
    tagged = _BRACKET.sub(rf"\g<0>{_TAG}", joined(line))
    ordered: str = get_display(tagged, base_dir=base)
    return _INVISIBLE.sub("", _TAGGED.sub(lambda found: MIRRORED[found[1]] if found[1] else found[2], ordered))


@lru_cache(maxsize=8192)
def _thousandths(glyphs: str, weight: Weight) -> float:
    table = widths(weight)
    return sum(table.get(ord(glyph), 0.0) for glyph in glyphs if glyph not in _ISOLATES)


def measured(text: str, weight: Weight, size: float) -> float:
    """Width in points of a logical text set on one line."""
    return _thousandths(joined(text), weight) * size / 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A finished line: glyphs in visual order and their width in points."""

    glyphs: str
    width: float


@lru_cache(maxsize=4096)
def lines(text: str, weight: Weight, size: float, width: float, base: str = "R") -> tuple[Line, ...]:
    """The text in lines of at most `width` points; a word that is wider than that is broken.

    Breaks fall on spaces outside islands made by `ltr`; islands that go on over a line end are closed and reopened.
    """
    return tuple(
        Line(glyphs, _thousandths(glyphs, weight) * size / 1000)
        for part in text.split("\n")
        for glyphs in (visual(line, base) for line in in_context(list(broken(part, weight, size, width))))
    )


def broken(text: str, weight: Weight, size: float, width: float) -> Iterator[str]:
    space = measured(" ", weight, size)
    line: list[str] = []
    used = 0.0
    for word in text.split(" "):
        for piece in _pieces(word, weight, size, width):
            wide = measured(piece, weight, size)
            if line and used + space + wide > width:
                yield " ".join(line)
                line, used = [], 0.0
            used += wide + (space if line else 0.0)
            line.append(piece)
    if line:
        yield " ".join(line)


def _pieces(word: str, weight: Weight, size: float, width: float) -> Iterator[str]:
    """The word whole if it fits, else in pieces that do, cut after punctuation where that wastes under half a line."""
    while word and measured(word, weight, size) > width:
        low, high = 1, len(word) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if measured(word[:middle], weight, size) <= width else (low, middle - 1)
        cut = next((at for at in range(low, low // 2, -1) if word[at - 1] in _BREAK_AFTER), low)
        while cut > 1 and (unicodedata.combining(word[cut]) or word[cut] in (PDI, ZWNJ)):
            cut -= 1
        yield word[:cut]
        word = word[cut:]
    if word:
        yield word


def in_context(broken: list[str]) -> Iterator[str]:
    """The lines of one paragraph, each with what it takes from its neighbours to be ordered as a part of the whole.

    UAX #9 finds directions in the paragraph and reorders its lines only then. So an island that goes on over a line end
    is closed and reopened, and marks without width stand for the strong letters before the line and after it.
    """
    if len(broken) < 2:
        yield from broken
        return
    before = [""]
    opened: list[str] = []
    for number, line in enumerate(broken):
        start = before[0] + "".join(isolate + mark for isolate, mark in zip(opened, before[1:], strict=True))
        for character in line:
            _step(character, opened, before)
        after = _after(broken[number + 1 :], before)
        yield start + line + "".join(mark + PDI for mark in after[:0:-1]) + after[0]


def _step(character: str, opened: list[str], before: list[str]) -> None:
    """Keeps what is open and, at each depth, a mark for the last strong letter."""
    if character in (LRI, RLI):
        opened.append(character)
        before.append(_LRM if character == LRI else _RLM)
    elif character == PDI and opened:
        opened.pop()
        before.pop()
    else:
        before[-1] = _STRONG.get(unicodedata.bidirectional(character), before[-1])


_STRONG = {"L": _LRM, "R": _RLM, "AL": _ALM}


def _after(following: list[str], before: list[str]) -> list[str]:
    """At each open depth a mark for the first letter or number after the line, or none."""
    found = [""] * len(before)
    depth = within = len(before) - 1
    for character in " ".join(following):
        kind = unicodedata.bidirectional(character)
        if character in (LRI, RLI):
            within += 1
        elif character == PDI:
            within -= 1
            depth = min(depth, within)
        elif within == depth and not found[depth] and kind in ("L", "R", "AL", "EN", "AN"):
            # a number counts as the Latin letter that it follows, or else as right-to-left
            number = _LRM if kind == "EN" and before[depth] == _LRM else _RLM
            found[depth] = _STRONG.get(kind, number)
        if depth < 0 or found[0]:
            break
    return found
