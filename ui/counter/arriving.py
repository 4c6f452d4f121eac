"""Whether the visit on the page has arrived at the centre. No Qt here."""

from typing import TYPE_CHECKING, Literal

from ui.counter.state import CounterState

if TYPE_CHECKING:
    from app.desk.link.running import News

Arrival = Literal["none", "sending", "waits", "arrived"]


class Arriving(CounterState):
    """The third place of truth: by the centre's own confirmation, never by the desk's opinion."""

    _arrived = ""
    """The tracking code of the visit that was last seen to have arrived."""

    @property
    def arrival(self) -> Arrival:
        """`none` without a centre; on its way, waiting for the centre to be reached, or there."""
        news: News | None = self.line.news if self.line is not None else None
        if news is None or self.saved is None:
            return "none"
        if self._arrived == self.saved.tracking_code:
            return "arrived"
        return "waits" if news.reach in ("away", "refused") else "sending"

    def watch_line(self) -> None:
        if self.line is not None:
            self.line.watch(self, self.look_at_centre)

    def leave_line(self) -> None:
        if self.line is not None:
            self.line.unwatch(self)

    def look_at_centre(self, *, anew: bool = False) -> None:
        """Something was heard, or there is another visit on the page; `anew` where one of them says more by now."""
        if anew:
            self._arrived = ""
        saved = self.saved
        if saved is None or self.line is None or self.line.news is None or self._arrived == saved.tracking_code:
            return
        code = saved.tracking_code
        job = lambda: (code, self.acts.is_at_centre(code))  # noqa: E731
        self.doors.read(self, "_arrival_read", job, failed="_arrival_not_read", latest=True)
        self.changed()

    def _arrival_read(self, found: tuple[str, bool]) -> None:
        code, is_there = found
        if is_there and self.saved is not None and self.saved.tracking_code == code:
            self._arrived = code
            self.changed()

    def _arrival_not_read(self, _error: Exception) -> None:
        """The next news asks again."""
