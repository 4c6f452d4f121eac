"""What becomes of the receipt after registering: the printer where the desk has one, else a file."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from printing.printers.reports import UNKNOWN
from resources.words import _
from ui.counter.papers import NO_PRINTER, Slip
from ui.counter.serving import Serving
from ui.counter.state import Saved
from ui.trouble import trouble_of

if TYPE_CHECKING:
    from app.desk.spool import Waiting


class Receipting(Serving):
    """The verbs of the saved page's paper, and of the banner about papers left behind."""

    @property
    def slip(self) -> Slip | None:
        """The printer's paper of the visit on the page; None where it goes to a file."""
        return self.papers.of(self.saved.tracking_code) if self.saved is not None and self.saved.prints else None

    @property
    def notice(self) -> Slip | None:
        """A paper that wants a look and is not on the page."""
        return self.papers.to_look_at(self.saved.tracking_code if self.saved is not None else "")

    def look_at_papers(self) -> None:
        """What had left or was uncertain when the program ended."""
        self.papers.watch(self, self._papers_changed)
        self.doors.read(self, "_papers_read", self.acts.waiting_papers, failed="_read_failed")

    def leave(self) -> None:
        """The clerk signs out: papers go on, this page is not told of them any more."""
        self.papers.unwatch(self)

    def _papers_read(self, waiting: "list[Waiting]") -> None:
        self.papers.take_up(self.acts, waiting)
        self.changed()

    def _papers_changed(self) -> None:
        slip = self.slip
        if self.saved is not None and slip is not None and slip.state == NO_PRINTER:
            self.saved = replace(self.saved, prints=False)
        self.changed()

    def bring_paper(self) -> None:
        """F12: the next paper from the printer, a duplicate once one is out; without a printer the file."""
        saved = self.saved
        if saved is not None and saved.prints:
            self.papers.print(self.acts, saved.tracking_code, saved.person)
        else:
            self.save_paper()

    def save_paper(self) -> None:
        """Write the receipt as a PDF file; done once, a second file would be a duplicate."""
        saved, slip = self.saved, self.slip
        if saved is None or saved.paper not in ("waiting", "failed", "none"):
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

    def act_on_notice(self, slip: Slip) -> None:
        """The banner's first button: yes, it came out; or back to the page of that visit."""
        if slip.state == UNKNOWN:
            slip.answer(self.acts, came_out=True)
        elif slip.wants_a_look:
            code = slip.tracking_code
            self.doors.read(self, "_saved_again", lambda: self.acts.saved_visit(code), failed="_read_failed")

    def close_notice(self, slip: Slip) -> None:
        """The banner's second button: no, it did not come out; or: I know."""
        if slip.state == UNKNOWN:
            slip.answer(self.acts, came_out=False)
        slip.is_closed = True
        self.changed()

    def _saved_again(self, saved: Saved) -> None:
        """The page as it was after registering; what is being written meanwhile is set aside."""
        if self.busy:
            return
        self.set_aside()
        self.saved, self.banner, self.focus = saved, None, "primary"
        self.changed()
