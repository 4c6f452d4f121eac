"""`sync`: sends and reads until the desk and its centre are in step."""

from __future__ import annotations

import argparse

from app.cli.exits import DONE, NO_CENTRE, WRONG_USE, Stop
from app.cli.terminal import open_desk_of, progress, say
from app.desk.link.centre import NotAdmitted, Unreachable
from app.desk.link.membership import NotAMember
from app.desk.link.stepping import Step, in_step
from resources.words import _


def run(arguments: argparse.Namespace) -> int:
    """A JSON line when in step; with `--watch` one more whenever something was sent or came, until it is stopped."""
    with open_desk_of(arguments) as desk:
        try:
            for step in in_step(desk, watch=arguments.watch, told=progress(_("Sending and reading"))):
                _say(step)
        except NotAMember:
            raise Stop(_("This desk has not joined a centre."), WRONG_USE) from None
        except NotAdmitted:
            raise Stop(_("The centre does not know this desk any more; ask its administrator."), NO_CENTRE) from None
        except Unreachable:
            raise Stop(_("The centre could not be reached; everything is safe at this desk."), NO_CENTRE) from None
    return DONE


def _say(step: Step) -> None:
    for finding in step.findings:
        say({"finding": finding.finding, "detail": finding.detail})
    say(
        {
            "pushed": step.pushed,
            "pulled": step.pulled,
            "safe_through": step.safe_through,
            "waiting": step.waiting,
            "flagged": step.flagged,
        }
    )
