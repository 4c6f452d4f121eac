"""What is promised: the day of the answer, and until when lacking papers are to be brought."""

from __future__ import annotations

import datetime

import msgspec

from app.desk.desk import Desk, Reference, reference
from app.desk.sentences import Problem, problem
from app.desk.services import find_service
from models.calendar import LEGAL_DAYS, business_day
from models.entries import Warned
from models.records import Service

BRING_BY_WORKING_DAYS = 5


class Promise(msgspec.Struct, frozen=True):
    """When the answer is ready, until when lacking papers are to be brought, and the last day the law allows."""

    due_on: datetime.date
    bring_by: datetime.date | None
    last_legal: datetime.date


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


class Asked(msgspec.Struct, frozen=True):
    """The days that the clerk and the client agreed on, where they did."""

    due_on: datetime.date | None
    bring_by: datetime.date | None


def agreed(
    known: Reference, service: Service, today: datetime.date, asked: Asked, *, lacking: bool
) -> tuple[Promise, tuple[Warned, ...]] | Problem:
    """The days that were asked for if the law and the calendar allow them, else the rule's.

    A holiday is moved to the nearest working day within the law's time, with a warning; a day before today or more
    than ninety days ahead is a problem.
    """
    last = known.calendar.last_legal(today)
    warnings: list[Warned] = []
    days: dict[str, datetime.date] = {}
    for field, day in (("bring_by", asked.bring_by if lacking else None), ("due_on", asked.due_on)):
        if day is None:
            continue
        if not today <= day <= today + datetime.timedelta(days=LEGAL_DAYS):
            return problem(field, "not_allowed")
        if not known.calendar.is_working(day):
            warnings.append(Warned(field=field, code="holiday"))
            day = min(known.calendar.next_working(day), last)
        days[field] = day
    promise = promised(known, service, today, lacking=lacking, bring_by=days.get("bring_by"))
    return msgspec.structs.replace(promise, due_on=days.get("due_on", promise.due_on)), tuple(warnings)
