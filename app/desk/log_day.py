"""One day of the log in figures: its totals, its hours, what was asked for, who was at the desk, what needs a look."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, UnaryExpression, and_, bindparam, func, select
from sqlalchemy.sql.operators import custom_op

from app.desk.daily_log import Totals, totals_in
from app.desk.desk import HOME_OFFICE, reference
from models import tables as t
from models.calendar import TEHRAN, day_number, from_day_number

_HOUR = 3_600_000_000
SETTLED_PAPERS = ("printed", "declined", "none")
"""What becomes of a receipt of which nobody need think any more."""


class Share(msgspec.Struct, frozen=True):
    """So many visits of the day were of this service (its code) or registered by this person (their id)."""

    key: str | UUID
    name: str
    visits: int


class LogDay(msgspec.Struct, frozen=True, kw_only=True):
    """`hours` are visits by the hour of Tehran's clock in which they were registered. Services and clerks stand with
    the most visits first. `lacking` and `unprinted` are open ones as of now. `holiday` is the day's name, empty where
    it has none, and `works` whether the office is open. `earlier` is the last day before it with a visit."""

    day: datetime.date
    today: datetime.date
    totals: Totals
    hours: dict[int, int]
    services: tuple[Share, ...]
    clerks: tuple[Share, ...]
    lacking: int
    unprinted: int
    holiday: str
    works: bool
    earlier: datetime.date | None


def by_day(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column, out of sight of SQLite's planner, which would rather walk its index through all years than group or
    compare the few rows of a day."""
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


_r = t.request.c
_OF_THE_DAY = and_(_r.office == HOME_OFFICE, _r.business_day == bindparam("day"))
_SERVICES: Select[Any] = (
    select(_r.service_code, func.max(_r.service_title), func.count())
    .where(_OF_THE_DAY)
    .group_by(_r.service_code)
    .order_by(func.count().desc(), _r.service_code)
)
_clerk = by_day(_r.registered_by)
_CLERKS: Select[Any] = (
    select(_clerk, func.max(t.person.c.name), func.count())
    .join_from(
        t.request, t.person, and_(t.person.c.office == _r.office, t.person.c.id == _r.registered_by), isouter=True
    )
    .where(_OF_THE_DAY)
    .group_by(_clerk)
    .order_by(func.count().desc(), _clerk)
)
_hour: ColumnElement[Any] = ((_r.registered_at + bindparam("offset")) // _HOUR % 24).label("hour")
_HOURS: Select[Any] = select(_hour, func.count()).where(_OF_THE_DAY).group_by(_hour)
_TO_LOOK_AT: Select[int, int] = select(
    func.count().filter(_r.state == "lacking"),
    func.count().filter(_r.receipt.not_in(SETTLED_PAPERS), _r.state != "voided"),
).where(_OF_THE_DAY)
_EARLIER: Select[Any] = (
    select(_r.business_day)
    .where(_r.office == HOME_OFFICE, _r.business_day < bindparam("day"))
    .order_by(_r.business_day.desc())
    .limit(1)
)
_h = t.holiday.c
_HOLIDAY: Select[Any] = select(_h.title).where(_h.office == HOME_OFFICE, _h.day == bindparam("on"), _h.off.is_(False))


def log_day(connection: Connection, day: datetime.date, today: datetime.date) -> LogDay:
    """The day's figures as they stand in this transaction."""
    given = {"day": day_number(day)}
    lacking, unprinted = connection.execute(_TO_LOOK_AT, given).one()
    earlier: int | None = connection.execute(_EARLIER, given).scalar_one_or_none()
    return LogDay(
        day=day,
        today=today,
        totals=totals_in(connection, given["day"], today),
        hours={int(hour): n for hour, n in connection.execute(_HOURS, given | {"offset": _offset(day)})},
        services=tuple(Share(*row) for row in connection.execute(_SERVICES, given)),
        clerks=tuple(Share(id_, name or "", n) for id_, name, n in connection.execute(_CLERKS, given)),
        lacking=lacking,
        unprinted=unprinted,
        holiday="، ".join(title for (title,) in connection.execute(_HOLIDAY, {"on": day})),
        works=reference(connection).calendar.is_working(day),
        earlier=None if earlier is None else from_day_number(earlier),
    )


def _offset(day: datetime.date) -> int:
    """How far Tehran's clock was ahead of UTC on that day, in microseconds."""
    ahead = datetime.datetime.combine(day, datetime.time(12), TEHRAN).utcoffset() or datetime.timedelta()
    return ahead // datetime.timedelta(microseconds=1)
