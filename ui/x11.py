"""What the X server says of the keyboard."""

import ctypes

_CORE_KEYBOARD = 0x100
_MOST_WORDS = 256
_STATE_BYTES = 64  # more than X11's XkbStateRec takes


class Display:
    """A connection of our own: Qt does not say which of the layouts is active until a key is pressed.

    Raises `OSError` where there is no X server, or no library to speak to it.
    """

    def __init__(self) -> None:
        self._x = x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XDefaultRootWindow.restype = x.XInternAtom.restype = ctypes.c_ulong
        x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        x.XkbGetState.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p]
        x.XFree.argtypes = [ctypes.c_void_p]
        window, atom, long = ctypes.c_ulong, ctypes.c_ulong, ctypes.c_long
        answers = [ctypes.c_void_p] * 5
        x.XGetWindowProperty.argtypes = [ctypes.c_void_p, window, atom, long, long, ctypes.c_int, atom, *answers]
        self._at = x.XOpenDisplay(None)
        if not self._at:
            raise OSError("no display")
        self._root = x.XDefaultRootWindow(self._at)
        self._names = x.XInternAtom(self._at, b"_XKB_RULES_NAMES", 0)

    def layout(self) -> str:
        """The active layout by its X name (`us`, `ir`), empty where the server does not say."""
        state = ctypes.create_string_buffer(_STATE_BYTES)
        if self._x.XkbGetState(self._at, _CORE_KEYBOARD, state):
            return ""
        group = state.raw[0]
        # Rules, model, layouts, variants and options, each ended by a zero.
        parts = self._property().split(b"\0")
        layouts = parts[2].decode("ascii", "replace").split(",") if len(parts) > 2 else []
        return layouts[group] if group < len(layouts) else ""

    def _property(self) -> bytes:
        kind, size, count, rest = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
        value = ctypes.c_void_p()
        answers = [ctypes.byref(answer) for answer in (kind, size, count, rest, value)]
        refused = self._x.XGetWindowProperty(self._at, self._root, self._names, 0, _MOST_WORDS, 0, 0, *answers)
        if refused or not value.value:
            return b""
        try:
            return ctypes.string_at(value.value, count.value)
        finally:
            self._x.XFree(value)
