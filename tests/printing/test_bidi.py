"""Visual order is that of the Unicode Bidirectional Algorithm (UAX #9), by Unicode's own test file.

BidiCharacterTest.txt comes with the system package of Unicode data. Left out is what never reaches a line of paper:
explicit embeddings and overrides, first-strong isolates and boundary neutrals, which `cleaned` drops, and paragraphs
that choose their own direction, which paper does not have.
"""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from bidi.mirror import MIRRORED

from printing.fonts import letters
from printing.shaping import LRI, PDI, RLI, visual

CASES = Path("/usr/share/unicode/BidiCharacterTest.txt")
KNOWN = {"15.0.0": 91_707, "15.1.0": 91_707}
INVISIBLE = {LRI, RLI, PDI, "\u200e", "\u200f", "\u061c"}
NEVER_ON_PAPER = {"LRE", "RLE", "LRO", "RLO", "PDF", "FSI", "BN", "B", "S"}


@pytest.mark.skipif(not CASES.exists(), reason="the package unicode-data is not installed")
def test_unicodes_own_cases_come_out_in_order_and_mirrored() -> None:
    text = CASES.read_text()
    version = re.match(r"# BidiCharacterTest-([\d.]+)\.txt", text)
    assert version
    cases = [line.split(";") for line in text.splitlines() if line and not line.startswith("#")]
    assert len(cases) == KNOWN.get(version[1], len(cases))
    tried: Counter[str] = Counter()
    wrong = []
    for codes, direction, _paragraph, levels, order in cases:
        logical = "".join(chr(int(code, 16)) for code in codes.split())
        if direction == "2" or NEVER_ON_PAPER & {unicodedata.bidirectional(character) for character in logical}:
            tried["left out"] += 1
            continue
        base = "R" if direction == "1" else "L"
        tried[base] += 1
        wanted = "".join(
            MIRRORED.get(logical[at], logical[at]) if int(levels.split()[at]) % 2 else logical[at]
            for at in map(int, order.split())
            if logical[at] not in INVISIBLE
        )
        drawn = "".join(letters(ord(glyph)) for glyph in visual(logical, base))
        if drawn != wanted:
            wrong.append((codes, base, ascii(drawn), ascii(wanted)))
    assert wrong == []
    assert min(tried["R"], tried["L"]) > 45_000
    assert tried["left out"] == 101 or version[1] not in KNOWN
