"""What a desk keeps of its centre, in the vault: where it is, what opens it, and how far both have come."""

from __future__ import annotations

from uuid import UUID

import msgspec
from sqlalchemy import Connection

from app.book.append import Pen
from app.desk.desk import HOME_OFFICE
from app.vault.store import Store


class NotAMember(Exception):
    """The desk has not joined a centre."""


class Chain(msgspec.Struct, frozen=True):
    """A chain of this desk's own, and through which sequence the centre has confirmed it."""

    desk: int
    incarnation: UUID
    confirmed: int = 0

    @property
    def pen(self) -> Pen:
        return Pen(HOME_OFFICE, self.desk, self.incarnation)


class Membership(msgspec.Struct, frozen=True):
    """A desk's place at a centre. `chains` are its own, the oldest first; the last is the one it writes in. `read` is
    the position through which it has the office's feed, `head` that feed's end when it was last asked, and
    `read_organisation` the same as `read` of the feed that all offices share."""

    url: str
    token: str
    ca: str
    office: int
    office_name: str
    chains: tuple[Chain, ...]
    read: int = 0
    head: int = 0
    read_organisation: int = 0

    @property
    def writes(self) -> Chain:
        return self.chains[-1]

    def confirmed(self, chain: Chain, through: int) -> Membership:
        """The same, with the chain confirmed through a sequence."""
        changed = msgspec.structs.replace(chain, confirmed=through)
        return self._with(tuple(changed if c.incarnation == chain.incarnation else c for c in self.chains))

    def anew(self, chain: Chain, common: int, incarnation: UUID) -> Membership:
        """The same, with a new incarnation after that chain, which ends with `common`."""
        place = [known.incarnation for known in self.chains].index(chain.incarnation)
        ended = msgspec.structs.replace(chain, confirmed=common)
        after = Chain(chain.desk, incarnation)
        return self._with((*self.chains[:place], ended, after, *self.chains[place + 1 :]))

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


def keep(connection: Connection, now: Membership) -> None:
    Store.keep(connection, _NAME, msgspec.json.encode(now))
