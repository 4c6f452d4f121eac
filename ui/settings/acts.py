"""What the settings ask of the desk. Everything here runs behind the doors, never on the GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.desk.desk import Desk
    from app.desk.people import Session
    from app.desk.printers import Printers
    from app.wire.messages import Enrolled
    from printing.printers import Queue, Report

TEST_SECONDS = 60
_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


class Known(NamedTuple):
    """The printers that can be named here, and what the desk has settled about them."""

    queues: tuple[Queue, ...]
    settings: Printers


class Asked(NamedTuple):
    """What a printer said of itself: whether it answered, and its papers; None where it does not say."""

    name: str
    answers: bool
    papers: tuple[str, ...] | None


class Acts:
    """For one signed-in person; the desk checks once more what they may. Methods raise `StoreError`, `PrinterError`."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self.desk, self.session = desk, session

    @property
    def may_change_printers(self) -> bool:
        return self.session.may("administrator")

    @property
    def may_join(self) -> bool:
        return self.session.may("administrator")

    def join(self, address: str, code: str, certificate: Path | None) -> Enrolled:
        """Raises `JoinError`."""
        from app.desk.link.admission import ask_to_join

        return ask_to_join(self.desk, address, code, certificate, self.session)

    def version(self) -> str:
        """Which version of the program this is, empty where nobody knows."""
        import tomllib

        try:
            project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
        except (OSError, ValueError, KeyError):
            return ""
        return str(project["version"])

    def known(self) -> Known:
        """Asks the operating system, which may be slow."""
        from app.desk.printers import printers, queues

        return Known(tuple(queues(self.desk)), printers(self.desk))

    def ask(self, queues: tuple[Queue, ...], told: Callable[[object], None]) -> None:
        """Asks each printer what it can; what it says is told one by one."""
        from printing.printers import PAPERS, Unreachable, open_printer

        for queue in queues:
            try:
                papers = open_printer(queue).papers()
            except (Unreachable, ValueError):
                told(Asked(queue.name, answers=False, papers=None))
            else:
                told(Asked(queue.name, True, None if papers is None else tuple(p for p in PAPERS if p in papers)))

    def add(self, name: str, address: str) -> None:
        from app.desk.printers import add_printer

        add_printer(self.desk, self.session, name, address)

    def remove(self, name: str) -> None:
        from app.desk.printers import remove_printer

        remove_printer(self.desk, self.session, name)

    def set_default(self, paper: str, name: str) -> None:
        from app.desk.printers import set_default

        set_default(self.desk, self.session, paper, name)

    def set_usual_paper(self, paper: str) -> None:
        from app.desk.printers import set_usual_paper

        set_usual_paper(self.desk, self.session, paper)

    def print_test_page(self, name: str) -> tuple[str, Report]:
        from app.desk.other_papers import print_test_page
        from app.desk.printers import paper_for, queue

        found = queue(self.desk, name)
        return name, print_test_page(self.desk, found, paper_for(self.desk, found), TEST_SECONDS)
