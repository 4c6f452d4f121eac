"""One window for a desk: a second start raises the first. Nothing else can be said to it.

The file system's lock (`app.vault.place.window_lock`) decides who is first; this is only the bell at its door.
"""

import hashlib
import os
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 3_000
"""So long a second start waits for the first to take the bell; then it says itself that the desk is open."""


def bell_of(folder: Path) -> str:
    """Where the window of this data folder listens: a socket that only this user reaches, a named pipe on Windows.

    A data folder may lie too deep for a socket's name, so it lies where the system keeps such things.
    """
    key = hashlib.sha256(os.fsencode(folder.absolute().resolve())).hexdigest()[:16]
    if sys.platform == "win32":
        return f"miz-{key}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    place = Path(runtime) if runtime and os.access(runtime, os.W_OK) else Path(tempfile.gettempdir())
    return str(place / f"miz-{os.getuid()}" / f"{key}.socket")


def _is_private(place: Path) -> bool:
    """The folder is this user's alone, and no link to another."""
    try:
        status = place.lstat()
    except OSError:
        return False
    return not place.is_symlink() and status.st_uid == os.getuid() and not status.st_mode & 0o077


def raise_first(folder: Path) -> bool:
    """Asks the window that is open on this folder to come forward; whether it heard."""
    bell = bell_of(folder)
    if sys.platform != "win32" and not _is_private(Path(bell).parent):
        return False
    end = time.monotonic() + PATIENCE_MS / 1000
    while not (heard := _ring(bell)) and time.monotonic() < end:
        time.sleep(0.05)  # it may have been started a moment ago
    return heard


def _ring(bell: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(bell, QLocalSocket.OpenModeFlag.ReadOnly)
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    # The first hangs up once it has come forward.
    gone = QLocalSocket.LocalSocketState.UnconnectedState
    return socket.state() == gone or socket.waitForDisconnected(PATIENCE_MS)


class Bell(QObject):
    """Listens for second starts and brings the window forward. To be made by whoever holds the window lock: a bell that
    a killed program left behind is taken away."""

    def __init__(self, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._rung)
        bell = bell_of(folder)
        if sys.platform != "win32":
            place = Path(bell).parent
            place.mkdir(mode=0o700, exist_ok=True)
            if not _is_private(place):
                return
        QLocalServer.removeServer(bell)
        self._server.listen(bell)

    @property
    def is_heard(self) -> bool:
        return self._server.isListening()

    def _rung(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            self._come_forward()
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnectFromServer()

    def _come_forward(self) -> None:
        window = self._window
        if window.isMinimized():
            window.showNormal()
        window.show()
        window.raise_()
        window.activateWindow()
        handle = window.windowHandle()
        if handle is not None:
            handle.requestActivate()
