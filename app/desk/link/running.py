"""The line to the centre while the window is open: sending and reading in threads of their own, neither waiting for the
other, and neither giving up on anything that a network can do."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Literal

import msgspec

from app.desk.desk import Desk
from app.desk.failures import note_defect
from app.desk.link.centre import Centre, NotAdmitted, Unreachable
from app.desk.link.copies import leave_trace, look_for_copy
from app.desk.link.files import fetch_part, send_part
from app.desk.link.membership import Membership, membership
from app.desk.link.pulling import pull_once, pull_reference
from app.desk.link.pushing import push_once
from app.desk.link.standing import Standing, standing
from app.desk.link.stepping import LONGEST_PAUSE, WATCHES_FOR, line_to
from app.vault.problems import StoreError

LOOKS_EVERY = 2.0
"""Seconds after which is looked whether another program has written in the store."""
TOLD_EVERY = 0.25
"""Seconds between two figures while much is on its way."""
COUNTED_EVERY = 60.0
"""Seconds after which the figures are counted anew though nothing was heard: the day may be another."""
LEAVING_SECONDS = 2.0
MINUTE_US = 60 * 1_000_000

Reach = Literal["trying", "answers", "away", "refused", "distrusted"]
"""What is known of the centre: nothing yet, it answers, it does not, it does not know this desk any more, or somebody
else answers at its address."""


class News(msgspec.Struct, frozen=True):
    """How the line and the desk stand. `heard_at` is when the centre last answered, µs UTC, 0 for never, and told only
    while it does not; `ahead` is by how many minutes the desk's clock is before the centre's, less than 0 where it is
    behind. While `resting` nothing is fetched, because somebody asked for it; sending goes on."""

    reach: Reach
    standing: Standing
    heard_at: int = 0
    ahead: int = 0
    resting: bool = False


class Link:
    """`run` works until `stop`. Any thread may call `wake` and `stop`.

    The centre is asked again after a pause that doubles up to a minute, drawn at random so that desks do not come back
    all at once, and at once when the other half has had an answer, when something was registered, or on `wake`.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._reach: Reach = "trying"
        self._told: Callable[[News], None] = lambda news: None
        self._stopped = threading.Event()
        self._push_woken, self._pull_woken = threading.Event(), threading.Event()
        self._turn = threading.Lock()
        self._open: set[Centre] = set()
        self._last_told, self._counting_took = 0.0, 0.0
        self._behind = False
        self._version = -1
        self._heard_at, self._ahead_us = 0, 0
        self._may_fetch = threading.Event()
        self._may_fetch.set()

    def run(self, told: Callable[[News], None]) -> None:
        """Sends and reads until `stop`; `told` gets how it stands whenever that has changed, from several threads.
        Returns at once for a desk that has no centre."""
        self._told = told
        known = self._begun()
        if known is None:
            return
        written, self._desk.written = self._desk.written, self._push_woken.set
        halves = ((self._push, self._push_woken), (self._pull, self._pull_woken))
        (pushing, reading) = (partial(self._keep_on, known, *half) for half in halves)
        pushing_thread = threading.Thread(target=pushing, name="push", daemon=True)
        pushing_thread.start()
        try:
            reading()
        finally:
            self._desk.written = written
            pushing_thread.join(LEAVING_SECONDS)

    def wake(self) -> None:
        """Asks the centre now, whatever pause is on."""
        self._push_woken.set()
        self._pull_woken.set()

    def rest(self, rests: bool) -> None:
        """Fetches no more, or goes on with it. Whatever has come stays, and sending is not touched."""
        if rests:
            self._may_fetch.clear()
        else:
            self._may_fetch.set()
        self._push_woken.set()  # it tells how the line stands

    def stop(self) -> None:
        """Breaks off what waits for the network; what is being written is written to its end."""
        self._stopped.set()
        self._may_fetch.set()
        self.wake()
        with self._turn:
            for centre in self._open:
                centre.hang_up()

    # --- the two halves ----------------------------------------------------------------------------------------------

    def _push(self, centre: Centre) -> float:
        """One push; the seconds until the next where nothing calls for it sooner."""
        self._version = self._desk.store.data_version
        if push_once(self._desk, centre) or send_part(self._desk, centre):
            self._answered()
            self._tell()
            return 0.0
        self._tell(at_last=True)
        while not self._push_woken.wait(LOOKS_EVERY):
            if self._desk.store.data_version != self._version:
                break
            if time.monotonic() - self._last_told > COUNTED_EVERY:
                self._tell()
        return 0.0

    def _pull(self, centre: Centre) -> float:
        """A page, for which the centre is let to wait unless more is known to be there."""
        self._may_fetch.wait()
        if self._stopped.is_set():
            return 0.0
        if not self._behind:
            pull_reference(self._desk, centre)
            self._answered()
            while self._may_fetch.is_set() and fetch_part(self._desk, centre):
                self._answered()
        asked = time.monotonic()
        came, left = pull_once(self._desk, centre, wait=0.0 if self._behind else WATCHES_FOR)
        self._answered()
        self._behind = left > 0
        self._tell(at_last=not self._behind)
        is_in_haste = not came and not left and time.monotonic() - asked < 1.0
        return LOOKS_EVERY if is_in_haste else 0.0  # a centre that does not wait is not asked all the time

    def _keep_on(self, known: Membership, half: Callable[[Centre], float], woken: threading.Event) -> None:
        pause = 1.0
        with self._line(known) as centre:
            while not self._stopped.is_set():
                woken.clear()
                try:
                    rest = half(centre)
                    pause = 1.0
                except (Unreachable, NotAdmitted, StoreError) as error:
                    if self._stopped.is_set():
                        return
                    self._failed(error)
                    rest = pause * random.uniform(0.5, 1.0)  # noqa: S311
                    pause = min(pause * 2, LONGEST_PAUSE)
                except Exception as error:  # noqa: BLE001  # a defect here must not end the sending for good
                    if self._stopped.is_set():
                        return
                    note_defect(error)
                    rest = LONGEST_PAUSE
                if rest and not self._stopped.is_set():
                    woken.wait(rest)

    # --- how it stands -----------------------------------------------------------------------------------------------

    def _begun(self) -> Membership | None:
        """What is known of the centre, None where there is none or the program ends."""
        while not self._stopped.is_set():
            try:
                look_for_copy(self._desk)
                with self._desk.reading() as connection:
                    known = membership(connection)
            except StoreError:
                self._stopped.wait(LOOKS_EVERY)
                continue
            self._tell(at_last=True)
            return known
        return None

    def _answered(self) -> None:
        """The centre is there: whoever waits for it need not any longer."""
        self._heard_at = self._desk.clock()
        if self._reach != "answers":
            was, self._reach = self._reach, "answers"
            self._tell(at_last=True)
            if was != "trying":
                self.wake()

    def _timed(self, at: int) -> None:
        """The centre has said what time it is."""
        self._ahead_us = self._desk.clock() - at

    def _failed(self, error: Exception) -> None:
        is_busy = isinstance(error, Unreachable) and error.reason == "busy"  # it is there, and asks for patience
        if not is_busy and not isinstance(error, StoreError):
            self._reach = _reach(error)
        self._tell(at_last=True)

    def _tell(self, *, at_last: bool = False) -> None:
        """Counts and tells; while more is to come, not at every turn."""
        began = time.monotonic()
        if not at_last and began - self._last_told < max(TOLD_EVERY, 20 * self._counting_took):
            return
        try:
            leave_trace(self._desk)
            how = standing(self._desk)
        except StoreError:
            return
        self._last_told = time.monotonic()
        self._counting_took = self._last_told - began
        if how is not None:
            heard = 0 if self._reach == "answers" else max(self._heard_at, how.heard_at)
            self._told(News(self._reach, how, heard, self._ahead(), not self._may_fetch.is_set()))

    def _ahead(self) -> int:
        """Whole minutes."""
        return round(self._ahead_us / MINUTE_US)

    @contextmanager
    def _line(self, known: Membership) -> Iterator[Centre]:
        """A connection of its own to the centre, which `stop` can hang up."""
        with line_to(known) as centre:
            centre.timed = self._timed
            with self._turn:
                self._open.add(centre)
            try:
                yield centre
            finally:
                with self._turn:
                    self._open.discard(centre)


def _reach(error: Exception) -> Reach:
    if isinstance(error, NotAdmitted):
        return "refused"
    return "distrusted" if isinstance(error, Unreachable) and error.reason == "certificate" else "away"
