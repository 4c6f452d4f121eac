"""`desk`: opens the window, and says calmly why where it cannot be opened."""

import argparse
import gc
import os
import sys
import threading
from contextlib import ExitStack, closing
from importlib import import_module
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.desk.doorstep import Opening
from app.desk.failures import note_defect, store_sentence
from app.desk.folder import data_folder
from app.vault.place import window_lock
from app.vault.problems import StoreError, StoreProblem
from resources.words import _
from ui import preferences, theme
from ui.trouble import Trouble
from ui.window import Window

NO_STORE = 3
NEEDED_LATER = (
    "ui.counter.page",
    "app.desk.visits",
    "app.desk.finding",
    "app.desk.drafts",
    "app.desk.daily_log",
    "argon2",
    "printing.receipt",
    "printing.picture",
    "pypdfium2",
    "ui.request_file.page",
    "ui.daily_log.page",
    "ui.settings.page",
)
"""What the first visit needs and the sign-in does not, and then the other pages; read in the background once the window
is there."""
AT_REST_MS = 1_500
"""After somebody has signed in or out: what stands then stays for hours, and looking through all of it for rubbish
would hold a clerk up for 40 ms now and then."""
TURN = 0.0005
"""Seconds for which a thread at work behind the window may keep the interpreter from it. A page paints itself in many
small turns, and each of them waits that long while modules are read."""


def run(arguments: argparse.Namespace) -> int:
    """Opens the desk of the data folder in its window; returns when the window is closed.

    Exit code 3 with a page that says what to do where the store cannot be opened. One window a store: where one is open
    already it comes forward, and this returns at once.
    """
    folder = data_folder(getattr(arguments, "data", None))
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        return NO_STORE
    sys.setswitchinterval(TURN)
    gc.disable()  # what is read at the start stays, and looking through it would hold up the first paint
    chosen = preferences.read(folder)
    theme.apply(application, chosen)
    with ExitStack() as stack:
        try:
            if not folder.is_dir():
                raise StoreError(StoreProblem.missing, folder)
            if not _is_first(stack, folder):
                return 0
            return _show(application, stack.enter_context(closing(Opening(folder))), folder, chosen)
        except StoreError as error:
            return _say_why_not(application, error)


def receipts_folder() -> Path:
    """Where receipts are written as files: `MIZ_RECEIPTS`, else a folder among the user's documents."""
    named = os.environ.get("MIZ_RECEIPTS")
    if named:
        return Path(named)
    from platformdirs import user_documents_path

    return user_documents_path() / "miz-receipts"


def _is_first(stack: ExitStack, folder: Path) -> bool:
    """Holds the one window of this folder from here on; else the one that is open has come forward.

    Raises StoreError where it is open and does not hear.
    """
    try:
        stack.enter_context(window_lock(folder))
    except StoreError as error:
        from ui.one_window import raise_first

        if error.problem is not StoreProblem.locked or not raise_first(folder):
            raise
        return False
    return True


def _show(application: QApplication, opening: Opening, folder: Path, chosen: preferences.Preferences) -> int:
    """The window until it is closed. Raises what kept the desk from being opened."""
    glanced = opening.glance()
    if glanced is None:
        opening.desk()
    window = Window(opening, receipts_folder, glanced, chosen)
    window.opened = lambda: _desk_is_open(window, folder)
    window.turned = lambda signed_in: QTimer.singleShot(AT_REST_MS, window, gc.freeze if signed_in else _tidy)
    guard(window)
    window.show()
    code = application.exec()
    if window.failure is not None:
        raise window.failure
    return code


def _desk_is_open(window: Window, folder: Path) -> None:
    from ui.one_window import Bell

    Bell(window, folder)
    gc.freeze()
    gc.enable()
    threading.Thread(target=warm, name="warm", daemon=True).start()


def warm() -> None:
    """Reads the modules that the first visit needs. What cannot be read says so when it is used."""
    for module in NEEDED_LATER:
        try:
            import_module(module)
        except Exception as error:  # noqa: BLE001  # a comfort, not a duty
            note_defect(error)
    gc.freeze()


def _tidy() -> None:
    """Between two people, when a moment is to spare: what the last one left behind is given back."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def guard(window: Window) -> None:
    """No traceback reaches the clerk: what nobody caught is logged by its place and said in the banner."""
    sentence = _("Something went wrong in the program itself. What was registered before is safe; try again.")

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        note_defect(error.with_traceback(trace))
        if isValid(window):
            window.show_trouble(Trouble("danger", _("This did not work."), sentence))

    def caught_in_thread(failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None:
            note_defect(failure.exc_value)

    sys.excepthook = caught
    threading.excepthook = caught_in_thread


def _say_why_not(application: QApplication, error: StoreError) -> int:
    from ui.closed import ClosedPage

    sentence = store_sentence(error)
    if error.problem is StoreProblem.locked:
        sentence = _("This desk is open in another window already. Work on there, or close it first.")
    sys.stderr.write(sentence + "\n")
    page: QWidget = ClosedPage(sentence)
    page.show()
    application.exec()
    return NO_STORE
