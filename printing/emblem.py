"""An office's own emblem: a picture in black and white that is small enough to stand in every receipt's values.

Papers take it as a text, `dots:WIDTHxHEIGHT:BASE64` of deflated rows, one bit a dot (0 black), or as `star`, for an
office that has no drawing. It is kept and sent as a small PNG of the same dots, which whoever prints it reads without
a decoder of pictures.
"""

import base64
import io
import re
import struct
import zlib
from functools import lru_cache
from typing import NamedTuple

MOST_WIDE, MOST_HIGH = 360, 200
"""Dots: 17 mm high and twice as wide at 300 an inch."""
MOST_LETTERS = 6_000
MOST_PIXELS = 12_000_000
"""Of the picture that it is made from."""
INK = 160
"""Greys below this become black."""
STAR = "star"


class EmblemError(ValueError):
    """The picture cannot be an emblem. `code` is `bad_format`, `too_large`, `empty` or `too_detailed`."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Dots(NamedTuple):
    """A drawing of width × height dots, its rows deflated."""

    width: int
    height: int
    deflated: bytes

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Its size when it is made as large as the room allows."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


def emblem_of(picture: bytes) -> str:
    """The emblem's text from a picture file (PNG or JPEG); white and clear edges are cut off. Raises EmblemError."""
    from PIL import Image, ImageChops, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise EmblemError("too_large", "The picture has too many dots.")
            clear = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if isinstance(error, EmblemError):
            raise
        raise EmblemError("bad_format", "This is no picture that can be read.") from error
    flat = Image.new("RGBA", clear.size, "white")
    flat.alpha_composite(clear)
    grey = flat.convert("L")
    inked = ImageChops.invert(grey).point(lambda ink: 255 if ink > 255 - INK else 0).getbbox()
    if inked is None:
        raise EmblemError("empty", "The picture is empty.")
    grey = grey.crop(inked)
    scale = min(MOST_WIDE / grey.width, MOST_HIGH / grey.height)
    size = max(1, round(grey.width * scale)), max(1, round(grey.height * scale))
    dots = grey.resize(size, Image.Resampling.LANCZOS).point(lambda ink: 255 if ink >= INK else 0).convert("1")
    text = f"dots:{size[0]}x{size[1]}:{base64.b64encode(zlib.compress(dots.tobytes(), 9)).decode()}"
    if len(text) > MOST_LETTERS:
        raise EmblemError("too_detailed", "The picture has too much detail for an emblem; take a line drawing.")
    return text


@lru_cache(maxsize=8)
def dots_of(emblem: str) -> Dots | None:
    """The drawing in an emblem's text; None where it holds none that can be drawn."""
    found = re.fullmatch(r"dots:(\d{1,3})x(\d{1,3}):([A-Za-z0-9+/]+=*)", emblem)
    if not found or len(emblem) > MOST_LETTERS:
        return None
    width, height = int(found[1]), int(found[2])
    try:
        deflated = base64.b64decode(found[3])
        rows = zlib.decompressobj().decompress(deflated, MOST_WIDE * MOST_HIGH)
    except (ValueError, zlib.error):
        return None
    fits = 0 < width <= MOST_WIDE and 0 < height <= MOST_HIGH and len(rows) == (width + 7) // 8 * height
    return Dots(width, height, deflated) if fits else None


_PNG, _FORM = b"\x89PNG\r\n\x1a\n", bytes((1, 0, 0, 0, 0))
"""What a PNG begins with; one bit a dot, grey, deflated, unfiltered (ISO/IEC 15948)."""


def drawing_of(picture: bytes) -> bytes:
    """The emblem from a picture file as the small PNG that is kept. Raises like `emblem_of`."""
    return png_of(emblem_of(picture))


def png_of(emblem: str) -> bytes:
    """The drawing in an emblem's text as a PNG; empty where it holds none that can be drawn."""
    dots = dots_of(emblem)
    if dots is None:
        return b""
    wide, rows = (dots.width + 7) // 8, zlib.decompress(dots.deflated)
    filtered = b"".join(b"\0" + rows[start : start + wide] for start in range(0, len(rows), wide))
    chunks = (
        (b"IHDR", struct.pack(">II", dots.width, dots.height) + _FORM),
        (b"IDAT", zlib.compress(filtered, 9)),
        (b"IEND", b""),
    )
    return _PNG + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


@lru_cache(maxsize=8)
def text_of(png: bytes) -> str:
    """The emblem's text from a PNG that `png_of` has made; empty for any other."""
    try:
        width, height, form = struct.unpack_from(">II5s", png, 16)
        filtered = zlib.decompressobj().decompress(png[41:], MOST_WIDE * MOST_HIGH)
    except (struct.error, zlib.error):
        return ""
    wide = (width + 7) // 8
    rows = b"".join(filtered[start + 1 : start + 1 + wide] for start in range(0, len(filtered), wide + 1))
    text = f"dots:{width}x{height}:{base64.b64encode(zlib.compress(rows, 9)).decode()}"
    return text if form == _FORM and png_of(text) == png else ""
