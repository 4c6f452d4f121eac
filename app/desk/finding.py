"""What the find field finds: clients by name, number or mobile, requests by tracking code; best first."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Select, func, select

from app.desk.desk import HOME_OFFICE, Desk
from app.vault.find import find_clients
from models import tables as t
from models.text import compact

FEWEST_CODE_DIGITS = 4


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the result. `number` is whole here; whoever shows it masks it."""

    kind: str
    id: UUID
    name: str
    father_name: str = ""
    number: str = ""
    mobile: str = ""
    requests: int = 0
    tracking_code: str = ""
    service: str = ""
    state: str = ""
    unit: str = ""
    due_on: datetime.date | None = None


def find(desk: Desk, text: str, limit: int = 20) -> list[Hit]:
    """At most `limit` hits for what has been typed so far; any text is a fair question."""
    with desk.reading() as connection:
        return find_in(connection, text, limit)


def find_in(connection: Connection, text: str, limit: int = 20) -> list[Hit]:
    digits = compact(text[:100])
    if not digits.isdecimal():
        digits = ""
    requests = _requests(connection, digits, limit) if FEWEST_CODE_DIGITS <= len(digits) <= 12 else []
    clients = _clients(connection, text, limit)
    # A whole code is meant as a code; shorter digits are more often a person's number.
    ordered = requests + clients if len(digits) == 12 else clients + requests
    return ordered[:limit]


def _clients(connection: Connection, text: str, limit: int) -> list[Hit]:
    found = find_clients(connection, text, limit)
    counted = (
        select(t.request.c.client, func.count())
        .where(t.request.c.office == HOME_OFFICE, t.request.c.client.in_([client.id for client in found]))
        .group_by(t.request.c.client)
    )
    counts: dict[UUID, int] = {row[0]: row[1] for row in connection.execute(counted)} if found else {}
    return [
        Hit(
            kind="client",
            id=client.id,
            name=client.name,
            father_name=client.father_name,
            number=client.number,
            mobile=client.mobile,
            requests=counts.get(client.id, 0),
        )
        for client in found
    ]


def _requests(connection: Connection, digits: str, limit: int) -> list[Hit]:
    r = t.request.c
    query: Select[Any] = (
        select(r.id, r.client_name, r.tracking_code, r.service_title, r.state, r.unit, r.due_on)
        .where(r.office == HOME_OFFICE, r.tracking_code >= digits, r.tracking_code < digits + ":")
        .order_by(r.tracking_code)
        .limit(limit)
    )
    return [
        Hit(
            kind="request",
            id=id_,
            name=name,
            tracking_code=code,
            service=service,
            state=state,
            unit=unit,
            due_on=due_on,
        )
        for id_, name, code, service, state, unit, due_on in connection.execute(query)
    ]
