"""A page of a PDF as a picture, for the screen and for printers that take pictures."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

_pdfium = threading.Lock()
"""PDFium is not thread-safe: without one lock for the process, four threads crash it."""


class Picture(NamedTuple):
    """Grey pixels from the top, one byte each (0 black); a row takes `stride` bytes, of which `width` are pixels."""

    width: int
    height: int
    stride: int
    pixels: bytes


def page_image(pdf: bytes, dpi: float, page: int = 0) -> Picture:
    """A page at so many dots an inch. May be called from any thread, one page at a time; raises ValueError for what is
    no PDF and IndexError for a page that it lacks."""
    with _opened(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(f"The PDF has {len(document)} pages.")
        bitmap = document[page].render(scale=dpi / 72, grayscale=True)
        # the buffer dies with the bitmap
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


def page_count(pdf: bytes) -> int:
    """How many pages it has; raises ValueError for what is no PDF."""
    with _opened(pdf) as document:
        return len(document)


@contextmanager
def _opened(pdf: bytes) -> Iterator["pypdfium2.PdfDocument"]:
    import pypdfium2  # 0.1 s that nothing but a picture should wait for

    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ValueError("This is not a PDF that can be shown.") from error
        try:
            yield document
        finally:
            document.close()
