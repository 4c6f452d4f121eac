"""Every paper looks as it did when somebody last looked at it.

When a picture is meant to change: `python -m tests.printing.golden`, look, and commit the pictures with the change.
"""

import pytest

from tests.printing.golden import GOLDEN, PAPERS, apart, kept, leave_for_the_eye, picture

TOLERANCE = 0.0005
"""Of all pixels: edges of letters under another version of PDFium, not a word that moved."""


@pytest.mark.parametrize("name", PAPERS)
def test_the_paper_looks_as_before(name: str) -> None:
    image = picture(PAPERS[name]())
    share = apart(kept(name), image)
    if share > TOLERANCE:
        pytest.fail(f"{share:.2%} of the picture differ; look at build/{leave_for_the_eye(name, image)}")


def test_no_golden_picture_is_left_over_and_all_are_small() -> None:
    files = list(GOLDEN.glob("*.png"))
    assert {file.stem for file in files} == set(PAPERS)
    assert sum(file.stat().st_size for file in files) < 3_000_000


def test_a_word_that_moved_is_seen() -> None:
    image = picture(PAPERS["receipt-a5-usual"]())
    moved = image.copy()
    place = (310, 270, 395, 292)  # where the day of the answer is
    moved.paste(255, place)
    moved.paste(image.crop(place), (place[0] - 3, place[1] + 2))
    assert apart(image, moved) > TOLERANCE
    assert apart(image, image.resize((image.width, image.height + 1))) == 1
