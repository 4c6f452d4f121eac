"""What the files page asks of the desk. Everything here runs behind the two doors, never on the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ui.paper_acts import PaperActs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.desk.client_files import FilesOf, Listed
    from app.desk.files import File, Numbers
    from app.desk.finding import Hit
    from app.desk.spool import Came, Hand
    from printing.picture import Picture
    from printing.printers import Queue, Report


class Acts(PaperActs):
    """The desk as this page uses it, for one signed-in person. Any method may raise `StoreError`, and `NotForYou`."""

    @property
    def may_read(self) -> bool:
        """Whether this person opens any files; which ones, the desk says."""
        return self.session.may("clerk", "unit_officer")

    @property
    def may_serve(self) -> bool:
        """Whether this person also prints, voids and registers; the desk checks it once more."""
        return self.session.may("clerk")

    def find(self, text: str) -> tuple[Hit, ...]:
        from app.desk.client_files import find_files

        return find_files(self.desk, self.session, text)

    def files_of(self, client: UUID) -> FilesOf | None:
        from app.desk.client_files import files_of

        return files_of(self.desk, self.session, client)

    def more_files(self, client: UUID, after: Listed) -> tuple[tuple[Listed, ...], bool]:
        from app.desk.client_files import more_files

        return more_files(self.desk, self.session, client, after)

    def open_file(self, tracking_code: str) -> File:
        from app.desk.files import open_file

        return open_file(self.desk, self.session, tracking_code)

    def note_opening(self, tracking_code: str) -> None:
        from app.desk.files import note_opening

        note_opening(self.desk, self.session, tracking_code)

    def full_numbers(self, tracking_code: str) -> Numbers:
        from app.desk.files import full_numbers

        return full_numbers(self.desk, self.session, tracking_code)

    def printed_picture(self, file: File, width: int) -> Picture:
        """The latest receipt as it was printed, `width` pixels wide; before the first one, what it would say."""
        return self.picture(file.values, width, file.size, file.template)

    def print_receipt(
        self, tracking_code: str, told: Callable[[Report], None], hand: Hand, queue: Queue | None = None
    ) -> Came | None:
        self._check_serves()
        return super().print_receipt(tracking_code, told, hand, queue)

    def save_receipt(self, tracking_code: str, folder: Path) -> Path:
        self._check_serves()
        return super().save_receipt(tracking_code, folder)

    def _check_serves(self) -> None:
        from app.desk.files import check_serves

        check_serves(self.session)
