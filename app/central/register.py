"""An office's register of a day, over all its desks, as its supervisors read it."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Select, func, select

from app.central.keyset import Place, behind
from app.central.places import ORGANISATION
from app.central.rights import require
from models import tables as t
from models.records import OPEN_STATES, Person

PAGE = 50


class Visit(msgspec.Struct, frozen=True):
    """A visit as it stands. `at` is µs UTC."""

    id: UUID
    at: int
    code: str
    client: str
    service: str
    clerk: str
    desk: int
    state: str
    late: bool
    due_on: datetime.date | None


class Figures(msgspec.Struct, frozen=True):
    """The day's visits: all, done on the spot, told only, taken in; of these, how many lack papers now, and how many
    are late as of today."""

    registered: int
    done: int
    guided: int
    follow_up: int
    lacking: int
    late: int


def visits(
    connection: Connection,
    who: Person,
    office: int,
    day: int,
    today: datetime.date,
    after: Place | None = None,
) -> list[Visit]:
    """A page of the day (Jalali yyyymmdd) in the order of registration, behind the visit of this time and id.

    Raises `NotAllowed`.
    """
    require(who, "supervisor")
    query: Select[Any] = select(t.request).where(_r.office == office, _r.business_day == day)
    if after is not None:
        query = query.where(behind(_r.registered_at, _r.id, after))
    rows = connection.execute(query.order_by(_r.registered_at, _r.id).limit(PAGE)).all()
    names = _names(connection, office, {row.registered_by for row in rows})
    return [
        Visit(
            id=row.id,
            at=row.registered_at,
            code=row.tracking_code,
            client=row.client_name,
            service=row.service_title,
            clerk=names.get(row.registered_by, ""),
            desk=row.desk,
            state=row.state,
            late=row.state in OPEN_STATES and row.due_on is not None and row.due_on < today,
            due_on=row.due_on,
        )
        for row in rows
    ]


def figures(connection: Connection, who: Person, office: int, day: int, today: datetime.date) -> Figures:
    """The day in figures as it stands. Raises `NotAllowed`."""
    require(who, "supervisor")
    counted = select(
        _r.outcome,
        func.count(),
        func.count().filter(_r.state == "lacking"),
        func.count().filter(_r.state.in_(OPEN_STATES), _r.due_on < today),
    ).where(_r.office == office, _r.business_day == day)
    rows = {
        outcome: (n, lacking, late) for outcome, n, lacking, late in connection.execute(counted.group_by(_r.outcome))
    }

    def of(outcome: str) -> int:
        return rows.get(outcome, (0,))[0]

    return Figures(
        registered=sum(n for n, _, _ in rows.values()),
        done=of("done"),
        guided=of("guided"),
        follow_up=of("follow_up"),
        lacking=sum(lacking for _, lacking, _ in rows.values()),
        late=sum(late for _, _, late in rows.values()),
    )


def _names(connection: Connection, office: int, ids: set[UUID]) -> dict[UUID, str]:
    """What these people are called; the organisation's word holds over the office's."""
    query = select(t.person.c.id, t.person.c.name).where(
        t.person.c.office.in_((ORGANISATION, office)), t.person.c.id.in_(ids)
    )
    return {row.id: row.name for row in connection.execute(query.order_by(t.person.c.office.desc()))} if ids else {}


_r = t.request.c
