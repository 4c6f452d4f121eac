"""All pages of administrators and supervisors, under one path, and what they say when something is not to be had."""

from __future__ import annotations

import logging
from typing import Any

from litestar import Request, Response, Router
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException

from app.central.centre import Centre
from app.central.pages import Pages
from app.central.rights import NotAllowed
from app.central.staff import desks, emblem, flags, offices, people, reference, register, signing_in
from app.central.staff.visitor import SIGN_IN, START, Forged, SignedOut, Visitor

log = logging.getLogger(__name__)


def staff_pages(pages: Pages) -> Router:
    """The router of these pages; it takes `centre` and `pages` from the application."""
    _ = pages.words.gettext

    def refused(status: int, sentence: str) -> Response[str]:
        return pages.page("refused.html", status, sentence=sentence, home=START)

    def signed_out(_request: Request[Any, Any, Any], _error: SignedOut) -> Response[None]:
        return Response(None, status_code=303, headers={"Location": SIGN_IN, "Cache-Control": "no-store"})

    def forged(_request: Request[Any, Any, Any], _error: Forged) -> Response[str]:
        log.info("A form without the session's token was refused")
        return refused(403, _("This form was not sent from a page of yours. Nothing was changed; open the page again."))

    def not_allowed(_request: Request[Any, Any, Any], _error: NotAllowed) -> Response[str]:
        return refused(403, _("Your role does not open this page. Nothing was changed."))

    def not_had(_request: Request[Any, Any, Any], error: HTTPException) -> Response[str]:
        if error.status_code == 404:
            return refused(404, _("There is nothing at this address."))
        return refused(error.status_code, _("This could not be taken. Nothing was changed; open the page again."))

    return Router(
        START,
        route_handlers=[
            signing_in.start,
            signing_in.sign_in_form,
            signing_in.sign_in,
            signing_in.sign_out,
            desks.listed,
            desks.new,
            desks.create,
            desks.renew,
            desks.ask_revoke,
            desks.revoke,
            flags.listed,
            flags.shown,
            flags.settle,
            people.listed,
            people.found,
            people.new,
            people.admit,
            people.shown,
            people.change,
            people.retire,
            reference.services,
            reference.new_service,
            reference.add_service,
            reference.service,
            reference.change_service,
            reference.withdraw_service,
            reference.listed_units,
            reference.holidays,
            reference.add_holiday,
            reference.take_holiday_off,
            offices.listed,
            offices.shown,
            offices.change,
            emblem.shown,
            emblem.picture,
            emblem.change,
            emblem.take_away,
            register.day,
        ],
        dependencies={"visitor": Provide(_visitor, sync_to_thread=False)},
        exception_handlers={
            SignedOut: signed_out,
            Forged: forged,
            NotAllowed: not_allowed,
            HTTPException: not_had,
        },
        include_in_schema=False,
    )


def _visitor(
    request: Request[Any, Any, Any], centre: NamedDependency[Centre], pages: NamedDependency[Pages]
) -> Visitor:
    return Visitor(request, centre, pages)
