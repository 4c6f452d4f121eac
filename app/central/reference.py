"""What the centre lays down for all desks: services and holidays."""

from __future__ import annotations

import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from app.book.append import EntryTooLong
from app.central import written
from app.central.places import ORGANISATION
from app.central.rights import Hand, NotAccepted, require
from models import tables as t
from models.calendar import from_day_number
from models.entries import HolidaySet, ServiceOffered, ServicePublished
from models.ids import reference_id
from models.records import Person, Service
from models.text import ascii_digits

PAGE = 50
LAST_SERVICE_NUMBER = 65_535
MOST_WORKING_DAYS = 90
HOLIDAY_TYPES = ("official", "local", "emergency")

_SERVICES = select(t.service.c.record).where(t.service.c.office == ORGANISATION)
_decode_service = msgspec.json.Decoder(Service).decode


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A service as somebody wrote it; numbers in any digits."""

    code: str
    title: str
    unit: str = ""
    officer: str = ""
    cost: str = ""
    working_days: str = ""
    service_id: str = ""
    documents: str = ""
    steps: str = ""


def services(connection: Connection, who: Person, after: str = "") -> list[Service]:
    """A page of what the organisation offers, by code, behind `after`. Raises `NotAllowed`."""
    require(who, "administrator")
    query = _SERVICES.where(t.service.c.code > after).order_by(t.service.c.code).limit(PAGE)
    return [_decode_service(record) for record in connection.execute(query).scalars()]


def service(connection: Connection, who: Person, code: str) -> Service | None:
    """The one of this code. Raises `NotAllowed`."""
    require(who, "administrator")
    record = connection.execute(_SERVICES.where(t.service.c.id == _service_id(code))).scalar_one_or_none()
    return None if record is None else _decode_service(record)


def publish_service(hand: Hand, draft: Draft, *, is_new: bool) -> None:
    """From now on every desk offers it so; what was promised stays promised.

    Raises `NotAllowed`, `NotAccepted` (`required`, `too_long`, `bad_format`, `exists`, `not_found`, `none_left`).
    """
    require(hand.person, "administrator")
    code = ascii_digits(written.text("code", draft.code, 40, needed=True))
    offered = ServiceOffered(
        code=code,
        number=1,
        title=written.text("title", draft.title, 200, needed=True),
        unit=written.text("unit", draft.unit, 200),
        officer=written.text("officer", draft.officer, 200),
        cost=written.number("cost", draft.cost, 10**15 - 1),
        working_days=written.number("working_days", draft.working_days, MOST_WORKING_DAYS),
        service_id=ascii_digits(written.text("service_id", draft.service_id, 40)),
        steps=written.lines("steps", draft.steps),
    )
    documents = written.lines("documents", draft.documents)
    hand.hold(ORGANISATION)
    known = service(hand.connection, hand.person, code)
    if is_new and known is not None:
        raise NotAccepted("code", "exists")
    if not is_new and known is None:
        raise NotAccepted("code", "not_found")
    number = known.offered.number if known is not None else _free_number(hand.connection)
    entry = ServicePublished(
        offered=msgspec.structs.replace(offered, number=number),
        documents=documents,
        withdrawn=known is not None and known.withdrawn,
    )
    try:
        hand.say(ORGANISATION, (_service_id(code), entry))
    except EntryTooLong:
        raise NotAccepted("documents", "too_long") from None


def withdraw_service(hand: Hand, code: str, *, withdrawn: bool) -> None:
    """From now on no desk offers it, or all do again; what was registered for it goes on as it was promised.

    Raises `NotAllowed`, `NotAccepted` (`not_found`).
    """
    require(hand.person, "administrator")
    hand.hold(ORGANISATION)
    known = service(hand.connection, hand.person, code)
    if known is None:
        raise NotAccepted("code", "not_found")
    if known.withdrawn != withdrawn:
        entry = ServicePublished(
            offered=known.offered, documents=known.documents, sample=known.sample, withdrawn=withdrawn
        )
        hand.say(ORGANISATION, (_service_id(code), entry))


def holidays(connection: Connection, who: Person, year: int) -> list[HolidaySet]:
    """The holidays of a Jalali year by day, without those taken off. Raises `NotAllowed`, ValueError for no year."""
    require(who, "administrator")
    first = from_day_number(year * 10_000 + 101)
    query = select(t.holiday).where(
        t.holiday.c.office == ORGANISATION,
        t.holiday.c.day >= first,
        t.holiday.c.day < from_day_number((year + 1) * 10_000 + 101),
        t.holiday.c.off.is_(False),
    )
    rows = connection.execute(query.order_by(t.holiday.c.day))
    return [HolidaySet(day=row.day, title=row.title, type=row.type, estimated=row.estimated) for row in rows]


def set_holiday(hand: Hand, day: datetime.date, title: str, type_: str, *, estimated: bool) -> None:
    """From now on nobody works on that day; printed promises stay. Raises `NotAllowed`, `NotAccepted`."""
    require(hand.person, "administrator")
    if type_ not in HOLIDAY_TYPES:
        raise NotAccepted("type", "bad_format")
    entry = HolidaySet(day=day, title=written.text("title", title, 100, needed=True), type=type_, estimated=estimated)
    hand.say(ORGANISATION, (_holiday_id(day), entry))


def take_holiday_off(hand: Hand, day: datetime.date) -> None:
    """The day is worked again. Raises `NotAllowed`, `NotAccepted` (`not_found`)."""
    require(hand.person, "administrator")
    hand.hold(ORGANISATION)
    query = select(t.holiday).where(t.holiday.c.office == ORGANISATION, t.holiday.c.id == _holiday_id(day))
    row = hand.connection.execute(query).one_or_none()
    if row is None or row.off:
        raise NotAccepted("day", "not_found")
    entry = HolidaySet(day=row.day, title=row.title, type=row.type, estimated=row.estimated, off=True)
    hand.say(ORGANISATION, (_holiday_id(day), entry))


def _holiday_id(day: datetime.date) -> UUID:
    return reference_id("holiday", day.isoformat())


def _service_id(code: str) -> UUID:
    return reference_id("service", code)


def _free_number(connection: Connection) -> int:
    records = connection.execute(_SERVICES).scalars()
    number = max((_decode_service(record).offered.number for record in records), default=0) + 1
    if number > LAST_SERVICE_NUMBER:
        raise NotAccepted("code", "none_left")
    return number
