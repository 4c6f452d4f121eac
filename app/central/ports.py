"""Where the centre listens, and how it ends."""

from __future__ import annotations

import asyncio
import signal
import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import uvicorn

from app.central.patience import HEAD_SECONDS, IDLE_SECONDS, MOST_CONNECTIONS, Patience, Watched

ENDING_SECONDS = 30
"""How long an answer under way may still take at the end."""
LOOKS_EVERY = 1.0
_OTHER_FILES = 500


class BadCertificate(Exception):
    """A certificate or its key that cannot be read, or that do not belong together."""


class Door(NamedTuple):
    """One port; with both files it speaks TLS."""

    host: str
    port: int
    certificate: str | None = None
    key: str | None = None


class Listening(uvicorn.Server):
    """One door, open until `should_exit`. Its program hears of the end first, so that whoever waits for news is
    answered."""

    def __init__(self, app: Watched, door: Door, proxy: str | None = None) -> None:
        """Takes the port. `proxy` is the address of the one proxy that is believed about who asks. Raises
        `BadCertificate`, and OSError for a port that cannot be had."""
        self.watched = app
        self._tls = _tls(door)
        super().__init__(_config(app, proxy))
        family = socket.AF_INET6 if ":" in door.host else socket.AF_INET
        self.socket = socket.create_server((door.host, door.port), family=family, backlog=self.config.backlog)

    async def listen(self) -> None:
        await self.serve([self.socket])

    async def startup(self, sockets: Any = None) -> None:
        await self.lifespan.startup()
        if self.lifespan.should_exit:
            raise RuntimeError("The centre's program did not start.")
        loop, state = asyncio.get_running_loop(), self.lifespan.state

        def connection() -> Patience:
            return Patience(self.config, self.server_state, state, loop)

        how: dict[str, Any] = {"sock": self.socket, "backlog": self.config.backlog}
        if self._tls is not None:
            how |= {"ssl": self._tls, "ssl_handshake_timeout": HEAD_SECONDS, "ssl_shutdown_timeout": HEAD_SECONDS}
        server = await loop.create_server(connection, **how)
        self.servers = [server]
        self._looking = loop.create_task(self._look())
        self.started = True

    async def shutdown(self, sockets: Any = None) -> None:
        self.watched.leave()
        await super().shutdown(sockets)
        self._looking.cancel()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            for connection in list(self.server_state.connections):
                if isinstance(connection, Patience):
                    connection.look()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # all doors close together: see `_listen`


def serve(doors: list[Listening]) -> None:
    """Until the process is told to end; what is under way is answered then, and nothing new taken."""
    _allow_files(len(doors) * MOST_CONNECTIONS + _OTHER_FILES)
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_listen(doors))


def new_loop() -> asyncio.AbstractEventLoop:
    """The one that the centre runs on."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()


def _allow_files(wanted: int) -> None:
    """Connections are files, and a process may often have 1,024 of them."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))


def _tls(door: Door) -> ssl.SSLContext | None:
    if door.certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(door.certificate, door.key)
    except OSError:
        raise BadCertificate from None
    return context


def _config(app: Watched, proxy: str | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=Patience,
        ws="none",
        loop="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy or "",
        timeout_keep_alive=int(IDLE_SECONDS),
        timeout_graceful_shutdown=ENDING_SECONDS,
    )


async def _listen(doors: list[Listening]) -> None:
    def end(*_signal: object) -> None:
        for door in doors:
            door.should_exit = True

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
    await asyncio.gather(*(door.listen() for door in doors))
