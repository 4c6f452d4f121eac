"""Where the centre's database turns out to be an older one than the desk has read or been told of: restored from a
backup, or a standby that lacked the last of it. The desk goes back to what both have, sends again what is its own, and
reads anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from app.book.following import hash_at
from app.book.returning import forget_the_centres, of_others, offer_files_again, unplace
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.link.centre import Centre
from app.desk.link.membership import Chain, Membership, Reading, keep, member, membership
from app.vault import find
from app.wire.messages import Ask, Pull
from models.findings import Finding
from models.records import Client


def go_back(desk: Desk, centre: Centre, known: Membership, *, organisation: bool) -> None:
    """Goes back in a feed to the last place that the centre has as this desk has seen it, and in the desk's own chains
    to what the centre has of them. Nothing that a desk wrote is given up. Raises like `push_once`."""
    feed = known.feed(organisation=organisation)
    found = centre.pull(Pull(after=0, organisation=organisation, own=(), most=1, seen=feed.seen, end=True))
    position = found.through if found.other else feed.through
    chains, sent = known.chains, known.sent
    if not organisation:
        with desk.reading() as connection:
            kept = [last_common(connection, centre, chain, chain.confirmed) for chain in chains]
        chains = tuple(msgspec.structs.replace(chain, confirmed=n) for chain, n in zip(chains, kept, strict=True))
        # What was just found safe lies before this end, and is looked at again should that end be lost in its turn.
        seen = () if found.end is None else (found.end,)
        after = centre.pull(Pull(after=0, own=(), most=1, seen=seen, end=True))
        if after.other:
            return  # lost already
        sent = after.end
    with desk.store.writing() as connection:
        now = member(connection)
        if (now.chains, now.sent, now.feed(organisation=organisation)) != (known.chains, known.sent, feed):
            return  # another program of this desk was faster; what it left is looked at anew

        def is_own(number: int, incarnation: UUID, sequence: int) -> bool:
            places = (each for each in chains if (each.desk, each.incarnation) == (number, incarnation))
            return any(each.is_ours(sequence) for each in places)

        records = unplace(connection, HOME_OFFICE, position, organisation=organisation, is_own=is_own)
        find.index_clients(connection, [record for record in records if isinstance(record, Client)])
        offer_files_again(connection, HOME_OFFICE)
        now = msgspec.structs.replace(now, chains=chains, sent=sent, restored_at=desk.clock())
        now = now.with_feed(msgspec.structs.replace(feed, returns=True), organisation=organisation)
        keep(connection, come_to(connection, now, feed.back_to(position, found.head), organisation=organisation))
    desk.written()  # there is something to send again


def come_to(connection: Connection, now: Membership, feed: Reading, *, organisation: bool) -> Membership:
    """The same, that far in a feed. At its end what the centre does not know any more of its own is forgotten."""
    if now.feed(organisation=organisation).returns and not feed.returns:
        forget_the_centres(connection, HOME_OFFICE, organisation=organisation)
    return now.with_feed(feed, organisation=organisation)


def lost_by_the_centre(connection: Connection) -> Iterator[Finding]:
    """Lines of other desks that this one has read and the centre has lost, as long as their own desks have not sent
    them again. Where such a desk is no more, this is the only place that has them."""
    known = membership(connection)
    if known is not None:
        for desk, lines in of_others(connection, HOME_OFFICE, (each.incarnation for each in known.chains)).items():
            yield Finding("not_at_the_centre", f"desk {desk}: {lines}")


def last_common(connection: Connection, centre: Centre, chain: Chain, most: int) -> int:
    """The last sequence of a chain, `most` at most, that desk and centre have alike. By bisecting from there: up to the
    common place all hashes agree, beyond it none does."""
    low, middle, high = 0, most, most
    while low < high:
        ours = hash_at(connection, chain.pen, middle)
        theirs = (
            None
            if ours is None
            else centre.hash_at(Ask(desk=chain.desk, incarnation=chain.incarnation, sequence=middle))
        )
        if ours is not None and ours == theirs:
            low = middle
        else:
            high = middle - 1
        middle = (low + high + 1) // 2
    return low
