"""`show`: requests with client and history."""

from __future__ import annotations

import argparse

from app.cli.exits import DONE, REFUSED, WRONG_USE, Stop
from app.cli.terminal import code_or_none, open_desk_of, say, sign_in_as, tell
from app.desk.receipts import NoSuchRequest
from app.desk.requests import CANNOT_BE_NOTED, note_reading, shown
from models.ids import COMMAND_LINE
from resources.words import _


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if any code is unknown here. A store that cannot be written is still read."""
    if arguments.full and not arguments.as_:
        raise Stop(_("Whole numbers are shown to a person who signs in: --full needs --as."), WRONG_USE)
    with open_desk_of(arguments) as desk:
        session = sign_in_as(desk, arguments) if arguments.full else None
        if session is not None and not session.may("clerk"):
            raise Stop(_("Your role does not open citizens' files."), REFUSED)
        codes = [(typed, code_or_none(typed)) for typed in arguments.codes]
        known = tuple(code for _typed, code in codes if code is not None)
        if known:
            actor = session.person.id if session else COMMAND_LINE
            try:
                note_reading(desk, actor, "show", known, full=arguments.full)
            except CANNOT_BE_NOTED:
                if arguments.full:
                    raise
        missing = False
        for typed, code in codes:
            try:
                if code is None:
                    raise NoSuchRequest(typed)
                say(shown(desk, code, full=arguments.full))
            except NoSuchRequest:
                missing = True
                tell(_("No request has this code at this desk: {code}").format(code=typed[:40]))
    return REFUSED if missing else DONE
