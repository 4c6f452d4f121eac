"""Pages for an 80 mm receipt printer: black dots in rows of 576, and the commands that print them.

ESC/POS, as Epson publishes it and others follow: `ESC @` begins anew, `GS v 0` takes a band of dots, `ESC d` feeds,
`GS V 66` feeds to the knife and cuts.
"""

from typing import NamedTuple

from printing.picture import Picture, page_count, page_image

WIDTH = 576
"""Dots across: 72 mm at 203 dpi."""
DPI = 203
DARK = 140
"""Greys below this become black. No dithering: it would fray the edges of letters and of codes."""
BAND = 512
"""Rows a command: what the smallest buffers hold."""
_ROW = WIDTH // 8
_BITS = bytes(b"1"[0] if grey < DARK else b"0"[0] for grey in range(256))


class Raster(NamedTuple):
    """Rows of 72 bytes, the leftmost dot in the highest bit, 1 for black; white rows at the end are left out."""

    height: int
    dots: bytes


def raster(picture: Picture) -> Raster:
    """A grey picture as dots. Raises ValueError where it is wider than the printer."""
    if picture.width > WIDTH:
        raise ValueError(f"A roll is {WIDTH} dots wide, this picture {picture.width}.")
    white = b"\xff" * (WIDTH - picture.width)
    starts = range(0, picture.stride * picture.height, picture.stride)
    pixels = b"".join(picture.pixels[start : start + picture.width] + white for start in starts)
    dots = int(pixels.translate(_BITS), 2).to_bytes(len(starts) * _ROW)
    height = -(-len(dots.rstrip(b"\0")) // _ROW)
    return Raster(height, dots[: height * _ROW])


def roll_bytes(pdf: bytes) -> bytes:
    """What to send to the printer for a PDF made for `roll80`: its pages, each cut off. Raises ValueError for what is
    no PDF or is wider than the roll."""
    sent = [b"\x1b@"]
    for page in range(page_count(pdf)):
        made = raster(page_image(pdf, DPI, page))
        for top in range(0, made.height, BAND):
            height = min(BAND, made.height - top)
            head = b"\x1dv0\0" + _ROW.to_bytes(2, "little") + height.to_bytes(2, "little")
            sent.append(head + made.dots[top * _ROW : (top + height) * _ROW])
        sent.append(b"\x1bd\x04\x1dVB\0")
    return b"".join(sent)
