"""A receipt as the picture that the window shows, against Poppler making one: warm, and as a program's first act."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2

from models.receipt import ReceiptValues
from printing.picture import Picture, page_image
from printing.receipt import render_receipt
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, median, milliseconds, p95, program
from tests.bench.paper import values_of

WIDTH = 381
"""Pixels of the sheet in a window of 1366 × 768."""
DPI = WIDTH / (148 / 25.4)
TIMES = 7
_COLD = (
    "import sys; from pathlib import Path; from printing.picture import page_image; "
    f"page_image(Path(sys.argv[1]).read_bytes(), {DPI})"
)


def figures(ground: Ground) -> Iterator[Figure]:
    """A5 papers that are ready as PDF; then from a visit's values to the picture, as after every pause in writing."""
    values = values_of(ground)
    papers = [render_receipt(each) for each in values]
    page_image(papers[0], DPI)
    took = [milliseconds(page_image, paper, DPI) for paper in papers]
    both = [milliseconds(_picture, each) for each in values]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, all_ = folder / "one.pdf", folder / "all.pdf"
        one.write_bytes(papers[0])
        _bind(papers, all_)
        warm = _poppler(all_) / len(papers)
        cold = [program("-c", _COLD, str(one)) for _ in range(TIMES)]
        cold_peer = median([_poppler(one) for _ in range(TIMES)])
    note = f"p95 of {len(took)}, median {median(took):.3g} ms; {WIDTH} pixels wide, grey"
    yield Figure(name="screen", value=p95(took), unit="ms", beside=_beside("Poppler, a page of many", warm), note=note)
    note = f"p95 of {len(both)}, median {median(both):.3g} ms"
    yield Figure(name="screen.values", value=p95(both), unit="ms", note=note)
    note = f"median of {TIMES} programs"
    beside = _beside("Poppler (pdftoppm) as a program", cold_peer)
    yield Figure(name="screen.cold", value=median(cold), unit="ms", beside=beside, note=note)


def _picture(values: ReceiptValues) -> Picture:
    return page_image(render_receipt(values), DPI)


def _beside(name: str, value: float) -> Beside | None:
    return Beside(name, value, "peer") if value else None


def _bind(papers: Sequence[bytes], out: Path) -> None:
    """All papers as one document, each page with its own fonts."""
    whole = pypdfium2.PdfDocument.new()
    for paper in papers:
        whole.import_pages(pypdfium2.PdfDocument(paper))
    whole.save(out)


def _poppler(file: Path) -> float:
    """Milliseconds in which it draws every page; 0 where it is not installed."""
    if shutil.which("pdftoppm") is None:
        return 0
    width = ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    command = ["pdftoppm", "-gray", *width, str(file), str(file.with_suffix(""))]
    return milliseconds(lambda: subprocess.run(command, check=True))
