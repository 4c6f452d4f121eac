"""How the centre fares, for whoever watches over it: counts and durations, nothing of any person or request."""

from __future__ import annotations

import threading
from collections import Counter

from sqlalchemy import Connection, func, select

from models import tables as t

TYPE = "text/plain; version=0.0.4; charset=utf-8"
STEPS = (0.005, 0.025, 0.1, 0.5, 2.5, 10.0)
"""Upper ends of the durations, in seconds."""
SEEN_WITHIN_US = 900 * 1_000_000


class Metrics:
    """What this process has answered. Routes are templates, so the number of rows is bounded."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: Counter[tuple[str, int]] = Counter()
        self._within: Counter[tuple[str, float]] = Counter()
        self._seconds: dict[str, float] = {}

    def note(self, route: str, status: int, seconds: float) -> None:
        with self._lock:
            self._answers[route, status] += 1
            self._seconds[route] = self._seconds.get(route, 0.0) + seconds
            for step in STEPS:
                if seconds <= step:
                    self._within[route, step] += 1

    def text(self, stored: str = "") -> str:
        """Prometheus' text form."""
        with self._lock:
            rows = ["# TYPE miz_requests_total counter"]
            rows += [
                f'miz_requests_total{{route="{route}",status="{status}"}} {n}'
                for (route, status), n in sorted(self._answers.items())
            ]
            rows.append("# TYPE miz_request_seconds histogram")
            for route, total in sorted(self._seconds.items()):
                count = sum(n for (which, _status), n in self._answers.items() if which == route)
                rows += [
                    f'miz_request_seconds_bucket{{route="{route}",le="{step}"}} {self._within[route, step]}'
                    for step in STEPS
                ]
                rows.append(f'miz_request_seconds_bucket{{route="{route}",le="+Inf"}} {count}')
                rows.append(f'miz_request_seconds_sum{{route="{route}"}} {total:.6f}')
                rows.append(f'miz_request_seconds_count{{route="{route}"}} {count}')
        return "\n".join(rows) + "\n" + stored


def stored(connection: Connection, now: int) -> str:
    """What the database holds. Positions have no gap, so a feed's head is the number of its lines. What desks have not
    sent yet is as they said when last heard of."""
    feeds = connection.execute(select(t.feed.c.office, t.feed.c.position).order_by(t.feed.c.office)).all()
    seats = t.seat.c.joined_at.is_not(None) & t.seat.c.revoked_at.is_(None)
    desks = connection.execute(select(func.count()).select_from(t.seat).where(seats)).scalar_one()
    recent = seats & (t.seat.c.seen_at > now - SEEN_WITHIN_US)
    seen = connection.execute(select(func.count()).select_from(t.seat).where(recent)).scalar_one()
    waits, oldest = connection.execute(
        select(func.coalesce(func.sum(t.seat.c.unsent), 0), func.min(t.seat.c.unsent_at)).where(seats)
    ).one()
    open_flags = select(t.flag.c.reason, func.count()).where(t.flag.c.settled_at.is_(None)).group_by(t.flag.c.reason)
    rows = ["# TYPE miz_feed_position gauge"]
    rows += [f'miz_feed_position{{office="{office}"}} {position}' for office, position in feeds]
    rows += ["# TYPE miz_lines_stored gauge", f"miz_lines_stored {sum(position for _office, position in feeds)}"]
    rows += ["# TYPE miz_desks gauge", f"miz_desks {desks}"]
    rows += ["# TYPE miz_desks_seen gauge", f"miz_desks_seen {seen}"]
    rows += ["# TYPE miz_unsent_lines gauge", f"miz_unsent_lines {waits}", "# TYPE miz_unsent_oldest_seconds gauge"]
    rows += [f"miz_unsent_oldest_seconds {max(0, now - oldest) // 1_000_000 if oldest else 0}"]
    rows += ["# TYPE miz_flags_open gauge"]
    rows += [f'miz_flags_open{{reason="{reason}"}} {n}' for reason, n in connection.execute(open_flags).all()]
    return "\n".join(rows) + "\n"
