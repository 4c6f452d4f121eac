"""What went wrong, as a sentence for people and as a log line without personal data."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from app.vault.problems import StoreError, StoreProblem
from resources.words import _, ngettext, number

if TYPE_CHECKING:
    from app.desk.people import SignInError

LOG_NAME = "miz.log"
_log = logging.getLogger("miz")
_log.addHandler(logging.NullHandler())  # before there is a folder to log in, nothing is said on the terminal either


def store_sentence(error: StoreError) -> str:
    """What happened to the store, what is safe, and what to do."""
    sentences = {
        StoreProblem.missing: _("There is no desk in this folder. Make one with “setup”, or name the right folder."),
        StoreProblem.exists: _("There is a desk in this folder already; nothing was changed."),
        StoreProblem.locked: _("The desk's file is in use by another program. Close it there and try again."),
        StoreProblem.wrong_key: _("The desk's file cannot be opened with the key beside it. Bring the recovery code."),
        StoreProblem.no_key: _("The key of this desk was not found. Bring the recovery code from the safe."),
        StoreProblem.damaged: _("The desk's file is damaged. Do not write in it; bring the last backup."),
        StoreProblem.newer: _("This file was written by a newer version of the program; install that version."),
        StoreProblem.read_only: _("This folder cannot be written. Give this user the right to write there."),
        StoreProblem.network_share: _("The folder lies on a network share. Choose a folder on this computer."),
        StoreProblem.full: _("The disk is full. What was registered is safe; make room and try again."),
        StoreProblem.io: _("The disk did not answer. What was registered is safe; look at the disk and try again."),
    }
    return sentences[error.problem]


def clock_sentence() -> str:
    """What to do when nothing can be written because the clock was set back."""
    from app.desk.sentences import problem

    return problem("", "clock").message


def sign_in_sentence(error: SignInError) -> str:
    """Why somebody was not signed in, and what to do."""
    if error.code == "wait":
        return ngettext(
            "After wrong tries, wait {n} second and try again.",
            "After wrong tries, wait {n} seconds and try again.",
            error.wait_seconds,
        ).format(n=number(error.wait_seconds))
    sentences = {
        "unknown_person": _("Nobody of this name works at this desk."),
        "retired": _("This person does not work here any more; an administrator can admit them again."),
        "wrong_password": _("The password is not right."),
        "not_allowed": _("This takes two different people, and one of them must be a supervisor."),
    }
    return sentences[error.code]


def keep_log(folder: Path) -> None:
    """Logs to a small rotating file in the data folder, for this user alone; none where it cannot be written."""
    from logging.handlers import RotatingFileHandler

    if any(isinstance(handler, RotatingFileHandler) for handler in _log.handlers):
        return
    try:
        path = folder / LOG_NAME
        path.touch(mode=0o600)
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=2, delay=True, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.propagate = False


def note_defect(error: BaseException) -> None:
    """Logs where a defect was, by kind and place alone: an exception's text may hold what somebody typed."""
    places = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    _log.error("defect %s at %s", type(error).__name__, " < ".join(reversed(places[-8:])))
