"""The daily log's page and the day's totals, against the same queries by the raw driver in a plain file; and what the
window reads at each letter typed into the log's filter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.desk.daily_log import PAGE, day_rows, day_totals
from app.desk.log_page import Filters, look
from models.calendar import business_day, from_day_number, now_us
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, milliseconds, p95

DAYS = 300
_PAGE = (
    "SELECT request.id, registered_at, tracking_code, client_name, service_title, name, outcome, state, due_on "
    "FROM request LEFT JOIN person ON person.office = request.office AND person.id = registered_by "
    "WHERE request.office = 0 AND business_day = ? ORDER BY registered_at, request.id LIMIT ?"
)
_TOTALS = (
    "SELECT outcome, count(*), count(*) FILTER (WHERE state IN ('open', 'lacking', 'referred') AND due_on < ?), "
    "count(*) FILTER (WHERE receipt = 'printed') FROM request WHERE office = 0 AND business_day = ? GROUP BY outcome"
)


def figures(ground: Ground) -> Iterator[Figure]:
    """Days drawn from all years; the page is the first of the day, 200 rows."""
    desk, plain, today = ground.desk, ground.plain.connection, business_day(now_us())
    with desk.reading() as connection:
        known = [
            day for (day,) in connection.exec_driver_sql("SELECT DISTINCT business_day FROM request WHERE office = 0")
        ]
    days = [ground.draw.choice(known) for _ in range(min(DAYS, ground.samples))]
    page = [milliseconds(day_rows, desk, day) for day in days]
    totals = [milliseconds(day_totals, desk, day) for day in days]
    raw_page = [milliseconds(_all, plain, _PAGE, (day, PAGE)) for day in days]
    raw_totals = [milliseconds(_all, plain, _TOTALS, (today.isoformat(), day)) for day in days]
    yield _figure("log", page, raw_page)
    yield _figure("log.totals", totals, raw_totals)
    filters = Filters(status="follow_up", text="محمد")
    window = [milliseconds(look, desk, ground.session, from_day_number(day), filters) for day in days]
    note = f"p95 of {len(window)} days: page and count by state and name, totals, hours, services, clerks"
    yield Figure(name="log.window", value=p95(window), unit="ms", target="p95 ≤ 6 ms", note=note)


def _all(plain: Any, query: str, given: tuple[object, ...]) -> list[object]:
    found: list[object] = plain.execute(query, given).fetchall()
    return found


def _figure(name: str, took: list[float], raw: list[float]) -> Figure:
    beside = Beside("the same query by the raw driver, plain file", p95(raw))
    note = f"p95 of {len(took)} days drawn from all years"
    return Figure(name=name, value=p95(took), unit="ms", beside=beside, target="p95 ≤ 3 ms", note=note)
