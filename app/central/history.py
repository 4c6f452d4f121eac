"""Which history a feed has. A database that was restored from an older backup gives the same positions a second time,
to other lines; by the stamps that transactions leave, desks can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select

from app.book.histories import among
from app.wire.messages import Seen
from models.ids import new_id
from models.tables import turn


def stamp(connection: Connection, office: int, position: int) -> Seen:
    """Marks what this transaction wrote, up to a position, as its own. Whoever has this stamp has everything before."""
    seen = Seen(position, new_id())
    connection.execute(_LEAVE, {"office": office, "position": position, "stamp": seen.stamp})
    return seen


def last(connection: Connection, office: int) -> Seen | None:
    """The end of the feed; None while it is empty."""
    row = connection.execute(_LAST, {"o": office}).one_or_none()
    return None if row is None else Seen(row.position, row.stamp)


def stamp_at(connection: Connection, office: int, position: int) -> UUID | None:
    """Of the transaction that gave the position; None beyond the feed's end."""
    found: UUID | None = connection.execute(_AT, {"o": office, "position": position}).scalar_one_or_none()
    return found


def ends(connection: Connection, office: int, seen: Sequence[Seen]) -> set[Seen]:
    """Those of them at which the feed has ended once."""
    if not seen:
        return set()
    positions = [each.position for each in seen]
    rows = connection.execute(_ENDS[connection.dialect.name], {"o": office, "positions": positions})
    return {Seen(row.position, row.stamp) for row in rows}


def common(connection: Connection, office: int, seen: Sequence[Seen]) -> int | None:
    """None where the feed has all these places as they were seen; else the last that it has, 0 if it has none."""
    same = [each.position for each in seen if stamp_at(connection, office, each.position) == each.stamp]
    return None if len(same) == len(seen) else max(same, default=0)


_LEAVE = insert(turn)
_LAST: Any = (
    select(turn.c.position, turn.c.stamp)
    .where(turn.c.office == bindparam("o"))
    .order_by(turn.c.position.desc())
    .limit(1)
)
_ENDS = {
    dialect: select(turn.c.position, turn.c.stamp).where(turn.c.office == bindparam("o"), is_one)
    for dialect, is_one in among(turn.c.position, "positions").items()
}
_AT: Any = (
    select(turn.c.stamp)
    .where(turn.c.office == bindparam("o"), turn.c.position >= bindparam("position"))
    .order_by(turn.c.position)
    .limit(1)
)
