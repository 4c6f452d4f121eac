"""`accept-clock`: two people say that the clock is right although it stands before the last registration."""

from __future__ import annotations

import argparse

from app.cli.exits import DONE
from app.cli.terminal import open_desk_of, say, second_person, sign_in_as
from app.desk.clock import accept_clock
from app.desk.requests import moment


def run(arguments: argparse.Namespace) -> int:
    with open_desk_of(arguments) as desk:
        session = sign_in_as(desk, arguments)
        approver = second_person(desk, arguments, session)
        say({"accepted_at": moment(accept_clock(desk, session, approver))})
    return DONE
