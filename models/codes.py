"""Codes that people read aloud and type: the tracking code on a receipt, the recovery code in the office's safe, the
one-time code with which a desk joins its centre.

All are decimal (no letter is misheard or lost under a Persian keyboard) and end in a Damm digit, which catches every
single wrong digit and every swap of neighbours (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004).
"""

from typing import NamedTuple

from models.text import compact


class CodeError(ValueError):
    """A code that cannot be one; `code` is `bad_format` or `bad_check_digit`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


SECRET_DIGITS = 20
_QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def damm_digit(digits: str) -> str:
    """The check digit of ASCII digits; that of digits and their check digit is 0. ValueError for anything else."""
    if not (digits.isascii() and digits.isdecimal()):
        raise ValueError("Only the digits 0-9 have a check digit.")
    row = 0
    for digit in digits:
        row = _QUASIGROUP[row][int(digit)]
    return str(row)


def make_tracking_code(desk: int, random7: int) -> str:
    """Twelve digits: the desk's number (1–9999) in four, a secret-quality random number (< 10⁷) in seven, a check
    digit. Raises ValueError beyond these."""
    if not (1 <= desk <= 9999 and 0 <= random7 < 10**7):
        raise ValueError("A tracking code takes a desk of 1-9999 and a random number below ten million.")
    digits = f"{desk:04}{random7:07}"
    return digits + damm_digit(digits)


def parse_tracking_code(text: str) -> str:
    """The twelve digits of a tracking code as typed: any digits, with spaces or dashes. Raises CodeError."""
    return _checked(text, 12)


def grouped(code: str) -> str:
    """A code in groups of four, as it is shown and read aloud: 1234 1234 5671."""
    return " ".join(_groups(code, 4))


def make_recovery_code(key: bytes) -> str:
    """Sixteen secret bytes for paper: 39 digits of their big-endian number and a check digit, in eight groups of five
    with dashes. Raises ValueError for another length."""
    if len(key) != 16:
        raise ValueError("A recovery code stands for sixteen bytes.")
    digits = f"{int.from_bytes(key):039}"
    return "-".join(_groups(digits + damm_digit(digits), 5))


def parse_recovery_code(text: str) -> bytes:
    """The sixteen bytes of a recovery code as somebody typed it from paper. Raises CodeError."""
    number = int(_checked(text, 40)[:-1])
    if number >= 1 << 128:
        raise CodeError("bad_format")
    return number.to_bytes(16)


class JoinCode(NamedTuple):
    """What is typed at a desk to join a centre: the `secret` that the centre knows again, and the `mark` of whom to
    trust at its address, empty where the computer knows that by itself or is told otherwise."""

    secret: str
    mark: str = ""


def make_join_code(secret: str, certificate: bytes = b"") -> str:
    """The twenty digits of the secret, and with the SHA-256 of a certificate thirty more: 96 bits of it and a check
    digit over all. Raises ValueError for another secret."""
    if len(secret) != SECRET_DIGITS or damm_digit(secret) != "0":
        raise ValueError("A secret has twenty digits, the last of them a check digit.")
    if not certificate:
        return secret
    digits = secret + mark_of(certificate)
    return digits + damm_digit(digits)


def mark_of(certificate: bytes) -> str:
    """Twenty-nine digits: the first 96 bits of a certificate's SHA-256. Too many to find another certificate for."""
    return f"{int.from_bytes(certificate[:12]):029}"


def parse_join_code(text: str) -> JoinCode:
    """The code as somebody typed it. Raises CodeError."""
    if len(compact(text)) == SECRET_DIGITS:
        return JoinCode(_checked(text, SECRET_DIGITS))
    digits = _checked(text, SECRET_DIGITS + 30)
    return JoinCode(_checked(digits[:SECRET_DIGITS], SECRET_DIGITS), digits[SECRET_DIGITS:-1])


def _checked(text: str, length: int) -> str:
    digits = compact(text)
    if not (len(digits) == length and digits.isascii() and digits.isdecimal()):
        raise CodeError("bad_format")
    if damm_digit(digits) != "0":
        raise CodeError("bad_check_digit")
    return digits


def _groups(digits: str, size: int) -> list[str]:
    return [digits[start : start + size] for start in range(0, len(digits), size)]
