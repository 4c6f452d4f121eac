"""From an argument list to a command and its exit code; whatever happens, no traceback reaches the terminal."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence

DONE, REFUSED, WRONG_USE, NO_STORE, NO_CENTRE = 0, 1, 2, 3, 4
"""Exit codes: all done · input refused or something found · wrong use · no store or no sign-in · no centre."""

HOMES = {
    "desk": "ui.command",
    "bench": "tests.bench.command",
}
"""Commands that live outside app.cli; every other one is the module of its own name there."""


def enter(arguments: Sequence[str]) -> int:
    """Runs the command and returns its exit code."""
    _speak_utf8()
    from app.cli.parser import language_of, parser
    from resources import words

    language = language_of(arguments)
    if language:
        words.use(language)
    try:
        parsed = parser().parse_args([_text(argument) for argument in arguments])
    except SystemExit as stop:
        return int(stop.code or 0)
    return _run(parsed)


def _run(parsed: argparse.Namespace) -> int:
    from app.cli.terminal import Stop, tell

    name = parsed.command.replace("-", "_")
    try:
        code: int = importlib.import_module(HOMES.get(name, f"app.cli.{name}")).run(parsed)
        sys.stdout.flush()
        return code
    except Stop as stop:
        tell(stop.sentence)
        return stop.code
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Whoever read our output has gone; what was acknowledged stays registered.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception as error:  # noqa: BLE001  # the last door: whatever it is, a person gets a sentence
        return _failed(error)


def _failed(error: Exception) -> int:
    """A failure of the store is a sentence; anything else is a defect, logged without what anybody typed."""
    from app.cli.terminal import tell
    from app.desk.failures import note_defect, store_sentence
    from app.vault.problems import StoreError, sort_error
    from resources.words import _

    known = error if isinstance(error, StoreError) else sort_error(error)
    if known is not None:
        tell(store_sentence(known))
        return NO_STORE
    note_defect(error)
    tell(_("Something went wrong in the program itself. What was registered before is safe; try again."))
    return REFUSED


def _speak_utf8() -> None:
    """Machine output is UTF-8 whatever the locale; an odd character never stops a command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _text(argument: str) -> str:
    """The argument as UTF-8, whatever locale decoded it."""
    return os.fsencode(argument).decode("utf-8", "replace")
