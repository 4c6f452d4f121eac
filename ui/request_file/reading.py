"""What the files page knows, and how it comes to read it. What may be done with an open file is in the presenter."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from models.codes import CodeError, parse_tracking_code
from resources.words import _
from ui.counter.papers import Papers
from ui.doors import Doors
from ui.trouble import Trouble, trouble_of

if TYPE_CHECKING:
    from app.desk.client_files import FilesOf, Listed
    from app.desk.files import File, Numbers
    from app.desk.finding import Hit
    from ui.request_file.acts import Acts
    from ui.shell import Shell

MORE_BEFORE_END = 8
"""So many rows before the end of what is there, the next page of a client's requests is read."""


@dataclass(frozen=True)
class Shut:
    """A file that is not opened, and why: `role`, `unit`, `missing` (not at this desk) or `client` (nobody of that
    id). `code` is the tracking code that was asked for."""

    why: str
    code: str = ""


class Reading:
    """State and reading of the page. What is open lies in layers, each over the one before: the results of the find
    field, a client's requests, one file. `back` takes the topmost away; below the last one is the counter.

    `focus` names the part that should have the focus next (`find`, `results`, `file`); the page takes it.
    """

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

    def start(self) -> None:
        """The page is shown: what is open is read anew, it may have gone on meanwhile."""
        self.papers.watch(self, self._papers_changed)
        self.doors.read(self, "_prints_read", self.acts.has_printer, failed="_read_failed")
        self._read_again()
        self.focus = "find"
        self.changed()

    def leave(self) -> None:
        """The person signs out."""
        self.papers.unwatch(self)
        self._wanted = None

    def _papers_changed(self) -> None:
        self.changed()

    def _prints_read(self, prints: bool) -> None:
        self.prints = prints
        self.changed()

    # --- the find field --------------------------------------------------------------------------------------------

    def find(self, text: str) -> None:
        """What is typed so far. The newest text wins, whatever order the answers come in."""
        self._clear()
        self.text, self.waits, self.banner = text, bool(text.strip()), None
        if self.waits:
            self.doors.read(self, "_found", lambda: self.acts.find(text), failed="_find_failed", latest=True)
        self.changed()

    def move(self, step: int) -> None:
        """An arrow in the find field: the next row of whatever list is shown."""
        if self.stage == "found" and self.hits:
            self.marked = (self.marked + step) % len(self.hits)
        elif self.stage == "listing" and self.listing is not None and self.listing.rows:
            self.mark_file(min(max(self.marked_file + step, 0), len(self.listing.rows) - 1))
        self.changed()

    def enter(self) -> None:
        """Opens the marked row, or the request whose whole code was typed."""
        if self.stage == "listing":
            self.pick_file(self.marked_file)
        elif self.stage != "found":
            return
        elif self.waits:
            self._enter_waits = True
        elif self.hits:
            self.pick(self.marked)
        elif self.typed_code:
            self._open(self.typed_code)

    @property
    def typed_code(self) -> str:
        """The whole tracking code in the find field, if one stands there."""
        try:
            return parse_tracking_code(self.text)
        except CodeError:
            return ""

    @property
    def is_wrong_code(self) -> bool:
        """Twelve digits stand in the find field, and their check digit says that one was misread."""
        try:
            parse_tracking_code(self.text)
        except CodeError as error:
            return error.code == "bad_check_digit"
        return False

    def pick(self, index: int) -> None:
        """A row of the results: a request is opened, a client's requests are listed."""
        if index >= len(self.hits):
            return
        self.marked, hit = index, self.hits[index]
        if hit.kind == "request":
            self._open(hit.tracking_code)
        else:
            self._list(hit.id)

    def _found(self, hits: "tuple[Hit, ...]") -> None:
        if not self.waits:
            return
        enter, self._enter_waits = self._enter_waits, False
        self.hits, self.marked, self.waits = hits, 0, False
        if enter:
            self.enter()
        self.changed()

    def _find_failed(self, error: Exception) -> None:
        self.waits = self._enter_waits = False
        self._read_failed(error)

    # --- a client's requests ---------------------------------------------------------------------------------------

    def open_files_of(self, client: UUID) -> None:
        """All requests of a client, asked for from another page."""
        self._clear()
        self._list(client)

    def _list(self, client: UUID) -> None:
        self.banner, self._wanted = None, client
        job = partial(self._files_of, client)
        self.doors.read(self, "_listed", job, failed="_list_failed", latest=True)
        self.changed()

    def _files_of(self, client: UUID) -> "tuple[UUID, FilesOf | None]":
        return client, self.acts.files_of(client)

    def _listed(self, answer: "tuple[UUID, FilesOf | None]") -> None:
        client, listing = answer
        if client != self._wanted:
            return
        self._wanted = None
        self.listing, self.marked_file = listing, 0
        self.shut = None if listing is not None else Shut("client")
        self.focus = "find"
        self.changed()

    def _list_failed(self, error: Exception) -> None:
        if isinstance(self._wanted, UUID):
            self._failed(error, "")

    def mark_file(self, index: int) -> None:
        """This row of the list is marked; the next page is read before the end is reached."""
        listing = self.listing
        if listing is None:
            return
        self.marked_file = index
        if index >= len(listing.rows) - MORE_BEFORE_END:
            self.read_more()
        self.changed()

    def read_more(self) -> None:
        """The next page of the list, where there is one."""
        listing = self.listing
        if listing is None or listing.is_all or self._reads_more or not listing.rows:
            return
        self._reads_more = True
        job = partial(self._more_of, listing.client, listing.rows[-1])
        self.doors.read(self, "_more_read", job, failed="_more_failed")

    def _more_of(self, client: UUID, last: "Listed") -> "tuple[UUID, tuple[Listed, ...], bool]":
        return client, *self.acts.more_files(client, last)

    def _more_read(self, page: "tuple[UUID, tuple[Listed, ...], bool]") -> None:
        import msgspec

        self._reads_more = False
        client, rows, is_all = page
        if self.listing is not None and self.listing.client == client:
            self.listing = msgspec.structs.replace(self.listing, rows=self.listing.rows + rows, is_all=is_all)
            self.changed()

    def _more_failed(self, error: Exception) -> None:
        self._reads_more = False
        self._read_failed(error)

    def pick_file(self, index: int) -> None:
        """A row of the list is opened."""
        if self.listing is not None and index < len(self.listing.rows):
            self.marked_file = index
            self._open(self.listing.rows[index].tracking_code)

    # --- one file --------------------------------------------------------------------------------------------------

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

    def _read_again(self) -> None:
        """What is open, as it stands by now."""
        if self.file is not None:
            self._read_file(self.file.request.tracking_code)
        elif self.listing is not None and self.stage == "listing":
            client = self.listing.client
            self.doors.read(
                self, "_listed_again", lambda: self.acts.files_of(client), failed="_read_failed", latest=True
            )

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

    def _listed_again(self, listing: "FilesOf | None") -> None:
        if self.listing is not None and listing is not None and listing.client == self.listing.client:
            self.listing, self.marked_file = listing, min(self.marked_file, max(len(listing.rows) - 1, 0))
            self.changed()

    def _noted(self, _nothing: None) -> None:
        pass

    def _not_noted(self, error: Exception) -> None:
        """Reading goes on; that the book does not know of it is said."""
        self.banner = self._trouble(error, _("The book could not be told that this file was opened."), "warn")
        self.changed()

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
            self._clear()
            self.shut = Shut(error.code)
        else:
            self.banner = self._trouble(error, _("This could not be read just now."), "danger")
        self.changed()

    def _trouble(self, error: Exception, head: str, kind: str) -> Trouble:
        from app.book.append import ClockSetBack
        from app.desk.failures import clock_sentence

        if isinstance(error, ClockSetBack):
            return Trouble(kind, head, clock_sentence())
        return Trouble(kind, head, trouble_of(error, head).text)

    # --- back ------------------------------------------------------------------------------------------------------

    def back(self) -> None:
        """Esc: the topmost layer is taken away, what was looked for last; where nothing is left, to the counter."""
        self.banner, self.focus = None, "find"
        if self.stage in ("file", "shut", "waiting"):
            self._shut_file()
        elif self.stage == "listing":
            self.listing = None
        elif self.stage == "found":
            self._clear()
            self.changed()
            return
        self.changed()
        if self.stage == "empty":
            self.shell.open_counter()
        else:
            self._read_again()

    def dismiss_banner(self) -> None:
        self.banner = None
        self.changed()
