"""A clerk at the real window, in a program of their own, who measures how it answers.

`python -m tests.bench.clerk FOLDER` reads the shift's work from standard input (`Shift` as JSON), plays it with real
key events through the event loop, and writes what was seen (`Seen` as JSON) to the file that the shift names.
Moments are of `time.perf_counter`, times are milliseconds.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

import ui.command
from app.desk.printers import KEPT, Printers
from tests.bench.filled import PASSWORD
from ui.counter.page import CounterPage
from ui.window import Window

SERVICE = "1"
"""The digit of the service that everybody wants."""
NO_KEY = Qt.KeyboardModifier.NoModifier
LOOP = QEventLoop.ProcessEventsFlag
BEAT = 5
"""Milliseconds between two beats of the event loop's watch."""
LONG = 15.0
"""A beat that is so late is noted with what was being done."""
PATIENCE = 30.0


class Newcomer(msgspec.Struct, frozen=True):
    number: str
    texts: tuple[str, ...]
    """Given name, family name, father's name, mobile."""


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """`names` are looked for letter by letter. Then visits: a known client's `number` or a newcomer's, in turn. Of the
    first `looked_at` the clerk waits for what the paper does at the roll printer; the others follow each other without
    a pause, and their papers go into the folder `tray`."""

    names: tuple[str, ...]
    visits: tuple[str | Newcomer, ...]
    looked_at: int
    weighed_after: int
    tray: str
    out: str


class Late(msgspec.Struct, frozen=True):
    """For so long the event loop did not turn, of which the window's own thread and the whole program (its threads
    added up) were at work so long, and where. The rest is the computer's, which had others to serve."""

    took: float
    own: float
    program: float
    doing: str


class Seen(msgspec.Struct, kw_only=True):
    keys: list[float] = []
    """From a key in the find field until its results are painted."""
    frames: list[float] = []
    """Each painting meanwhile."""
    bare_keys: list[float] = []
    bare_frames: list[float] = []
    """The same in an empty window with nothing but a line to type in."""
    registered_at: list[float] = []
    """The moment of each Ctrl+Enter."""
    saved: list[float] = []
    """From there until the page that says so is painted."""
    printed: list[float] = []
    """From there until the page says that it was printed."""
    beats: int = 0
    late: list[Late] = []
    memory: list[int] = []
    """Bytes after the first visits (`weighed_after`) and at the end."""


class Watched:
    """Measures every painting of a top-level window; mixed into its class."""

    painted = 0.0
    frames: list[float]

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest:
            return bool(super().event(event))  # type: ignore[misc]
        begun = time.perf_counter()
        answer = bool(super().event(event))  # type: ignore[misc]
        self.painted = time.perf_counter()
        self.frames.append((self.painted - begun) * 1_000)
        return answer


class WatchedWindow(Watched, Window):
    def __init__(self, *given: Any) -> None:
        self.frames = []
        super().__init__(*given)


class BareWindow(Watched, QWidget):
    def __init__(self) -> None:
        self.frames = []
        super().__init__()
        self.resize(1366, 768)
        self.line = QLineEdit(self)
        self.line.resize(900, 50)


class Watch:
    """Beats as long as the event loop turns, and notes when it did not."""

    def __init__(self, seen: Seen) -> None:
        self._seen, self.doing = seen, ""
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    @contextmanager
    def on(self) -> Iterator[None]:
        self._last, self._own, self._program = _clocks()
        self._timer.start(BEAT)
        yield
        self._timer.stop()

    def _beat(self) -> None:
        now, own, program = _clocks()
        late = (now - self._last) * 1_000 - BEAT
        self._seen.beats += 1
        if late > LONG:
            spent = ((own - self._own) * 1_000, (program - self._program) * 1_000)
            self._seen.late.append(Late(late, *spent, self.doing))
        self._last, self._own, self._program = now, own, program


def _clocks() -> tuple[float, float, float]:
    """Of the wall, of this thread and of the program, in seconds."""
    return time.perf_counter(), time.thread_time(), time.process_time()


class Clerk:
    def __init__(self, shift: Shift) -> None:
        self.shift, self.seen = shift, Seen()
        self.watch = Watch(self.seen)

    # --- at the window -------------------------------------------------------------------------------------------

    @property
    def window(self) -> WatchedWindow:
        return next(window for window in QApplication.topLevelWidgets() if isinstance(window, WatchedWindow))

    @property
    def page(self) -> CounterPage:
        assert self.window.counter is not None
        return self.window.counter

    def until(self, there: Callable[[], object], what: str) -> None:
        """Lets the window work until it is there."""
        end = time.monotonic() + PATIENCE
        while not there():
            QApplication.processEvents(LOOP.AllEvents | LOOP.WaitForMoreEvents)
            if time.monotonic() > end:
                raise RuntimeError(
                    f"never happened: {what}, at {self.watch.doing!r} of visit {len(self.seen.saved) + 1}"
                )

    def rest(self, milliseconds: int) -> None:
        over: list[bool] = []
        QTimer.singleShot(milliseconds, lambda: over.append(True))
        self.until(lambda: over, "a rest")

    def painted(self, window: Watched) -> float:
        """When what there is to see was on the screen."""
        now = time.perf_counter()
        QApplication.processEvents(LOOP.AllEvents)
        return max(now, window.painted)

    def key(self, text: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(_handle(), QKeyEvent(kind, 0, NO_KEY, text))

    def type(self, text: str) -> None:
        for letter in text:
            self.key(letter)
            QApplication.processEvents(LOOP.AllEvents)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.keyClick(_handle(), key, modifier)
        QApplication.processEvents(LOOP.AllEvents)

    # --- the shift -----------------------------------------------------------------------------------------------

    def work(self) -> None:
        sign_in = self.window.sign_in
        self.until(lambda: sign_in.tiles and self.window.opening.is_open, "the desk is open")
        sign_in.presenter.submit(PASSWORD)
        self.until(lambda: self.window.counter is not None and self.page.counter.service.services, "the counter")
        self.rest(3_000)  # modules are read in the background meanwhile
        self.look_up()
        looked_at = self.shift.visits[: self.shift.looked_at]
        with self.watch.on():
            for client in looked_at:
                self.serve(client, looks=True)
        self.print_into(self.shift.tray)
        with self.watch.on():
            for n, client in enumerate(self.shift.visits[len(looked_at) :], len(looked_at) + 1):
                self.serve(client, looks=False)
                if n in (self.shift.weighed_after, len(self.shift.visits)):
                    self.rest(500)
                    self.seen.memory.append(_resident())
            papers = self.window.papers
            self.until(lambda: papers is None or not papers.waiting(), "the last paper is out")
        self.look_up_in_a_bare_window()
        self.window.close()
        Path(self.shift.out).write_bytes(msgspec.json.encode(self.seen))

    def print_into(self, folder: str) -> None:
        """A quicker printer: nobody registers as fast as this clerk, and papers would queue up by hundreds."""
        desk = self.window.opening.desk()
        settings = Printers({"tray": f"folder:{folder}"}, {"roll80": "tray"}, "roll80")
        with desk.store.writing() as connection:
            desk.store.keep(connection, KEPT, msgspec.json.encode(settings))

    def look_up(self) -> None:
        window, find = self.window, self.page.counter.find
        self.press(Qt.Key.Key_F2)
        for name in self.shift.names:
            self.page.find_frame.line.selectAll()
            self.painted(window)
            for letter in name:
                window.frames.clear()
                begun = time.perf_counter()
                self.key(letter)
                self.until(lambda: not find.waits, "what was found")
                self.seen.keys.append((self.painted(window) - begun) * 1_000)
                self.seen.frames += window.frames
        self.press(Qt.Key.Key_Escape)

    def look_up_in_a_bare_window(self) -> None:
        window = BareWindow()
        window.show()
        window.activateWindow()
        window.line.setFocus()
        self.until(lambda: QApplication.focusWidget() is window.line, "the bare line has the focus")
        self.rest(100)
        window.frames.clear()
        for name in self.shift.names:
            window.line.selectAll()
            self.painted(window)
            for letter in name:
                begun = time.perf_counter()
                self.key(letter)
                self.seen.bare_keys.append((self.painted(window) - begun) * 1_000)
        self.seen.bare_frames = window.frames
        window.close()

    def serve(self, client: str | Newcomer, *, looks: bool) -> None:
        counter, page = self.page.counter, self.page
        self.watch.doing = "find"
        self.press(Qt.Key.Key_F2)
        if isinstance(client, Newcomer):
            self.type(client.number)
            self.until(lambda: not counter.find.waits, "what was found")
            self.watch.doing = "new person"
            self.press(Qt.Key.Key_Return)
            for n, text in enumerate(client.texts):
                if n:
                    self.press(Qt.Key.Key_Tab)
                self.type(text)
            self.press(Qt.Key.Key_Return)
        else:
            self.type(client)
            self.until(lambda: counter.person.known, "the person")
        self.watch.doing = "service"
        self.until(lambda: _focus() is page.service.field.line, "the service")
        self.type(SERVICE)
        self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_F4)
        self.until(lambda: counter.promise or counter.outcome == "done", "the promise")
        if looks:
            self.watch.doing = "preview"
            self.rest(250)
        self.watch.doing = "register"
        begun = time.perf_counter()
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: counter.saved is not None, "saved")
        self.seen.saved.append((self.painted(self.window) - begun) * 1_000)
        self.seen.registered_at.append(begun)
        self.watch.doing = "paper"
        if looks:
            self.until(lambda: counter.slip is not None and counter.slip.state == "printed", "printed")
            self.seen.printed.append((self.painted(self.window) - begun) * 1_000)
        self.press(Qt.Key.Key_Return)


class _Application(QApplication):
    """What `desk` starts, with the clerk where the event loop would be."""

    clerk: ClassVar[Clerk]

    @staticmethod
    def exec() -> int:
        sys.excepthook = sys.__excepthook__  # the window's own says nothing to a terminal
        _Application.clerk.work()
        return 0


def main(arguments: list[str]) -> int:
    _Application.clerk = Clerk(msgspec.json.decode(sys.stdin.buffer.read(), type=Shift))
    application = _Application(arguments[:1])
    setattr(ui.command, "Window", WatchedWindow)  # noqa: B010  # a type checker takes a class for a constant
    assert application is QApplication.instance()
    return ui.command.run(argparse.Namespace(data=Path(arguments[1])))


def _handle() -> QWindow:
    """Where keys arrive from the keyboard: the window that has the focus."""
    handle = _focus().window().windowHandle()
    if handle is None:
        raise RuntimeError("The window is not shown.")
    return handle


def _focus() -> QWidget:
    focused = QApplication.focusWidget()
    if focused is None:
        raise RuntimeError("Nothing has the focus.")
    return focused


def _resident() -> int:
    """Bytes of memory that this program holds at the moment."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    sys.exit(main(sys.argv))
