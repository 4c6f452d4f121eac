"""An office's emblem: seen, chosen, taken away."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from app.central import emblem as acts
from app.central import offices
from app.central.pages import HEADERS
from app.central.rights import NotAccepted, require
from app.central.staff import addresses
from app.central.staff.visitor import START, Refusal, Visitor


@get("/offices/{office:int}/emblem")
async def shown(office: FromPath[int], visitor: NamedDependency[Visitor]) -> Response[str]:
    return await _page(visitor, addresses.held(office))


@get("/offices/{office:int}/emblem.png")
async def picture(office: FromPath[int], visitor: NamedDependency[Visitor]) -> Response[bytes]:
    office = addresses.held(office)
    _who, drawn = await visitor.read(lambda c, who: acts.emblem(c, who, office))
    if not drawn:
        raise NotFoundException
    return Response(drawn, media_type="image/png", headers=HEADERS)


@post("/offices/{office:int}/emblem")
async def change(office: FromPath[int], visitor: NamedDependency[Visitor]) -> Response[None] | Response[str]:
    """A picture of at most a mebibyte, which is the most that any question may bring."""
    form, office = await visitor.form(), addresses.held(office)
    try:
        await visitor.read(lambda _c, who: require(who, "administrator"))
        drawn = await visitor.centre.prove(lambda: acts.drawing(form.file("picture")))
        await visitor.write(lambda hand: acts.set_emblem(hand, office, drawn), office)
    except NotAccepted as refused:
        return await _page(visitor, office, refused)
    return visitor.to(f"{START}/offices/{office}/emblem?done=published")


@post("/offices/{office:int}/emblem/off")
async def take_away(office: FromPath[int], visitor: NamedDependency[Visitor]) -> Response[None]:
    await visitor.form()
    office = addresses.held(office)
    try:
        await visitor.write(lambda hand: acts.set_emblem(hand, office, b""), office)
    except NotAccepted:
        raise NotFoundException from None
    return visitor.to(f"{START}/offices/{office}/emblem?done=published")


async def _page(visitor: Visitor, office: int, refused: Refusal | None = None) -> Response[str]:
    who, (known, drawn) = await visitor.read(
        lambda c, who: (offices.settings(c, who, office), acts.emblem(c, who, office))
    )
    if known is None:
        raise NotFoundException
    return visitor.page(
        "office_emblem.html",
        who,
        "offices",
        office=office,
        name=known.name,
        emblem=known.emblem,
        is_here=bool(drawn),
        refused=refused,
    )
