"""What the files page knows, and what it says when something cannot be read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from resources.words import _
from ui.counter.elsewhere import Elsewhere
from ui.counter.papers import Papers
from ui.doors import Doors
from ui.trouble import Trouble, trouble_of

if TYPE_CHECKING:
    from app.desk.client_files import FilesOf
    from app.desk.files import File, Numbers
    from app.desk.finding import Hit
    from ui.request_file.acts import Acts
    from ui.shell import Shell


@dataclass(frozen=True)
class Shut:
    """A file that is not opened, and why: `role`, `unit`, `missing` (not at this desk) or `client` (nobody of that
    id). `code` is the tracking code that was asked for."""

    why: str
    code: str = ""


class FilesState(Elsewhere):
    """State of the page. What is open lies in layers, each over the one before: the results of the find
    field, a client's requests, one file. `back` takes the topmost away; below the last one is the counter.

    `focus` names the part that should have the focus next (`find`, `file` or `primary`); the page takes it.
    """

    acts: "Acts"

    def __init__(self, acts: "Acts", doors: Doors, shell: "Shell", papers: Papers, receipts: Path) -> None:
        self.acts, self.doors, self.shell, self.papers, self.receipts = acts, doors, shell, papers, receipts
        self.changed: Callable[[], None] = lambda: None
        self.prints = False
        self.banner: Trouble | None = None
        self.focus = "find"
        self._wanted: UUID | str | None = None
        self._clear()

    def _clear(self) -> None:
        self.text = ""
        self.hits: tuple[Hit, ...] = ()
        self.marked = 0
        self.waits = False
        self._enter_waits = False
        self.listing: FilesOf | None = None
        self.marked_file = 0
        self._reads_more = False
        self._shut_file()

    def _shut_file(self) -> None:
        self.file: File | None = None
        self.shut: Shut | None = None
        self.numbers: Numbers | None = None
        self.written: Path | None = None
        self.is_writing = False
        self._wanted = None
        self.close_choices()

    @property
    def stage(self) -> str:
        """What the page shows: `file`, `shut`, `waiting`, `listing`, `found` or `empty`."""
        if self.file is not None:
            return "file"
        if self.shut is not None:
            return "shut"
        if self._wanted is not None:
            return "waiting"
        if self.listing is not None:
            return "listing"
        return "found" if self.text.strip() else "empty"

    def _failed(self, error: Exception, code: str) -> None:
        from app.desk.files import NotForYou
        from app.desk.receipts import NoSuchRequest

        self._wanted = None
        if isinstance(error, NotForYou):
            self.shut = Shut(error.code, code)
        elif isinstance(error, NoSuchRequest):
            self.shut = Shut("missing", code)
        else:
            self._read_failed(error)
            return
        self.focus = "find"
        self.changed()

    def _read_failed(self, error: Exception) -> None:
        from app.desk.files import NotForYou

        if isinstance(error, NotForYou):
            text = self.text
            self._clear()
            self.text, self.shut = text, Shut(error.code)
        else:
            self.banner = self._trouble(error, _("This could not be read just now."), "danger")
        self.changed()

    def _trouble(self, error: Exception, head: str, kind: str) -> Trouble:
        return replace(trouble_of(error, head), kind=kind)
