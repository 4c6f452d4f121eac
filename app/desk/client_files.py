"""Looking for files: what the find field finds for this person, and a client's requests, page by page."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select

from app.desk.clients import client_row
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.files import NotForYou, check_reads_files, is_theirs
from app.desk.finding import Hit, find
from app.desk.people import Session
from models import tables as t
from models.calendar import business_day
from models.entries import ClientDetails
from models.records import OPEN_STATES

PAGE = 50
MOST_HITS_LOOKED_AT = 60
"""Of these, a unit officer sees the ones that are with their unit."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One request in a client's list."""

    id: UUID
    tracking_code: str
    service: str
    state: str
    registered_at: int
    due_on: datetime.date | None
    unit: str
    late: bool


class FilesOf(msgspec.Struct, frozen=True):
    """A client and how many requests of theirs this person may read; `rows` is the first page, the newest first."""

    client: UUID
    details: ClientDetails
    count: int
    rows: tuple[Listed, ...]
    is_all: bool


def find_files(desk: Desk, session: Session, text: str, limit: int = 7) -> tuple[Hit, ...]:
    """What the find field finds, as far as this person may see it. Raises `NotForYou` and `StoreError`."""
    check_reads_files(session)
    if session.may("clerk"):
        return tuple(find(desk, text, limit))
    hits = find(desk, text, MOST_HITS_LOOKED_AT)
    with desk.reading() as connection:
        counts = _counts(connection, session, [hit.id for hit in hits if hit.kind == "client"])
    theirs = (hit for hit in hits if hit.id in counts or (hit.unit and is_theirs(session, hit.unit)))
    return tuple(msgspec.structs.replace(hit, requests=counts.get(hit.id, 0)) for hit in theirs)[:limit]


def files_of(desk: Desk, session: Session, client: UUID, limit: int = PAGE) -> FilesOf | None:
    """A client's requests, the newest first; None where nobody has this id. Raises `NotForYou` and `StoreError`."""
    check_reads_files(session)
    with desk.reading() as connection:
        row = client_row(connection, client)
        if row is None:
            return None
        count = _count(connection, session, row.id)
        if not count and not session.may("clerk"):
            raise NotForYou("unit")
        rows, is_all = _page(connection, session, row.id, None, business_day(desk.clock()), limit)
        return FilesOf(row.id, row.details, count, rows, is_all)


def more_files(
    desk: Desk, session: Session, client: UUID, after: Listed, limit: int = PAGE
) -> tuple[tuple[Listed, ...], bool]:
    """The page behind `after`, and whether it is the last one. Raises `NotForYou` and `StoreError`."""
    check_reads_files(session)
    with desk.reading() as connection:
        return _page(connection, session, client, after, business_day(desk.clock()), limit)


_r = t.request.c
_COUNT = select(func.count()).where(_r.office == HOME_OFFICE, _r.client == bindparam("client"))
_PAGE: Select[Any] = (
    select(_r.id, _r.tracking_code, _r.service_title, _r.state, _r.registered_at, _r.due_on, _r.unit)
    .where(_r.office == HOME_OFFICE, _r.client == bindparam("client"))
    .order_by(_r.registered_at.desc(), _r.id.desc())
)


def _counts(connection: Connection, session: Session, clients: list[UUID]) -> dict[UUID, int]:
    """How many requests of each client are with this person's unit; who has none is absent."""
    query = select(_r.client, _r.unit, func.count()).where(_r.office == HOME_OFFICE, _r.client.in_(clients))
    counts: dict[UUID, int] = {}
    for client, unit, count in connection.execute(query.group_by(_r.client, _r.unit)) if clients else ():
        if is_theirs(session, unit):
            counts[client] = counts.get(client, 0) + count
    return counts


def _count(connection: Connection, session: Session, client: UUID) -> int:
    if not session.may("clerk"):
        return _counts(connection, session, [client]).get(client, 0)
    count: int = connection.execute(_COUNT, {"client": client}).scalar_one()
    return count


def _page(
    connection: Connection, session: Session, client: UUID, after: Listed | None, today: datetime.date, limit: int
) -> tuple[tuple[Listed, ...], bool]:
    """A page of what this person may see; pages of others' requests are passed over."""
    kept: list[Listed] = []
    while True:
        query = _PAGE.limit(limit)
        if after is not None:
            earlier = and_(_r.registered_at == after.registered_at, _r.id < after.id)
            query = query.where(
                _r.registered_at <= after.registered_at, or_(_r.registered_at < after.registered_at, earlier)
            )
        rows = [_listed(row, today) for row in connection.execute(query, {"client": client})]
        kept += [row for row in rows if session.may("clerk") or is_theirs(session, row.unit)]
        if len(rows) < limit or len(kept) >= limit:
            return tuple(kept), len(rows) < limit
        after = rows[-1]


def _listed(row: Any, today: datetime.date) -> Listed:
    id_, code, service, state, registered_at, due_on, unit = row
    return Listed(
        id=id_,
        tracking_code=code,
        service=service,
        state=state,
        registered_at=registered_at,
        due_on=due_on,
        unit=unit,
        late=state in OPEN_STATES and due_on is not None and due_on < today,
    )
