"""Offices: their settings."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlalchemy import Connection

from app.central import desks
from app.central import offices as acts
from app.central.rights import NotAccepted, require
from app.central.staff import addresses
from app.central.staff.visitor import MOST_FORM_BYTES, START, Form, Refusal, Visitor
from models.entries import OfficeSet
from models.records import Person

WEEK = (5, 6, 0, 1, 2, 3, 4)
"""The days of the week from Saturday on."""


@get("/offices")
async def listed(visitor: NamedDependency[Visitor]) -> Response[str]:
    def work(connection: Connection, who: Person) -> list[desks.OfficeOf]:
        require(who, "administrator")
        return desks.offices(connection)

    who, found = await visitor.read(work)
    return visitor.page("offices.html", who, "offices", offices=found)


@get("/offices/{office:int}")
async def shown(office: FromPath[int], visitor: NamedDependency[Visitor]) -> Response[str]:
    office = addresses.held(office)
    _who, found = await visitor.read(lambda c, who: acts.settings(c, who, office))
    if found is None:
        raise NotFoundException
    return await _office(visitor, office, _settings(found))


@post("/offices/{office:int}", request_max_body_size=MOST_FORM_BYTES)
async def change(office: FromPath[int], visitor: NamedDependency[Visitor]) -> Response[None] | Response[str]:
    form, office = await visitor.form(), addresses.held(office)
    texts = {field: form.text(field) for field in (*acts.OFFICE_TEXTS, "tracking_url")}
    days = tuple(n for n in (addresses.number(day) for day in form.all("weekday")) if n is not None)
    try:
        await visitor.write(
            lambda hand: acts.set_office(hand, office, texts, days, legal_note=form.has("legal_note")), office
        )
    except NotAccepted as refused:
        return await _office(visitor, office, form, refused)
    return visitor.to(f"{START}/offices?done=published")


async def _office(visitor: Visitor, office: int, form: Form, refused: Refusal | None = None) -> Response[str]:
    who, found = await visitor.read(lambda c, who: acts.settings(c, who, office))
    if found is None:
        raise NotFoundException
    return visitor.page(
        "office.html", who, "offices", office=office, name=found.name, form=form, refused=refused, week=WEEK
    )


def _settings(settings: OfficeSet) -> Form:
    """An office's settings as their form shows them."""
    said = {field: [str(getattr(settings, field))] for field in (*acts.OFFICE_TEXTS, "tracking_url")}
    said["weekday"] = [str(day) for day in settings.weekdays]
    return Form(said | ({"legal_note": ["1"]} if settings.legal_note else {}))
