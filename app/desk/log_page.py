"""The daily log as one reads it at the window: the newest visit first, filtered, page by page, by who may."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from app.desk.daily_log import PAGE, Row
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.log_day import SETTLED_PAPERS, LogDay, by_day, log_day
from app.desk.people import Session
from models import tables as t
from models.calendar import business_day, day_number
from models.records import OPEN_STATES
from models.text import compact, words


class LogRefused(Exception):
    """This person does not read the log of that day: `role`, or `day` where today's alone is open to them."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Filters(msgspec.Struct, frozen=True):
    """Which visits of a day are shown; empty filters show all.

    `status` is a state, or `follow_up` (taken in, whatever became of it), `late` (unanswered past due) or `unprinted`
    (the paper has not come out yet). `service` is a code. `text` is part of a name or of a tracking code.
    """

    status: str = ""
    service: str = ""
    clerk: UUID | None = None
    text: str = ""

    @property
    def are_set(self) -> bool:
        return bool(self.status or self.service or self.clerk or words(self.text))


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Rows with the numbers they have in the day's register, the newest first; whether older ones follow."""

    rows: tuple[Row, ...]
    has_more: bool


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """A day as it stands: its figures, what the filters leave of it, and how many that is. `held` are the tracking
    codes that the centre wants somebody to look at, of any day."""

    day: LogDay
    page: Page
    matching: int
    held: frozenset[str] = frozenset()


def may_read_all(session: Session) -> bool:
    """Whether any day's log is open to this person."""
    return session.may("supervisor")


def may_read(session: Session) -> bool:
    """Whether a log is open to this person at all, today's at least."""
    return session.may("clerk", "supervisor")


def look(
    desk: Desk,
    session: Session,
    day: datetime.date | None,
    filters: Filters,
    *,
    through: Row | None = None,
    whole: bool = False,
) -> Look:
    """The day, today by default. Its page is a first one, or reaches down to the row `through`, or is the `whole` day.

    Raises `LogRefused` and `StoreError`.
    """
    today = business_day(desk.clock())
    day = day or today
    _check(session, day, today)
    with desk.reading() as connection:
        known = log_day(connection, day, today)
        asked = _Asked(day, today, filters, through=through, whole=whole)
        page = _page(connection, known.totals.registered, asked)
        if page.has_more:
            matching = connection.execute(_count(_shape(filters)), _given(day, today, filters)).scalar_one()
        else:
            matching = len(page.rows)
        held = frozenset(connection.execute(_HELD).scalars())
        return Look(day=known, page=page, matching=matching, held=held)


def older(desk: Desk, session: Session, day: datetime.date, filters: Filters, before: Row) -> Page:
    """The page below the row `before`. Raises `LogRefused` and `StoreError`."""
    today = business_day(desk.clock())
    _check(session, day, today)
    with desk.reading() as connection:
        return _page(connection, before.row - 1, _Asked(day, today, filters, before=before))


def _check(session: Session, day: datetime.date, today: datetime.date) -> None:
    if not may_read(session):
        raise LogRefused("role")
    if day != today and not may_read_all(session):
        raise LogRefused("day")


MOST_HELD = 1_000
_HELD = (
    select(t.flag.c.code)
    .where(t.flag.c.office == HOME_OFFICE, t.flag.c.settled_at.is_(None), t.flag.c.code != "")
    .order_by(t.flag.c.raised_at.desc())
    .limit(MOST_HELD)
)

# --- the query -------------------------------------------------------------------------------------------------------


class _Asked(msgspec.Struct, frozen=True):
    day: datetime.date
    today: datetime.date
    filters: Filters
    before: Row | None = None
    through: Row | None = None
    whole: bool = False

    @property
    def shape(self) -> _Shape:
        shape = _shape(self.filters)
        is_page = not self.whole and self.through is None
        return msgspec.structs.replace(
            shape, before=self.before is not None, through=self.through is not None, is_page=is_page
        )

    @property
    def given(self) -> dict[str, Any]:
        given = _given(self.day, self.today, self.filters)
        for name, row in (("before", self.before), ("through", self.through)):
            if row is not None:
                given |= {f"{name}_at": row.at, f"{name}_id": row.id}
        return given


class _Shape(msgspec.Struct, frozen=True, kw_only=True):
    """All that changes the query's text; the rest is bound."""

    status: str
    service: bool
    clerk: bool
    words: int
    code: bool
    before: bool = False
    through: bool = False
    is_page: bool = True


def _shape(filters: Filters) -> _Shape:
    return _Shape(
        status=filters.status,
        service=bool(filters.service),
        clerk=filters.clerk is not None,
        words=len(words(filters.text)),
        code=compact(filters.text).isdecimal(),
    )


def _given(day: datetime.date, today: datetime.date, filters: Filters) -> dict[str, Any]:
    parts = {f"word{n}": word for n, word in enumerate(words(filters.text))}
    given = {"day": day_number(day), "today": today, "service": filters.service, "clerk": filters.clerk}
    return given | parts | {"code": compact(filters.text)}


def _page(connection: Connection, newest: int, asked: _Asked) -> Page:
    """`newest` is the number of the newest row that may be on the page."""
    shape = asked.shape
    found = tuple(
        Row(
            row=newest + 1 - back,
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
        for back, id_, at, code, name, service, clerk, outcome, state, due_on in connection.execute(
            _rows(shape), asked.given
        )
    )
    if shape.is_page:
        return Page(rows=found[:PAGE], has_more=len(found) > PAGE)
    return Page(rows=found, has_more=shape.through)


_r = t.request.c
_of_the_day = and_(_r.office == HOME_OFFICE, _r.business_day == bindparam("day"))


@lru_cache(64)
def _rows(shape: _Shape) -> Select[Any]:
    """The numbers come from the day's index alone; only then are the rows looked at."""
    within = [_of_the_day]
    at = _r.registered_at
    if shape.before:
        within += [at <= bindparam("before_at"), or_(at < bindparam("before_at"), _r.id < bindparam("before_id"))]
    if shape.through:
        within += [at >= bindparam("through_at"), or_(at > bindparam("through_at"), _r.id >= bindparam("through_id"))]
    back = func.row_number().over(order_by=(_r.registered_at.desc(), _r.id.desc()))
    numbered = select(_r.id, back.label("back")).where(*within).subquery()
    query = (
        select(
            numbered.c.back,
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
        .select_from(numbered)
        .join(t.request, and_(_r.office == HOME_OFFICE, _r.id == numbered.c.id))
        .outerjoin(t.person, and_(t.person.c.office == _r.office, t.person.c.id == _r.registered_by))
        .where(*_wanted(shape))
        .order_by(numbered.c.back)
    )
    return query.limit(PAGE + 1) if shape.is_page else query


@lru_cache(64)
def _count(shape: _Shape) -> Select[Any]:
    return select(func.count()).select_from(t.request).where(_of_the_day, *_wanted(shape))


def _wanted(shape: _Shape) -> list[ColumnElement[bool]]:
    conditions = []
    if shape.status == "late":
        conditions += [_r.state.in_(OPEN_STATES), _r.due_on < bindparam("today")]
    elif shape.status == "follow_up":
        conditions += [_r.outcome == "follow_up"]
    elif shape.status == "unprinted":
        conditions += [_r.receipt.not_in(SETTLED_PAPERS), _r.state != "voided"]
    elif shape.status:
        conditions += [_r.state == shape.status]
    if shape.service:
        conditions += [_r.service_code == bindparam("service")]
    if shape.clerk:
        conditions += [by_day(_r.registered_by) == bindparam("clerk")]
    if shape.words:
        key = func.search_key(_r.client_name)
        named = and_(*(func.instr(key, bindparam(f"word{n}")) > 0 for n in range(shape.words)))
        conditions += [or_(func.instr(_r.tracking_code, bindparam("code")) > 0, named) if shape.code else named]
    return conditions
