"""What a desk keeps of its centre, in the vault: where it is, what opens it, and how far both have come."""

from __future__ import annotations

from uuid import UUID

import msgspec
from sqlalchemy import Connection

from app.book.append import Pen
from app.desk.desk import HOME_OFFICE, pen_of
from app.vault.store import Store


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


class Membership(msgspec.Struct, frozen=True):
    """A desk's place at a centre. `chains` are its own, the oldest first; the last is the one it writes in. `read` is
    the position through which it has the office's feed, `head` that feed's end when it was last asked, and
    `read_organisation` the same as `read` of the feed that all offices share. `heard_at` is when the centre last
    answered, give or take an hour, `copied_at` when the folder was last found to be a copy, both µs UTC or 0."""

    url: str
    token: str
    ca: str
    office: int
    office_name: str
    chains: tuple[Chain, ...]
    read: int = 0
    head: int = 0
    read_organisation: int = 0
    heard_at: int = 0
    copied_at: int = 0

    @property
    def writes(self) -> Chain:
        return self.chains[-1]

    def confirmed(self, incarnation: UUID, through: int) -> Membership:
        """The same, with a chain confirmed through a sequence; never through less than before."""
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
