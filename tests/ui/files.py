"""The files page without its glass, for tests, and a window that remembers what it was asked for."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.services import services
from models.calendar import business_day
from tests.desk.counter import PASSWORD, SUPERVISOR
from tests.ui.hand import AtOnce
from ui.counter.papers import Papers
from ui.request_file.acts import Acts
from ui.request_file.happenings import nodes_of
from ui.request_file.presenter import Files
from ui.second.presenter import SecondPerson
from ui.shell import NoShell


class Heard(NoShell):
    """A window that remembers what it was asked for, and whose second person says yes."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def open_counter(self, client: UUID | None = None, continues: str = "") -> None:
        self.asked.append(("counter", client, continues))

    def find(self, text: str) -> None:
        self.asked.append(("find", text))

    def toast(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        self.asked.append(("toast", text))

    def ask_second(
        self,
        what: str,
        act: Callable[[SecondPerson], object],
        done: Callable[[Any], None] = lambda result: None,
        *,
        reason: bool = True,
        hint: str = "",
    ) -> None:
        self.asked.append(("second", what, reason))
        done(act(SecondPerson(SUPERVISOR, PASSWORD, "اشتباه ثبت شد")))


def page_of(desk: Desk, session: Session, tmp_path: Path, doors: AtOnce | None = None) -> Files:
    doors = doors or AtOnce()
    presenter = Files(Acts(desk, session), doors, Heard(), Papers(doors), tmp_path / "receipts")
    presenter.start()
    return presenter


def heard(files: Files) -> list[tuple[Any, ...]]:
    assert isinstance(files.shell, Heard)
    return files.shell.asked


def heads(files: Files) -> list[str]:
    assert files.file is not None
    return [node.head for node in nodes_of(files.file)]


def all_papers(desk: Desk) -> list[str]:
    """Every paper that the usual service needs."""
    return list(next(service for service in services(desk) if service.offered.code == "101").documents)


def today(desk: Desk) -> datetime.date:
    return business_day(desk.clock())
