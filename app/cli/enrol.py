"""`enrol`: this desk joins a centre."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.exits import DONE, NO_CENTRE, NO_STORE, REFUSED, WRONG_USE, Stop
from app.cli.terminal import open_desk_of, say, tell
from app.desk.link.admission import JoinError, ask_to_join, join_sentence
from app.vault.problems import StoreError, StoreProblem
from app.vault.store import window_lock
from resources.words import _

ENDS = {"bad_address": WRONG_USE, "bad_certificate": WRONG_USE, "unreachable": NO_CENTRE, "not_trusted": NO_CENTRE}


def run(arguments: argparse.Namespace) -> int:
    """Joins, and prints the desk's new number and its office."""
    certificate = Path(arguments.ca) if arguments.ca else None
    with open_desk_of(arguments) as desk:
        try:
            with window_lock(desk.store.folder):
                answer = ask_to_join(desk, arguments.centre, arguments.code, certificate)
        except JoinError as error:
            raise Stop(join_sentence(error), ENDS.get(error.code, REFUSED)) from None
        except StoreError as error:
            if error.problem is not StoreProblem.locked:
                raise
            raise Stop(
                _("This desk's window is open. Join from its settings, or close it and try again."), NO_STORE
            ) from None
    say({"desk": f"{answer.desk:04}", "desk_name": answer.desk_name, "office": answer.office_name})
    tell(_("The desk has joined. What was registered before is sent with the next “sync”."))
    return DONE
