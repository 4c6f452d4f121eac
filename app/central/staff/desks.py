"""Desks: their places, one-time codes, how far each is safe here, and taking a place back."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from app.central import desks as acts
from app.central import hits
from app.central.enrolment import NoNumberLeft
from app.central.rights import Hand, NotAccepted
from app.central.staff import addresses
from app.central.staff.visitor import MOST_FORM_BYTES, START, Form, Refusal, Refused, Visitor
from models.ids import new_id

_DAY = 86_400


@get("/desks")
async def listed(visitor: NamedDependency[Visitor]) -> Response[str]:
    office, after = addresses.number(visitor.asked("office")), addresses.number(visitor.asked("after")) or 0
    behind = visitor.asked("behind") == "1"
    who, (found, offices) = await visitor.read(
        lambda c, who: (acts.desks(c, who, office, after, visitor.now, behind=behind), acts.offices(c))
    )
    return visitor.page(
        "desks.html",
        who,
        "desks",
        desks=found,
        offices=offices,
        names_of={each.number: each.name for each in offices},
        office=office,
        behind=behind,
        goes_on=len(found) == acts.PAGE,
    )


@get("/desks/new")
async def new(visitor: NamedDependency[Visitor]) -> Response[str]:
    return await _form(visitor, Form({"office": [visitor.asked("office")]}))


@post("/desks/new", status_code=200, request_max_body_size=MOST_FORM_BYTES)
async def create(visitor: NamedDependency[Visitor]) -> Response[str]:
    """The answer shows the code, this once; the same form sent again makes no second desk."""
    form = await visitor.form()
    office, name = form.text("office"), form.text("name")
    once = addresses.identity(form.text("once"))

    def work(hand: Hand) -> tuple[int, str]:
        if once is None or hits.count(hand.connection, f"form {once}", hand.now, _DAY) > 1:
            raise NotAccepted("once", "exists")
        return acts.create(hand, office, name)

    try:
        desk, code = await visitor.write(work)
    except Refused as refused:
        return await _form(visitor, form, refused)
    except NoNumberLeft:
        return await _form(visitor, form, NotAccepted("name", "none_left"))
    return await _code(visitor, desk, code)


@post("/desks/{desk:int}/code", status_code=200, request_max_body_size=MOST_FORM_BYTES)
async def renew(desk: FromPath[int], visitor: NamedDependency[Visitor]) -> Response[str]:
    await visitor.form()
    desk = addresses.held(desk)
    try:
        code = await visitor.write(lambda hand: acts.renew_code(hand, desk))
    except NotAccepted:
        raise NotFoundException from None
    return await _code(visitor, desk, code)


@get("/desks/{desk:int}/revoke")
async def ask_revoke(desk: FromPath[int], visitor: NamedDependency[Visitor]) -> Response[str]:
    who, found = await visitor.read(lambda c, who: acts.desk(c, who, addresses.held(desk), visitor.now))
    if found is None:
        raise NotFoundException
    return visitor.page("desk_revoke.html", who, "desks", desk=found)


@post("/desks/{desk:int}/revoke", request_max_body_size=MOST_FORM_BYTES)
async def revoke(desk: FromPath[int], visitor: NamedDependency[Visitor]) -> Response[None]:
    await visitor.form()
    desk = addresses.held(desk)
    try:
        await visitor.write(lambda hand: acts.take_back(hand, desk))
    except NotAccepted:
        raise NotFoundException from None
    return visitor.to(f"{START}/desks?done=revoked")


async def _form(visitor: Visitor, form: Form, refused: Refusal | None = None) -> Response[str]:
    who, offices = await visitor.read(lambda c, _who: acts.offices(c))
    return visitor.page("desk_new.html", who, "desks", form=form, offices=offices, refused=refused, once=str(new_id()))


async def _code(visitor: Visitor, desk: int, code: str) -> Response[str]:
    who, found = await visitor.read(lambda c, who: acts.desk(c, who, desk, visitor.now))
    return visitor.page("desk_code.html", who, "desks", desk=found, code=code)
