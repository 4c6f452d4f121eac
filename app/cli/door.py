"""From an argument list to a command and its exit code; whatever happens, no traceback reaches the terminal."""

from __future__ import annotations

import importlib
import io
import os
import signal
import sys
from collections.abc import Sequence

from app.cli.exits import NO_STORE, REFUSED, Stop

HOMES = {
    "desk": "ui.command",
    "bench": "tests.bench.command",
}
"""Commands that live outside app.cli; every other one is the module of its own name there."""


def enter(arguments: Sequence[str]) -> int:
    """Runs the command and returns its exit code."""
    try:
        _ready_streams()
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        return REFUSED  # whoever read our output has gone; what was acknowledged stays registered
    except Exception as error:  # noqa: BLE001  # the last door: whatever it is, a person gets a sentence
        return _failed(error)
    finally:
        _let_go_of_output()


def _run(arguments: Sequence[str]) -> int:
    from app.cli.parser import language_of, parser
    from resources import words

    language = language_of(arguments)
    if language:
        words.use(language)
    try:
        said = [_text(argument) for argument in arguments]
        parsed = parser(said).parse_args(said)
    except SystemExit as stop:
        return int(stop.code or 0)
    name = parsed.command.replace("-", "_")
    try:
        code: int = importlib.import_module(HOMES.get(name, f"app.cli.{name}")).run(parsed)
        return code
    except Stop as stop:
        from app.cli.terminal import tell  # only when something is to be told: a window has no terminal

        tell(stop.sentence)
        return stop.code


def _failed(error: Exception) -> int:
    """A failure of the store or the clock is a sentence; anything else is a defect, logged without what was typed."""
    from app.book.append import ClockSetBack
    from app.cli.terminal import tell
    from app.desk.failures import clock_sentence, note_defect, store_sentence
    from app.vault.problems import sort_error
    from resources.words import _

    known = sort_error(error)
    if known is not None:
        tell(store_sentence(known))
        return NO_STORE
    if isinstance(error, ClockSetBack):
        tell(clock_sentence())
        return REFUSED
    note_defect(error)
    tell(_("Something went wrong in the program itself. What was registered before is safe; try again."))
    return REFUSED


def _ready_streams() -> None:
    """Machine output is UTF-8 whatever the locale, an odd character never stops a command, nor does a closed stream."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _let_go_of_output() -> None:
    """What can no longer be written is dropped, or the interpreter would complain of it when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _text(argument: str) -> str:
    """The argument as UTF-8, whatever locale decoded it."""
    return os.fsencode(argument).decode("utf-8", "replace")
