"""Reading the office's feed: the other desks' lines come in, the desk's own get their places."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from app.book.following import known_entries, receive
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.link.centre import Centre
from app.desk.link.membership import Membership, keep, member
from app.desk.link.pushing import begin_anew
from app.desk.link.returning import come_to, go_back
from app.desk.link.standing import on_the_way
from app.vault import find
from app.wire.messages import PAGE, Own, Pull, Pulled, PulledLine, placed
from models.records import Client

HOUR_US = 3_600 * 1_000_000


def pull_once(desk: Desk, centre: Centre, *, most: int = PAGE, wait: float = 0.0) -> tuple[int, int]:
    """One page of the office's feed: how many lines came, and how many the centre has beyond them.

    With `wait` it stays up to so many seconds for something new. Where the centre's database turns out to be an older
    one, reading and sending go back to what it has; that counts as a line. Raises like `push_once`.
    """
    with desk.reading() as connection:
        known = member(connection)
        unsent = on_the_way(connection, known)
    own = tuple((chain.incarnation, chain.confirmed) for chain in known.chains)
    answer = centre.pull(Pull(after=known.read, own=own, most=most, wait=wait, unsent=unsent, seen=known.latest))
    at = desk.clock()
    if answer.other:
        go_back(desk, centre, known, organisation=False)
        return 1, max(0, answer.head - answer.through)
    if answer.lines or answer.head != known.office_feed.head or abs(at - known.heard_at) > HOUR_US:
        with desk.store.writing() as connection:
            now = member(connection)
            if now.office_feed == known.office_feed:  # else another program of this desk was faster
                now = _take_in(connection, now, answer, at, organisation=False)
                keep(connection, msgspec.structs.replace(now, heard_at=at))
    return len(answer.lines), max(0, answer.head - answer.through)


def pull_reference(desk: Desk, centre: Centre) -> int:
    """What is new of people, services and holidays; how many lines came. Raises like `push_once`."""
    came = 0
    while True:
        with desk.reading() as connection:
            known = member(connection)
        feed = known.organisation_feed
        answer = centre.pull(Pull(after=feed.through, organisation=True, own=(), seen=feed.seen[-1:]))
        if answer.other:
            go_back(desk, centre, known, organisation=True)
            continue
        if not answer.lines:
            return came
        with desk.store.writing() as connection:
            now = member(connection)
            if now.organisation_feed == feed:
                keep(connection, _take_in(connection, now, answer, desk.clock(), organisation=True))
        came += len(answer.lines)


def _take_in(connection: Connection, now: Membership, answer: Pulled, at: int, *, organisation: bool) -> Membership:
    lines = [
        placed(each.line, HOME_OFFICE, each.desk, each.incarnation, each.sequence, each.hash, each.position)
        for each in answer.lines
        if isinstance(each, PulledLine)
    ]
    for chain in now.chains:
        said = [line for line in lines if line.incarnation == chain.incarnation]
        theirs = [line.entry for line in said if chain.is_ours(line.sequence)]
        if len(known_entries(connection, HOME_OFFICE, theirs)) < len(theirs):
            now = begin_anew(connection, now, chain, chain.confirmed, at)  # a copy of this book writes in it as well
    places = {each.entry: each.position for each in answer.lines if isinstance(each, Own)}
    records = receive(connection, HOME_OFFICE, lines, places)
    find.index_clients(connection, [record for record in records if isinstance(record, Client)])
    return come_to(connection, now, now.feed(organisation=organisation).on(answer), organisation=organisation)
