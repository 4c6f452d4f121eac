"""A day's register over all desks of an office, for its supervisors."""

from __future__ import annotations

import datetime

from litestar import Response, get
from litestar.di import NamedDependency
from sqlalchemy import Connection

from app.central import desks, register
from app.central.rights import require
from app.central.staff import addresses
from app.central.staff.visitor import Visitor
from models.calendar import business_day, day_number, format_jalali
from models.records import Person


@get("/register")
async def day(visitor: NamedDependency[Visitor]) -> Response[str]:
    today = business_day(visitor.now)
    shown = min(addresses.day(visitor.asked("day"), today), today)
    after = addresses.place(visitor.asked("after"))

    def work(
        connection: Connection, who: Person
    ) -> tuple[list[desks.OfficeOf], int, register.Figures, list[register.Visit]]:
        require(who, "supervisor")
        offices = desks.offices(connection)
        office, number = addresses.office(visitor.asked("office"), offices), day_number(shown)
        figures = register.figures(connection, who, office, number, today)
        return offices, office, figures, register.visits(connection, who, office, number, today, after)

    who, (offices, office, figures, found) = await visitor.read(work)
    step = datetime.timedelta(days=1)
    return visitor.page(
        "register.html",
        who,
        "register",
        offices=offices,
        office=office,
        figures=figures,
        visits=found,
        day=shown,
        asked=format_jalali(shown),
        yesterday=format_jalali(shown - step),
        tomorrow=format_jalali(shown + step) if shown < today else "",
        first=after is None,
        more=addresses.place_of(found[-1].at, found[-1].id) if len(found) == register.PAGE else "",
    )
