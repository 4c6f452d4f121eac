"""A page as the bytes of an 80 mm roll printer: ESC/POS raster, cut after the last dark row."""

from __future__ import annotations

import struct

from printing.picture import page_image

DOTS, DOTS_AN_INCH = 576, 203.2
"""72 mm of the 80 can be printed on, eight dots a millimetre."""
_DARK = 140
"""A grey up to this becomes a dot; no dithering, which scanners dislike."""
_BAND, _TAIL = 512, 16
_BITS = bytes(1 if grey < _DARK else 0 for grey in range(256))


def roll_bytes(pdf: bytes) -> bytes:
    """The first page of a PDF that is 72 mm wide, as the printer takes it. Raises ValueError for what is no PDF."""
    picture = page_image(pdf, DOTS_AN_INCH)
    rows = []
    for top in range(0, picture.height * picture.stride, picture.stride):
        row = picture.pixels[top : top + min(picture.width, DOTS)].translate(_BITS).ljust(DOTS, b"\0")
        rows.append(int(row.translate(_DIGITS), 2).to_bytes(DOTS // 8))
    while rows and not any(rows[-1]):
        rows.pop()
    rows += [bytes(DOTS // 8)] * _TAIL
    parts = [b"\x1b@"]
    for start in range(0, len(rows), _BAND):
        band = rows[start : start + _BAND]
        parts += [b"\x1dv0\0", struct.pack("<HH", DOTS // 8, len(band)), *band]
    return b"".join([*parts, b"\x1bd\x04", b"\x1dVB\0"])


_DIGITS = bytes(48 + (value & 1) for value in range(256))
