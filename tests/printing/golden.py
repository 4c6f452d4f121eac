"""Golden pictures of every paper; `python -m tests.printing.golden` draws them anew, to be looked at,
and those of docs/papers.md."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from printing.receipt import render_receipt, render_slip
from printing.recovery import render_recovery_sheet
from printing.trial import render_test_page
from tests.printing.papers import AWKWARD, picture_of, recovery, text_of, trial

GOLDEN = Path(__file__).parent / "golden"
LEFT_FOR_THE_EYE = Path(__file__).resolve().parents[2] / "build" / "golden"
SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"
DPI = 90
GREYS = 8
ON_A4 = ("usual", "papers to bring, second duplicate", "thirty papers", "a wide emblem", "in English")
TOO_LONG_FOR_A_ROLL = ("an office that says too much",)


def papers() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every golden picture's name and how its PDF is made."""
    for name, values in AWKWARD.items():
        slug = name.replace(",", "").replace(" ", "-")
        yield f"receipt-a5-{slug}", partial(render_receipt, values)
        if name in ON_A4:
            yield f"receipt-a4-{slug}", partial(render_receipt, values, "a4")
        if name not in TOO_LONG_FOR_A_ROLL:
            yield f"receipt-roll80-{slug}", partial(render_receipt, values, "roll80")
    lacking = AWKWARD["papers to bring, second duplicate"]
    for paper in ("a5", "a4", "roll80"):
        yield f"slip-{paper}", partial(render_slip, lacking, paper)
        yield f"test-page-{paper}", partial(render_test_page, trial(), paper)
    for paper in ("a5", "a4"):
        yield f"recovery-{paper}", partial(render_recovery_sheet, recovery(), paper)
    yield "recovery-in-English", partial(render_recovery_sheet, recovery(language="en"))


PAPERS = dict(papers())


def picture(pdf: bytes) -> Image.Image:
    """All pages beside each other in a few greys."""
    pages = [picture_of(pdf, DPI, page) for page in range(len(text_of(pdf)))]
    whole = Image.new("L", (sum(page.width for page in pages), max(page.height for page in pages)), 128)
    left = 0
    for page in pages:
        whole.paste(page, (left, 0))
        left += page.width
    step = 255 / (GREYS - 1)
    return whole.point(lambda grey: round(round(grey / step) * step))


def apart(one: Image.Image, other: Image.Image) -> float:
    """The share of clearly different pixels; 1 for pictures of different sizes."""
    if one.size != other.size:
        return 1.0
    histogram = ImageChops.difference(one, other).histogram()
    return sum(histogram[80:]) / (one.width * one.height)


def kept(name: str) -> Image.Image:
    """The golden picture of this name."""
    with Image.open(GOLDEN / f"{name}.png") as image:
        return image.convert("L")


def keep(name: str, image: Image.Image) -> None:
    """Writes the golden picture in as few bytes as its greys take."""
    image.convert("P", palette=Image.Palette.ADAPTIVE, colors=GREYS).save(GOLDEN / f"{name}.png", optimize=True, bits=4)


def leave_for_the_eye(name: str, image: Image.Image) -> str:
    """Keeps the new picture, the golden one and both on top of each other; says where."""
    LEFT_FOR_THE_EYE.mkdir(parents=True, exist_ok=True)
    image.save(LEFT_FOR_THE_EYE / f"{name}.new.png")
    golden = kept(name)
    golden.save(LEFT_FOR_THE_EYE / f"{name}.golden.png")
    both = Image.new("RGB", (max(image.width, golden.width), max(image.height, golden.height)), "white")
    both.paste(Image.merge("RGB", (golden, golden, golden)))
    red = Image.new("L", both.size, 255)
    red.paste(image)
    Image.merge("RGB", (red, both.getchannel(1), both.getchannel(2))).save(LEFT_FOR_THE_EYE / f"{name}.both.png")
    return f"{LEFT_FOR_THE_EYE.name}/{name}.*.png"


SHOWN = {
    "a5": "receipt-a5-usual",
    "a5-duplicate": "receipt-a5-papers-to-bring-second-duplicate",
    "a4": "receipt-a4-usual",
    "roll": "receipt-roll80-usual",
    "slip": "slip-a5",
    "guided": "receipt-a5-only-guided",
    "recovery": "recovery-a5",
    "test-page": "test-page-a5",
}
"""What docs/papers.md shows."""


def show(name: str, pdf: bytes) -> None:
    """Writes a paper's picture for the documents: the sheet with an edge round it."""
    page = picture_of(pdf, 110)
    ImageDraw.Draw(page).rectangle((0, 0, page.width - 1, page.height - 1), outline=176)
    shown = page.quantize(16, dither=Image.Dither.NONE)
    shown.save(SCREENS / f"paper-{name}.png", optimize=True, bits=4)


if __name__ == "__main__":
    for name, paper in SHOWN.items():
        show(name, PAPERS[paper]())
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.png"):
        if old.stem not in PAPERS:
            old.unlink()
    for name, made in PAPERS.items():
        image = picture(made())
        if not (GOLDEN / f"{name}.png").exists() or apart(kept(name), image) > 0:
            keep(name, image)
            print(name)
