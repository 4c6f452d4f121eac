"""What is promised: the day of the answer, and until when lacking papers are to be brought."""

from __future__ import annotations

import datetime

import msgspec

from app.desk.desk import Desk, Reference, reference
from app.desk.sentences import Problem, problem
from app.desk.services import find_service
from models.calendar import LEGAL_DAYS, WorkCalendar, business_day
from models.entries import Warned
from models.records import Service

BRING_BY_WORKING_DAYS = 5


class Promise(msgspec.Struct, frozen=True):
    """When the answer is ready, until when lacking papers are to be brought, and the last day the law allows."""

    due_on: datetime.date
    bring_by: datetime.date | None
    last_legal: datetime.date


class Agenda(msgspec.Struct, frozen=True):
    """The days that may be promised: from today to the last working day that the law allows."""

    today: datetime.date
    last_legal: datetime.date
    calendar: WorkCalendar

    @property
    def bring_by(self) -> datetime.date:
        """The day until which lacking papers are to be brought, unless another is agreed on."""
        return self.ahead(BRING_BY_WORKING_DAYS)

    def allows(self, day: datetime.date) -> bool:
        """Whether the law lets this day be promised; it may still be a holiday."""
        return self.today <= day <= self.today + datetime.timedelta(days=LEGAL_DAYS)

    def kept(self, day: datetime.date) -> datetime.date:
        """The working day that is promised where this day was meant: itself or the next, within the law."""
        return min(self.calendar.next_working(day), self.last_legal)

    def ahead(self, working_days: int, start: datetime.date | None = None) -> datetime.date:
        """The day so many working days after today, or after `start`, and never later than the law allows."""
        start = max(self.today, start or self.today)
        if start >= self.last_legal or working_days > LEGAL_DAYS:
            return self.last_legal
        return min(self.calendar.after(start, working_days), self.last_legal)


def agenda(desk: Desk) -> Agenda:
    """The days that may be promised as of now. Raises `StoreError`."""
    today = business_day(desk.clock())
    with desk.reading() as connection:
        calendar = reference(connection).calendar
    return Agenda(today, calendar.last_legal(today), calendar)


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
