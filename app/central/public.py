"""The public pages: the form that a citizen fills in, and where their request stands."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.central.centre import Centre
from app.central.networks import network
from app.central.offices import office_of
from app.central.pages import Pages
from app.central.tracking import (
    Asked,
    Tracked,
    Verdict,
    ask,
    genuine,
    has_arrived,
    office_of_desk,
    only_office,
)
from models.calendar import business_day
from models.codes import grouped
from models.entries import OfficeSet
from models.paper_body import PaperBody
from models.records import OPEN_STATES
from models.text import ascii_digits
from resources.names import STATES, STEPS

WRONG_AFTER = 0.6
"""Seconds from a question to the answer that it was wrong, whatever was wrong with it."""
MOST_FORM_BYTES = 2_000


@get("/")
async def form(centre: NamedDependency[Centre], pages: NamedDependency[Pages]) -> Response[str]:
    return _form(pages, await _only(centre))


@get("/{payload:str}")
async def scanned(
    payload: FromPath[str], centre: NamedDependency[Centre], pages: NamedDependency[Pages]
) -> Response[str]:
    """A receipt's QR leads here: the code is written in already, and a paper whose record is under way says so."""
    _ = pages.words.gettext

    def work() -> tuple[PaperBody, bool, OfficeSet | None] | None:
        with centre.store.reading() as connection:
            body = genuine(connection, payload)
            if body is None:
                return None
            return body, has_arrived(connection, body.code), office_of_desk(connection, int(body.code[:4]))

    found = await centre.run(work) if len(payload) <= 200 else None
    if found is None:
        message = _("This address is not that of a receipt. Write the code by hand.")
        return _form(pages, await _only(centre), 404, message)
    body, arrived, office = found
    if not arrived:
        return _under_way(pages, office, body)
    message = _("The receipt is genuine, and the centre has received it.")
    return _form(pages, office, message=message, code=body.code, kind="good")


@post("/", status_code=200, request_max_body_size=MOST_FORM_BYTES)
async def look(
    request: Request[Any, Any, Any], centre: NamedDependency[Centre], pages: NamedDependency[Pages]
) -> Response[str]:
    _ = pages.words.gettext
    loop = asyncio.get_running_loop()
    asked_at = loop.time()
    said = await request.form()
    code, second = (str(said.get(field, ""))[:100] for field in ("code", "second"))
    now = centre.clock()

    def work() -> tuple[Asked, OfficeSet | None]:
        with centre.store.writing() as connection:
            answer = ask(connection, code, second, network(request), now, business_day(now))
            return answer, office_of(connection, answer.request.office) if answer.request else only_office(connection)

    answer, office = await centre.run(work)
    if answer.request is not None:
        return _shown(pages, office, answer.request, now)
    await asyncio.sleep(max(0.0, asked_at + WRONG_AFTER - loop.time()))
    if answer.verdict is Verdict.later:
        message = _("Too many tries. Wait a quarter of an hour, or ask at the desk.")
        return _form(pages, office, 429, message, code=_written(code))
    message = _("No request was found with these two. Compare both with your receipt.")
    return _form(pages, office, 200, message, code=_written(code))


async def _only(centre: Centre) -> OfficeSet | None:
    def work() -> OfficeSet | None:
        with centre.store.reading() as connection:
            return only_office(connection)

    return await centre.run(work)


def _form(
    pages: Pages, office: OfficeSet | None, status: int = 200, message: str = "", code: str = "", kind: str = ""
) -> Response[str]:
    written = pages.words.digits(grouped(code)) if code else ""
    return pages.page("track.html", status, office=office, message=message, kind=kind, code=written)


def _written(code: str) -> str:
    """What somebody wrote as a code, to be shown again: its digits only, as many as a code has."""
    return "".join(letter for letter in ascii_digits(code) if letter in "0123456789")[:12]


def _under_way(pages: Pages, office: OfficeSet | None, body: PaperBody) -> Response[str]:
    """What the paper itself says, signed by its desk, while the centre knows nothing more."""
    words = pages.words
    return pages.page(
        "under_way.html",
        office=office,
        due=words.long_date(body.due) if body.due else "",
        registered=words.long_date(business_day(body.minute * 60_000_000)),
        code=words.digits(grouped(body.code)),
    )


def _shown(pages: Pages, office: OfficeSet | None, request: Tracked, now: int) -> Response[str]:
    words, _ = pages.words, pages.words.gettext
    awaited, hint = _awaited(pages, request)
    return pages.page(
        "tracked.html",
        office=office,
        request=request,
        state=_(STATES[request.state]),
        due=words.long_date(request.due_on) if request.due_on and request.state in OPEN_STATES else "",
        due_label=_("The answer was due by") if request.late else _("Answer by"),
        lacking=request.lacking,
        bring_by=_("by {day}").format(day=words.long_date(request.bring_by)) if request.bring_by else "",
        steps=[
            {"name": _(STEPS[passage.kind]), "unit": passage.unit, "day": words.long_date(business_day(passage.at))}
            for passage in request.passages
        ],
        awaited=awaited,
        awaited_hint=hint,
        is_late=request.late and request.state in OPEN_STATES,
        code=words.digits(grouped(request.code)),
        time=words.clock(now),
    )


def _awaited(pages: Pages, request: Tracked) -> tuple[str, str]:
    _ = pages.words.gettext
    if request.state in OPEN_STATES:
        return _("Answer and delivery"), _("Come to the desk with your identity card")
    if request.state == "answered":
        return _("Delivery"), _("The answer is ready; come to the desk with your identity card")
    return "", ""
