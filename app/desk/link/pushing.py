"""Sending the book: the oldest chain first, in order, until the centre has confirmed all of it."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from app.book.following import hash_at, start_anew, unsent
from app.desk.desk import Desk
from app.desk.link.centre import Centre, Differs
from app.desk.link.membership import Chain, Membership, keep, member
from app.desk.link.returning import go_back, last_common
from app.desk.link.standing import on_the_way
from app.vault.store import Store
from app.wire.messages import MOST_LINES, Push, Stands, push_of
from app.wire.packing import TooLarge, pack
from models.ids import new_id


def push_once(desk: Desk, centre: Centre, most: int = MOST_LINES) -> int:
    """One push; the number of lines that it carried, 0 when nothing was left.

    Where the centre's copy differs the chain starts anew from the last place that both have alike, and nothing is
    lost; where all of its database turns out to be an older one, the desk goes back to what that has. Raises
    `Unreachable`, `NotAdmitted`, `NotAMember`, `StoreError`.
    """
    with desk.reading() as connection:
        known = member(connection)
        found = _next(connection, known, most)
    if found is None:
        return 0
    chain, message = found
    try:
        answer = centre.push(message)
    except Differs as difference:
        if difference.stands.code == "other_history":
            go_back(desk, centre, known, organisation=False)
        else:
            _settle(desk, centre, known, chain, difference.stands)
        return len(message.lines)
    with desk.store.writing() as connection:
        now = member(connection)
        is_of_now = now.restored_at == known.restored_at  # else the centre has lost it since
        if is_of_now and answer.head == hash_at(connection, chain.pen, answer.through):
            now = now.confirmed(chain.incarnation, answer.through, answer.seen)
            keep(connection, msgspec.structs.replace(now, heard_at=desk.clock()))
    return len(message.lines)


def _next(connection: Connection, known: Membership, most: int) -> tuple[Chain, Push] | None:
    for chain in known.chains:
        lines = unsent(connection, chain.pen, chain.confirmed, chain.unconfirmed(most))
        if not lines:
            continue
        previous = hash_at(connection, chain.pen, chain.confirmed)
        assert previous is not None  # noqa: S101  # what was confirmed is there
        while True:
            after = known.confirmed(chain.incarnation, lines[-1].sequence)
            message = push_of(lines, previous, on_the_way(connection, after), known.sent)
            try:
                pack(message)
            except TooLarge:  # ever fewer; one alone is always small enough
                lines = lines[: max(1, len(lines) // 2)]
            else:
                return chain, message
    return None


def _settle(desk: Desk, centre: Centre, known: Membership, chain: Chain, stands: Stands) -> None:
    """Finds the last place that both have alike. After a gap sending goes on from there; after a fork what follows is
    written anew under a new incarnation, the old places kept."""
    with desk.reading() as connection:
        common = last_common(connection, centre, chain, chain.ours_through(stands.next_sequence - 1))
    with desk.store.writing() as connection:
        now = member(connection)
        if now.chains != known.chains:
            return  # somebody else found it first; the next push sees how it stands now
        if stands.code == "gap":
            keep(connection, now.back_to(chain, common))
        else:
            begin_anew(connection, now, chain, common, desk.clock())


def begin_anew(connection: Connection, now: Membership, chain: Chain, common: int, at: int) -> Membership:
    """What follows `common` in the chain becomes the beginning of a new incarnation; found out at that time."""
    most = -1 if chain.end is None else chain.end - common
    pen = start_anew(connection, chain.pen, common, new_id(), most)
    after = msgspec.structs.replace(now.anew(chain, common, pen.incarnation), copied_at=at)
    Store.keep(connection, "incarnation", after.writes.incarnation.bytes)
    keep(connection, after)
    return after
