"""One person's time at the desk: the presenters of their pages, and the ways between them. No Qt here."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ui.counter.acts import Acts
from ui.counter.papers import Papers
from ui.counter.presenter import Counter
from ui.doors import Doors
from ui.lock.presenter import Locking
from ui.preferences import Preferences
from ui.scans import ScanActs, Scans
from ui.second.presenter import Second
from ui.shell import nothing
from ui.status.line import Line
from ui.status.presenter import Status

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.desk.people import Session
    from ui.daily_log.presenter import DailyLog
    from ui.request_file.presenter import Files
    from ui.second.presenter import SecondPerson
    from ui.settings.presenter import Settings

PAGES = ("counter", "files", "log", "settings")


class Shift:
    """From signing in to signing out; the `Shell` of its pages. The counter is there at once, the others at first use.

    `page` is the open one; `changed` tells the window that it is another. `toasted` shows a passing word.
    """

    def __init__(
        self,
        desk: "Desk",
        session: "Session",
        doors: Doors,
        receipts: Path,
        papers: Papers,
        preferences: Preferences | None = None,
        line: Line | None = None,
    ) -> None:
        self.line = line
        self.desk, self.session, self.doors = desk, session, doors
        self.receipts, self.papers = receipts, papers
        self.preferences = preferences or Preferences(guide_seen=True)
        self.preferred: Callable[[Preferences], None] = lambda preferences: None
        """The window looks another way from now on."""
        self.show_keys: Callable[[], None] = lambda: None
        self.desk_name = ""
        """What the desk is called since it has joined a centre, empty if that has not happened meanwhile."""
        self.renamed: Callable[[], None] = lambda: None
        self.page = "counter"
        self.changed: Callable[[], None] = lambda: None
        self.toasted: Callable[[str, str, Callable[[], None] | None], None] = lambda text, action, act: None
        self.locking = Locking(desk, session, doors)
        self.second = Second(desk, session, doors)
        self.counter = Counter(Acts(desk, session), doors, receipts, papers, shell=self, line=line)
        self.scans = Scans(ScanActs(desk), doors, self, self.counter)
        self.status = Status(self.counter.acts, doors, papers, line, self)
        self.status.start()
        self._files: Files | None = None
        self._log: DailyLog | None = None
        self._settings: Settings | None = None

    @property
    def files(self) -> "Files":
        if self._files is None:
            from ui.request_file.acts import Acts as FileActs
            from ui.request_file.presenter import Files

            self._files = Files(FileActs(self.desk, self.session), self.doors, self, self.papers, self.receipts)
        return self._files

    @property
    def log(self) -> "DailyLog":
        if self._log is None:
            from ui.daily_log.acts import Acts as LogActs
            from ui.daily_log.presenter import DailyLog

            self._log = DailyLog(LogActs(self.desk, self.session), self.doors, self)
            self._log.start()
        return self._log

    @property
    def settings(self) -> "Settings":
        if self._settings is None:
            from ui.settings.acts import Acts as SettingsActs
            from ui.settings.presenter import Settings

            acts = SettingsActs(self.desk, self.session)
            self._settings = Settings(acts, self.doors, self.locking, self.preferences, self, self.line)
            self._settings.show_keys = self._open_keys
            self._settings.prefer = self._prefer
            self._settings.printers_changed = self._printers_changed
        return self._settings

    def guide_is_read(self) -> None:
        """The first guide was put away."""
        seen = replace(self.preferences, guide_seen=True)
        if self._settings is not None:
            self._settings.preferences = seen
        self._prefer(seen)

    def _prefer(self, preferences: Preferences) -> None:
        self.preferences = preferences
        self.preferred(preferences)

    def _open_keys(self) -> None:
        self.show_keys()

    def _printers_changed(self) -> None:
        self.status.look_at_printer()

    def open(self, page: str) -> None:
        """Goes to a page; it stands as it was left."""
        if page == "files":
            self.files.start()
        elif page == "settings":
            self.settings.start()
        self.page = page
        self.changed()

    def leave(self) -> None:
        """Somebody else comes: what is being written is kept as a draft of this person, and no page hears news."""
        self.counter.keep_draft()
        self.counter.leave()
        self.status.leave()
        if self._files is not None:
            self._files.leave()
        if self._log is not None:
            self._log.leave()
        if self._settings is not None:
            self._settings.leave()
        # An answer that is still on its way must not reach a page that is gone.
        for presenter in (self.counter, self.second, self._files, self._settings, self.locking):
            if presenter is not None:
                presenter.changed = _unheard
        self.changed = self.renamed = _unheard

    # --- the shell -----------------------------------------------------------------------------------------------

    def open_counter(self, client: UUID | None = None, continues: str = "") -> None:
        counter = self.counter
        if client is not None and not counter.busy:
            if counter.saved is not None:
                counter.next_person()
            else:
                counter.set_aside()
            counter.continues = continues
            counter.look_up(client)
        self.open("counter")

    def open_file(self, tracking_code: str) -> None:
        self.files.open_file(tracking_code)
        self.open("files")

    def open_files_of(self, client: UUID) -> None:
        self.files.open_files_of(client)
        self.open("files")

    def open_files_in_hand(self) -> None:
        """F5: the files of the person whom the counter is serving; nothing while that is nobody known."""
        counter = self.counter
        if counter.saved is not None:
            self.open_files_of(counter.saved.client)
        elif counter.person.known is not None:
            self.open_files_of(counter.person.known.id)

    def open_log(self, day: datetime.date | None = None) -> None:
        self.log.open_day(day)
        self.open("log")

    def open_centre(self) -> None:
        self.settings.go_to("centre")
        self.open("settings")

    def desk_is(self, name: str) -> None:
        self.desk_name = name
        self.renamed()

    def find(self, text: str) -> None:
        self.open("counter")
        if text:
            self.counter.type_find(text)
        self.counter.focus = "find"
        self.counter.changed()

    def toast(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        self.toasted(text, action, act)

    def ask_second(
        self,
        what: str,
        act: "Callable[[SecondPerson], object]",
        done: Callable[[Any], None] = nothing,
        *,
        reason: bool = True,
        hint: str = "",
    ) -> None:
        self.second.ask(what, act, done, reason=reason, hint=hint)


def _unheard() -> None:
    """Nobody is there any more who would show it."""
