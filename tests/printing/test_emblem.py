"""An office's own emblem becomes a small drawing that is printed in its own shape."""

import base64
import io
import zlib
from contextlib import suppress
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from printing.emblem import (
    MOST_HIGH,
    MOST_LETTERS,
    MOST_WIDE,
    STAR,
    EmblemError,
    dots_of,
    drawing_of,
    emblem_of,
    png_of,
    text_of,
)
from printing.receipt import PAPERS, render_receipt
from tests.printing.papers import emblem_file, picture_of, receipt


@pytest.mark.parametrize(("width", "height"), [(500, 500), (300, 900), (1600, 400), (40, 40), (2000, 60)])
@pytest.mark.parametrize("clear", [True, False])
def test_a_picture_of_any_shape_keeps_its_shape_and_loses_its_edges(width: int, height: int, *, clear: bool) -> None:
    dots = dots_of(emblem_of(emblem_file(width, height, clear=clear)))
    assert dots is not None
    assert dots.width <= MOST_WIDE
    assert dots.height <= MOST_HIGH
    assert dots.width == MOST_WIDE or dots.height == MOST_HIGH
    assert dots.width / dots.height == pytest.approx(width / height, rel=0.1)


def test_a_jpeg_does_as_well_and_the_text_is_small() -> None:
    text = emblem_of(emblem_file(800, 800, form="JPEG"))
    assert dots_of(text)
    assert len(text) < 3_000


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (b"", "no picture"),
        (b"%PDF-1.4", "no picture"),
        (emblem_file(300, 300)[:200], "no picture"),
        (png(Image.new("1", (4_000, 3_001), 0)), "too many dots"),
        (png(Image.new("L", (50, 50), 255)), "empty"),
        (png(Image.new("RGBA", (50, 50), (0, 0, 0, 0))), "empty"),
        (png(Image.frombytes("1", (360, 200), Random(1).randbytes(45 * 200))), "too much detail"),
    ],
)
def test_what_is_no_emblem_is_refused_with_a_sentence(picture: bytes, why: str) -> None:
    with pytest.raises(EmblemError, match=why):
        emblem_of(picture)


SMALL = emblem_file(120, 60)
KEPT = drawing_of(SMALL)


@given(st.integers(0, len(SMALL) - 1), st.binary(min_size=1, max_size=4), st.booleans())
def test_whatever_a_picture_has_become_it_is_an_emblem_or_refused(at: int, other: bytes, cut: bool) -> None:
    spoilt = SMALL[:at] + other + (b"" if cut else SMALL[at + len(other) :])
    with suppress(EmblemError):
        assert dots_of(emblem_of(spoilt))


@given(st.integers(1, MOST_WIDE), st.integers(1, 60), st.randoms(use_true_random=False))
def test_the_picture_that_is_kept_holds_the_same_drawing(width: int, height: int, random: Random) -> None:
    """And any program of pictures reads it, so that a browser shows it."""
    dots = Image.frombytes("1", (width, height), random.randbytes((width + 7) // 8 * height)).tobytes()
    text = f"dots:{width}x{height}:{base64.b64encode(zlib.compress(dots, 9)).decode()}"
    kept = png_of(text)
    if not dots_of(text):
        assert kept == b""
        return
    assert text_of(kept) == text
    with Image.open(io.BytesIO(kept)) as seen:
        assert (seen.mode, seen.size, seen.tobytes()) == ("1", (width, height), dots)


@pytest.mark.parametrize(("width", "height"), [(600, 300), (300, 900), (1, 1)])
def test_what_is_kept_is_its_own_emblem(width: int, height: int) -> None:
    picture = png(Image.new("1", (width, height), 0)) if width == 1 else emblem_file(width, height)
    kept = drawing_of(picture)
    assert emblem_of(kept) == emblem_of(picture) == text_of(kept)
    assert drawing_of(kept) == kept


@given(
    st.binary(max_size=200) | st.integers(0, 80).map(lambda end: KEPT[:end]) | st.binary(max_size=3).map(KEPT.__add__)
)
def test_only_a_picture_of_our_own_making_is_read_without_a_decoder(other: bytes) -> None:
    assert text_of(other) == (text_of(KEPT) if other == KEPT else "")


def test_a_picture_that_would_burst_is_none() -> None:
    burst = KEPT[:41] + zlib.compress(bytes(50_000_000), 9)
    assert text_of(burst) == ""
    assert text_of(SMALL) == "", "eight bits a dot"


@given(st.text(max_size=60) | st.from_regex(r"\Adots:[0-9]{1,4}x[0-9]{1,3}:[A-Za-z0-9+/]{0,40}={0,2}\Z"))
def test_a_text_that_holds_no_drawing_draws_none(text: str) -> None:
    assert dots_of(text) is None


def test_a_drawing_that_would_burst_is_none() -> None:
    whole = emblem_of(emblem_file(500, 500))
    assert dots_of(whole.replace("x200:", "x100:")) is None, "more rows than it says"
    assert dots_of(whole + "A" * MOST_LETTERS) is None


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("width", "height"), [(300, 900), (1600, 400)])
def test_it_is_printed_in_its_own_shape_in_its_own_place(paper: str, width: int, height: int) -> None:
    emblem = emblem_of(emblem_file(width, height))
    values = receipt(emblem=emblem, office_name="", office_caption="")
    with_it, without = (
        picture_of(render_receipt(msgspec.structs.replace(values, emblem=text), paper), 200) for text in (emblem, "")
    )
    # on a roll what follows moves down, elsewhere nothing else changes
    high = 150 if paper == "roll80" else with_it.height
    one, other = (each.crop((0, 25, each.width, high)) for each in (with_it, without))
    box = ImageChops.difference(one, other).point(lambda apart: 255 if apart > 100 else 0).getbbox()
    assert box is not None
    if paper == "a5":
        left, top, right, bottom = box
        assert (right - left) / (bottom - top) == pytest.approx(width / height, rel=0.1)
        assert right == pytest.approx(with_it.width - 11 / 25.4 * 200, abs=3), "at the start edge"


def test_the_star_is_drawn_here() -> None:
    assert dots_of(STAR) is None
    assert render_receipt(receipt()) != render_receipt(receipt(emblem=""))
