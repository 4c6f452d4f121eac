"""People: who works at the organisation, admitting, changing, retiring and taking them back."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlalchemy import Connection

from app.central import desks, units
from app.central import people as acts
from app.central.keyset import Place
from app.central.places import ORGANISATION
from app.central.rights import require
from app.central.staff import addresses
from app.central.staff.visitor import MOST_FORM_BYTES, START, Form, Refusal, Refused, Visitor
from models.people import ROLES, verifier_of
from models.records import Person
from models.text import search_key


@post("/people", status_code=200, request_max_body_size=MOST_FORM_BYTES)
async def found(visitor: NamedDependency[Visitor]) -> Response[str]:
    """Looking somebody up: a form that is sent, so that no name stands in an address."""
    form = await visitor.form()
    return await _list(visitor, form.text("starts")[:100], addresses.identity(form.text("after")))


@get("/people")
async def listed(visitor: NamedDependency[Visitor]) -> Response[str]:
    return await _list(visitor, "", None)


@get("/people/new")
async def new(visitor: NamedDependency[Visitor]) -> Response[str]:
    return await _form(visitor, Form({"role": ["clerk"]}))


@post("/people/new", request_max_body_size=MOST_FORM_BYTES)
async def admit(visitor: NamedDependency[Visitor]) -> Response[None] | Response[str]:
    form = await visitor.form()
    name, roles, unit = form.text("name"), form.all("role"), form.text("unit")
    try:
        await visitor.read(lambda _c, who: require(who, "administrator"))
        verifier = await visitor.centre.prove(lambda: verifier_of(form.text("password")))
        await visitor.write(lambda hand: acts.admit_by(hand, name, roles, verifier, unit), ORGANISATION)
    except Refused as refused:
        return await _form(visitor, form, refused)
    return visitor.to(f"{START}/people?done=admitted")


@get("/people/{person:uuid}")
async def shown(person: FromPath[UUID], visitor: NamedDependency[Visitor]) -> Response[str]:
    return await _person(visitor, person)


@post("/people/{person:uuid}", request_max_body_size=MOST_FORM_BYTES)
async def change(person: FromPath[UUID], visitor: NamedDependency[Visitor]) -> Response[None] | Response[str]:
    form = await visitor.form()
    try:
        await visitor.read(lambda _c, who: require(who, "administrator"))
        password = form.text("password")
        verifier = await visitor.centre.prove(lambda: verifier_of(password)) if password else None
        await visitor.write(
            lambda hand: acts.change(
                hand,
                person,
                name=form.text("name"),
                roles=form.all("role"),
                unit=form.text("unit"),
                verifier=verifier,
            ),
            ORGANISATION,
        )
    except Refused as refused:
        return await _person(visitor, person, form, refused)
    return visitor.to(f"{START}/people?done=changed")


@post("/people/{person:uuid}/{act:str}", request_max_body_size=MOST_FORM_BYTES)
async def retire(
    person: FromPath[UUID], act: FromPath[str], visitor: NamedDependency[Visitor]
) -> Response[None] | Response[str]:
    """`retire`, or `return` for who was retired."""
    await visitor.form()
    if act not in ("retire", "return"):
        raise NotFoundException
    try:
        await visitor.write(lambda hand: acts.change(hand, person, retired=act == "retire"), ORGANISATION)
    except Refused as refused:
        return await _person(visitor, person, None, refused)
    return visitor.to(f"{START}/people?done=changed")


async def _list(visitor: Visitor, starts: str, after: UUID | None) -> Response[str]:
    def work(connection: Connection, who: Person) -> tuple[list[Person], dict[int, str]]:
        last = acts.one(connection, who, after) if after is not None else None
        place: Place | None = (search_key(last.name), last.id) if last is not None else None
        return acts.people(connection, who, starts, place), _offices(connection)

    who, (people, offices) = await visitor.read(work)
    goes_on = len(people) == acts.PAGE
    return visitor.page("people.html", who, "people", people=people, starts=starts, goes_on=goes_on, offices=offices)


def _offices(connection: Connection) -> dict[int, str]:
    """By their numbers."""
    return {each.number: each.name for each in desks.offices(connection)}


async def _form(visitor: Visitor, form: Form, refused: Refusal | None = None) -> Response[str]:
    who, known = await visitor.read(units.units)
    names = [each.name for each in known]
    return visitor.page("person.html", who, "people", person=None, form=form, roles=ROLES, refused=refused, units=names)


async def _person(
    visitor: Visitor, id_: UUID, form: Form | None = None, refused: Refusal | None = None
) -> Response[str]:
    who, (person, known, offices) = await visitor.read(
        lambda c, who: (acts.one(c, who, id_), units.units(c, who), _offices(c))
    )
    if person is None:
        raise NotFoundException
    names = [each.name for each in known]
    form = form or Form({"name": [person.name], "role": list(person.roles), "unit": [person.unit]})
    own = "" if person.office == ORGANISATION else offices.get(person.office, "")
    return visitor.page(
        "person.html", who, "people", person=person, form=form, roles=ROLES, refused=refused, units=names, own_of=own
    )
