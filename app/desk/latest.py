"""The last visits of the day at this very desk, for a clerk between two clients."""

from __future__ import annotations

import datetime

import msgspec
from sqlalchemy import bindparam, select

from app.desk.desk import HOME_OFFICE, Desk
from app.desk.link.membership import numbers_of
from models import tables as t
from models.calendar import business_day, day_number


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """One visit in brief; `due_on` is set while an answer is owed. `at` is µs UTC."""

    at: int
    tracking_code: str
    client_name: str
    service: str
    state: str
    due_on: datetime.date | None


_r = t.request.c
_LATEST = (
    select(_r.registered_at, _r.tracking_code, _r.client_name, _r.service_title, _r.state, _r.due_on)
    .where(_r.office == HOME_OFFICE, _r.business_day == bindparam("day"))
    .where(_r.desk.in_(bindparam("desks", expanding=True)))
    .order_by(_r.registered_at.desc(), _r.id.desc())
    .limit(bindparam("limit"))
)
"""Walks the day's index from its end and stops at the limit."""


def latest_visits(desk: Desk, limit: int = 5) -> tuple[Visit, ...]:
    """Today's last visits that were registered at this desk, the latest first. Raises `StoreError`."""
    day = day_number(business_day(desk.clock()))
    with desk.reading() as connection:
        rows = connection.execute(_LATEST, {"day": day, "desks": numbers_of(connection), "limit": limit})
        return tuple(
            Visit(at=at, tracking_code=code, client_name=name, service=service, state=state, due_on=due_on)
            for at, code, name, service, state, due_on in rows
        )
