"""Opening one file: it is read, shown, and the book is told."""

from typing import TYPE_CHECKING

from resources.words import _
from ui.request_file.state import FilesState

if TYPE_CHECKING:
    from app.desk.files import File


class Opening(FilesState):
    """The verbs that open a request, wherever its code comes from."""

    def open_file(self, tracking_code: str) -> None:
        """One request, asked for from another page."""
        self._clear()
        self._open(tracking_code)

    def _open(self, code: str) -> None:
        self._shut_file()
        self.banner, self._wanted = None, code
        self._read_file(code)
        self.changed()

    def _read_file(self, code: str) -> None:
        self.doors.read(self, "_file_read", lambda: self.acts.open_file(code), failed="_file_failed", latest=True)

    def _file_read(self, file: "File") -> None:
        code = file.request.tracking_code
        if self._wanted == code:
            self._wanted = None
            self.focus = "file"
            self.doors.change(self, "_noted", lambda: self.acts.note_opening(code), failed="_not_noted")
        elif self.file is None or self.file.request.tracking_code != code:
            return  # the clerk has gone on to something else
        self.file = file
        self.changed()

    def _file_failed(self, error: Exception) -> None:
        if isinstance(self._wanted, str):
            self._failed(error, self._wanted)
        else:
            self._read_failed(error)

    def _noted(self, _nothing: None) -> None:
        pass

    def _not_noted(self, error: Exception) -> None:
        """Reading goes on; that the book does not know of it is said."""
        self.banner = self._trouble(error, _("The book could not be told that this file was opened."), "warn")
        self.changed()
