"""Bringing a desk in step with its centre: sending and reading until nothing is left, and how far both have come."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from uuid import UUID

import msgspec

from app.desk.desk import Desk
from app.desk.link.centre import Centre, Unreachable
from app.desk.link.copies import leave_trace, look_for_copy
from app.desk.link.files import fetch_part, send_part
from app.desk.link.joining import PROGRAM
from app.desk.link.membership import Membership, member
from app.desk.link.pulling import pull_once, pull_reference
from app.desk.link.pushing import push_once
from app.desk.link.standing import standing, waiting_lines
from models.findings import Finding

LONGEST_PAUSE = 60.0
WATCHES_FOR = 25.0
"""Seconds for which the centre keeps a question for news."""


class Step(msgspec.Struct, frozen=True):
    """What one round did, and where the desk stands: `safe_through` is the centre's own figure for the chain that the
    desk writes in, `waiting` counts lines that it has not confirmed or that wait there for something, `flagged` those
    of this desk's that it holds something against."""

    pushed: int
    pulled: int
    safe_through: int
    waiting: int
    flagged: int
    findings: tuple[Finding, ...]


def in_step(
    desk: Desk, *, watch: bool = False, told: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[Step]:
    """Rounds of sending and reading; one, or with `watch` for ever, waiting for news and going on through outages.

    A centre that asks for time gets it. Raises `NotAMember`, `NotAdmitted`, and without `watch` `Unreachable`.
    """
    pause, known = 1.0, _member(desk)
    look_for_copy(desk)
    with line_of(desk) as centre:
        while True:
            try:
                step = _round(desk, centre, known, told)
                pause, known = 1.0, _member(desk)
                if not watch or step.pushed or step.pulled or step.findings:
                    yield step
                if not watch:
                    return
                pull_once(desk, centre, wait=WATCHES_FOR)
            except Unreachable as error:
                if not watch and not error.after:
                    raise
                pause = 1.0 if error.after else pause
                rest = pause * random.uniform(0.5, 1.0)  # noqa: S311  # so that desks do not come back all at once
                time.sleep(error.after + rest)
                pause = min(pause * 2, LONGEST_PAUSE)


def line_of(desk: Desk) -> Centre:
    """The line to the desk's centre. Raises `NotAMember`."""
    with desk.reading() as connection:
        return line_to(member(connection))


def line_to(known: Membership) -> Centre:
    return Centre(known.url, known.token, known.ca, PROGRAM)


def _round(desk: Desk, centre: Centre, before: Membership, told: Callable[[int, int], None]) -> Step:
    pushed, pulled = 0, pull_reference(desk, centre)
    left, is_behind = waiting_lines(desk), True
    while True:
        if sent := push_once(desk, centre):
            pushed, is_behind = pushed + sent, True
            told(pushed, max(pushed, left))
        elif send_part(desk, centre):
            continue
        elif is_behind:
            came, more = pull_once(desk, centre)
            pulled, is_behind = pulled + came, more > 0
            told(pulled, pulled + more)
        else:
            break
    while fetch_part(desk, centre):
        pass
    leave_trace(desk)
    how, now = standing(desk), _member(desk)
    assert how is not None  # noqa: S101  # it has just spoken with its centre
    findings = tuple(_findings(before, now))
    return Step(pushed, pulled, now.writes.confirmed, how.lines + how.waiting, how.flagged, findings)


def _findings(before: Membership, now: Membership) -> Iterator[Finding]:
    new = _incarnations(now) - _incarnations(before)
    yield from (Finding("cloned_store", str(incarnation)) for incarnation in sorted(new))
    if now.restored_at != before.restored_at:
        yield Finding("restored_centre", now.office_name)


def _incarnations(known: Membership) -> set[UUID]:
    return {chain.incarnation for chain in known.chains}


def _member(desk: Desk) -> Membership:
    with desk.reading() as connection:
        return member(connection)
