"""The line to the centre, as the window's pages know it. It outlives a sign-out. No Qt here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.desk.failures import note_defect
from ui.doors import Doors

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.desk.link.running import Link, News

AGAIN_MS = 60_000


class Line:
    """`news` is how it stands, None for a desk without a centre. Pages that `watch` hear of every change."""

    def __init__(self, desk: "Desk", doors: Doors) -> None:
        self.desk, self.doors = desk, doors
        self.news: News | None = None
        self.accepted: int | None = None
        """Minutes between this clock and the centre's that two people have called right since the window was opened."""
        self._link: Link | None = None
        self._is_left = False
        self._watchers: dict[int, Callable[[], None]] = {}

    def start(self) -> None:
        """Sends and reads from now on, where the desk has a centre; asked again after it has joined one."""
        self.doors.paper(self, "_ended", self._run, told="_heard", failed="_broke", leave=self._leave)

    def start_anew(self) -> None:
        """After the desk has joined again: what was under way under its old name is broken off."""
        if self._link is not None:
            self._link.stop()
            self._link = None
        self.start()

    def send_now(self) -> None:
        """Asks the centre at once, whatever pause is on."""
        if self._link is not None:
            self._link.wake()

    def rest(self, rests: bool) -> None:
        """Fetches no more, or goes on with it."""
        if self._link is not None:
            self._link.rest(rests)

    def watch(self, page: object, changed: Callable[[], None]) -> None:
        """`changed` is called with every news until the page says `unwatch`."""
        self._watchers[id(page)] = changed

    def unwatch(self, page: object) -> None:
        self._watchers.pop(id(page), None)

    def _run(self, told: "Callable[[News], None]") -> None:
        from app.desk.link.membership import membership

        with self.desk.reading() as connection:
            if membership(connection) is None:
                return  # nothing of the network is even read in
        from app.desk.link.running import Link

        self._link = link = Link(self.desk)
        if not self._is_left:
            link.run(told)

    def _leave(self) -> None:
        self._is_left = True
        if self._link is not None:
            self._link.stop()

    def _heard(self, news: "News") -> None:
        if news != self.news:
            self.news = news
            for tell in tuple(self._watchers.values()):
                tell()

    def _ended(self, _nothing: None) -> None:
        """The desk has no centre, or the program ends."""

    def _broke(self, error: Exception) -> None:
        note_defect(error)
        self.doors.later(self, "start", AGAIN_MS)
