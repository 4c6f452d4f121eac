"""The daily log: a day's register, line by line, and its totals."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select

from app.desk.desk import HOME_OFFICE, Desk
from app.desk.link.standing import safe_at_centre
from models import tables as t
from models.calendar import business_day
from models.records import OPEN_STATES

PAGE = 200


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One visit of the day. `row` counts from 1 in the order of registration."""

    row: int
    id: UUID
    at: int
    tracking_code: str
    client_name: str
    service: str
    clerk: str
    outcome: str
    state: str
    due_on: datetime.date | None


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """The day in figures. `late` counts unanswered visits past due as of now, `receipts` visits whose paper is known
    to have come out, `safe_at_centre` those that the centre has confirmed, 0 without one."""

    registered: int
    done: int
    guided: int
    follow_up: int
    late: int
    receipts: int
    safe_at_centre: int


_r = t.request.c
_PAGE: Select[Any] = (
    select(
        _r.id,
        _r.registered_at,
        _r.tracking_code,
        _r.client_name,
        _r.service_title,
        t.person.c.name,
        _r.outcome,
        _r.state,
        _r.due_on,
    )
    .join_from(
        t.request, t.person, and_(t.person.c.office == _r.office, t.person.c.id == _r.registered_by), isouter=True
    )
    .where(_r.office == HOME_OFFICE, _r.business_day == bindparam("day"))
    .order_by(_r.registered_at, _r.id)
)
_TOTALS: Select[Any] = (
    select(
        _r.outcome,
        func.count(),
        func.count().filter(_r.state.in_(OPEN_STATES), _r.due_on < bindparam("today")),
        func.count().filter(_r.receipt == "printed"),
    )
    .where(_r.office == HOME_OFFICE, _r.business_day == bindparam("day"))
    .group_by(_r.outcome)
)


def day_rows(desk: Desk, day: int, *, after: Row | None = None, limit: int = PAGE) -> list[Row]:
    """A page of the day (Jalali yyyymmdd) in the order of registration, behind the row `after`."""
    query = _PAGE.limit(limit)
    if after is not None:
        later = and_(_r.registered_at == after.at, _r.id > after.id)
        query = query.where(_r.registered_at >= after.at, or_(_r.registered_at > after.at, later))
    first = 1 if after is None else after.row + 1
    with desk.reading() as connection:
        return [
            Row(
                row=n,
                id=id_,
                at=at,
                tracking_code=code,
                client_name=name,
                service=service,
                clerk=clerk or "",
                outcome=outcome,
                state=state,
                due_on=due_on,
            )
            for n, (id_, at, code, name, service, clerk, outcome, state, due_on) in enumerate(
                connection.execute(query, {"day": day}), first
            )
        ]


def day_totals(desk: Desk, day: int) -> Totals:
    """The day's figures as they stand."""
    with desk.reading() as connection:
        return totals_in(connection, day, business_day(desk.clock()))


def totals_in(connection: Connection, day: int, today: datetime.date) -> Totals:
    given = {"day": day, "today": today}
    rows = {outcome: (n, late, receipts) for outcome, n, late, receipts in connection.execute(_TOTALS, given)}
    counted = {outcome: n for outcome, (n, _, _) in rows.items()}
    registered = sum(counted.values())
    return Totals(
        registered=registered,
        done=counted.get("done", 0),
        guided=counted.get("guided", 0),
        follow_up=counted.get("follow_up", 0),
        late=sum(late for _, late, _ in rows.values()),
        receipts=sum(receipts for _, _, receipts in rows.values()),
        safe_at_centre=safe_at_centre(connection, day, registered),
    )
