"""Identity and contact numbers as they are typed at a counter: brought to one form, checked as far as a check goes.

A wrong check digit stops, anything else that is merely unusual is a doubt to ask about: published rules differ, lists
of prefixes go stale, and a person who stands at the counter has the number that he has.
"""

import re
from typing import NamedTuple

from models.text import compact, fold, has_forbidden, persian_digits


class Checked(NamedTuple):
    """A value in the store's form, and stable names of what is doubtful about it."""

    value: str
    doubts: tuple[str, ...] = ()


class IdentityError(ValueError):
    """A number that cannot be taken.

    `code` is `required`, `bad_format`, `bad_check_digit` or `too_long`; `missing` is how many digits are lacking where
    that is the trouble; `value` is the number in the store's form where only its check digit is wrong.
    """

    def __init__(self, code: str, missing: int | None = None, value: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.missing = missing
        self.value = value


def _typed(text: str) -> str:
    """What was typed, without the spaces, dashes and invisible marks between, in ASCII digits."""
    typed = compact(text)
    if not typed:
        raise IdentityError("required")
    return typed


def _digits(text: str, shortest: int, longest: int, too_long: str = "bad_format", whole: int = 0) -> str:
    """The typed digits; where they are too few, what is missing counts up to `whole`, else to the shortest length."""
    digits = _typed(text)
    if not (digits.isascii() and digits.isdecimal()):
        raise IdentityError("bad_format")
    if len(digits) < shortest:
        raise IdentityError("bad_format", missing=(whole or shortest) - len(digits))
    if len(digits) > longest:
        raise IdentityError(too_long)
    return digits


# --- identity --------------------------------------------------------------------------------------------------------


def national_number(text: str) -> Checked:
    """A person's national number (کد ملی): ten digits, the last of which checks the others.

    r = (10·d1 + 9·d2 + … + 2·d9) mod 11; the tenth digit is r if r < 2, else 11 − r. It lets 1.7 % of single slips
    pass, so the name is read back. Spreadsheets drop leading zeros: eight or nine digits are padded, with the doubt
    `padded`. Ten equal digits are `equal_digits`, for one such number is known to be held; ten zeros are refused.
    """
    digits = _digits(text, 8, 10, whole=10)
    number = digits.zfill(10)
    if number == "0000000000":
        raise IdentityError("bad_format")
    if number[9] != national_number_check_digit(number[:9]):
        raise IdentityError("bad_check_digit", value=number)
    padded = ("padded",) if len(digits) < 10 else ()
    equal = ("equal_digits",) if len(set(number)) == 1 else ()
    return Checked(number, padded + equal)


def national_number_check_digit(digits: str) -> str:
    """The tenth digit of a national number whose first nine ASCII digits these are."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return str(rest if rest < 2 else 11 - rest)


def legal_number(text: str) -> Checked:
    """An organisation's national number (شناسه ملی): eleven digits, never padded.

    With d = tenth digit + 2 and the weights 29, 27, 23, 19, 17 twice over, the sum of (digit + d)·weight over the
    first ten, mod 11, and 0 for 10, is the eleventh.
    """
    number = _digits(text, 11, 11)
    shift = int(number[9]) + 2
    weights = (29, 27, 23, 19, 17) * 2
    rest = sum((int(digit) + shift) * weight for digit, weight in zip(number, weights, strict=False)) % 11
    if int(number[10]) != rest % 10:
        raise IdentityError("bad_check_digit", value=number)
    return Checked(number)


def foreign_number(text: str) -> Checked:
    """A foreign national's number, which goes by many names (کد یکتا، فراگیر): 8 to 14 digits, as a rule 12.

    No check digit is published; any other length than 12 has the doubt `unusual_length`.
    """
    number = _digits(text, 8, 14, "too_long")
    return Checked(number, () if len(number) == 12 else ("unusual_length",))


def passport_number(text: str) -> Checked:
    """A passport's number: 5 to 15 letters A–Z and digits, in capitals."""
    number = _typed(text)
    if not (number.isascii() and number.isalnum()):
        raise IdentityError("bad_format")
    if len(number) < 5:
        raise IdentityError("bad_format", missing=5 - len(number))
    if len(number) > 15:
        raise IdentityError("too_long")
    return Checked(number.upper())


# --- contact ---------------------------------------------------------------------------------------------------------

_MOBILE_PREFIXES = frozenset(
    [
        *(f"{n}" for n in range(910, 920)),  # MCI
        *(f"{n}" for n in range(990, 997)),  # MCI
        *(f"{n}" for n in range(900, 906)),  # Irancell
        *("930", "933", "935", "936", "937", "938", "939", "941"),  # Irancell
        *("920", "921", "922", "923"),  # Rightel
        *("931", "932", "934"),  # MTCE, Taliya, Kish
        *("998", "999"),  # Shatel, Aptel
    ]
)

_PUNCTUATION = re.compile(r"[()./]+")
_IRAN = r"(?:\+98|0098|98|0)?"
_MOBILE = re.compile(_IRAN + r"(9\d{9})", re.ASCII)
_LANDLINE = re.compile(_IRAN + r"([1-8]\d[2-9]\d{7})", re.ASCII)
_LOCAL = re.compile(r"[2-9]\d{7}", re.ASCII)
_FOREIGN = re.compile(r"(?:\+|00)((?!98)[1-9]\d{6,14})", re.ASCII)


def _phone(text: str) -> str:
    typed = _PUNCTUATION.sub("", _typed(text))
    if not typed:
        raise IdentityError("required")
    digits = typed.removeprefix("+")
    if not (digits.isascii() and digits.isdecimal()):
        raise IdentityError("bad_format")
    if len(digits) > 17:
        raise IdentityError("too_long")
    return typed


def _abroad(typed: str) -> Checked | None:
    match = _FOREIGN.fullmatch(typed)
    return Checked(f"+{match[1]}", ("foreign_phone",)) if match else None


def mobile(text: str) -> Checked:
    """A mobile number, stored as 09XXXXXXXXX; +98, 0098, 98 or nothing may stand for the 0.

    A prefix that no operator was known to have is the doubt `unknown_prefix`. A number abroad (+90 …, 0090 …) is
    stored as +… with the doubt `foreign_phone`.
    """
    typed = _phone(text)
    if abroad := _abroad(typed):
        return abroad
    match = _MOBILE.fullmatch(typed)
    if match is None:
        raise IdentityError("bad_format", missing=_lacking(typed, 10))
    return Checked(f"0{match[1]}", () if match[1][:3] in _MOBILE_PREFIXES else ("unknown_prefix",))


def landline(text: str) -> Checked:
    """A telephone, stored as 0, two digits of area, eight digits.

    Eight local digits are West Azerbaijan's (044). A mobile number is a telephone too, and a number abroad is taken
    as in `mobile`.
    """
    typed = _phone(text)
    if abroad := _abroad(typed):
        return abroad
    if _LOCAL.fullmatch(typed):
        return Checked(f"044{typed}")
    if _MOBILE.fullmatch(typed):
        return mobile(typed)
    match = _LANDLINE.fullmatch(typed)
    if match is None:
        raise IdentityError("bad_format", missing=_lacking(typed, 10 if typed.startswith(("0", "+")) else 8))
    return Checked(f"0{match[1]}")


def _lacking(typed: str, wanted: int) -> int | None:
    digits = re.sub(f"^{_IRAN}", "", typed)
    return wanted - len(digits) if len(digits) < wanted else None


_POSTAL_CODE = re.compile(r"(?!(\d)\1{3})[13-9]{5}\d{5}", re.ASCII)


def postal_code(text: str) -> Checked:
    """A postal code: ten digits, the first five without 0 and 2, the first four not all equal.

    Real codes break every published pattern, so whatever was typed is kept (digits without what stands between,
    anything else folded) and at most doubted as `bad_postal_code`; nothing typed is nothing stored. Only
    more than 30 characters (`too_long`) and what no text may hold (`bad_format`) are refused.
    """
    if has_forbidden(text):
        raise IdentityError("bad_format")
    typed = compact(text)
    value = typed if typed.isascii() and typed.isdecimal() else fold(text)
    if len(value) > 30:
        raise IdentityError("too_long")
    return Checked(value, () if not value or _POSTAL_CODE.fullmatch(value) else ("bad_postal_code",))


# --- showing ---------------------------------------------------------------------------------------------------------


def masked(number: str) -> str:
    """An identity number as machine output shows it: the first three characters, then as many * as there are more."""
    return number[:3] + "*" * len(number[3:])


def masked_on_paper(number: str) -> str:
    """An identity number as paper and screen show it: ۲۸۲•••••••."""
    return persian_digits(number[:3]) + "•" * len(number[3:])
