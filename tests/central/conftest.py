"""A real centre: a server process's program on a real port, on either database."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.central.ports import Door, Listening, new_loop
from app.central.server import make_app
from app.central.store import Store
from models.calendar import now_us
from tests.book.conftest import book

__all__ = ["book"]


class Served:
    """A centre that listens; `url` is where."""

    def __init__(
        self, store: Store, clock: Callable[[], int] = now_us, proxy: str | None = None, tls: Any = (), **how: Any
    ) -> None:
        self.store, self.clock = store, clock
        self._clients: list[httpx.Client] = []
        self._server = Listening(make_app(store, clock, **how), Door("127.0.0.1", 0, *map(str, tls)), proxy)
        self.listening = self._server.socket
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def connection(self, token: str) -> httpx.Client:
        """A desk's end of the line; closed with the centre."""
        made = httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=40)
        self.closes(made)
        return made

    def closes(self, client: httpx.Client) -> None:
        """The client is closed with the centre."""
        self._clients.append(client)

    @property
    def routes(self) -> list[Any]:
        """What may be asked."""
        return list(self._server.watched.app.routes)  # type: ignore[attr-defined]

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._server.server_state.connections)

    @property
    def asked(self) -> int:
        """How many questions are being answered."""
        return len(self._server.server_state.tasks)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(self._server.listen())

    def stop(self) -> None:
        for client in self._clients:
            client.close()
        self.end()

    def end(self) -> None:
        """As a process that is told to end."""
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    made = Store(url)
    made.bring_up_to_date()
    yield made
    made.close()


@pytest.fixture
def centre(store: Store) -> Iterator[Served]:
    served = Served(store)
    yield served
    served.stop()
