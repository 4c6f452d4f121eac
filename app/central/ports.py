"""Where the centre listens, and what it bears from whoever connects: slow, large and many."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import uvicorn
from litestar.exceptions import ClientException
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from app.central.metrics import Metrics

HEAD_BYTES, HEAD_SECONDS = 32 << 10, 10.0
"""Most that may come before a request's body, and how long it may take."""
AFTERWARDS = 4 << 20
"""Bytes of a refused body that are still read and thrown away, so that the refusal arrives."""
BODY_SECONDS = 30.0
MOST_CONNECTIONS = 2_000
ENDING_SECONDS = 30
"""How long an answer under way may still take at the end: longer than any that waits for news."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]
log = logging.getLogger(__name__)


class Door(NamedTuple):
    """One port; with both files it speaks TLS."""

    host: str
    port: int
    certificate: str | None = None
    key: str | None = None


class TooSlow(ClientException):
    status_code = 408


class Watched:
    """Around a program: its bodies must come in time, its answers are counted and logged by route, not by address."""

    def __init__(self, app: App, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, whole = time.monotonic(), 500, False

        async def in_time() -> Any:
            nonlocal whole
            if whole:
                return await receive()
            try:
                said = await asyncio.wait_for(receive(), max(0.0, began + BODY_SECONDS - time.monotonic()))
            except TimeoutError:
                raise TooSlow from None
            whole = not said.get("more_body", False)
            return said

        async def noted(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, in_time, noted)
        finally:
            seconds = time.monotonic() - began
            route = str(scope.get("path_template") or "none")
            self._metrics.note(route, status, seconds)
            how = {"route": route, "status": status, "milliseconds": round(seconds * 1_000, 1)}
            log.info("answered", extra=how)


class Patience(AutoHTTPProtocol):  # type: ignore[misc,valid-type]
    """A connection whose requests must begin in time and briefly; one that is neither is closed."""

    _read, _alarm = 0, None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        idle = before is None or before.response_complete
        if idle:
            self._await_head()
            self._read += len(data)
            refused = before is not None and before.more_body
            end = data.find(b"\r\n\r\n") if not refused else 0
            if (
                self._read > (AFTERWARDS if refused else HEAD_BYTES + (len(data) if end >= 0 else 0))
                or end > HEAD_BYTES
            ):
                self.transport.close()
                return
        super().data_received(data)
        if self.cycle is not before:
            self._read = 0
            self._at_rest()

    def connection_lost(self, exc: Exception | None) -> None:
        self._at_rest()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._alarm is None:
            self._alarm = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _at_rest(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # both doors close together: see `_listen`


def serve(doors: list[tuple[App, Door]], proxy: str | None = None) -> None:
    """Listens until the process is told to end; what is under way is answered then, and nothing new taken.

    `proxy` is the address of the one proxy that is believed about who asks.
    """
    servers = [_Server(_config(app, door, proxy)) for app, door in doors]
    asyncio.run(_listen(servers))


def _config(app: App, door: Door, proxy: str | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=door.host,
        port=door.port,
        ssl_certfile=door.certificate,
        ssl_keyfile=door.key,
        http=Patience,
        ws="none",
        loop="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy or "",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=ENDING_SECONDS,
    )


async def _listen(servers: list[_Server]) -> None:
    def end(*_signal: object) -> None:
        for server in servers:
            server.should_exit = True

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
    await asyncio.gather(*(server.serve() for server in servers))
