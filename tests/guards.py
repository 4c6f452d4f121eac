"""A test that passes leaves nothing behind: no warning in the log that nobody expected.

Python's own warnings are errors and Qt's fail a test by pytest-qt (pyproject.toml); a Qt message that a test means to
cause is named by ``@pytest.mark.qt_log_ignore(pattern, extend=True)``, a log record by
``@pytest.mark.expected_log(pattern)``.
"""

import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

OURS = frozenset({"app", "main", "miz", "models", "printing", "resources", "ui"})


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] in OURS:
            self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")


def _let_go_of_log_files() -> None:
    """A test that opened a desk as a program does has turned the log to that desk's file."""
    log = logging.getLogger("miz")
    for handler in log.handlers[:]:
        log.removeHandler(handler)
        handler.close()
    log.propagate = True


@pytest.fixture(autouse=True)
def no_surprising_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test on a record of WARNING or worse that is not expected, and on an expected one that never came."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    _let_go_of_log_files()
    patterns = [str(marker.args[0]) for marker in request.node.iter_markers("expected_log")]
    surprises = [text for text in collector.messages if not any(re.search(pattern, text) for pattern in patterns)]
    never_came = [pattern for pattern in patterns if not any(re.search(pattern, text) for text in collector.messages)]
    if surprises:
        pytest.fail("unexpected in the log:\n" + "\n".join(surprises), pytrace=False)
    if never_came:
        pytest.fail(f"expected in the log, but never came: {never_came}", pytrace=False)


# --- the window's thread ----------------------------------------------------------------------------------------------

SLOW_EVENTS = frozenset(
    {"open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate",
     "shutil.rmtree", "socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system",
     "os.posix_spawn", "sqlite3.connect"}
)  # fmt: skip
"""Python's own audit events of what may take long; a statement and a page of PDF are watched apart."""
CODE = (".py", ".pyc", ".so", ".mo", ".svg", ".ttf")
HOME = tuple(str(ROOT / part) for part in ("app", "models", "printing", "resources", "ui"))
"""Files of the program itself, read once when a page is used for the first time: they are there at once."""


class Watched:
    """What was done on the thread that made it, between `start` and `stop`: a line a thing, with where it came from."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._thread = threading.get_ident()
        self._on = False
        sys.addaudithook(self._heard)  # cannot be taken out again, hence the switch

    def start(self) -> None:
        self._on = True

    def stop(self) -> None:
        self._on = False

    def note(self, kind: str, what: object) -> None:
        if self._on and threading.get_ident() == self._thread:
            self._on = False
            ours = [
                f for f in traceback.extract_stack() if f.filename.startswith(str(ROOT)) and "/.venv/" not in f.filename
            ]
            self.done.append(f"{kind} {what} at " + " < ".join(f"{f.name}:{f.lineno}" for f in reversed(ours[-6:])))
            self._on = True

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._on and event in SLOW_EVENTS and not self._is_code(arguments[0]):
            self.note(event, arguments[0])

    @staticmethod
    def _is_code(path: object) -> bool:
        if isinstance(path, int):
            return True  # a descriptor that is open already
        text = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
        return text.endswith(CODE) or "/site-packages/" in text or "__pycache__" in text or text.startswith(HOME)


@pytest.fixture
def gui_thread_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """From now on, whatever takes time on this thread is noted: statements, files, connections, programs, PDF pages.

    Reading the program's own modules, words, icons and fonts at first use is allowed, and so is what a window does
    before this fixture: `app.desk.doorstep.Opening.glance` reads the small file with the names to sign in with.
    """
    import pypdfium2
    import reportlab.pdfgen.canvas
    from sqlalchemy import event
    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import Pool

    watched = Watched()

    def statement(connection: object, cursor: object, text: str, *_rest: object) -> None:
        watched.note("sql", text.split("\n")[0][:80])

    def taken(*_what: object) -> None:
        watched.note("sql", "a connection")

    def noted(kind: str, act: Any) -> Any:
        def wrapped(*args: Any, **how: Any) -> Any:
            watched.note(kind, "")
            return act(*args, **how)

        return wrapped

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Pool, "checkout", taken)
    monkeypatch.setattr(pypdfium2, "PdfDocument", noted("pdf", pypdfium2.PdfDocument))
    monkeypatch.setattr(
        reportlab.pdfgen.canvas.Canvas, "__init__", noted("pdf", reportlab.pdfgen.canvas.Canvas.__init__)
    )
    watched.start()
    yield watched
    watched.stop()
    event.remove(Engine, "before_cursor_execute", statement)
    event.remove(Pool, "checkout", taken)
