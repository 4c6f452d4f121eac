"""How often something happened in a span of time, counted in the database, so that it holds for all processes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, delete, text

from models.tables import hit

_COUNT = text(
    "INSERT INTO hit (key, slot, count) VALUES (:key, :slot, 1) "
    "ON CONFLICT (key, slot) DO UPDATE SET count = hit.count + 1 RETURNING count"
)
_SEEN: Any = text("SELECT count FROM hit WHERE key = :key AND slot = :slot")


def count(connection: Connection, key: str, now: int, seconds: int) -> int:
    """Counts one more in the present slot of so many seconds; how many there are with it. `now` is µs."""
    slot = _slot(now, seconds)
    return int(connection.execute(_COUNT, {"key": f"{key}/{seconds}", "slot": slot}).scalar_one())


def seen(connection: Connection, key: str, now: int, seconds: int) -> int:
    """How many were counted in the present slot."""
    found = connection.execute(_SEEN, {"key": f"{key}/{seconds}", "slot": _slot(now, seconds)}).scalar()
    return int(found or 0)


def forget(connection: Connection, now: int) -> None:
    """Removes slots that are over for more than two days."""
    connection.execute(delete(hit).where(hit.c.slot < bindparam("slot")), {"slot": now // 1_000_000 - 172_800})


def _slot(now: int, seconds: int) -> int:
    """The slot's first second since 1970."""
    return now // 1_000_000 // seconds * seconds
