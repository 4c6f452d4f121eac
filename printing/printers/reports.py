"""What is known of a paper on its way, and what every kind of printer promises.

    queued → sent → printing → stuck (why) → printed | failed (why) | unknown

Reasons are stable tokens, kept in the book; `app.desk.failures` has the sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

QUEUED, SENT, PRINTING, STUCK = "queued", "sent", "printing", "stuck"
PRINTED, FAILED, UNKNOWN = "printed", "failed", "unknown"
FINAL = frozenset({PRINTED, FAILED, UNKNOWN})


class Report(NamedTuple):
    """Where a paper is, and why it does not move or did not come out."""

    state: str
    reason: str = ""

    @property
    def is_final(self) -> bool:
        return self.state in FINAL


class Job(NamedTuple):
    """A paper that a printer has taken: the printer's own name for it, and the title it was sent under."""

    id: str
    title: str


class NotSent(Exception):
    """Nothing has left the desk. `again` where it is worth trying again by and by."""

    def __init__(self, reason: str, *, again: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


class Lost(Exception):
    """The connection broke while the paper was on its way: whether it comes out is not known."""

    def __init__(self, reason: str = "connection-lost") -> None:
        super().__init__(reason)
        self.reason = reason


class Unreachable(Exception):
    """The printer, or the queue's server, does not answer."""


class Printer(Protocol):
    """A printer as the spool needs it. No call waits longer than its deadline of some seconds."""

    def papers(self) -> frozenset[str] | None:
        """Which of `PAPERS` it can take; None where it does not say. Raises `Unreachable`."""

    def send(self, title: str, pdf: bytes, paper: str) -> Job:
        """Hands the paper over, once. Raises `NotSent` or `Lost`."""

    def find(self, title: str) -> Job | None:
        """The job of this title, if the printer remembers one. Raises `Unreachable`."""

    def report(self, job: Job) -> Report:
        """What is known of it now. Raises `Unreachable`."""

    def cancel(self, job: Job) -> None:
        """Asks for it not to come out; whether that was in time, `report` tells. Raises `Unreachable`."""


PAPERS = ("a5", "a4", "roll80")

_REASONS = (
    ("media-empty", "media-empty"),
    ("media-jam", "media-jam"),
    ("media-needed", "media-needed"),
    ("cover-open", "cover-open"),
    ("door-open", "cover-open"),
    ("interlock-open", "cover-open"),
    ("input-tray-missing", "media-empty"),
    ("marker-supply-empty", "marker-supply-empty"),
    ("toner-empty", "marker-supply-empty"),
    ("output-area-full", "output-area-full"),
    ("output-tray-missing", "output-area-full"),
    ("timed-out", "unreachable"),
    ("connecting-to-device", "unreachable"),
    ("offline", "unreachable"),
    ("shutdown", "unreachable"),
    ("paused", "paused"),
    ("stopped", "paused"),
    ("moving-to-paused", "paused"),
)


def stuck_reason(said: Iterable[str]) -> str:
    """The first of a printer's own reasons that holds paper up, as our token, or "".

    IPP's keywords are compared by their beginning: their endings (`-error`, `-warning`, numbers of trays) vary, and
    what ends in `-report` holds nothing up (RFC 8011, 5.4.12).
    """
    keywords = [keyword for keyword in said if not keyword.endswith("-report")]
    return next((token for start, token in _REASONS if any(keyword.startswith(start) for keyword in keywords)), "")
