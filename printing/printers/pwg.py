"""PDF as PWG raster, which every IPP Everywhere printer takes (PWG 5102.4): grey, eight bits a dot."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from printing.picture import Picture, page_count, page_image

PWG = "image/pwg-raster"
_SGRAY = 18
_RUN = re.compile(rb"(.)\1{0,127}", re.DOTALL)
_SAME_LINES = 256


def pwg_raster(pdf: bytes, dpi: int, size: str) -> bytes:
    """All pages at so many dots an inch; `size` is the paper's own name. Raises ValueError for what is no PDF."""
    pages = page_count(pdf)
    parts = [b"RaS2"]
    for number in range(pages):
        page = page_image(pdf, dpi, number)
        parts += [_header(page, dpi, size, pages), *_lines(page)]
    return b"".join(parts)


def _header(page: Picture, dpi: int, size: str, pages: int) -> bytes:
    """The 1,796 bytes before a page: four names, 49 numbers, floats and further names, most of them nothing."""
    points = [round(dots * 72 / dpi) for dots in (page.width, page.height)]
    until_size = [0] * 5 + [dpi, dpi] + [0] * 14 + [1, 0, 0, *points]  # from AdvanceDistance on; 1 is NumCopies
    until_size += [0, 0, 0, page.width, page.height, 0, 8, 8, page.width, 0, _SGRAY, 0, 0, 0, 0, 1]
    whole = [pages, 1, 1, 0, 0, page.width, page.height, 0xFFFFFF, 4]
    return b"".join(
        (
            struct.pack(">64s192x", b"PwgRaster"),
            struct.pack(f">{len(until_size)}I", *until_size),
            struct.pack(">7f", 1.0, *points, 0, 0, *points),
            struct.pack(">16I", *whole, *[0] * (16 - len(whole))),
            bytes(16 * 4 + 16 * 64 + 64 + 64),
            struct.pack(">64s", size.encode()),
        )
    )


def _lines(page: Picture) -> Iterator[bytes]:
    """Each line once with how often it follows, as runs of equal dots."""
    before, times = b"", 0
    for top in range(0, page.stride * page.height, page.stride):
        line = page.pixels[top : top + page.width]
        if times and (line != before or times == _SAME_LINES):
            yield _line(before, times)
            times = 0
        before, times = line, times + 1
    yield _line(before, times)


def _line(line: bytes, times: int) -> bytes:
    runs = (bytes((len(run[0]) - 1,)) + run[1] for run in _RUN.finditer(line))
    return bytes((times - 1,)) + b"".join(runs)
