"""A test that passes leaves nothing behind: no warning in the log that nobody expected.

Python's own warnings are errors and Qt's fail a test by pytest-qt (pyproject.toml); a Qt message that a test means to
cause is named by ``@pytest.mark.qt_log_ignore(pattern, extend=True)``, a log record by
``@pytest.mark.expected_log(pattern)``.
"""

import logging
import re
from collections.abc import Iterator

import pytest

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
