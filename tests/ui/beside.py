"""What stands beside a page in tests: a shell that remembers what it was asked, and has a second person at hand."""

from collections.abc import Callable
from typing import Any

from ui.second.presenter import Act, Second
from ui.shell import NoShell


class Beside(NoShell):
    """`opened` are the files' codes, `toasts` the words with what they offer, `logs` how often the log was opened."""

    def __init__(self, second: Second) -> None:
        self.second = second
        self.opened: list[str] = []
        self.toasts: list[tuple[str, str, Callable[[], None] | None]] = []
        self.logs = 0

    def open_file(self, tracking_code: str) -> None:
        self.opened.append(tracking_code)

    def open_log(self, day: object = None) -> None:
        self.logs += 1

    def toast(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        self.toasts.append((text, action, act))

    def ask_second(
        self,
        what: str,
        act: Act,
        done: Callable[[Any], None] = lambda result: None,
        *,
        reason: bool = True,
        hint: str = "",
    ) -> None:
        self.second.ask(what, act, done, reason=reason, hint=hint)

    def bring_back(self) -> None:
        """Presses what the last toast offers."""
        _text, _action, act = self.toasts[-1]
        assert act is not None
        act()
