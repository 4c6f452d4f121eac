"""What any page asks of the desk about papers: bring one out, follow it, write it as a file, show it as a picture;
and of voiding, after which none comes out.

Everything here runs behind the doors, never on the GUI thread.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.desk.desk import Desk
    from app.desk.people import Session
    from app.desk.spool import Came, Hand, Waiting
    from models.receipt import ReceiptValues
    from models.records import Request
    from printing.picture import Picture
    from printing.printers import Queue, Report
    from ui.second.presenter import SecondPerson

WIDTH_INCHES = {"a5": 148 / 25.4, "a4": 297 / 25.4, "roll80": 72 / 25.4}
"""How wide the page of each paper is; an A4 lies."""


class PaperActs:
    """The desk's papers, for one signed-in person. Any method may raise `StoreError`."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self.desk, self.session = desk, session

    def has_printer(self) -> bool:
        """Whether a receipt of the usual paper goes to a printer."""
        from app.desk.printers import printers

        known = printers(self.desk)
        return known.paper in known.defaults

    def other_queues(self, tracking_code: str) -> tuple[Queue, ...]:
        """The printers that this request's paper could go to instead. Asks the operating system, which may be slow."""
        from app.desk.printers import default_queue, printers, queues
        from app.desk.spool import waiting

        default = default_queue(self.desk, printers(self.desk).paper)
        gone_to = {paper.queue for paper in waiting(self.desk, tracking_code) if paper.queue}
        here = gone_to or {default.name if default else ""}
        return tuple(queue for queue in queues(self.desk) if queue.name not in here)

    def print_receipt(
        self, tracking_code: str, told: Callable[[Report], None], hand: Hand, queue: Queue | None = None
    ) -> Came | None:
        """Prints the next paper, at the usual printer unless told otherwise; returns when it is known what became of
        it. None without a printer to go to. Raises like `spool.print_receipt`.
        """
        from app.desk import spool
        from app.desk.printers import default_queue, paper_for, printers

        queue = queue or default_queue(self.desk, printers(self.desk).paper)
        if queue is None:
            return None
        paper, actor = paper_for(self.desk, queue), self.session.person.id
        return spool.print_receipt(self.desk, tracking_code, queue, actor=actor, paper=paper, told=told, hand=hand)

    def follow_paper(self, attempt: UUID, told: Callable[[Report], None], hand: Hand) -> Came | None:
        from app.desk import spool

        return spool.follow(self.desk, attempt, actor=self.session.person.id, told=told, hand=hand)

    def waiting_papers(self) -> list[Waiting]:
        from app.desk.spool import waiting

        return waiting(self.desk)

    def say_whether_it_came_out(self, tracking_code: str, came_out: bool) -> None:
        """Of the one paper of this request that nobody knows of; nothing, where somebody has said so meanwhile."""
        from app.desk import spool

        for paper in spool.waiting(self.desk, tracking_code):
            if paper.outcome == "unknown":
                actor = self.session.person.id
                spool.say_whether_it_came_out(self.desk, paper.request, paper.attempt, came_out, actor)

    def picture(self, values: ReceiptValues, width: int, paper: str = "a5", template: int | None = None) -> Picture:
        """The receipt's page, `width` pixels wide: the very PDF that will come out, seen."""
        from app.desk.emblem import with_drawing
        from models.receipt import TEMPLATE
        from printing.picture import page_image
        from printing.receipt import render_receipt

        pdf = render_receipt(with_drawing(self.desk, values), paper, TEMPLATE if template is None else template)
        return page_image(pdf, width / WIDTH_INCHES[paper])

    def save_receipt(self, tracking_code: str, folder: Path) -> Path:
        """Writes the receipt as a PDF into the folder, which confirms the paper. Raises `OSError` as well."""
        from app.desk.receipts import write_receipt

        folder.mkdir(parents=True, exist_ok=True)
        out = folder / f"{tracking_code}.pdf"
        write_receipt(self.desk, tracking_code, out, actor=self.session.person.id)
        return out

    def void(self, tracking_code: str, second: SecondPerson) -> Request:
        """Voids the visit with the second person's word. Raises `SignInError`, and like `steps.void`."""
        from app.desk.people import approve
        from app.desk.steps import void

        approver = approve(self.desk, second.name, second.password, self.session)
        return void(self.desk, self.session, tracking_code, second.reason, approver)

    def decline_receipt(self, tracking_code: str, reason: str) -> Request:
        """The client takes no paper. Raises like `steps.decline_receipt`."""
        from app.desk.steps import decline_receipt

        return decline_receipt(self.desk, self.session, tracking_code, reason)
