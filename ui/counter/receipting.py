"""What becomes of the receipt after registering: the printer where the desk has one, else a file, or none is wanted."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from printing.printers.reports import PRINTED, UNKNOWN
from resources.words import _
from ui.counter.arriving import Arriving
from ui.counter.elsewhere import NOTICE, Elsewhere
from ui.counter.papers import NO_PRINTER, Slip
from ui.counter.saved import Saved
from ui.counter.serving import Serving
from ui.trouble import trouble_of

if TYPE_CHECKING:
    from app.desk.spool import Waiting
    from models.records import Request

OUT = frozenset({"saved", "print-printed", "print-unknown", "print-printing", "print-delivered"})
"""Papers that the client has, or may have."""


class Receipting(Serving, Elsewhere, Arriving):
    """The verbs of the saved page, and of the banner about papers left behind."""

    is_declining = False
    """The reason is being written why the client takes no paper."""
    declined_problem = ""
    _stuck: frozenset[Slip] = frozenset()
    """The papers that stuck when last looked at."""

    def clear(self) -> None:
        super().clear()
        self.close_choices()
        self.is_declining, self.declined_problem = False, ""

    @property
    def slip(self) -> Slip | None:
        """The printer's paper of the visit on the page; None where it goes to a file."""
        return self.papers.of(self.saved.tracking_code) if self.saved is not None and self.saved.prints else None

    @property
    def paper_stands(self) -> str:
        """How the paper of the page stands: the file's word, or `print-` and the slip's; `print-delivered` where the
        printer was handed it and says no more."""
        saved, slip = self.saved, self.slip
        if slip is None:
            return saved.paper if saved is not None else ""
        return "print-delivered" if slip.is_delivered and not slip.asks else f"print-{slip.state}"

    @property
    def paper_word(self) -> str:
        """What the clerk is to do with the paper that is out."""
        if self.saved is None or self.paper_stands not in OUT:
            return ""
        if self.saved.is_voided:
            return _("Take the paper receipt back from the client.")
        return _("Give the receipt to the client") if self.paper_stands in ("saved", "print-printed") else ""

    @property
    def notice(self) -> Slip | None:
        """A paper that wants a look and is not on the page."""
        return self.papers.to_look_at(self.saved.tracking_code if self.saved is not None else "")

    @property
    def may_decline(self) -> bool:
        """The client's paper is not out yet, and may be one that is never wanted."""
        saved, slip = self.saved, self.slip
        if saved is None or saved.is_voided or saved.is_declined or saved.outcome == "guided":
            return False
        return saved.paper in ("waiting", "failed") and (slip is None or slip.state not in (PRINTED, UNKNOWN))

    def look_at_papers(self) -> None:
        """What had left or was uncertain when the program ended."""
        self.papers.watch(self, self._papers_changed)
        self.watch_line()
        self.doors.read(self, "_papers_read", self.acts.waiting_papers, failed="_read_failed")

    def leave(self) -> None:
        """The clerk signs out: papers go on, this page is not told of them any more."""
        self.papers.unwatch(self)
        self.leave_line()

    def _papers_read(self, waiting: "list[Waiting]") -> None:
        self.papers.take_up(self.acts, waiting)
        self.changed()

    def _papers_changed(self) -> None:
        slip = self.slip
        if self.saved is not None and slip is not None and slip.state == NO_PRINTER:
            self.saved = replace(self.saved, prints=False)
        self._say_what_came_out(slip)
        self.changed()

    def _say_what_came_out(self, on_page: Slip | None) -> None:
        """A passing word for a paper that stuck and is out at last, while the clerk is at something else."""
        stuck = frozenset(self.papers.stuck())
        for slip in self._stuck - stuck:
            if slip.state == PRINTED and slip is not on_page:
                self.shell.toast(_("The receipt of {name} is printed").format(name=slip.name))
        self._stuck = stuck

    # --- paper ---------------------------------------------------------------------------------------------------

    def bring_paper(self) -> None:
        """F12: the next paper from the printer, a duplicate once one is out; without a printer the file."""
        saved = self.saved
        if saved is None or saved.is_voided:
            return
        self.close_choices()
        if saved.prints:
            self.papers.print(self.acts, saved.tracking_code, saved.person)
        else:
            self.save_paper()

    def save_paper(self) -> None:
        """Write the receipt as a PDF file; done once, a second file would be a duplicate."""
        saved, slip = self.saved, self.slip
        if saved is None or saved.is_voided or saved.paper not in ("waiting", "failed", "none"):
            return
        if slip is not None and (slip.is_moving or slip.state == UNKNOWN):
            return
        self.papers.drop(saved.tracking_code)
        self._paper(paper="writing", prints=False)
        code, folder = saved.tracking_code, self.receipts
        self.doors.change(self, "_paper_saved", lambda: self.acts.save_receipt(code, folder), failed="_paper_failed")

    def _paper(self, **news: Any) -> None:
        if self.saved is not None:
            self.saved = replace(self.saved, **news)
        self.changed()

    def _paper_saved(self, file: Path) -> None:
        if self.saved is not None and self.saved.tracking_code == file.stem:
            self._paper(paper="saved", file=file)

    def _paper_failed(self, error: Exception) -> None:
        self.banner = trouble_of(error, _("The receipt could not be written."))
        self._paper(paper="failed")

    def take_paper_back(self) -> None:
        if self.slip is not None:
            self.slip.take_back()

    def say_it_came_out(self, came_out: bool) -> None:
        if self.slip is not None:
            self.slip.answer(self.acts, came_out)

    def papers_that_stick(self) -> tuple[Slip, ...]:
        return tuple(self.papers.stuck())

    # --- no paper, no visit --------------------------------------------------------------------------------------

    def start_declining(self) -> None:
        """The client takes no paper: the reason is asked for in place."""
        if self.may_decline:
            self.is_declining, self.declined_problem, self.focus = True, "", "declined"
            self.changed()

    def decline(self, reason: str) -> None:
        saved = self.saved
        if saved is None or not self.may_decline:
            return
        if not reason.strip():
            self.declined_problem = _("Write the reason.")
            self.changed()
            return
        code = saved.tracking_code
        self.doors.change(self, "_declined", lambda: self.acts.decline_receipt(code, reason), failed="_not_declined")

    def stop_declining(self) -> None:
        self.is_declining, self.declined_problem, self.focus = False, "", "primary"
        self.changed()

    def _declined(self, request: "Request") -> None:
        self.papers.unwanted(request.tracking_code)
        if self.saved is not None and self.saved.tracking_code == request.tracking_code:
            self.saved = replace(self.saved, is_declined=True)
            self.stop_declining()

    def _not_declined(self, error: Exception) -> None:
        from app.desk.steps import StepRefused

        if isinstance(error, StepRefused):
            self.declined_problem = error.problem.message
        else:
            self.banner = trouble_of(error, _("That the client takes no paper was not written."))
        self.changed()

    def void(self) -> None:
        """The visit on the page was registered by mistake: two people take it back."""
        saved = self.saved
        if saved is None or saved.is_voided:
            return
        code = saved.tracking_code
        self.shell.ask_second(
            _("Void this registration"),
            lambda second: self.acts.void(code, second),
            self._voided,
            hint=_("Take the paper receipt back from the client."),
        )

    def _voided(self, request: "Request") -> None:
        self.papers.unwanted(request.tracking_code)
        if self.saved is not None and self.saved.tracking_code == request.tracking_code:
            self.close_choices()
            self.is_declining = False
            self.saved = replace(self.saved, is_voided=True)
            self.focus = "primary"
            self.look_at_centre(anew=True)
        self.look_at_today()
        self.changed()

    def open_saved_file(self) -> None:
        """The file of the visit on the page."""
        if self.saved is not None:
            self.shell.open_file(self.saved.tracking_code)

    # --- the banner about another visit's paper ------------------------------------------------------------------

    def act_on_notice(self, slip: Slip) -> None:
        """The banner's first button: yes, it came out; another printer; or back to the page of that visit."""
        if slip.state == UNKNOWN:
            slip.answer(self.acts, came_out=True)
        elif slip.is_stuck:
            self.choose_printer(NOTICE)
        elif slip.wants_a_look:
            code = slip.tracking_code
            self.doors.read(self, "_saved_again", lambda: self.acts.saved_visit(code), failed="_read_failed")

    def close_notice(self, slip: Slip) -> None:
        """The banner's second button: no, it did not come out; or: I know."""
        if slip.state == UNKNOWN:
            slip.answer(self.acts, came_out=False)
        if self.choosing == NOTICE:
            self.close_choices()
        for told in self.papers.stuck() if slip.is_stuck else (slip,):
            told.is_closed = True
        self.changed()

    def _saved_again(self, saved: Saved) -> None:
        """The page as it was after registering; what is being written meanwhile is set aside."""
        if self.busy:
            return
        self.set_aside()
        self.saved, self.banner, self.focus = saved, None, "primary"
        self.look_at_centre()
        self.changed()
