"""What the figures of one run share: the filled desk, people to come, and the plain copy beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from app.desk.desk import Desk
from app.desk.people import Session
from tests.bench.filled import filled_desk, newcomers
from tests.bench.plain import PlainCopy, copied
from tests.bench.served import Served, both

MOST_SAMPLES = 2_000

Progress = Callable[[str, int, int], None]


class Ground:
    """Made when the first figure asks for it, in `folder`; close it when done."""

    def __init__(self, folder: Path, clients: int, requests: int, progress: Progress) -> None:
        self.folder, self.clients, self.requests, self.progress = folder, clients, requests, progress
        self.draw = Random(1405)
        self._closing = ExitStack()

    @property
    def samples(self) -> int:
        """How many acts of a kind are measured."""
        return min(MOST_SAMPLES, self.clients)

    @property
    def data(self) -> Path:
        """The filled desk's data folder."""
        return self.folder / f"desk-{self.clients}-{self.requests}"

    @cached_property
    def _filled(self) -> tuple[Desk, Session]:
        return filled_desk(self.data, self.clients, self.requests, self.progress)

    @property
    def desk(self) -> Desk:
        return self._filled[0]

    @property
    def session(self) -> Session:
        return self._filled[1]

    @cached_property
    def newcomers(self) -> Iterator[dict[str, Any]]:
        return newcomers(self.desk)

    @cached_property
    def plain(self) -> PlainCopy:
        return copied(self.desk, self.folder / "plain.db", self.progress)

    @cached_property
    def centres(self) -> tuple[Served, Served]:
        """On PostgreSQL and on SQLite, both listening; every figure takes offices of its own."""
        return self._closing.enter_context(both(self.folder))

    def close(self) -> None:
        """Lets go of the files, ends the centres, removes the plain copy."""
        self._closing.close()
        if "plain" in self.__dict__:
            self.plain.remove()
        if "_filled" in self.__dict__:
            self.desk.close()
