"""The codes on the paper are read back by two independent readers from what a 203 dpi printer puts down."""

import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from models.receipt import ReceiptValues
from printing.codes import bars, qr
from printing.page import DOT, MM
from printing.receipt import render_receipt
from tests.printing.papers import PAYLOAD, picture_of, receipt

LONG_HOST = "HTTPS://PEYGIRI.EDARE.EXAMPLE.GOV.IR/" + PAYLOAD[-127:]
PAPERS = {
    "usual": receipt(),
    "long host": receipt(payload=LONG_HOST),
    "for desks only": receipt(payload="MIZ:" + PAYLOAD[-127:], web=""),
    "code of nines": receipt(tracking_code="999999999999"),
    "with passcode": receipt(tracking_code="000100000005", passcode="0042"),
    "in English": receipt(language="en"),
}
papers = pytest.mark.parametrize("values", PAPERS.values(), ids=PAPERS.keys())


def black_and_white(image: Image.Image) -> Image.Image:
    return image.point(lambda grey: 255 if grey > 140 else 0)


@papers
def test_zxing_reads_both_codes(values: ReceiptValues) -> None:
    read = {
        str(code.format): code.text
        for code in zxingcpp.read_barcodes(black_and_white(picture_of(render_receipt(values))))
    }
    assert sorted(read.values()) == sorted([values.payload, values.tracking_code]), read


@papers
def test_zbar_reads_both_codes(values: ReceiptValues, tmp_path: Path) -> None:
    black_and_white(picture_of(render_receipt(values))).save(tmp_path / "page.png")
    done = subprocess.run(["zbarimg", "-q", tmp_path / "page.png"], capture_output=True, text=True, check=True)
    assert sorted(done.stdout.split()) == [f"CODE-128:{values.tracking_code}", f"QR-Code:{values.payload}"]


def test_the_qr_has_version_6_and_whole_dots_over_at_least_30_mm() -> None:
    columns, dots, _cells = qr(PAYLOAD)
    assert (columns, dots) == (41, 6)
    assert columns * dots * DOT >= 30 * MM


def test_a_long_host_takes_the_next_version_and_is_no_smaller() -> None:
    columns, dots, _cells = qr(LONG_HOST)
    assert columns == 45
    assert columns * dots * DOT >= 30 * MM


def test_digits_go_two_a_symbol() -> None:
    columns, cells = bars("001748269032")
    assert columns == 101, "start, six pairs, check, stop"
    assert cells[0] == (0, 0, 2, 1)
    assert sum(cell[2] for cell in cells) < columns


def test_modules_lie_on_whole_dots_of_the_printer() -> None:
    page = picture_of(render_receipt(receipt()))
    code = next(code for code in zxingcpp.read_barcodes(page) if "QR" in str(code.format))
    left, right = code.position.top_left.x + 1, code.position.top_right.x - 1
    middle = (code.position.top_left.y + code.position.bottom_left.y) // 2
    greys = [page.getpixel((x, middle)) for x in range(left, right)]
    assert {grey for grey in greys if 40 < int(grey) < 215} == set()  # type: ignore[arg-type]
