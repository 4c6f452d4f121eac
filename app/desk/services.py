"""The services that the office offers, and the ones a clerk uses most."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Select, bindparam, func, select

from app.desk.desk import HOME_OFFICE, Desk
from app.desk.people import Session
from models import tables as t
from models.records import Service
from models.text import ascii_digits, search_key

_decode = msgspec.json.Decoder(Service).decode
_SERVICES: Select[Any] = select(t.service.c.record).where(t.service.c.office == HOME_OFFICE)
_CALLED = _SERVICES.where((t.service.c.code == bindparam("code")) | (t.service.c.title_key == bindparam("title")))
BRING_BY_WORKING_DAYS = 5


def services(desk: Desk) -> tuple[Service, ...]:
    """Every service that is offered, by code."""
    with desk.reading() as connection:
        known = [_decode(record) for (record,) in connection.execute(_SERVICES.order_by(t.service.c.code))]
    return tuple(service for service in known if not service.withdrawn)


def find_service(connection: Connection, written: str) -> Service | None:
    """The offered service of this code or exact title (letters folded, spaces and half-spaces alike)."""
    asked = {"code": ascii_digits(written), "title": search_key(written)}
    called = [_decode(record) for (record,) in connection.execute(_CALLED, asked)]
    found = [service for service in called if not service.withdrawn]
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
