"""Signing in and out. Whatever was wrong, the page and the time it takes are the same."""

from __future__ import annotations

import asyncio

from litestar import Response, get, post
from litestar.di import NamedDependency

from app.central import sessions
from app.central.networks import network
from app.central.staff.visitor import MOST_FORM_BYTES, START, Visitor
from models.records import Person

WRONG_AFTER = 1.0
"""Seconds from a wrong try to its answer."""


@get("/sign-in")
async def sign_in_form(visitor: NamedDependency[Visitor]) -> Response[str]:
    return _form(visitor)


@post("/sign-in", request_max_body_size=MOST_FORM_BYTES)
async def sign_in(visitor: NamedDependency[Visitor]) -> Response[None] | Response[str]:
    _ = visitor.pages.words.gettext
    loop, centre, now = asyncio.get_running_loop(), visitor.centre, visitor.now
    asked_at = loop.time()
    form = await visitor.form(signed_in=False)
    name, password = form.text("name")[:200], form.text("password")[:1_000]
    where = network(visitor.request)

    def looked_up() -> tuple[bool, Person | None]:
        with centre.store.writing() as connection:
            if not sessions.counts_a_try(connection, name, where, now):
                return False, None
            return True, sessions.candidate(connection, name)

    may_try, person = await centre.run(looked_up)
    if may_try and await centre.prove(lambda: sessions.proves(person, password)) and person is not None:
        who = person.id

        def begun() -> str:
            with centre.store.writing() as connection:
                return sessions.begin(connection, who, now, instead_of=visitor.token)

        return visitor.signed_in(await centre.run(begun))
    await asyncio.sleep(max(0.0, asked_at + WRONG_AFTER - loop.time()))
    if not may_try:
        return _form(visitor, 429, _("Too many tries. Wait a quarter of an hour."), name)
    message = _("These two do not open the centre. Look at the keyboard's language, and write again.")
    return _form(visitor, 403, message, name)


@post("/sign-out", request_max_body_size=MOST_FORM_BYTES)
async def sign_out(visitor: NamedDependency[Visitor]) -> Response[None]:
    await visitor.form()

    def ended() -> None:
        with visitor.centre.store.writing() as connection:
            sessions.end(connection, visitor.token)

    await visitor.centre.run(ended)
    return visitor.signed_out()


@get("/")
async def start(visitor: NamedDependency[Visitor]) -> Response[None]:
    """The first page of whoever has signed in."""
    who, _ = await visitor.read(lambda _connection, _who: None)
    return visitor.to(f"{START}/desks" if "administrator" in who.roles else f"{START}/register")


def _form(visitor: Visitor, status: int = 200, message: str = "", name: str = "") -> Response[str]:
    return visitor.pages.page("sign_in.html", status, message=message, name=name)
