"""What the centre bears from whoever connects: slow, large, many and malformed, all bounded in memory and in time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any

from litestar.exceptions import ClientException
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.central.metrics import Metrics

HEAD_BYTES, HEAD_SECONDS = 32 << 10, 10.0
"""Most that may come before a request's body, and how long it may take."""
AFTERWARDS = 4 << 20
"""Bytes of a refused body that are still read and thrown away, so that the refusal arrives."""
GRACE_SECONDS, SLOWEST = 20.0, 2_048
"""A body may take so long, and from then on must have come at so many bytes a second; an answer must be read so."""
IDLE_SECONDS = 60.0
"""How long a connection is kept on which nothing is asked."""
MOST_CONNECTIONS = 2_000
"""Of one door. Beyond it whoever has waited longest without asking makes room."""
PIECE = 64 << 10
"""Bytes of an answer that are handed over at a time: no more of it waits in memory for a slow reader."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cache-control": b"no-store",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}
"""What every answer says unless it says something else of it."""
log = logging.getLogger(__name__)


class TooSlow(ClientException):
    status_code = 408


class Gone(ClientException):
    """Whoever asked hung up before the question was whole."""

    status_code = 400


class Watched:
    """Around a program: bodies must come in time and answers be taken in time; what was answered is counted and logged
    by route, not by address. `leave` tells the program that its end has come."""

    def __init__(self, app: App, metrics: Metrics, leave: Callable[[], None]) -> None:
        self.app, self._metrics, self.leave = app, metrics, leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status, asked = time.monotonic(), 500, 0.0
        came, whole, answered, unread = 0, False, 0.0, False

        async def in_time() -> Any:
            nonlocal came, whole, asked
            if whole:
                return await receive()
            asked = asked or time.monotonic()
            try:
                async with asyncio.timeout(asked + GRACE_SECONDS + came / SLOWEST - time.monotonic()):
                    said = await receive()
            except TimeoutError:
                raise TooSlow from None
            if said["type"] == "http.disconnect":
                raise Gone
            came += len(said.get("body", b""))
            whole = not said.get("more_body", False)
            return said

        async def taken(message: Any) -> None:
            nonlocal status, answered, unread
            if message["type"] == "http.response.start":
                status, answered = message["status"], time.monotonic()
                message = {**message, "headers": _complete(message.get("headers", ()))}
            for piece in _pieces(message):
                if unread:
                    return  # an answer that is never whole: the connection is closed
                try:
                    async with asyncio.timeout(answered + GRACE_SECONDS - time.monotonic()):
                        await send(piece)
                except TimeoutError:
                    unread = True
                answered += len(piece.get("body", b"")) / SLOWEST

        try:
            await self.app(scope, in_time, taken)
        finally:
            seconds = time.monotonic() - began
            route = str(scope.get("path_template") or "none")
            self._metrics.note(route, status, seconds)
            how = {"route": route, "status": status, "milliseconds": round(seconds * 1_000, 1)}
            log.info("answered", extra=how)


def _complete(headers: Any) -> list[tuple[bytes, bytes]]:
    said = list(headers)
    names = {name.lower() for name, _value in said}
    return said + [(name, value) for name, value in HEADERS.items() if name not in names]


def _pieces(message: Any) -> Iterator[Any]:
    body = message.get("body", b"")
    if len(body) <= PIECE:
        yield message
        return
    last = (len(body) - 1) // PIECE * PIECE
    for start in range(0, len(body), PIECE):
        more = start < last or message.get("more_body", False)
        yield {**message, "body": body[start : start + PIECE], "more_body": more}


class _Refused(Exception):
    """Ends a connection from within the parser."""


class Patience(HttpToolsProtocol):
    """A connection on which one thing at a time is asked, briefly and in time. Heads, and what comes after a refusal,
    are bounded here; bodies and answers, which the program sees, in `Watched`."""

    _head, _rest, _since, _closes = 0, 0, 0.0, False
    cycle: Any  # None before the first question

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS:
            quiet = [each for each in self.connections if isinstance(each, Patience) and each._is_quiet]
            min(quiet, key=lambda each: (each.cycle is not None, each._since), default=self).transport.abort()

    def look(self) -> None:
        """To be called every second: drops a connection that has had its time."""
        if self.transport.is_closing():
            if not self._closes:
                self._closes, self._since = True, self.loop.time()
        elif not self._is_quiet:
            return
        between = self.cycle is not None and not self._head and not self.cycle.more_body and not self._closes
        if self.loop.time() - self._since > (IDLE_SECONDS if between else HEAD_SECONDS):
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._is_quiet:
            refused = self.cycle is not None and self.cycle.more_body
            if refused:
                self._rest += len(data)
            else:
                if not self._head:
                    self._since = self.loop.time()
                self._head += len(data)
            if self._rest > AFTERWARDS:
                self.transport.abort()
                return
        super().data_received(data)
        if self._head > HEAD_BYTES and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 431 Too long\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            self.transport.close()

    @property
    def _is_quiet(self) -> bool:
        """Nobody works for this connection."""
        return self.cycle is None or bool(self.cycle.response_complete)

    # --- what the parser finds ---------------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        if not self._is_quiet:
            raise _Refused  # one question at a time: what would wait here has no bound
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > HEAD_BYTES:
            raise _Refused
        super().on_headers_complete()
        self._head, self._rest = 0, 0

    def on_message_complete(self) -> None:
        if self.cycle.response_complete:
            self.cycle.more_body = False
            self._rest = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self._since = self.loop.time()
        super().on_response_complete()
