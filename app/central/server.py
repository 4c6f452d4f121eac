"""The centre's ASGI program: what desks ask over the network. Handlers are thin; the work is done in threads."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.status_codes import HTTP_403_FORBIDDEN, HTTP_503_SERVICE_UNAVAILABLE

from app.central import trust
from app.central.asking import described
from app.central.centre import Centre
from app.central.desk_routes import ask_hash, join, pull, push
from app.central.enrolment import PUSHES
from app.central.file_routes import file_stands, read_part, send_part
from app.central.metrics import TYPE, Metrics, stored
from app.central.mishaps import mishaps
from app.central.pages import Pages, static
from app.central.patience import Watched
from app.central.public import form, look, scanned
from app.central.staff.routes import staff_pages
from app.central.store import Store
from app.wire.files import AskFile, ReadPart, SendPart
from app.wire.messages import Ask, Enrol, Pull, Push
from app.wire.packing import ON_THE_WIRE
from resources.words import language

_MESSAGES = (Enrol, Push, Ask, Pull, AskFile, SendPart, ReadPart)


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


_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


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
        passed_on = any(name in request.headers for name in _PASSED_ON)  # by a proxy of which nobody told us
        return self.on_loopback and not self.secret and host in ("127.0.0.1", "::1") and not passed_on


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


def make_apps(
    store: Store, clock: Callable[[], int], secret: str = "", *, proxied: bool = False, pushes: int = PUSHES
) -> tuple[Watched, Watched, Watched]:
    """Three faces of one centre: everything; all but the public pages; the public pages alone. Listen with the first,
    or with the other two. `secret` opens the metrics from elsewhere; behind a proxy nobody sees them without it.
    `pushes` is how many a desk may make in `PUSHES_SECONDS`."""
    centre, pages, metrics = Centre(store, clock, pushes), Pages(language()), Metrics()
    watch = Watch(metrics, secret, on_loopback=not proxied)

    open_doors = 0

    @asynccontextmanager
    async def life(_app: Litestar) -> AsyncIterator[None]:
        nonlocal open_doors
        open_doors += 1
        yield
        open_doors -= 1
        if not open_doors:  # whoever goes last
            await asyncio.get_running_loop().run_in_executor(None, centre.close)

    def face(routes: list[Any]) -> Watched:
        app = Litestar(
            route_handlers=routes,
            dependencies={"centre": _always(centre), "pages": _always(pages), "watch": _always(watch)},
            lifespan=[life],
            state=State({"centre": centre}),
            exception_handlers=mishaps(pages),
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
        if app.openapi_config:
            parts = app.openapi_schema.components
            parts.schemas = {**(parts.schemas or {}), **described(*_MESSAGES)}
        return Watched(app, metrics, centre.leave)

    public = [form, look, scanned]
    desks = [
        join,
        whom_to_trust,
        push,
        ask_hash,
        pull,
        file_stands,
        send_part,
        read_part,
        metrics_page,
        staff_pages(pages),
    ]
    always = [healthz, readyz, static]
    return face([*always, *desks, *public]), face([*always, *desks]), face([*always, *public])


def make_app(store: Store, clock: Callable[[], int], **how: Any) -> Watched:
    """The whole centre on one port; `how` as in `make_apps`."""
    return make_apps(store, clock, **how)[0]


def _always(thing: object) -> Provide:
    return Provide(lambda: thing, sync_to_thread=False, use_cache=True)
