"""A window in a program of its own that says when it is usable, and what it takes up.

`python -m tests.bench.opened` opens an empty PySide6 window; with a data folder, the desk's; with texts behind it,
somebody signs in there and types them into the find field. Says `usable`, and at the end `memory` with bytes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

Condition = Callable[[], object]
LOOK_MS = 2


def main(arguments: list[str]) -> int:
    application = QApplication(sys.argv[:1])
    steps = _desk(arguments[1:]) if arguments else _empty()
    play, timer = _Play(steps, application), QTimer()
    timer.timeout.connect(play.look)
    timer.start(LOOK_MS)
    if arguments:
        from app.cli.door import enter

        return enter(["--data", arguments[0], "desk"])
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    return application.exec()


class _Play:
    """Goes from step to step as soon as what each waits for is there."""

    def __init__(self, steps: Iterator[Condition], application: QApplication) -> None:
        self._steps, self._application = steps, application
        self._waits_for: Condition = lambda: True

    def look(self) -> None:
        while self._waits_for():
            following = next(self._steps, None)
            if following is None:
                _say(f"memory {_resident()}")
                self._waits_for = lambda: False
                self._application.closeAllWindows()
                return
            self._waits_for = following


def _empty() -> Iterator[Condition]:
    yield lambda: any(window.isVisible() for window in QApplication.topLevelWidgets())
    QApplication.topLevelWidgets()[0].repaint()
    _say("usable")


def _desk(texts: list[str]) -> Iterator[Condition]:
    yield lambda: "ui.window" in sys.modules
    from ui.window import Window

    yield lambda: any(isinstance(window, Window) for window in QApplication.topLevelWidgets())
    window = next(window for window in QApplication.topLevelWidgets() if isinstance(window, Window))
    sign_in = window.sign_in
    yield lambda: sign_in.tiles and sign_in.password.line.hasFocus()
    window.repaint()
    _say("usable")
    if texts:
        from tests.bench.filled import PASSWORD

        sign_in.presenter.submit(PASSWORD)
        yield lambda: window.counter is not None and window.counter.counter.service.services
        counter = window.counter.counter if window.counter else None
        assert counter is not None
        for text in texts:
            for end in range(1, len(text) + 1):
                counter.type_find(text[:end])
                yield lambda: not counter.find.waits


def _resident() -> int:
    """Bytes of memory that this program holds at the moment."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
