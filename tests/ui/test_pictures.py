"""Every state looks as it did: its picture beside the one that is kept.

The fonts are the program's own and Qt draws them itself, so pictures agree from system to system; what another version
of a library may still shift by a shade is below the tolerance. `KEEP_PICTURES=1` renews the kept ones.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.people import Session
from tests.desk.counter import CLERK, HOSSEIN, registered, visit
from tests.ui.day import all_states, settle
from tests.ui.hand import Clerk
from ui.window import Window

KEPT = Path(__file__).parent / "pictures"
DIFFERENCES = Path(__file__).resolve().parent.parent.parent / "build" / "pictures"
KEEP = "KEEP_PICTURES" in os.environ

SIZE = (1366, 768)
SHADE = 40
"""A pixel differs when one of its colours is so far off, of 255."""
SHARE = 0.002
"""So much of a picture may differ: a letter here and there, no word and no box."""


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ; 1 where the sizes do."""
    if one.size != other.size:
        return 1.0
    worst = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    channels = [channel.point(lambda value: 255 if value > SHADE else 0) for channel in worst.split()]
    either = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    return either.histogram()[255] / (one.size[0] * one.size[1])


def taken(window: Window) -> Image.Image:
    """The window's picture at half its size: what is looked at is what a clerk would notice."""
    shot = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size, row = (shot.width(), shot.height()), shot.bytesPerLine()
    whole = Image.frombytes("RGB", size, bytes(shot.constBits()), "raw", "RGB", row)
    return whole.resize((shot.width() // 2, shot.height() // 2), Image.Resampling.BOX)


class Album:
    """Compares pictures with the kept ones, and keeps the others side by side for the eye."""

    def __init__(self) -> None:
        self.others: list[str] = []

    def look(self, window: Window, name: str) -> None:
        picture, kept = taken(window), KEPT / f"{name}.png"
        if KEEP:
            KEPT.mkdir(exist_ok=True)
            if not kept.exists() or differing(picture, Image.open(kept)) > SHARE / 4:
                picture.save(kept, optimize=True)
            return
        if not kept.exists():
            self._leave(picture, None, name)
            self.others.append(f"{name}: none is kept")
            return
        share = differing(picture, Image.open(kept))
        if share > SHARE:
            self._leave(picture, kept, name)
            self.others.append(f"{name}: {share:.2%} differs")

    def _leave(self, picture: Image.Image, kept: Path | None, name: str) -> None:
        DIFFERENCES.mkdir(parents=True, exist_ok=True)
        picture.save(DIFFERENCES / f"{name}-now.png")
        if kept is not None:
            before = Image.open(kept).convert("RGB")
            before.save(DIFFERENCES / f"{name}-kept.png")
            if before.size == picture.size:
                ImageChops.difference(before, picture).save(DIFFERENCES / f"{name}-difference.png")


@pytest.fixture
def album() -> Iterator[Album]:
    album = Album()
    yield album
    assert album.others == [], f"look at {DIFFERENCES}; KEEP_PICTURES=1 keeps the new ones"


@pytest.fixture
def same_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tracking codes in a row instead of by chance, and one signature for every receipt's QR code."""
    numbers = iter(range(1_234_567, 9_999_999, 1_111))
    monkeypatch.setattr("app.desk.visits.secrets.randbelow", lambda most: next(numbers) % most)
    monkeypatch.setattr(Desk, "signed", lambda desk, body: bytes(64))


@pytest.mark.usefixtures("same_codes")
def test_every_state_looks_as_it_did(desk: Desk, clerk: Session, window: Window, album: Album, qtbot: QtBot) -> None:
    QApplication.setCursorFlashTime(0)
    registered(desk, clerk, visit(HOSSEIN))
    window.resize(*SIZE)
    hand = Clerk(window, qtbot)
    hand.until(lambda: window.sign_in.tiles)
    settle(hand)
    album.look(window, "sign-in")
    hand.sign_in(CLERK)
    for state in all_states(hand):
        settle(hand)
        album.look(window, state.replace(", ", "-").replace(" ", "-"))


def test_a_moved_box_is_a_difference_and_a_shade_is_none() -> None:
    plain = Image.new("RGB", (683, 384), "white")
    shaded = Image.new("RGB", (683, 384), (240, 240, 240))
    boxed = plain.copy()
    boxed.paste((11, 107, 104), (100, 100, 140, 120))
    assert differing(plain, plain) == 0
    assert differing(plain, shaded) == 0
    assert differing(plain, boxed) > SHARE
    assert differing(plain, plain.resize((100, 100))) == 1
