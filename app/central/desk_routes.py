"""What desks ask the centre: to join, to hand in their lines, to read the feed. Each shows its token, and sees and
writes its own office only."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.status_codes import (
    HTTP_403_FORBIDDEN,
    HTTP_409_CONFLICT,
    HTTP_429_TOO_MANY_REQUESTS,
)

from app.book.append import Pen
from app.central import feed, hits
from app.central.asking import SMALL, SMALL_OPEN, body, desk_route, packed, speaker, unknown
from app.central.centre import Centre
from app.central.enrolment import Revoked, Seat, enrol, is_admitted, note_contact
from app.central.networks import network
from app.central.patience import Gone
from app.central.places import ORGANISATION
from app.wire.messages import Ask, Enrol, Pull, Pulled, Push, Stands

LONGEST_WAIT = 25.0
"""Seconds that a pull is kept waiting for something new."""
HEARD_EVERY_US = 60 * 1_000_000
"""How exactly it is known when a desk that only reads was last heard of."""
WRONG_CODES, WRONG_CODES_SECONDS = 30, 900
"""Codes that opened nothing, from one network, before it must wait."""


def _later(seconds: int) -> HTTPException:
    return HTTPException(status_code=HTTP_429_TOO_MANY_REQUESTS, headers={"Retry-After": str(seconds)})


@desk_route("/v1/enrol", Enrol, SMALL)
async def join(request: Request[Any, Any, Any], centre: NamedDependency[Centre]) -> Response[bytes]:
    said = await body(request, Enrol, SMALL_OPEN)
    asks = f"enrol {network(request)}"

    def work() -> object:
        now = centre.clock()
        with centre.store.writing() as connection:
            if hits.seen(connection, asks, now, WRONG_CODES_SECONDS) >= WRONG_CODES:
                return HTTP_429_TOO_MANY_REQUESTS
            answer = enrol(connection, said, now)
            if answer is None:
                hits.count(connection, asks, now, WRONG_CODES_SECONDS)
            return answer

    answer = await centre.run(work)
    if answer == HTTP_429_TOO_MANY_REQUESTS:
        raise _later(WRONG_CODES_SECONDS)
    if answer is None:
        raise HTTPException(status_code=HTTP_403_FORBIDDEN)
    return packed(answer)


@desk_route("/v1/push", Push)
async def push(request: Request[Any, Any, Any], centre: NamedDependency[Centre]) -> Response[bytes]:
    seat = await speaker(centre, request)
    if (wait := seat.must_wait(centre.clock(), centre.pushes)) > 0:
        raise _later(wait)
    async with centre.turn_of(seat.desk):  # so that a token costs the memory of one push
        message = await body(request, Push)
        if not seat.may_write_as(message.desk):
            raise HTTPException(status_code=HTTP_403_FORBIDDEN)
        program = request.headers.get("User-Agent", "")[:40]
        try:
            handed_in = asyncio.wrap_future(centre.writer.push(seat, message, program))
            return packed(await handed_in)
        except feed.Refused as refusal:
            stands = Stands(code=refusal.code, next_sequence=refusal.stands.next_sequence, head=refusal.stands.head)
            return packed(stands, HTTP_409_CONFLICT)
        except Revoked:
            raise unknown() from None


@desk_route("/v1/hash", Ask, SMALL)
async def ask_hash(request: Request[Any, Any, Any], centre: NamedDependency[Centre]) -> Response[bytes]:
    """The hash of one place in a chain of the asking desk's own: how both find the last place they have alike."""
    seat = await speaker(centre, request)
    asked = await body(request, Ask, SMALL_OPEN)
    if not seat.may_write_as(asked.desk):
        raise HTTPException(status_code=HTTP_403_FORBIDDEN)

    def work() -> bytes | None:
        with centre.store.reading() as connection:
            return feed.hash_at(connection, Pen(seat.office, asked.desk, asked.incarnation), asked.sequence)

    return packed(await centre.run(work))


@desk_route("/v1/pull", Pull, SMALL)
async def pull(request: Request[Any, Any, Any], centre: NamedDependency[Centre]) -> Response[bytes]:
    """The feed after a position; where there is nothing new yet, it waits a while for it if asked to."""
    seat = await speaker(centre, request)
    asked = await body(request, Pull, SMALL_OPEN)
    await _heard_of(centre, seat, request, asked)
    of = ORGANISATION if asked.organisation else seat.office

    def work() -> Pulled | None:
        with centre.store.reading() as connection:
            if not is_admitted(connection, seat):  # it may have waited long
                return None
            return feed.page(connection, of, asked)

    loop = asyncio.get_running_loop()
    until = loop.time() + min(asked.wait, LONGEST_WAIT)
    answer = await centre.run(work)
    if answer is not None and answer.is_empty and asked.wait:
        hung_up = asyncio.ensure_future(request.receive())  # whoever asks says nothing more but this
        try:
            while answer is not None and answer.is_empty and not centre.leaving and (left := until - loop.time()) > 0:
                await centre.waiting.news(of, answer.head, left, hung_up)
                if hung_up.done():
                    raise Gone
                answer = await centre.run(work)
        finally:
            hung_up.cancel()
    if answer is None:
        raise unknown()
    return packed(answer)


async def _heard_of(centre: Centre, seat: Seat, request: Request[Any, Any, Any], asked: Pull) -> None:
    """Writes down that a desk is there which has nothing to push; not at every question."""
    now = centre.clock()
    if abs(now - seat.seen_at) < HEARD_EVERY_US or asked.unsent is None:
        return

    def work() -> None:
        with centre.store.writing() as connection:
            note_contact(connection, seat, now, request.headers.get("User-Agent", "")[:40], asked.unsent)

    await centre.run(work)
