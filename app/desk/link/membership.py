"""What a desk keeps of its centre, in the vault: where it is, what opens it, and how far both have come."""

from __future__ import annotations

from uuid import UUID

import msgspec
from sqlalchemy import Connection

from app.book.append import Pen
from app.desk.desk import HOME_OFFICE, pen_of
from app.vault.store import Store
from app.wire.messages import Pulled, Seen

DAY_US = 24 * 3_600 * 1_000_000
FORTNIGHT_DAYS = 14
"""Whoever signs in at a desk that has been without its centre for so long is told."""


class NotAMember(Exception):
    """The desk has not joined a centre."""


class Chain(msgspec.Struct, frozen=True):
    """A chain of this desk's own, and through which sequence the centre has confirmed it. `end` is the last sequence
    that this book wrote in it, None for the chain that it writes in now: what follows is a copy's."""

    desk: int
    incarnation: UUID
    confirmed: int = 0
    end: int | None = None

    @property
    def pen(self) -> Pen:
        return Pen(HOME_OFFICE, self.desk, self.incarnation)

    def is_ours(self, sequence: int) -> bool:
        """Whether a line at this place must be one of this book's."""
        return self.end is None or sequence <= self.end

    def ours_through(self, sequence: int) -> int:
        """That sequence, or the last of this book's where it lies beyond."""
        return sequence if self.end is None else min(sequence, self.end)

    def unconfirmed(self, most: int) -> int:
        """Up to how many lines of this book's may still be sent."""
        return most if self.end is None else max(0, min(most, self.end - self.confirmed))


class Reading(msgspec.Struct, frozen=True):
    """How far a feed has been read: `through` a position; `head` was its end when it was last asked for. `seen` are
    places on the way, the newest last, ever fewer towards the beginning. `returns` while what was read before a
    restored backup of the centre is read anew."""

    through: int = 0
    head: int = 0
    seen: tuple[Seen, ...] = ()
    returns: bool = False

    def on(self, answer: Pulled) -> Reading:
        """The same, a page further."""
        seen = self.seen
        if answer.stamp is not None and (not seen or seen[-1].position < answer.through):
            seen = _thinned((*seen, Seen(answer.through, answer.stamp)))
        return Reading(answer.through, answer.head, seen, self.returns and answer.through < answer.head)

    def back_to(self, position: int, head: int) -> Reading:
        """The same, at a place that was passed before, of a feed that ends at `head` now."""
        return Reading(position, head, tuple(each for each in self.seen if each.position <= position), position < head)


def _thinned(seen: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """Places that lie apart by no more than they lie back: of a million positions some forty."""
    kept, end = list(seen), seen[-1].position
    n = len(kept) - 2
    while n > 0:
        if kept[n + 1].position - kept[n - 1].position <= end - kept[n + 1].position:
            del kept[n]
        n -= 1
    return tuple(kept)


class Membership(msgspec.Struct, frozen=True):
    """A desk's place at a centre. `chains` are its own, the oldest first; the last is the one it writes in.
    `office_feed` and `organisation_feed`, which all offices share, are how far it has read them, `sent` is the end of
    the first when the centre last confirmed something. `heard_at` is when the centre last answered, give or take an
    hour, `copied_at` when the folder was last found to be a copy, `restored_at` when the centre was last found to have
    less than it had confirmed, all µs UTC or 0."""

    url: str
    token: str
    ca: str
    office: int
    office_name: str
    chains: tuple[Chain, ...]
    office_feed: Reading = Reading()
    organisation_feed: Reading = Reading()
    sent: Seen | None = None
    heard_at: int = 0
    copied_at: int = 0
    restored_at: int = 0

    @property
    def read(self) -> int:
        """The position through which the office's feed was read."""
        return self.office_feed.through

    @property
    def writes(self) -> Chain:
        return self.chains[-1]

    @property
    def latest(self) -> tuple[Seen, ...]:
        """The last places of the office's feed that this desk knows of."""
        sent = () if self.sent is None or self.sent.position <= self.read else (self.sent,)
        return (*self.office_feed.seen[-1:], *sent)

    def feed(self, *, organisation: bool) -> Reading:
        return self.organisation_feed if organisation else self.office_feed

    def with_feed(self, feed: Reading, *, organisation: bool) -> Membership:
        if organisation:
            return msgspec.structs.replace(self, organisation_feed=feed)
        return msgspec.structs.replace(self, office_feed=feed)

    def confirmed(self, incarnation: UUID, through: int, seen: Seen | None = None) -> Membership:
        """The same, with a chain confirmed through a sequence; never through less than before."""
        if seen is not None and (self.sent is None or self.sent.position < seen.position):
            return msgspec.structs.replace(self, sent=seen).confirmed(incarnation, through)
        return self._with(
            tuple(
                msgspec.structs.replace(chain, confirmed=max(chain.confirmed, through))
                if chain.incarnation == incarnation
                else chain
                for chain in self.chains
            )
        )

    def back_to(self, chain: Chain, common: int) -> Membership:
        """The same, with a chain confirmed through less than was thought: the centre has lost what follows."""
        place = self.chains.index(chain)
        back = msgspec.structs.replace(chain, confirmed=common)
        return self._with((*self.chains[:place], back, *self.chains[place + 1 :]))

    def anew(self, chain: Chain, common: int, incarnation: UUID) -> Membership:
        """The same, with a new incarnation after that chain, which ends with `common`; the new one ends where that one
        would have, less what stays in it."""
        place = [known.incarnation for known in self.chains].index(chain.incarnation)
        ended = msgspec.structs.replace(chain, confirmed=min(chain.confirmed, common), end=common)
        after = Chain(chain.desk, incarnation, end=None if chain.end is None else chain.end - common)
        return self._with((*self.chains[:place], ended, after, *self.chains[place + 1 :]))

    def going_on(self, last: int, incarnation: UUID, now: int) -> Membership:
        """The same, with a new incarnation in which the desk writes on; the one before ends with `last`."""
        ended = msgspec.structs.replace(self.writes, end=last)
        goes_on = self._with((*self.chains[:-1], ended, Chain(ended.desk, incarnation)))
        return msgspec.structs.replace(goes_on, copied_at=now)

    def _with(self, chains: tuple[Chain, ...]) -> Membership:
        return msgspec.structs.replace(self, chains=chains)


_NAME = "centre"
_decoder = msgspec.json.Decoder(Membership)


def membership(connection: Connection) -> Membership | None:
    """None for a desk that has not joined a centre."""
    kept = Store.kept(connection, _NAME)
    return None if kept is None else _decoder.decode(kept)


def member(connection: Connection) -> Membership:
    """The desk's membership. Raises `NotAMember`."""
    known = membership(connection)
    if known is None:
        raise NotAMember
    return known


def numbers_of(connection: Connection) -> list[int]:
    """Under which numbers this desk writes and has written: another one before it joined its centre."""
    known = membership(connection)
    own = set() if known is None else {chain.desk for chain in known.chains}
    return sorted({pen_of(connection).desk, *own})


def keep(connection: Connection, now: Membership) -> None:
    Store.keep(connection, _NAME, msgspec.json.encode(now))


def days_alone(connection: Connection, now: int) -> int:
    """For how many whole days the desk has not heard of its centre, once that is a fortnight; else 0, as for a desk
    without one."""
    known = membership(connection)
    if known is None or not known.heard_at:
        return 0
    days = (now - known.heard_at) // DAY_US
    return days if days >= FORTNIGHT_DAYS else 0
