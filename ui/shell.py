"""What a page may ask of the window that it lives in. No Qt here."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from ui.second.presenter import SecondPerson


def nothing(result: Any) -> None:
    """Done, and nothing more is to be done."""


class Shell(Protocol):
    """The window, as its pages see it. Every call is made in the window's own thread and returns at once."""

    def open_counter(self, client: UUID | None = None, continues: str = "") -> None:
        """The counter; with a client a new visit of theirs, for which the one in hand is set aside."""

    def open_file(self, tracking_code: str) -> None:
        """The page of files, with this request open."""

    def open_files_of(self, client: UUID) -> None:
        """The page of files, with all requests of this client."""

    def open_log(self, day: datetime.date | None = None) -> None:
        """The daily log, of today unless told otherwise."""

    def open_centre(self) -> None:
        """The settings, open at the centre."""

    def desk_is(self, name: str) -> None:
        """What the desk is called from now on."""

    def find(self, text: str) -> None:
        """The counter with the focus in its find field; `text` is put in when there is any."""

    def toast(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """A passing word at the window's foot, for five seconds; the focus stays where it is."""

    def ask_second(
        self,
        what: str,
        act: "Callable[[SecondPerson], object]",
        done: Callable[[Any], None] = nothing,
        *,
        reason: bool = True,
        hint: str = "",
    ) -> None:
        """Asks a second person for their word. Their panel runs `act` behind the change door and says what it raises;
        once it has succeeded the panel is gone and `done` gets its result."""


class NoShell:
    """A window that does nothing, for a page that stands alone."""

    def open_counter(self, client: UUID | None = None, continues: str = "") -> None:
        pass

    def open_file(self, tracking_code: str) -> None:
        pass

    def open_files_of(self, client: UUID) -> None:
        pass

    def open_log(self, day: datetime.date | None = None) -> None:
        pass

    def open_centre(self) -> None:
        pass

    def desk_is(self, name: str) -> None:
        pass

    def find(self, text: str) -> None:
        pass

    def toast(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        pass

    def ask_second(
        self,
        what: str,
        act: "Callable[[SecondPerson], object]",
        done: Callable[[Any], None] = nothing,
        *,
        reason: bool = True,
        hint: str = "",
    ) -> None:
        pass
