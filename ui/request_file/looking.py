"""Looking for a file: the find field, its results, and a client's requests page by page."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from models.codes import CodeError, parse_tracking_code
from ui.request_file.opening import Opening
from ui.request_file.state import Shut

if TYPE_CHECKING:
    from app.desk.client_files import FilesOf, Listed
    from app.desk.finding import Hit

MORE_BEFORE_END = 8
"""So many rows before the end of what is there, the next page of a client's requests is read."""


class Looking(Opening):
    """The find field's verbs, and those of the list of a client's requests."""

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

    def _listed_again(self, listing: "FilesOf | None") -> None:
        if self.listing is not None and listing is not None and listing.client == self.listing.client:
            self.listing, self.marked_file = listing, min(self.marked_file, max(len(listing.rows) - 1, 0))
            self.changed()
