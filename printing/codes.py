"""The receipt's two codes as cells: a QR for phones and desks, a digits-only bar code for the counter's scanner."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

import segno

from printing.page import DOT, MM

BAR_DOTS = 3
"""Dots a bar: 0.375 mm at 203 dpi, the narrowest that is still read from a photographed sheet."""
BAR_QUIET = 10
QR_QUIET = 4
QR_USUAL = (41, 6)
"""Modules a side and dots a module of version 6, the usual one."""
_QR_WIDTH = 30 * MM
_QR_VERSION = 6

Cell = tuple[int, int, int, int]
"""Column, row, columns, rows: a black rectangle in modules."""


@lru_cache(maxsize=64)
def qr(payload: str) -> tuple[int, int, tuple[Cell, ...]]:
    """Modules a side, dots a module and the black cells of a QR of error level M.

    The version is 6 unless the payload needs a higher one, and a module has the fewest whole dots of 203 dpi that make
    the code at least 30 mm wide without its quiet zone. Never a Micro QR: phones do not read those.
    """
    try:
        code = segno.make_qr(payload, error="m", version=_QR_VERSION, boost_error=False)
    except segno.DataOverflowError:
        code = segno.make_qr(payload, error="m", boost_error=False)
    side = len(code.matrix)
    dots = -int(-_QR_WIDTH // (side * DOT))
    return side, dots, tuple(cell for y, row in enumerate(code.matrix) for cell in _runs(row, y))


@lru_cache(maxsize=64)
def bars(digits: str) -> tuple[int, tuple[Cell, ...]]:
    """Modules across and the bars, one row high, of a Code 128 without its quiet zones."""
    from reportlab.graphics.barcode.code128 import Code128  # brings half of reportlab along, only for its table

    code = Code128(digits, quiet=0)
    code.validate()
    code.encode()
    code.decompose()
    # "BaC": a bar of two modules, a space of one, a bar of three
    modules = [kind.isupper() for kind in code.decomposed for _ in range("ABCD".index(kind.upper()) + 1)]
    return len(modules), tuple(_runs(modules, 0))


def _runs(row: Iterable[int], y: int) -> Iterator[Cell]:
    x = 0
    for black, run in groupby(row):
        length = sum(1 for _ in run)
        if black:
            yield x, y, length, 1
        x += length
