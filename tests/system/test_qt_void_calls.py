"""PySide6 6.12.0 drops a reference to None in every void call on Python 3.11: after some thousands it aborts."""

import subprocess
import sys

CALLS = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
for number in range(20_000):
    label.setText(str(number))
print(label.text())
"""


def test_twenty_thousand_void_calls_leave_the_interpreter_alive() -> None:
    done = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "19999\n", "")
