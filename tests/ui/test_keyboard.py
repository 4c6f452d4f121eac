"""Which layout the keyboard writes, asked of a real X server."""

import os
import subprocess
import sys

import pytest

from tests.ui.programs import ROOT
from tests.ui.screen import display
from ui.keyboard import LATIN, PERSIAN, written

ASK = """
import subprocess, sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication(sys.argv[:1])
from ui.keyboard import written
for layout in ("us", "ir", "us,ir", "ir,us", "ru"):
    subprocess.run(["setxkbmap", "-layout", layout], check=True)
    print(layout, written("ن"), written("n"))
"""


def test_the_display_says_which_layout_is_active_before_a_key_is_pressed() -> None:
    with display() as screen:
        known = os.environ | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        asked = subprocess.run([sys.executable, "-c", ASK], env=known, cwd=ROOT, capture_output=True, text=True)
    assert asked.stderr == ""
    said = dict(line.split(" ", 1) for line in asked.stdout.splitlines())
    assert said["us"] == said["us,ir"] == f"{LATIN} {LATIN}"
    assert said["ir"] == said["ir,us"] == f"{PERSIAN} {PERSIAN}"
    assert said["ru"] == f"{PERSIAN} {LATIN}", "of a layout that nobody here knows, what was typed is all there is"


@pytest.mark.parametrize(("typed", "language"), [("نا", PERSIAN), ("ab", LATIN), ("۱۲", PERSIAN), ("a-", LATIN)])
@pytest.mark.usefixtures("qapp")
def test_without_such_a_display_the_last_letter_tells(typed: str, language: str) -> None:
    assert written(typed) == language
