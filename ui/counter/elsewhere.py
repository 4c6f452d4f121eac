"""Another printer for a paper that does not come out of its own: the verbs of every page that shows a paper."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ui.counter.papers import Slip
from ui.doors import Doors

if TYPE_CHECKING:
    from printing.printers import Queue

PAGE, NOTICE = "page", "notice"
"""Where another printer is being chosen: for the paper on the page, or for all that stick."""


class Elsewhere:
    """What a page needs to send its paper to another printer. `focus` names the part that has the focus next."""

    acts: Any
    """The page's own door to the desk, a `PaperActs`."""
    doors: Doors
    changed: Callable[[], None]
    focus: str

    choosing = ""
    """Where another printer is being chosen, empty where none is."""
    queues: "tuple[Queue, ...] | None" = None
    """The printers to choose from; None until they have been asked for."""

    @property
    def slip(self) -> Slip | None:
        """The printer's paper on the page."""
        raise NotImplementedError

    @property
    def notice(self) -> Slip | None:
        """A paper that wants a look and is not on the page."""
        return None

    def papers_that_stick(self) -> tuple[Slip, ...]:
        """All papers that the notice speaks of."""
        return ()

    def choose_printer(self, where: str = PAGE) -> None:
        """Shows the printers that could take the paper instead."""
        slip = self.slip if where == PAGE else self.notice
        if slip is None:
            return
        self.choosing, self.queues = where, None
        code = slip.tracking_code
        self.doors.paper(
            self,
            "_queues_read",
            lambda told: self.acts.other_queues(code),
            told="_nothing_told",
            failed="_queues_unread",
            leave=lambda: None,
        )
        self.changed()

    def print_at(self, queue: "Queue") -> None:
        """This printer takes it: the paper on the page, or all that stick."""
        where = self.choosing
        self.close_choices()
        for slip in self.papers_that_stick() if where == NOTICE else (self.slip,):
            if slip is not None:
                slip.print_elsewhere(self.acts, queue)
        if where == PAGE:
            self.focus = "primary"
        self.changed()

    def leave_printer(self) -> None:
        """None of them."""
        if self.choosing == PAGE:
            self.focus = "primary"
        self.close_choices()
        self.changed()

    def close_choices(self) -> None:
        """No printer is being chosen any more."""
        self.choosing, self.queues = "", None

    def _nothing_told(self, _news: object) -> None:
        """Looking for printers has nothing to tell meanwhile."""

    def _queues_read(self, queues: "tuple[Queue, ...]") -> None:
        self.queues = queues
        self.changed()

    def _queues_unread(self, error: Exception) -> None:
        self.close_choices()
        self._read_failed(error)

    def _read_failed(self, error: Exception) -> None:
        raise NotImplementedError
