"""Services, holidays and units: what the centre lays down for all desks."""

from __future__ import annotations

import datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from app.central import reference as acts
from app.central import units
from app.central.places import ORGANISATION
from app.central.rights import NotAccepted
from app.central.staff import addresses
from app.central.staff.visitor import MOST_FORM_BYTES, START, Form, Refusal, Visitor
from models.calendar import business_day, format_jalali, parse_jalali, to_jalali
from models.records import Service
from models.text import has_forbidden
from resources.words import Translator

_SERVICE_FIELDS = acts.Draft.__struct_fields__


@get("/services")
async def services(visitor: NamedDependency[Visitor]) -> Response[str]:
    after = visitor.asked("after")
    who, found = await visitor.read(lambda c, who: acts.services(c, who, "" if has_forbidden(after) else after))
    return visitor.page("services.html", who, "services", services=found, goes_on=len(found) == acts.PAGE)


@get("/services/new")
async def new_service(visitor: NamedDependency[Visitor]) -> Response[str]:
    return await _service(visitor, Form({}), is_new=True)


@post("/services/new", request_max_body_size=MOST_FORM_BYTES)
async def add_service(visitor: NamedDependency[Visitor]) -> Response[None] | Response[str]:
    return await _publish(visitor, is_new=True)


@get("/services/edit")
async def service(visitor: NamedDependency[Visitor]) -> Response[str]:
    code = visitor.asked("code")
    _who, known = await visitor.read(lambda c, who: None if has_forbidden(code) else acts.service(c, who, code))
    if known is None:
        raise NotFoundException
    return await _service(visitor, _written(known, visitor.pages.words), is_new=False, withdrawn=known.withdrawn)


@post("/services/edit", request_max_body_size=MOST_FORM_BYTES)
async def change_service(visitor: NamedDependency[Visitor]) -> Response[None] | Response[str]:
    return await _publish(visitor, is_new=False)


@post("/services/{act:str}", request_max_body_size=MOST_FORM_BYTES)
async def withdraw_service(act: FromPath[str], visitor: NamedDependency[Visitor]) -> Response[None]:
    """`withdraw`, or `offer` for one that was withdrawn."""
    form = await visitor.form()
    code = form.text("code")
    if act not in ("withdraw", "offer") or has_forbidden(code):
        raise NotFoundException
    try:
        await visitor.write(lambda hand: acts.withdraw_service(hand, code, withdrawn=act == "withdraw"), ORGANISATION)
    except NotAccepted:
        raise NotFoundException from None
    return visitor.to(f"{START}/services?done={'withdrawn' if act == 'withdraw' else 'published'}")


@get("/holidays")
async def holidays(visitor: NamedDependency[Visitor]) -> Response[str]:
    return await _year(visitor, Form({}))


@post("/holidays", request_max_body_size=MOST_FORM_BYTES)
async def add_holiday(visitor: NamedDependency[Visitor]) -> Response[None] | Response[str]:
    form = await visitor.form()
    try:
        day = _day(form)
        await visitor.write(
            lambda hand: acts.set_holiday(
                hand, day, form.text("title"), form.text("type"), estimated=form.has("estimated")
            ),
            ORGANISATION,
        )
    except NotAccepted as refused:
        return await _year(visitor, form, refused)
    return visitor.to(f"{START}/holidays?year={to_jalali(day)[0]}&done=published")


@post("/holidays/off", request_max_body_size=MOST_FORM_BYTES)
async def take_holiday_off(visitor: NamedDependency[Visitor]) -> Response[None] | Response[str]:
    form = await visitor.form()
    try:
        day = _day(form)
        await visitor.write(lambda hand: acts.take_holiday_off(hand, day), ORGANISATION)
    except NotAccepted:
        raise NotFoundException from None
    return visitor.to(f"{START}/holidays?year={to_jalali(day)[0]}&done=published")


@get("/units")
async def listed_units(visitor: NamedDependency[Visitor]) -> Response[str]:
    who, found = await visitor.read(units.units)
    return visitor.page("units.html", who, "units", units=found)


async def _publish(visitor: Visitor, *, is_new: bool) -> Response[None] | Response[str]:
    form = await visitor.form()
    draft = acts.Draft(**{field: form.text(field) for field in _SERVICE_FIELDS})
    try:
        await visitor.write(lambda hand: acts.publish_service(hand, draft, is_new=is_new), ORGANISATION)
    except NotAccepted as refused:
        return await _service(visitor, form, refused, is_new=is_new)
    return visitor.to(f"{START}/services?done=published")


async def _service(
    visitor: Visitor, form: Form, refused: Refusal | None = None, *, is_new: bool, withdrawn: bool | None = None
) -> Response[str]:
    """`withdrawn` is None where that is not asked here: for what is new, or is not taken as it was written."""
    who, known = await visitor.read(units.units)
    names = [each.name for each in known]
    return visitor.page(
        "service.html", who, "services", form=form, refused=refused, is_new=is_new, withdrawn=withdrawn, units=names
    )


def _written(service: Service, words: Translator) -> Form:
    """A service as its form shows it."""
    offered = service.offered
    texts = {field: str(getattr(offered, field)) for field in _SERVICE_FIELDS if field not in ("documents", "steps")}
    texts["working_days"], texts["cost"] = words.digits(texts["working_days"]), words.number(offered.cost)
    texts["documents"], texts["steps"] = "\n".join(service.documents), "\n".join(offered.steps)
    return Form({field: [text] for field, text in texts.items()})


async def _year(visitor: Visitor, form: Form, refused: Refusal | None = None) -> Response[str]:
    today = business_day(visitor.now)
    asked = addresses.number(visitor.asked("year"))
    year = asked if asked is not None and 1300 <= asked < 1499 else to_jalali(today)[0]
    who, found = await visitor.read(lambda c, who: acts.holidays(c, who, year))
    return visitor.page(
        "holidays.html",
        who,
        "holidays",
        year=year,
        months=_months(year),
        holidays=found,
        by_day={each.day: each for each in found},
        form=form,
        refused=refused,
        types=acts.HOLIDAY_TYPES,
        written=format_jalali,
    )


def _months(year: int) -> list[list[datetime.date]]:
    """The days of the Jalali year's twelve months."""
    months: list[list[datetime.date]] = [[] for _ in range(12)]
    day = parse_jalali(f"{year}-01-01")
    while (found := to_jalali(day))[0] == year:
        months[found[1] - 1].append(day)
        day += datetime.timedelta(days=1)
    return months


def _day(form: Form) -> datetime.date:
    try:
        return parse_jalali(form.text("day"))
    except ValueError:
        raise NotAccepted("day", "bad_format") from None
