"""Printers for a counter's tests: doors that let a test say how a paper stands, and a machine that says it itself."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec
import pytest

from app.desk import printers, spool
from app.desk.desk import Desk
from app.desk.printers import KEPT, Printers
from app.desk.spool import Came
from printing.printers import Job, Queue, Report
from tests.ui.hand import AtOnce
from ui.doors import Job as Work
from ui.doors import PaperJob


def set_printer(desk: Desk, uri: str) -> None:
    """The desk's usual paper goes to the printer at this address."""
    with desk.store.writing() as connection:
        desk.store.keep(connection, KEPT, msgspec.json.encode(Printers({"counter": uri}, {"a5": "counter"})))


class OnItsWay(NamedTuple):
    """A paper that has been handed in; a test says what becomes of it."""

    told: Callable[[Report], None]
    done: Callable[[Came | None], None]
    failed: Callable[[Exception], None]


class AtThePrinter(AtOnce):
    """Doors that do all other work at once and keep the papers, the latest at the end of `papers`."""

    def __init__(self) -> None:
        super().__init__()
        self.papers: list[OnItsWay] = []

    def paper(self, owner: object, done: str, job: PaperJob, *, told: str, failed: str, leave: Work) -> None:
        self.papers.append(OnItsWay(getattr(owner, told), getattr(owner, done), getattr(owner, failed)))

    def say(self, state: str, reason: str = "") -> None:
        self.papers[-1].told(Report(state, reason))

    def end(self, outcome: str, reason: str = "") -> None:
        self.papers[-1].done(Came(0, outcome, reason))


class Moody:
    """A printer that takes everything and says of it what stands in `word`."""

    def __init__(self, word: Report) -> None:
        self.word = word
        self.sent: list[str] = []

    def papers(self) -> frozenset[str] | None:
        return frozenset({"a5"})

    def send(self, title: str, pdf: bytes, paper: str) -> Job:
        assert title not in self.sent, "the same paper twice"
        self.sent.append(title)
        return Job(title, title)

    def find(self, title: str) -> Job | None:
        return Job(title, title) if title in self.sent else None

    def report(self, job: Job) -> Report:
        return self.word

    def cancel(self, job: Job) -> None:
        self.word = Report("failed", "canceled")


def put_up(desk: Desk, printer: Moody, monkeypatch: pytest.MonkeyPatch) -> None:
    """This printer stands at the counter."""

    def printer_of(queue: Queue) -> Moody:
        return printer

    set_printer(desk, "ipp://printer.example/ipp/print")
    monkeypatch.setattr(printers, "printer_of", printer_of)
    monkeypatch.setattr(spool, "printer_of", printer_of)
