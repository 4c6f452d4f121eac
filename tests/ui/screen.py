"""A display of the tests' own, with the real program on it, and a keyboard whose keys are pressed by their place.

The display server is started on a free number, without a window manager, and ended with the test; so is the program.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.ui.reader import Reader
from tests.ui.scanner_device import strike

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30.0
"""Seconds that anything on a busy machine may take."""
AT_ONCE = ("nice", "-n", "-10")
"""The keys come through the display at a device's own pace; where going first may not be asked for, it only tries."""
PAUSE_MS = 42
"""Between two keys of a person: no scanner is that slow."""

_US = {
    10: ("1234567890-=", "!@#$%^&*()_+"),
    24: ("qwertyuiop[]", "QWERTYUIOP{}"),
    38: ("asdfghjkl;'`", 'ASDFGHJKL:"~'),
    51: ("\\zxcvbnm,./", "|ZXCVBNM<>?"),
    65: (" ", ""),
}
KEYS = {
    letter: (first + n, shift)
    for first, rows in _US.items()
    for shift in (0, 1)
    for n, letter in enumerate(rows[shift])
}
"""Letter of a US keyboard to the key's number in X and whether Shift is held."""
PERSIAN = dict(zip("ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو", "qwertyuiop[]asdfghjkl;'zxcvbnm,", strict=True))
"""Letter to the US letter on the same key: the standard layout (ISIRI 9147)."""
ENTER = 36
NAMED = {
    "Enter": ENTER, "Tab": 23, "Esc": "Escape", "Space": 65, "Up": 111, "Down": 116, "Left": 113, "Right": 114,
    "F1": 67, "F2": 68, "F3": 69, "F4": 70, "F5": 71, "F6": 72, "F7": 73, "F8": 74, "F9": 75, "F10": 76, "F12": 96,
}  # fmt: skip


def until(what: Callable[[], Any], why: Callable[[], str]) -> Any:
    """Waits until `what` is true; its value."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := what():
            return answer
        time.sleep(0.1)  # each look costs the program a while
    raise TimeoutError(why())


@contextmanager
def display(width: int = 1366, height: int = 768) -> Iterator[str]:
    """A new X server on the first free display from :80 on; ended at the end."""
    for number in range(80, 100):
        read, write = os.pipe()
        command = [*AT_ONCE, "Xvfb", f":{number}", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24"]
        server = subprocess.Popen(
            [*command, "-nolisten", "tcp", "-noreset"],
            pass_fds=(write,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as said:
            stands = bool(said.readline().strip())
        if stands:
            break
        server.wait(10)
    else:
        raise RuntimeError("No display server could be started.")
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def session_bus() -> Iterator[str]:
    """A session bus of its own with what starts on it by itself, the accessibility bus; ended at the end."""
    with tempfile.TemporaryDirectory(prefix="miz-bus-") as folder:  # the path of a socket has to be short
        daemon = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1", f"--address=unix:dir={folder}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            env=os.environ | {"XDG_RUNTIME_DIR": folder},
        )
        assert daemon.stdout is not None
        try:
            yield daemon.stdout.readline().strip()
        finally:
            os.killpg(daemon.pid, signal.SIGTERM)
            daemon.wait(10)
            daemon.stdout.close()


class Program:
    """`main.py desk` on a display, the keyboard in front of it, and a screen reader beside it."""

    def __init__(self, screen: str, bus: str, folder: Path, layout: str = "us", **environment: str) -> None:
        self.folder, self.receipts = folder, folder.parent / "receipts"
        ours = {
            "DISPLAY": screen,
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_LOGGING_RULES": "qt.accessibility.atspi.warning=false",  # it asks for what has just gone
            "MIZ_KEYSTORE": "file",
            "MIZ_DATA": str(folder),
            "MIZ_RECEIPTS": str(self.receipts),
        }
        self.environment = os.environ | ours | environment
        self.layouts = layout
        self._do("setxkbmap", "-layout", layout)
        self._said = (folder.parent / "window.txt").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "main.py", "desk"],
            cwd=ROOT,
            env=self.environment,
            stdout=self._said,
            stderr=subprocess.STDOUT,
        )
        # No window manager is there to give it the keyboard.
        self._do("xdotool", "search", "--sync", "--onlyvisible", "--name", ".", "windowfocus", "--sync")
        self.reader = Reader(bus)

    def _do(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr}{done.stdout}")
        return done.stdout

    def end(self) -> str:
        """Closes the window as a user does; what it wrote to the terminal."""
        self.reader.__exit__(None, None, None)
        self.process.terminate()
        self.process.wait(10)
        self._said.seek(0)
        said = self._said.read()
        self._said.close()
        return said

    # --- the keyboard --------------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Named keys or places, each as `Ctrl+Enter` where others are held with it."""
        self._do("xdotool", "key", "--delay", str(PAUSE_MS), *map(_pressed, keys))

    def type(self, text: str, pause: int = PAUSE_MS) -> None:
        """Presses the keys on which these letters stand, Latin on a US keyboard, Persian on the standard one."""
        self._do("xdotool", "key", "--delay", str(pause), *map(_place, text))

    def scan(self, text: str) -> None:
        """A scanner sends the text and Enter, as if a US keyboard were meant."""
        strike(self.environment["DISPLAY"], [*(KEYS[letter] for letter in text), (ENTER, 0)])

    # --- what is seen --------------------------------------------------------------------------------------------

    def focus(self) -> str:
        """The name of what has the keyboard."""
        focused = self.reader.focused()
        return focused.name if focused else ""

    def shows(self, words: str) -> bool:
        """Whether these words stand on the screen, as a name, a description or a written text."""
        tree = self.reader.tree()
        return tree is not None and any(words in f"{n.name}\n{n.description}\n{n.text}" for n in tree.all())

    def until_focus(self, name: str) -> None:
        until(lambda: self.focus() == name, lambda: f"focus on «{self.focus()}», not on «{name}»\n{self.screen()}")

    def until_shows(self, words: str) -> None:
        until(lambda: self.shows(words), lambda: f"«{words}» is not shown\n{self.screen()}")

    def screen(self) -> str:
        """The whole tree, for a failure's message."""
        tree = self.reader.tree()
        return "\n".join(f"{node.role}: {node.name}" for node in tree.all() if node.name) if tree else "nothing"

    def command(self, *arguments: str) -> list[dict[str, Any]]:
        """What the command line says of the same desk."""
        return [json.loads(line) for line in self._do(sys.executable, "main.py", *arguments).splitlines()]


def _place(letter: str) -> str:
    code, shift = KEYS[PERSIAN.get(letter, letter)]
    return f"shift+{code}" if shift else str(code)


def _pressed(key: str) -> str:
    *held, last = key.split("+")
    return "+".join([*(name.lower() for name in held), str(NAMED[last]) if last in NAMED else _place(last)])
