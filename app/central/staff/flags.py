"""Flags: what somebody should look at, by office, and settling it."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlalchemy import Connection

from app.central import desks, flags
from app.central.rights import NotAccepted
from app.central.staff import addresses
from app.central.staff.visitor import MOST_FORM_BYTES, START, Form, Refusal, Visitor
from models.records import Person


@get("/flags")
async def listed(visitor: NamedDependency[Visitor]) -> Response[str]:
    settled, last = visitor.asked("settled") == "1", addresses.place(visitor.asked("after"))

    def work(
        connection: Connection, who: Person
    ) -> tuple[list[desks.OfficeOf], dict[int, int], int, list[flags.Shown]]:
        offices, waiting = desks.offices(connection), desks.open_flags(connection)
        asked = visitor.asked("office") or str(next(iter(sorted(waiting)), ""))
        office = addresses.office(asked, offices)
        return offices, waiting, office, flags.flags(connection, who, office, settled=settled, last=last)

    who, (offices, waiting, office, found) = await visitor.read(work)
    return visitor.page(
        "flags.html",
        who,
        "flags",
        flags=found,
        offices=offices,
        waiting=waiting,
        office=office,
        settled=settled,
        more=addresses.place_of(found[-1].raised_at, found[-1].id) if len(found) == flags.PAGE else "",
    )


@get("/flags/{office:int}/{entry:uuid}")
async def shown(office: FromPath[int], entry: FromPath[UUID], visitor: NamedDependency[Visitor]) -> Response[str]:
    return await _flag(visitor, addresses.held(office), entry, Form({}))


@post("/flags/{office:int}/{entry:uuid}", request_max_body_size=MOST_FORM_BYTES)
async def settle(
    office: FromPath[int], entry: FromPath[UUID], visitor: NamedDependency[Visitor]
) -> Response[None] | Response[str]:
    form, office = await visitor.form(), addresses.held(office)
    try:
        await visitor.write(lambda hand: flags.settle(hand, office, entry, form.text("note")), office)
    except NotAccepted as refused:
        return await _flag(visitor, office, entry, form, refused)
    return visitor.to(f"{START}/flags?office={office}&done=settled")


async def _flag(
    visitor: Visitor, office: int, entry: UUID, form: Form, refused: Refusal | None = None
) -> Response[str]:
    who, found = await visitor.read(lambda c, who: flags.flag(c, who, office, entry))
    if found is None:
        raise NotFoundException
    return visitor.page("flag.html", who, "flags", flag=found, form=form, refused=refused)
