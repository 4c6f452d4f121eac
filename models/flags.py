"""What the centre may hold against an entry that it has stored: every reason, whose business it is, how it ends."""

from __future__ import annotations

import msgspec


class Reason(msgspec.Struct, frozen=True):
    """`owner` is the role that settles it, `waits` whether the entry only waits for something and settles by itself."""

    name: str
    owner: str
    waits: bool = False


REASONS = {
    reason.name: reason
    for reason in (
        Reason("unknown_kind", "administrator", waits=True),  # written by a newer program
        Reason("unreadable", "administrator"),  # a body that is none
        Reason("waits_for_request", "supervisor", waits=True),  # a step on paper whose registration has not come
        Reason("not_allowed", "supervisor"),  # the actor is unknown, has left, or lacks the right
        Reason("illegal_step", "supervisor"),  # out of the order of a request's life
        Reason("repeated_code", "supervisor"),  # two requests with one tracking code
        Reason("same_number", "supervisor"),  # one identity number, perhaps two people
        Reason("override", "supervisor"),  # a number whose check digit is wrong was accepted by two people
        Reason("clock", "supervisor"),  # the desk's clock was off by more than ten minutes
    )
}
