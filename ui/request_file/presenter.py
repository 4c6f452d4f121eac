"""The files page without its glass: what is open, and what a clerk does with it. No Qt here."""

from pathlib import Path
from typing import TYPE_CHECKING

from resources.words import _
from ui.counter.papers import NO_PRINTER, Slip
from ui.request_file.reading import Reading

if TYPE_CHECKING:
    from app.desk.files import Numbers
    from models.records import Request
    from ui.second.presenter import SecondPerson


class Files(Reading):
    """The whole page. Its verbs beyond reading: a paper once more, the whole number, voiding, and the ways on."""

    _last_slip: tuple[str, str] = ("", "")

    @property
    def slip(self) -> Slip | None:
        """The printer's paper of the open file, as far as this window followed it; None where there is none."""
        if self.file is None:
            return None
        slip = self.papers.of(self.file.request.tracking_code)
        return None if slip is not None and slip.state == NO_PRINTER else slip

    @property
    def may_print(self) -> bool:
        """Whether another paper may be brought out now."""
        if self.file is None or not self.acts.may_serve or self.file.request.state == "voided":
            return False
        slip = self.slip
        return not self.is_writing and not (slip is not None and (slip.is_moving or slip.asks))

    @property
    def may_void(self) -> bool:
        from models.entries import RequestVoided
        from models.folds import is_allowed

        return self.file is not None and self.acts.may_serve and is_allowed(self.file.request.state, RequestVoided)

    @property
    def goes_to_file(self) -> bool:
        """F12 writes a file, because the desk has no printer or it is gone."""
        code = self.file.request.tracking_code if self.file is not None else ""
        slip = self.papers.of(code)
        return not self.prints or (slip is not None and slip.state == NO_PRINTER)

    # --- the paper -------------------------------------------------------------------------------------------------

    def reprint(self) -> None:
        """F12: the next paper from the printer, a duplicate once one is out; without a printer the file."""
        if self.file is None or not self.may_print:
            return
        self.close_choices()
        if self.goes_to_file:
            self.save_paper()
        else:
            request = self.file.request
            self.papers.print(self.acts, request.tracking_code, request.said.display_name)

    def save_paper(self) -> None:
        """Writes the next paper as a PDF file."""
        if self.file is None or not self.may_print:
            return
        code, folder = self.file.request.tracking_code, self.receipts
        self.papers.drop(code)
        self.is_writing, self.written = True, None
        self.doors.change(self, "_paper_saved", lambda: self.acts.save_receipt(code, folder), failed="_paper_failed")
        self.changed()

    def take_paper_back(self) -> None:
        if self.slip is not None:
            self.slip.take_back()

    def say_it_came_out(self, came_out: bool) -> None:
        if self.slip is not None:
            self.slip.answer(self.acts, came_out)

    def _paper_saved(self, file: Path) -> None:
        self.is_writing = False
        if self.file is not None and self.file.request.tracking_code == file.stem:
            self.written = file
            self._read_again()
        self.changed()

    def _paper_failed(self, error: Exception) -> None:
        self.is_writing = False
        self.banner = self._trouble(error, _("The receipt could not be written."), "danger")
        self.changed()

    def _papers_changed(self) -> None:
        """What became of the paper is in the book by now: the file is read anew."""
        slip = self.slip
        now = (slip.tracking_code, slip.state) if slip is not None else ("", "")
        if now != self._last_slip:
            self._last_slip = now
            if slip is not None and not slip.is_moving:
                self._read_again()
        self.changed()

    # --- the whole number, and voiding -----------------------------------------------------------------------------

    def show_full_number(self) -> None:
        """The whole identity number, once the book says that it was shown; pressed again it is covered."""
        if self.file is None:
            return
        if self.numbers is not None:
            self.numbers = None
            self.changed()
            return
        code = self.file.request.tracking_code
        self.doors.change(self, "_numbers_read", lambda: (code, self.acts.full_numbers(code)), failed="_no_numbers")

    def _numbers_read(self, answer: "tuple[str, Numbers]") -> None:
        code, numbers = answer
        if self.file is not None and self.file.request.tracking_code == code:
            self.numbers = numbers
            self.changed()

    def _no_numbers(self, error: Exception) -> None:
        self.banner = self._trouble(error, _("The whole number is shown only once the book says so."), "danger")
        self.changed()

    def void(self) -> None:
        """«Void»: registered by mistake; takes a second person and a reason."""
        if self.file is None or not self.may_void:
            return
        code = self.file.request.tracking_code

        def act(second: "SecondPerson") -> "Request":
            return self.acts.void(code, second)

        self.shell.ask_second(
            _("Void this registration"), act, self._voided, hint=_("Take the paper receipt back from the client.")
        )

    def _voided(self, request: "Request") -> None:
        self.papers.unwanted(request.tracking_code)
        self.shell.toast(_("The registration is voided"))
        self._read_again()
        self.changed()

    # --- the ways on -----------------------------------------------------------------------------------------------

    def another_service(self) -> None:
        """Another service for the same person, at the counter."""
        if self.acts.may_serve:
            if self.file is not None:
                self.shell.open_counter(self.file.request.client)
            elif self.listing is not None:
                self.shell.open_counter(self.listing.client)

    def continue_guided(self) -> None:
        """Who was guided has come back: a new visit that continues this one."""
        if self.file is not None and self.file.request.state == "guided" and self.acts.may_serve:
            self.shell.open_counter(self.file.request.client, self.file.request.tracking_code)

    def list_all(self) -> None:
        """All requests of the open file's client."""
        if self.file is not None:
            client = self.file.request.client
            self._shut_file()
            self._list(client)

    def open_continued(self) -> None:
        """The guided visit that this one continues."""
        if self.file is not None and self.file.request.continues:
            self._open(self.file.request.continues)

    def look_at_counter(self) -> None:
        """What was not found here is looked for at the counter, where somebody new begins."""
        self.shell.find(self.text.strip())
