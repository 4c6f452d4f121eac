"""A scanner at a display: a keyboard that types a whole code at its own pace, however busy the computer is."""

import ctypes
from collections.abc import Iterable

SHIFT = 50
PAUSE_MS = 1


def strike(display: str, keys: Iterable[tuple[int, int]]) -> None:
    """Strikes keys by their number in X, each with or without Shift.

    All of them are handed over at once and the display server keeps the pauses, so that this program's own share of a
    busy computer does not stretch them to a person's.
    """
    x11, xtest = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    opened = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    if opened.value is None:
        raise RuntimeError(f"The display {display} does not open.")
    for number, shifted in keys:
        held = (SHIFT, number) if shifted else (number,)
        for key, down in (*((key, 1) for key in held), *((key, 0) for key in reversed(held))):
            xtest.XTestFakeKeyEvent(opened, key, down, ctypes.c_ulong(PAUSE_MS))
    x11.XSync(opened, 0)
    x11.XCloseDisplay(opened)
