"""What is answered when something goes wrong: a page to whoever reads pages, a word to programs, never why."""

from __future__ import annotations

import logging
from typing import Any

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException
from litestar.exceptions.responses import create_exception_response
from litestar.status_codes import (
    HTTP_404_NOT_FOUND,
    HTTP_500_INTERNAL_SERVER_ERROR,
    HTTP_503_SERVICE_UNAVAILABLE,
)
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from app.central.pages import Pages

Asking = Request[Any, Any, Any]
log = logging.getLogger(__name__)


def mishaps(pages: Pages) -> dict[Any, Any]:
    """An application's handlers of exceptions."""
    _ = pages.words.gettext

    def broken(asking: Asking, error: Exception) -> Response[str]:
        log.error("A request failed", exc_info=error)
        sentence = _("The centre could not answer this. What was saved before stays saved.")
        status = HTTP_500_INTERNAL_SERVER_ERROR
        return page(asking, status, sentence) or word(status, "The centre could not answer this.")

    def internal(asking: Asking, error: InternalError) -> Response[str]:
        """A server that only reads, for it follows another or is about to, or that has ended a transaction which took
        too long, will do better soon; anything else is a defect."""
        of_transactions = str(getattr(error.orig, "sqlstate", "")).startswith("25")
        return not_now(asking, error) if of_transactions else broken(asking, error)

    def not_now(asking: Asking, error: OperationalError | InternalError | NoneFree) -> Response[str]:
        """The database was away or busy: desks try again. Nothing of the statement or its values is told or logged."""
        log.warning("The database did not answer: %s", type(getattr(error, "orig", error)).__name__)
        sentence = _("The centre cannot answer just now. Nothing is lost; ask again in a minute.")
        status = HTTP_503_SERVICE_UNAVAILABLE
        answer = page(asking, status, sentence) or word(status, "try again")
        answer.headers["Retry-After"] = "1"
        return answer

    def refused(asking: Asking, error: HTTPException) -> Response[Any]:
        if error.status_code == HTTP_404_NOT_FOUND:
            sentence = _("There is nothing at this address.")
        else:
            sentence = _("This could not be taken. Nothing was changed; open the page again.")
        return page(asking, error.status_code, sentence) or create_exception_response(asking, error)

    def word(status: int, said: str) -> Response[str]:
        return Response(said, status_code=status, media_type=MediaType.TEXT)

    def page(asking: Asking, status: int, sentence: str) -> Response[str] | None:
        """None for whoever does not read pages."""
        if "text/html" not in asking.headers.get("Accept", ""):
            return None
        home = "/centre" if asking.url.path.startswith("/centre") else "/"
        return pages.page("refused.html", status, sentence=sentence, home=home)

    return {
        OperationalError: not_now,
        NoneFree: not_now,
        InternalError: internal,
        HTTPException: refused,
        HTTP_500_INTERNAL_SERVER_ERROR: broken,
    }
