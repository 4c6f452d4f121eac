"""The centre's ASGI program: what desks ask over the network. Handlers are thin; the work is done in threads."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from litestar import Litestar, Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_400_BAD_REQUEST,
    HTTP_401_UNAUTHORIZED,
    HTTP_403_FORBIDDEN,
    HTTP_409_CONFLICT,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    HTTP_429_TOO_MANY_REQUESTS,
    HTTP_500_INTERNAL_SERVER_ERROR,
    HTTP_503_SERVICE_UNAVAILABLE,
)
from sqlalchemy.exc import OperationalError

from app.book.append import Pen
from app.central import feed, hits, trust
from app.central.centre import Centre
from app.central.enrolment import Seat, enrol, note_contact, seat_of
from app.central.metrics import TYPE, Metrics, stored
from app.central.networks import network
from app.central.pages import Pages, static
from app.central.places import ORGANISATION
from app.central.ports import App, Watched
from app.central.public import form, look, scanned
from app.central.staff.routes import staff_pages
from app.central.store import Store
from app.wire.messages import Ask, Enrol, Pull, Pulled, Push, Stands
from app.wire.packing import CONTENT_TYPE, ON_THE_WIRE, NotReadable, TooLarge, pack, unpack
from resources.words import language

LONGEST_WAIT = 25.0
"""Seconds that a pull is kept waiting for something new."""
LOOK_AGAIN = 2.0
"""Seconds after which a waiting pull looks by itself: another process of the centre may have written."""

HEARD_EVERY_US = 60 * 1_000_000
"""How exactly it is known when a desk that only reads was last heard of."""
WRONG_CODES, WRONG_CODES_SECONDS = 30, 900
"""Codes that opened nothing, from one network, before it must wait."""

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass
class Packed(Operation):
    """An operation whose body is a message under zstd, which the types of a handler cannot say."""

    def __post_init__(self) -> None:
        said = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY, max_length=ON_THE_WIRE)
        self.request_body = RequestBody(content={CONTENT_TYPE: OpenAPIMediaType(schema=said)}, required=True)


async def _body(request: Request[Any, Any, Any], kind: type[T]) -> T:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > ON_THE_WIRE:
            raise HTTPException(status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE)
    try:
        return unpack(bytes(data), kind)
    except TooLarge:
        raise HTTPException(status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE) from None
    except NotReadable as error:
        raise HTTPException(str(error), status_code=HTTP_400_BAD_REQUEST) from None


def _answer(message: object, status: int = HTTP_200_OK) -> Response[bytes]:
    return Response(pack(message), status_code=status, media_type=CONTENT_TYPE)


async def _seat(centre: Centre, request: Request[Any, Any, Any]) -> Seat:
    """The desk that speaks. Raises 401 alike for no token, an unknown one and a revoked one."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    seat = None
    if kind == "Bearer" and 0 < len(token) <= 100:

        def look() -> Seat | None:
            with centre.store.reading() as connection:
                return seat_of(connection, token.encode())

        seat = await centre.run(look)
    if seat is None:
        raise HTTPException(status_code=HTTP_401_UNAUTHORIZED)
    return seat


async def _heard_of(centre: Centre, seat: Seat, request: Request[Any, Any, Any], asked: Pull) -> None:
    """Writes down that a desk is there which has nothing to push; not at every question."""
    now = centre.clock()
    if abs(now - seat.seen_at) < HEARD_EVERY_US or asked.unsent is None:
        return

    def work() -> None:
        with centre.store.writing() as connection:
            note_contact(connection, seat.desk, now, request.headers.get("User-Agent", "")[:40], asked.unsent)

    await centre.run(work)


@post("/v1/enrol", status_code=HTTP_200_OK, operation_class=Packed)
async def join(request: Request[Any, Any, Any], centre: NamedDependency[Centre]) -> Response[bytes]:
    said = await _body(request, Enrol)

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
        again = {"Retry-After": str(WRONG_CODES_SECONDS)}
        raise HTTPException(status_code=HTTP_429_TOO_MANY_REQUESTS, headers=again)
    if answer is None:
        raise HTTPException(status_code=HTTP_403_FORBIDDEN)
    return _answer(answer)


@post("/v1/push", status_code=HTTP_200_OK, operation_class=Packed)
async def push(request: Request[Any, Any, Any], centre: NamedDependency[Centre]) -> Response[bytes]:
    seat = await _seat(centre, request)
    message = await _body(request, Push)
    if not seat.may_write_as(message.desk):
        raise HTTPException(status_code=HTTP_403_FORBIDDEN)
    program = request.headers.get("User-Agent", "")[:40]
    handed_in = asyncio.wrap_future(centre.writer.push(seat, message, program))
    try:
        return _answer(await handed_in)
    except feed.Refused as refusal:
        stands = Stands(code=refusal.code, next_sequence=refusal.stands.next_sequence, head=refusal.stands.head)
        return _answer(stands, HTTP_409_CONFLICT)


@post("/v1/hash", status_code=HTTP_200_OK, operation_class=Packed)
async def ask_hash(request: Request[Any, Any, Any], centre: NamedDependency[Centre]) -> Response[bytes]:
    """The hash of one place in a chain of the asking desk's own: how both find the last place they have alike."""
    seat = await _seat(centre, request)
    asked = await _body(request, Ask)
    if not seat.may_write_as(asked.desk):
        raise HTTPException(status_code=HTTP_403_FORBIDDEN)

    def work() -> bytes | None:
        with centre.store.reading() as connection:
            return feed.hash_at(connection, Pen(seat.office, asked.desk, asked.incarnation), asked.sequence)

    return _answer(await centre.run(work))


@post("/v1/pull", status_code=HTTP_200_OK, operation_class=Packed)
async def pull(request: Request[Any, Any, Any], centre: NamedDependency[Centre]) -> Response[bytes]:
    """The feed after a position; where there is nothing new yet, it waits a while for it if asked to."""
    seat = await _seat(centre, request)
    asked = await _body(request, Pull)
    await _heard_of(centre, seat, request, asked)

    def work() -> Pulled:
        with centre.store.reading() as connection:
            return feed.page(connection, ORGANISATION if asked.organisation else seat.office, asked)

    loop = asyncio.get_running_loop()
    until = loop.time() + min(asked.wait, LONGEST_WAIT)
    answer = await centre.run(work)
    while not answer.lines and (left := until - loop.time()) > 0:
        await centre.news(seat.office, min(left, LOOK_AGAIN))
        answer = await centre.run(work)
    return _answer(answer)


@get("/v1/ca", media_type="application/x-pem-file")
async def whom_to_trust(centre: NamedDependency[Centre]) -> Response[str]:
    """The certificate whose mark is in the one-time codes. Whoever asks cannot know yet that it is us who answer: the
    code tells."""

    def work() -> str:
        with centre.store.reading() as connection:
            return trust.certificate(connection)

    found = await centre.run(work)
    if not found:
        raise NotFoundException
    return Response(found)


@get("/healthz", sync_to_thread=False)
def healthz() -> str:
    return "alive"


@get("/readyz")
async def readyz(centre: NamedDependency[Centre]) -> Response[str]:
    if await centre.run(centre.store.answers):
        return Response("ready")
    return Response("the database does not answer", status_code=HTTP_503_SERVICE_UNAVAILABLE)


@dataclass(frozen=True)
class Watch:
    """Who may see the metrics."""

    metrics: Metrics
    secret: str
    on_loopback: bool

    def admits(self, request: Request[Any, Any, Any]) -> bool:
        said = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.secret and hmac.compare_digest(said.encode(), self.secret.encode()):
            return True
        host = request.client.host if request.client else ""
        return self.on_loopback and not self.secret and host in ("127.0.0.1", "::1")


@get("/metrics", media_type=TYPE)
async def metrics_page(
    centre: NamedDependency[Centre], watch: NamedDependency[Watch], request: Request[Any, Any, Any]
) -> str:
    """Prometheus' text form."""
    if not watch.admits(request):
        raise HTTPException(status_code=HTTP_403_FORBIDDEN)

    def work() -> str:
        with centre.store.reading() as connection:
            return stored(connection, centre.clock())

    return watch.metrics.text(await centre.run(work))


def _broken(_request: Request[Any, Any, Any], error: Exception) -> Response[str]:
    log.error("A request failed", exc_info=error)
    return Response("The centre could not answer this.", status_code=HTTP_500_INTERNAL_SERVER_ERROR)


def _not_now(_request: Request[Any, Any, Any], error: OperationalError) -> Response[str]:
    """The database was away or busy: desks try again. Nothing of the statement or its values is told or logged."""
    log.warning("The database did not answer: %s", type(error.orig).__name__)
    return Response("try again", status_code=HTTP_503_SERVICE_UNAVAILABLE, headers={"Retry-After": "1"})


def make_apps(
    store: Store, clock: Callable[[], int], secret: str = "", *, proxied: bool = False
) -> tuple[App, App, App]:
    """Three faces of one centre: everything; all but the public pages; the public pages alone. Listen with the first,
    or with the other two. `secret` opens the metrics from elsewhere; behind a proxy nobody sees them without it."""
    centre, pages, metrics = Centre(store, clock), Pages(language()), Metrics()
    watch = Watch(metrics, secret, on_loopback=not proxied)

    @asynccontextmanager
    async def life(_app: Litestar) -> AsyncIterator[None]:
        yield
        await asyncio.get_running_loop().run_in_executor(None, centre.close)

    def face(routes: list[Any], lifespan: list[Any]) -> App:
        app = Litestar(
            route_handlers=routes,
            dependencies={"centre": _always(centre), "pages": _always(pages), "watch": _always(watch)},
            lifespan=lifespan,
            exception_handlers={OperationalError: _not_now, HTTP_500_INTERNAL_SERVER_ERROR: _broken},
            request_max_body_size=ON_THE_WIRE,
            openapi_config=OpenAPIConfig(
                title="Miz-e Khedmat, the centre",
                version="1",
                path="/openapi.json",
                render_plugins=[JsonRenderPlugin(path="/")],
            )
            if join in routes
            else None,
        )
        return Watched(app, metrics)

    public = [form, look, scanned]
    desks = [join, whom_to_trust, push, ask_hash, pull, metrics_page, staff_pages(pages)]
    always = [healthz, readyz, static]
    return face([*always, *desks, *public], [life]), face([*always, *desks], [life]), face([*always, *public], [])


def make_app(store: Store, clock: Callable[[], int]) -> App:
    """The whole centre on one port."""
    return make_apps(store, clock)[0]


def _always(thing: object) -> Provide:
    return Provide(lambda: thing, sync_to_thread=False, use_cache=True)
