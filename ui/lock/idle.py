"""Nobody at the window: no key and no mouse for a while."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow

LOOK_MS = 5_000
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
    }
)
# The time in which the computer slept counts as well, where the system has a clock for it.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC) if hasattr(time, "clock_gettime") else None


def passed() -> float:
    """Seconds, from anywhere on."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)


class Idle(QObject):
    """Calls `left_alone` when nothing was done at the window for `seconds()`; looks every few seconds."""

    def __init__(
        self,
        window: QWindow,
        seconds: Callable[[], float],
        left_alone: Callable[[], None],
        now: Callable[[], float] = passed,
    ) -> None:
        super().__init__(window)
        self._seconds, self._left_alone, self._now = seconds, left_alone, now
        self._last = now()
        # Keys and mouse come to the window's handle first; watching every object would slow each paint.
        window.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self._last = self._now()
        return False

    def look(self) -> None:
        if self._now() - self._last >= self._seconds():
            self._left_alone()
