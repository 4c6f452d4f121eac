"""`enrol`: this desk joins a centre."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.exits import DONE, NO_CENTRE, REFUSED, WRONG_USE, Stop
from app.cli.terminal import open_desk_of, say, tell
from app.desk.link.centre import NotAdmitted, Unreachable, is_safe
from app.desk.link.joining import AlreadyJoined, join
from app.vault.store import window_lock
from models.text import compact
from resources.words import _


def run(arguments: argparse.Namespace) -> int:
    """Joins, and prints the desk's new number and its office."""
    if not is_safe(arguments.centre):
        raise Stop(_("A centre on another computer needs an https:// address."), WRONG_USE)
    ca = _read(arguments.ca) if arguments.ca else ""
    with open_desk_of(arguments) as desk, window_lock(desk.store.folder):
        try:
            answer = join(desk, arguments.centre.rstrip("/"), compact(arguments.code), ca)
        except AlreadyJoined:
            raise Stop(_("This desk has joined a centre already."), REFUSED) from None
        except NotAdmitted:
            raise Stop(
                _("The code is not right, or it has run out; ask the centre's administrator for one."), REFUSED
            ) from None
        except Unreachable:
            raise Stop(_("The centre could not be reached; nothing was changed. Try again."), NO_CENTRE) from None
    say({"desk": f"{answer.desk:04}", "desk_name": answer.desk_name, "office": answer.office_name})
    tell(_("The desk has joined. What was registered before is sent with the next “sync”."))
    return DONE


def _read(file: str) -> str:
    try:
        return Path(file).read_text("ascii")
    except (OSError, UnicodeDecodeError):
        raise Stop(_("The file with the centre's certificate cannot be read."), WRONG_USE) from None
