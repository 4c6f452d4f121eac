"""Coming to the page and going from it: what is open is read anew, and taken away layer by layer."""

from ui.request_file.looking import Looking


class Reading(Looking):
    """The verbs of the page as a whole."""

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

    def _read_again(self) -> None:
        """What is open, as it stands by now."""
        if self.file is not None:
            self._read_file(self.file.request.tracking_code)
        elif self.listing is not None and self.stage == "listing":
            client = self.listing.client
            self.doors.read(
                self, "_listed_again", lambda: self.acts.files_of(client), failed="_read_failed", latest=True
            )

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
