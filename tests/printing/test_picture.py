"""A page becomes a picture, from any thread."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from printing.picture import page_image
from printing.receipt import render_receipt
from tests.printing.papers import AWKWARD, receipt


def test_a_page_has_the_pixels_of_its_size() -> None:
    image = page_image(render_receipt(receipt()), 203)
    assert (image.width, image.height) == (1183, 1679)
    assert image.stride >= image.width
    assert len(image.pixels) == image.stride * image.height
    assert image.pixels[0] == 255, "the corner is white"
    assert 0 in image.pixels


def test_a_further_page_is_another_picture() -> None:
    pdf = render_receipt(AWKWARD["fifty papers"])
    assert page_image(pdf, 50, 1).pixels != page_image(pdf, 50).pixels
    with pytest.raises(IndexError):
        page_image(pdf, 50, 2)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        page_image(b"%PDF-nonsense", 96)


def test_four_threads_at_once_get_the_same_picture() -> None:
    pdf = render_receipt(receipt())
    with ThreadPoolExecutor(4) as pool:
        pictures = set(pool.map(lambda _turn: page_image(pdf, 96), range(24)))
    assert len(pictures) == 1
