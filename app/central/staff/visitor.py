"""One request of a page that only administrators and supervisors see: who asks, what they wrote, what they get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qs

from litestar import Request, Response
from litestar.datastructures import Cookie, UploadFile
from litestar.exceptions import HTTPException
from sqlalchemy import Connection

from app.central import sessions
from app.central.centre import Centre
from app.central.pages import Pages
from app.central.rights import Hand, NotAccepted
from app.central.staff import sentences
from models.calendar import business_day
from models.people import AdmissionError
from models.records import Person

T = TypeVar("T")
Refusal = NotAccepted | AdmissionError
Refused = (NotAccepted, AdmissionError)
"""Why something that was written is not taken: each has a `field` and a `code`."""
MOST_FORM_BYTES = 256 * 1024
"""Ten thousand Persian letters, each sent as six bytes, in every field that may have them."""
_MOST_FIELDS = 300
_LOOPBACK = ("127.0.0.1", "[::1]", "localhost")
SIGN_IN, START = "/centre/sign-in", "/centre"


class SignedOut(Exception):
    """Whoever asks is not signed in, or no longer."""


class Forged(Exception):
    """A form that none of our pages sent."""


class Form:
    """What was written in a form."""

    def __init__(self, said: dict[str, list[str]], files: dict[str, bytes] | None = None) -> None:
        self._said, self._files = said, files or {}

    def text(self, field: str) -> str:
        """Empty where the field is missing."""
        return self._said.get(field, [""])[0]

    def file(self, field: str) -> bytes:
        """What the chosen file holds; nothing where none was chosen."""
        return self._files.get(field, b"")

    def all(self, field: str) -> tuple[str, ...]:
        return tuple(self._said.get(field, ()))

    def has(self, field: str) -> bool:
        return field in self._said


class Visitor:
    """Who asks. Database work runs in the centre's threads, each `read` and `write` in one transaction that first
    looks whether the session still holds: both raise `SignedOut`."""

    def __init__(self, request: Request[Any, Any, Any], centre: Centre, pages: Pages) -> None:
        self.request, self.centre, self.pages = request, centre, pages
        self.now = centre.clock()
        self._secure = not (request.url.scheme == "http" and _host(request) in _LOOPBACK)
        self._cookie = "__Host-miz" if self._secure else "miz"
        self.token = request.cookies.get(self._cookie, "")

    def asked(self, name: str) -> str:
        """A part of the address's query; empty where there is none."""
        return str(self.request.query_params.get(name, ""))[:200]

    async def form(self, *, signed_in: bool = True) -> Form:
        """What was sent. Raises `SignedOut`, and `Forged` unless it carries this session's token and comes, as far as
        the browser says, from a page of ours."""
        if self.request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise Forged
        try:
            form = await self._sent()
        except (ValueError, LookupError):  # no text, or a charset that there is not
            raise HTTPException(status_code=400) from None
        if signed_in:
            if not self.token:
                raise SignedOut
            if not sessions.is_form_token(self.token, form.text("token")):
                raise Forged
        return form

    async def _sent(self) -> Form:
        if self.request.content_type[0] != "multipart/form-data":
            text = (await self.request.body()).decode()
            return Form(parse_qs(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"))
        said: dict[str, list[str]] = {}
        files: dict[str, bytes] = {}
        for field, value in (await self.request.form()).multi_items():
            if isinstance(value, UploadFile):
                files[field] = await value.read()
                await value.close()
            else:
                said.setdefault(field, []).append(value)
        return Form(said, files)

    async def read(self, work: Callable[[Connection, Person], T]) -> tuple[Person, T]:
        """The person who asks, and what the work found."""

        def found() -> tuple[Person, T]:
            with self.centre.store.reading() as connection:
                session = self._session(connection)
                answer = work(connection, session.person)
            if session.stale:
                with self.centre.store.writing() as connection:
                    sessions.touch(connection, self.token, self.now)
            return session.person, answer

        return await self.centre.run(found)

    async def write(self, work: Callable[[Hand], T], *offices: int) -> T:
        """What the work did, committed; desks that wait for news of these offices' feeds are told."""

        def done() -> T:
            with self.centre.store.writing() as connection:
                person = self._session(connection).person
                sessions.touch(connection, self.token, self.now)
                return work(Hand(connection, self.centre.incarnation, person, self.now))

        answer = await self.centre.run(done)
        self.centre.waiting.tell(set(offices))
        return answer

    def page(
        self, template: str, who: Person, here: str, *, refused: Refusal | None = None, **values: Any
    ) -> Response[str]:
        """A page with its frame; `here` is the part of the centre that it belongs to, `refused` what could not be taken
        of the form that it shows again."""
        words = self.pages.words
        problems = {refused.field: sentences.problem(words, refused.field, refused.code)} if refused else {}
        return self.pages.page(
            template,
            422 if refused else 200,
            who=who,
            here=here,
            token=sessions.form_token(self.token),
            today=business_day(self.now),
            done="" if refused else sentences.done(words, self.asked("done")),
            problems=problems,
            **values,
        )

    def signed_in(self, token: str) -> Response[None]:
        """On to the first page, with the session's secret in the browser."""
        response = self.to(START)
        response.set_cookie(self._made(token))
        return response

    def signed_out(self) -> Response[None]:
        response = self.to(SIGN_IN)
        response.set_cookie(self._made("", max_age=0))
        return response

    def to(self, path: str) -> Response[None]:
        """After something was done: on to a page, so that asking again does it no second time."""
        return Response(None, status_code=303, headers={"Location": path, "Cache-Control": "no-store"})

    def _session(self, connection: Connection) -> sessions.Session:
        session = sessions.find(connection, self.token, self.now)
        if session is None:
            raise SignedOut
        return session

    def _made(self, value: str, max_age: int | None = None) -> Cookie:
        return Cookie(
            key=self._cookie,
            value=value,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="strict",
            max_age=max_age,
        )


def _host(request: Request[Any, Any, Any]) -> str:
    name = request.headers.get("Host", "")
    return name if name.endswith("]") else name.rpartition(":")[0] or name
