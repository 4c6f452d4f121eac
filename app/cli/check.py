"""`check`: proves the store."""

from __future__ import annotations

import argparse

from app.cli.exits import DONE, REFUSED
from app.cli.terminal import open_desk_of, say, tell
from app.desk.checking import check
from resources.words import _


def run(arguments: argparse.Namespace) -> int:
    """A JSON line a finding; exit code 1 if there is any."""
    found = False
    with open_desk_of(arguments) as desk:
        for finding in check(desk):
            found = True
            say({"finding": finding.finding, "detail": finding.detail})
    tell(
        _("Something was found; keep this list and call whoever looks after the desk.") if found else _("All is sound.")
    )
    return REFUSED if found else DONE
