"""What a roll printer is sent is the very picture of the page, and both codes are read from it."""

import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from printing.picture import Picture
from printing.receipt import render_receipt, render_slip
from printing.roll import BAND, DARK, WIDTH, raster, roll_bytes
from printing.trial import render_test_page
from tests.printing.papers import AWKWARD, picture_of, receipt, trial

every_receipt = pytest.mark.parametrize("name", AWKWARD)


def printed(sent: bytes) -> tuple[list[Image.Image], list[int]]:
    """What a printer that knows these four commands puts on its paper, cut by cut, and the heights of the bands."""
    assert sent[:2] == b"\x1b@", "it begins anew, whatever was left in it"
    at, rows, cuts, bands = 2, b"", [], []
    while at < len(sent):
        if sent[at : at + 4] == b"\x1dv0\0":
            across, down = (int.from_bytes(sent[at + n : at + n + 2], "little") for n in (4, 6))
            assert across == WIDTH // 8
            rows += sent[at + 8 : at + 8 + across * down]
            bands.append(down)
            at += 8 + across * down
        elif sent[at : at + 2] == b"\x1bd":
            at += 3
        elif sent[at : at + 4] == b"\x1dVB\0":
            height = len(rows) * 8 // WIDTH
            cuts.append(Image.frombytes("1", (WIDTH, height), bytes(byte ^ 0xFF for byte in rows)))
            rows, at = b"", at + 4
        else:
            pytest.fail(f"an unknown command at {at}: {sent[at : at + 4]!r}")
    assert rows == b"", "the last paper was cut off"
    return cuts, bands


def dots_of(pdf: bytes) -> Image.Image:
    """The page in black and white, made another way, without its blank tail."""
    page = picture_of(pdf).point(lambda grey: 255 if grey >= DARK else 0).convert("1", dither=Image.Dither.NONE)
    box = page.point(lambda white: 255 - white).getbbox()
    assert box is not None
    return page.crop((0, 0, WIDTH, box[3]))


@every_receipt
def test_the_printer_puts_down_exactly_the_page(name: str) -> None:
    pdf = render_receipt(AWKWARD[name], "roll80")
    [paper], bands = printed(roll_bytes(pdf))
    assert paper.tobytes() == dots_of(pdf).tobytes()
    assert max(bands) <= BAND


@pytest.mark.parametrize(
    "name", ["usual", "papers to bring, second duplicate", "somebody without papers", "in English"]
)
def test_both_codes_are_read_from_the_paper_by_two_readers(name: str, tmp_path: Path) -> None:
    values = AWKWARD[name]
    [paper], _bands = printed(roll_bytes(render_receipt(values, "roll80")))
    # the roll's own white edges, four millimetres each
    page = Image.new("L", (WIDTH + 64, paper.height + 64), 255)
    page.paste(paper.convert("L"), (32, 32))
    assert {code.text for code in zxingcpp.read_barcodes(page)} == {values.payload, values.tracking_code}
    page.save(tmp_path / "roll.png")
    done = subprocess.run(["zbarimg", "-q", tmp_path / "roll.png"], capture_output=True, text=True, check=True)
    assert sorted(done.stdout.split()) == [f"CODE-128:{values.tracking_code}", f"QR-Code:{values.payload}"]


def test_slips_and_test_pages_come_out_as_well() -> None:
    for pdf in (render_slip(receipt(lacking=("الف",)), "roll80"), render_test_page(trial(), "roll80")):
        [paper], _bands = printed(roll_bytes(pdf))
        assert paper.tobytes() == dots_of(pdf).tobytes()


def test_the_leftmost_dot_is_the_highest_bit_and_white_rows_at_the_end_are_not_sent() -> None:
    row = bytes([0, 255, DARK, DARK - 1]) + b"\xff" * 4
    made = raster(Picture(8, 3, 8, row + b"\xff" * 16))
    assert made.height == 1
    assert made.dots == bytes([0b10010000]) + bytes(WIDTH // 8 - 1)


def test_a_page_that_is_wider_than_the_roll_is_refused() -> None:
    with pytest.raises(ValueError, match="576 dots wide"):
        roll_bytes(render_receipt(receipt(), "a5"))


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        roll_bytes(b"nonsense")
