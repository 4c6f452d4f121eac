"""A phone's picture of a paper: turned, blurred, shaded and noisy, and the codes are read all the same."""

from random import Random

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from printing.receipt import PAPERS, render_receipt
from tests.printing.papers import picture_of, receipt

PHOTO_DPI = 150
"""A sheet that fills the picture of a cheap phone."""


def photographed(page: Image.Image, *, turned: float, blur: float, seed: int = 1) -> Image.Image:
    """The sheet on a table: a lamp at one corner, a soft focus, a sensor's noise."""
    table = Image.new("L", (page.width + 240, page.height + 240), 90)
    table.paste(page, (120, 120))
    table = table.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=90)
    shade = Image.linear_gradient("L").rotate(45, expand=True).resize(table.size)
    lit = Image.composite(table, table.point(lambda grey: round(grey * 0.55)), shade)
    blurred = lit.filter(ImageFilter.GaussianBlur(blur))
    draw = Random(seed)
    noise = Image.frombytes("L", blurred.size, draw.randbytes(blurred.width * blurred.height))
    return Image.blend(blurred, noise, 0.06)


def read(picture: Image.Image) -> dict[str, str]:
    return {str(code.format): code.text for code in zxingcpp.read_barcodes(picture)}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("turned", "blur"), [(0, 0.6), (4, 0.8), (-7, 0.8), (8, 0.9), (-8, 0.9)])
def test_both_codes_are_read_from_a_photograph(paper: str, turned: float, blur: float) -> None:
    values = receipt()
    page = picture_of(render_receipt(values, paper), PHOTO_DPI)
    codes = read(photographed(page, turned=turned, blur=blur))
    assert set(codes.values()) == {values.payload, values.tracking_code}, codes


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("turned", "blur"), [(20, 1.0), (-20, 1.0), (3, 1.5), (90, 0.8), (180, 0.8)])
def test_the_qr_is_read_even_when_it_is_held_badly(paper: str, turned: float, blur: float) -> None:
    values = receipt()
    page = picture_of(render_receipt(values, paper), PHOTO_DPI)
    assert values.payload in read(photographed(page, turned=turned, blur=blur)).values()
