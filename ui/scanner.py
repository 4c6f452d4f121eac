"""The scanner at the window: what it types is taken out of the way before any field or key sees it."""

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.burst import ENTER, Burst, Verdict, us_letter
from ui.widgets.digits import Digits

SETTLES_MS = 50
"""After so long without another key, held ones were typed by a person."""
PATIENT = "patient"
"""A line with this property does something at its first letter that cannot be taken back."""

_MODIFIERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock})
_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TYPING = (
    Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
)


class Scanned(Protocol):
    """Who takes a scan; see `ui.scans.Scans.scanned`."""

    def __call__(self, text: str, write: Callable[[str], None] | None = None, *, is_number: bool = False) -> None: ...


class Scanner(QObject):
    """Watches the keys of one window. `scanned` is called with each scan while `listens`; the field that had the focus
    stands as it did before. Keys that no device has sent (an input method's, a program's) are left alone."""

    def __init__(self, window: QWidget, scanned: Scanned, listens: Callable[[], bool]) -> None:
        super().__init__(window)
        self._scanned, self._listens = scanned, listens
        self._burst = Burst()
        self._held: list[QKeyEvent] = []
        self._swallowed: set[int] = set()
        self._before: tuple[QLineEdit, str, int] | None = None
        self._typing = False
        self._settles = QTimer(self)
        self._settles.setSingleShot(True)
        self._settles.setInterval(SETTLES_MS)
        self._settles.timeout.connect(self._settled)
        # Keys come to the window's handle first; watching every object of the program would slow each paint.
        self._handle = window.windowHandle()
        self._handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._typing or not isinstance(event, QKeyEvent) or not event.nativeScanCode():
            return False
        if event.key() in _MODIFIERS:
            return False
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            return self._pressed(event)
        if kind == QEvent.Type.KeyRelease and event.nativeScanCode() in self._swallowed:
            self._swallowed.discard(event.nativeScanCode())
            return True
        if kind == QEvent.Type.ShortcutOverride and self._held and not _letter(event):
            self._settled()  # a key of the page, struck right behind letters, comes after them
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        line = _line()
        hidden = line is not None and line.echoMode() != QLineEdit.EchoMode.Normal
        if hidden or not self._listens():
            self._settled()
            return False
        at = event.timestamp() or round(time.monotonic() * 1000)
        patient = line is None or bool(line.property(PATIENT))
        verdict = self._burst.key(at, _letter(event), patient=patient)
        if self._burst.releases:
            self._release()
        if verdict is Verdict.THROUGH:
            self._before = (line, line.text(), line.cursorPosition()) if line is not None else None
            return False
        self._swallowed.add(event.nativeScanCode())
        if verdict is Verdict.HOLD:
            self._held.append(_copy(event, QEvent.Type.KeyPress))
            self._settles.start()
        else:
            self._take()
        return True

    def _take(self) -> None:
        self._settles.stop()
        self._held.clear()
        line = _line()
        if self._burst.first_passed and self._before is not None and self._before[0] is line:
            _line_, text, position = self._before
            _write(_line_, text)
            _line_.setCursorPosition(position)
        self._before = None
        is_number = line is not None and isinstance(line.validator(), Digits)
        write = None if line is None or line.isReadOnly() else lambda text: _insert(line, text, is_number)
        self._scanned(self._burst.take(), write, is_number=is_number)

    def _settled(self) -> None:
        if self._burst.let_go():
            self._release()

    def _release(self) -> None:
        """The held keys were a person's: the focus gets them now."""
        self._settles.stop()
        held, self._held = self._held, []
        self._typing = True
        for press in held:
            QGuiApplication.sendEvent(self._handle, press)
            QGuiApplication.sendEvent(self._handle, _copy(press, QEvent.Type.KeyRelease))
        self._typing = False


def _line() -> QLineEdit | None:
    focused = QApplication.focusWidget()
    return focused if isinstance(focused, QLineEdit) else None


def _letter(event: QKeyEvent) -> str:
    """The key as a scanner means it; empty for those it never sends within a code."""
    if event.isAutoRepeat() or event.modifiers() & ~_TYPING:
        return ""
    if event.key() in _ENDS:
        return ENTER
    # X and Wayland number the keys eight higher than the hardware does.
    code = event.nativeScanCode() - (0 if QGuiApplication.platformName() == "windows" else 8)
    return us_letter(code, shifted=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))


def _copy(event: QKeyEvent, kind: QEvent.Type) -> QKeyEvent:
    return QKeyEvent(
        kind,
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
    )


def _write(line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.textEdited.emit(line.text())


def _insert(line: QLineEdit, text: str, is_number: bool) -> None:
    """A number field holds the number and is done; any other text is put in where the caret stands."""
    if not is_number:
        line.insert(text)
        return
    before = line.text()
    line.setText(text)
    if line.hasAcceptableInput():
        line.textEdited.emit(line.text())
        line.returnPressed.emit()
    else:
        line.setText(before)
