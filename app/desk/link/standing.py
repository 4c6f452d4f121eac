"""How the desk stands with its centre, by the centre's own figures: what is safe there, what is on its way, what the
centre holds against it."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.book.returning import waits_for_others
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.link.membership import Chain, Membership, member, membership
from app.wire.messages import Unsent
from models import tables as t
from models.calendar import business_day, day_number
from models.flags import REASONS

REGISTERED = "request.registered"
MOST_COUNTED = 20_000
"""Lines on their way that are still looked at one by one; of more only their number is told."""
MOST_HELD = 100
_l, _f = t.line.c, t.flag.c


class Held(msgspec.Struct, frozen=True):
    """Something that the centre holds against a line of this desk's, or that waits for something; not settled yet."""

    reason: str
    code: str
    raised_at: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """As of one moment. `registered` are this desk's visits of today and earlier ones that are not at the centre yet,
    `safe` those of them that it has confirmed. `lines` counts what it has not confirmed, the first of them written at
    `oldest_at`; `earlier` are the visits of earlier days that it has not confirmed, None where so much is on its way
    that they were not counted; `behind` lines are at the centre and not here. Times are µs UTC, 0 for never; `held` has
    the latest `MOST_HELD` of `flagged` and `waiting` together."""

    url: str
    office: str
    number: int
    registered: int
    safe: int
    lines: int
    oldest_at: int = 0
    earlier: int | None = None
    behind: int = 0
    read: int = 0
    heard_at: int = 0
    copied_at: int = 0
    restored_at: int = 0
    flagged: int = 0
    waiting: int = 0
    held: tuple[Held, ...] = ()

    @property
    def host(self) -> str:
        """Where the centre is, as people say it."""
        return urlsplit(self.url).netloc


def standing(desk: Desk) -> Standing | None:
    """None for a desk without a centre. Raises `StoreError`."""
    today = day_number(business_day(desk.clock()))
    with desk.reading() as connection:
        known = membership(connection)
        return None if known is None else _standing(connection, known, today)


def _standing(connection: Connection, known: Membership, today: int) -> Standing:
    left = on_the_way(connection, known)
    unsent = unsent_visits(connection, known) if left.lines <= MOST_COUNTED else {}
    numbers = {chain.desk for chain in known.chains}
    registered = connection.execute(
        select(func.count())
        .select_from(t.request)
        .where(
            t.request.c.office == HOME_OFFICE, t.request.c.business_day == today, t.request.c.desk.in_(sorted(numbers))
        )
    ).scalar_one()
    counted, held = _held(connection, numbers)
    earlier = sum(n for day, n in unsent.items() if day != today)
    return Standing(
        url=known.url,
        office=known.office_name,
        number=known.writes.desk,
        registered=registered + earlier,
        safe=registered - unsent.get(today, 0),
        lines=left.lines,
        oldest_at=left.oldest_at,
        earlier=earlier if left.lines <= MOST_COUNTED else None,
        behind=max(0, known.office_feed.head - known.read),
        read=known.read,
        heard_at=known.heard_at,
        copied_at=known.copied_at,
        restored_at=known.restored_at,
        flagged=sum(n for reason, n in counted.items() if not _waits(reason)),
        waiting=sum(n for reason, n in counted.items() if _waits(reason)),
        held=held,
    )


def _waits(reason: str) -> bool:
    return reason in REASONS and REASONS[reason].waits


def on_the_way(connection: Connection, known: Membership) -> Unsent:
    """What the centre has not confirmed of all chains together."""
    ways = [way for chain in known.chains if (way := _on_the_way(connection, chain)) is not None]
    return Unsent(sum(way.lines for way in ways), min((way.oldest_at for way in ways), default=0))


def _on_the_way(connection: Connection, chain: Chain) -> Unsent | None:
    last = connection.execute(
        select(func.max(_l.sequence)).where(_of(chain))  # the primary key's end
    ).scalar_one()
    last = chain.ours_through(last or 0)
    if last <= chain.confirmed:
        return None
    first = select(_l.at).where(_of(chain), _l.sequence > chain.confirmed).order_by(_l.sequence).limit(1)
    return Unsent(last - chain.confirmed, connection.execute(first).scalar_one())


def _of(chain: Chain) -> ColumnElement[bool]:
    return and_(_l.office == HOME_OFFICE, _l.desk == chain.desk, _l.incarnation == chain.incarnation)


def unsent_visits(connection: Connection, known: Membership) -> dict[int, int]:
    """Registered visits that the centre has not confirmed, by business day (Jalali yyyymmdd)."""
    found: dict[int, int] = {}
    for chain in known.chains:
        through = () if chain.end is None else (_l.sequence <= chain.end,)
        query = (
            select(_l.business_day, func.count())
            .where(_of(chain), _l.sequence > chain.confirmed, *through, _l.kind == REGISTERED)
            .group_by(_l.business_day)
        )
        for day, n in connection.execute(query):
            found[day] = found.get(day, 0) + n
    return found


def safe_at_centre(connection: Connection, day: int, registered: int) -> int:
    """How many of the visits registered on a day (Jalali yyyymmdd) are at the centre; what other desks wrote has come
    from there, and is counted off where the centre has lost it since. 0 without a centre, and while more is on its way
    than is looked at one by one."""
    known = membership(connection)
    if known is None or on_the_way(connection, known).lines > MOST_COUNTED:
        return 0
    own = (chain.incarnation for chain in known.chains)
    lost = connection.execute(
        select(func.count()).where(waits_for_others(HOME_OFFICE, own), _l.kind == REGISTERED, _l.business_day == day)
    ).scalar_one()
    return registered - unsent_visits(connection, known).get(day, 0) - lost


def _held(connection: Connection, numbers: set[int]) -> tuple[dict[str, int], tuple[Held, ...]]:
    mine = and_(_f.office == HOME_OFFICE, _f.settled_at.is_(None), _f.desk.in_(sorted(numbers)))
    by_reason = select(_f.reason, func.count()).where(mine).group_by(_f.reason)
    counted = {reason: n for reason, n in connection.execute(by_reason)}  # noqa: C416  # rows, not pairs
    latest = select(_f.reason, _f.code, _f.raised_at).where(mine).order_by(_f.raised_at.desc()).limit(MOST_HELD)
    return counted, tuple(Held(*row) for row in connection.execute(latest))


def is_at_centre(desk: Desk, tracking_code: str) -> bool | None:
    """Whether the centre has confirmed every line of the request and of its client that this desk has written; None
    without a centre, and for a code that is not here. Raises `StoreError`."""
    with desk.reading() as connection:
        known = membership(connection)
        found = connection.execute(
            select(t.request.c.id, t.request.c.client).where(
                t.request.c.office == HOME_OFFICE, t.request.c.tracking_code == tracking_code
            )
        ).first()
        return None if known is None or found is None else _are_confirmed(connection, known, tuple(found))


def _are_confirmed(connection: Connection, known: Membership, subjects: tuple[UUID, ...]) -> bool:
    waits = [
        (_l.desk == chain.desk)
        & (_l.incarnation == chain.incarnation)
        & (_l.sequence > chain.confirmed)
        & (_l.sequence <= chain.end if chain.end is not None else _l.sequence > 0)
        for chain in known.chains
    ]
    query = select(_l.entry).where(_l.office == HOME_OFFICE, _l.subject.in_(subjects), or_(*waits)).limit(1)
    return connection.execute(query).first() is None


def waiting_lines(desk: Desk) -> int:
    """Lines of this desk that the centre has not confirmed. Raises `NotAMember`."""
    with desk.reading() as connection:
        return on_the_way(connection, member(connection)).lines
