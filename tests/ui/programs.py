"""Programs that tests run on their own, because they kill them or look at what they have imported."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

OPEN = """
import argparse, sys, threading
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
import ui.command as command
from ui.window import Window

application = QApplication(sys.argv[:1])

def press(key, text=""):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(QApplication.focusWidget(), QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

def type_text(text):
    for letter in text:
        press(0, letter)

def window():
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, Window)), None)

def play(steps):
    # each step is (what to wait for, what to do); the next begins when the wait is over
    def turn():
        if not steps:
            return
        ready, act = steps[0]
        if window() is not None and ready():
            steps.pop(0)
            act()
        QTimer.singleShot(10, turn)
    QTimer.singleShot(10, turn)

def run(folder):
    return command.run(argparse.Namespace(data=folder))
"""


def start(script: str, folder: Path, **environment: str) -> subprocess.Popen[str]:
    """Runs `OPEN` and the script with the data folder as its argument."""
    known = os.environ | {"MIZ_KEYSTORE": "file", "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)} | environment
    return subprocess.Popen(
        [sys.executable, "-c", OPEN + script, str(folder)],
        cwd=ROOT,
        env=known,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
