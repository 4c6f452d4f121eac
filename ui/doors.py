"""The two doors off the GUI thread, as a presenter sees them. No Qt here."""

from collections.abc import Callable
from typing import Protocol

Job = Callable[[], object]


class Doors(Protocol):
    """Work is handed in with the name of the owner's method that takes its result.

    The result comes back in the thread that asked, in order; an owner that is gone is not called. A job that raises
    ends in the owner's `failed` method with the exception. A job touches no widget and no presenter.
    """

    def change(self, owner: object, done: str, job: Job, *, failed: str) -> None:
        """Work that writes. One after the other, never dropped."""

    def read(self, owner: object, done: str, job: Job, *, failed: str, latest: bool = False) -> None:
        """Work that only reads. With `latest` a newer read of the same `done` makes this one's result worthless."""

    def later(self, owner: object, method: str, milliseconds: int) -> None:
        """Call the owner's method after a pause; asking again starts the pause anew."""
