"""The services that the office offers, and the ones a clerk uses most."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select

from app.desk.desk import HOME_OFFICE, Desk, Reference, reference
from app.desk.people import Session
from models import tables as t
from models.calendar import business_day
from models.records import Service
from models.text import ascii_digits, search_key

_decode = msgspec.json.Decoder(Service).decode
_SERVICES: Select[Any] = select(t.service.c.record).where(t.service.c.office == HOME_OFFICE)
BRING_BY_WORKING_DAYS = 5


class Promise(msgspec.Struct, frozen=True):
    """When the answer is ready, until when lacking papers are to be brought, and the last day the law allows."""

    due_on: datetime.date
    bring_by: datetime.date | None
    last_legal: datetime.date


def services(desk: Desk) -> tuple[Service, ...]:
    """Every service, by code."""
    with desk.reading() as connection:
        return tuple(_decode(record) for (record,) in connection.execute(_SERVICES.order_by(t.service.c.code)))


def find_service(connection: Connection, written: str) -> Service | None:
    """The service of this code or exact title (letters folded, spaces and half-spaces alike)."""
    query = _SERVICES.where(
        (t.service.c.code == ascii_digits(written)) | (t.service.c.title_key == search_key(written))
    )
    found = [_decode(record) for (record,) in connection.execute(query)]
    by_code = [service for service in found if service.offered.code == ascii_digits(written)]
    return next(iter(by_code or found), None)


def frequent_services(desk: Desk, session: Session, limit: int = 6) -> tuple[Service, ...]:
    """What this clerk registered most in their last thousand visits, filled up with the others by code."""
    with desk.reading() as connection:
        recent = (
            select(t.request.c.service_code)
            .where(t.request.c.office == HOME_OFFICE, t.request.c.registered_by == session.person.id)
            .order_by(t.request.c.registered_at.desc())
            .limit(1_000)
            .subquery()
        )
        counted = select(recent.c.service_code).group_by(recent.c.service_code).order_by(func.count().desc())
        codes = [code for (code,) in connection.execute(counted)]
    rank = {code: n for n, code in enumerate(codes)}
    known = services(desk)
    return tuple(sorted(known, key=lambda s: (rank.get(s.offered.code, len(rank)), s.offered.code))[:limit])


def propose(
    desk: Desk, service_code: str, *, lacking: bool = False, bring_by: datetime.date | None = None
) -> Promise | None:
    """What would be promised for this service today; None for an unknown service."""
    with desk.reading() as connection:
        service = find_service(connection, service_code)
        if service is None:
            return None
        return promised(reference(connection), service, business_day(desk.clock()), lacking=lacking, bring_by=bring_by)


def promised(
    known: Reference, service: Service, today: datetime.date, *, lacking: bool, bring_by: datetime.date | None = None
) -> Promise:
    """The answer counts from today, or from the day by which the lacking papers are to be brought."""
    calendar = known.calendar
    last = calendar.last_legal(today)
    bring_by = min(bring_by or calendar.after(today, BRING_BY_WORKING_DAYS), last) if lacking else None
    due_on = calendar.due_on(today, service.offered.working_days, bring_by)
    return Promise(due_on, bring_by, last)
