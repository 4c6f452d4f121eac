"""The two doors off the GUI thread, as a presenter sees them. No Qt here."""

from collections.abc import Callable
from typing import Protocol

Job = Callable[[], object]
PaperJob = Callable[[Callable[[object], None]], object]
"""It is given what tells the owner how it stands, from within the work."""


class Doors(Protocol):
    """Work is handed in with the name of the owner's method that takes its result.

    The result comes back in the thread that asked, in order; an owner that is gone is not called. A job that raises
    ends in the owner's `failed` method with the exception. A job touches no widget and no presenter.
    """

    def change(self, owner: object, done: str, job: Job, *, failed: str) -> None:
        """Work that writes. One after the other, never dropped."""

    def read(self, owner: object, done: str, job: Job, *, failed: str, latest: bool = False) -> None:
        """Work that only reads. With `latest` a newer read of the same `done` makes this one's result worthless."""

    def paper(self, owner: object, done: str, job: PaperJob, *, told: str, failed: str, leave: Job) -> None:
        """Work that waits for a printer, however long, and holds up neither changes nor reads.

        What the job tells meanwhile goes to the owner's `told`. `leave` is called when the program ends: the job is to
        come to its end then, and is not waited for long.
        """

    def later(self, owner: object, method: str, milliseconds: int) -> None:
        """Call the owner's method after a pause; asking again starts the pause anew."""
