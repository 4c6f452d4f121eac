"""Reading the QR codes on a paper: of a PDF, or of a picture from a scanner or a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from printing.picture import page_count, page_image

if TYPE_CHECKING:
    from PIL.Image import Image

_DENSITIES = (200, 300)
_MOST_PAGES = 20
_MOST_DOTS = 120_000_000
"""An A4 page at 1200 dpi is 139 million dots; a picture beyond this is not opened."""


class Unreadable(Exception):
    """Neither a PDF nor a picture that can be opened."""


def qr_texts(content: bytes) -> list[str]:
    """The texts of all QR codes in a PDF, PNG or JPEG file. Raises `Unreadable`."""
    import zxingcpp

    qr = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for picture in _pictures(content):
        found = [code.text for code in zxingcpp.read_barcodes(picture, formats=qr)]
        if found:
            return found
    return []


def _pictures(content: bytes) -> Iterator[Image]:
    from PIL import Image, UnidentifiedImageError

    if b"%PDF-" in content[:1024]:
        try:
            for number in range(min(page_count(content), _MOST_PAGES)):
                for dpi in _DENSITIES:
                    page = page_image(content, dpi, number)
                    yield Image.frombytes("L", (page.width, page.height), page.pixels, "raw", "L", page.stride, 1)
        except ValueError as error:
            raise Unreadable from error
        return
    import io

    try:
        picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF", "BMP"))
        if picture.width * picture.height > _MOST_DOTS:
            raise Unreadable
        yield picture.convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable from error
