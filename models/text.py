"""Persian text: one fold for the store, one key for searching, one for sorting; alike at desk, index and centre.

Unicode normalisation alone does not do it: NFKC leaves ي/ی, ك/ک, the two digit rows and kashida as they are, and
code points put پ چ ژ ک گ ی last. All functions take any string, and raise nothing.
"""

import re
from functools import cache, lru_cache
from unicodedata import normalize

ZWNJ = "\u200c"
"""The half space (nim-fasele) that parts or keeps the pieces of one word."""

_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_ASCII_DIGITS = "0123456789"

_INVISIBLE = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Bidi controls and the byte order mark: they steer a display and say nothing."""

_KASHIDA = "\u0640"


@cache  # Most programs never meet such a form, and none should wait for the table at its start.
def _plain() -> dict[int, str]:
    """Presentation forms, by code point, as the letters they stand for; nothing for what says nothing."""
    forms = (chr(c) for block in ((0xFB50, 0xFE00), (0xFE70, 0xFEFF)) for c in range(*block))
    # A mark shown alone decomposes to a space and the mark; the space is the typesetter's.
    letters = {
        ord(form): base if len(base) > 3 else base.replace(" ", "")
        for form in forms
        if (base := normalize("NFKC", form)) != form
    }
    return letters | dict.fromkeys(map(ord, _INVISIBLE + _KASHIDA), "")


_LETTERS = str.maketrans("يىك", "ییک")

# Text without anything to fold but spaces; nearly all text in a store, so it is worth a look first.
_FOLDED = re.compile(r"[ -~\u200cء-غف-قل-وپچژکگی۰-۹]*").fullmatch
_ZWNJ_RUN = re.compile(ZWNJ + "{2,}")
_LINE_END = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def fold(text: str, *, multiline: bool = False) -> str:
    """Text as the store keeps it: looks the same, is written one way. Folding twice changes nothing.

    NFC; presentation forms become base letters, ي ى ك become ی ی ک; kashida, bidi controls and byte order marks go;
    runs of white space become one space, with none at the ends and no ZWNJ beside one. With `multiline` each line is
    treated so by itself, line ends become U+000A, and blank lines go from both ends. Digits stay as they are.
    """
    if not _FOLDED(text):
        text = normalize("NFC", text.translate(_plain())).translate(_LETTERS)
    if multiline:
        lines = _LINE_END.sub("\n", text).split("\n")
        return "\n".join(map(_spaced, lines)).strip("\n")
    return _spaced(text)


def _spaced(text: str) -> str:
    words = text.split()
    if ZWNJ in text:
        words = [word for part in words if (word := part.strip(ZWNJ))]
        return _ZWNJ_RUN.sub(ZWNJ, " ".join(words))
    return " ".join(words)


# --- searching -------------------------------------------------------------------------------------------------------

_MARKS = [*range(0x300, 0x370), *range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6EE)]
"""Accents, vowel marks, and hamza and madda as marks, where the normal form keeps them apart from their letters."""

_SEARCH = (
    str.maketrans("ٱةەہھۃيىےێكۆڕڵıøłđ", "اهههههییییکورلiold")
    | str.maketrans(_ARABIC_DIGITS + _PERSIAN_DIGITS, _ASCII_DIGITS * 2)
    | dict.fromkeys([*_MARKS, *map(ord, "ءٴ\u00ad\u200b\u200d\u2060")])
)
_JOINED = {ord(ZWNJ): None, ord(" "): None}
_WORD = re.compile(r"[^\W_]+")


@lru_cache(4_096)  # names come again and again
def search_key(text: str) -> str:
    """A key by which texts that a person would call the same are equal; never shown.

    Folded, without case, accents and vowel marks; آ أ إ ٱ are ا, ؤ و, ئ ی, ة ۀ هٔ ه, ء nothing; all digits ASCII;
    ZWNJ and spaces removed: علی‌رضا = علی رضا = علیرضا. `search_key(fold(text)) == search_key(text)`.
    """
    return _searched(text).translate(_JOINED)


def words(text: str) -> tuple[str, ...]:
    """The words of a text in the letters of `search_key`, for the find index; ZWNJ and punctuation part words."""
    return tuple(_WORD.findall(_searched(text)))


def _searched(text: str) -> str:
    # Decomposed, every hamza, madda and accent is a mark of its own that the table drops.
    return normalize("NFD", fold(text)).casefold().translate(_SEARCH)


# --- sorting ---------------------------------------------------------------------------------------------------------

_ALPHABET = ["آ", "اٱ", "ءأإؤئٲٳ", *"بپتثجچحخدذرزژسشصضطظعغفقکگلمنو", "هةۀەہۂۃھ", "یێےۓ"]
"""The letters in the order of the Persian alphabet (ICU's `fa`), equal ones together; و comes before ه."""

_PUNCTUATION = "_-–—,،٫٬;؛:!?؟.'\"«»()[]{}@*/\\&#%٪`^+<=>|~$"


def _rank_table() -> dict[int, str | None]:
    ranks: dict[int, str | None] = dict.fromkeys(range(0x80), None)
    ranks |= dict.fromkeys([ord(ZWNJ), *_MARKS])
    order = [" ", *_PUNCTUATION, *zip(_ASCII_DIGITS, _ARABIC_DIGITS, _PERSIAN_DIGITS, strict=True), *_ALPHABET]
    order += "abcdefghijklmnopqrstuvwxyz"
    return ranks | {ord(c): chr(rank) for rank, equals in enumerate(order, start=1) for c in equals}


_RANKS = _rank_table()
_AFTER_ALL = "\x7f"


def sort_key(text: str) -> bytes:
    """Bytes that sort as Persian readers expect: spaces, punctuation, digits, Persian letters, Latin letters, others.

    Vowel marks, accents, case and ZWNJ do not count, and equal keys are possible: break ties by something else.
    """
    letters = fold(text).casefold()
    key = letters.translate(_RANKS)
    if not key.isascii():
        key = "".join(map(_rank, letters))
    return key.encode("ascii")


def _rank(letter: str) -> str:
    ranked = letter.translate(_RANKS)
    if not ranked.isascii():
        ranked = normalize("NFD", letter).translate(_SEARCH).translate(_RANKS)
    return ranked if ranked.isascii() else f"{_AFTER_ALL}{ord(letter):06x}"


# --- digits and what may not enter -----------------------------------------------------------------------------------

_TO_ASCII = str.maketrans(_ARABIC_DIGITS + _PERSIAN_DIGITS, _ASCII_DIGITS * 2)
_TO_PERSIAN = str.maketrans(_ASCII_DIGITS + _ARABIC_DIGITS, _PERSIAN_DIGITS * 2)


def ascii_digits(text: str) -> str:
    """The text with Persian and Arabic digits as 0–9."""
    return text.translate(_TO_ASCII)


def persian_digits(text: str) -> str:
    """The text with ASCII and Arabic digits as ۰–۹."""
    return text.translate(_TO_PERSIAN)


_BETWEEN_DIGITS = re.compile(
    r"[\s\u00ad\u0640\u061c\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060\u2066-\u2069\u2212\ufeff-]+"
)


def compact(text: str) -> str:
    """A typed number or code in ASCII digits, without the spaces, dashes and invisible marks between them."""
    return ascii_digits(_BETWEEN_DIGITS.sub("", text))


_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    + "]"
).search


def has_forbidden(text: str) -> bool:
    """Whether the text holds what no store, paper or message may: control characters other than tab and line ends,
    lone surrogates, noncharacters."""
    return _FORBIDDEN(text) is not None
