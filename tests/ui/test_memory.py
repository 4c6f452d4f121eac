"""The window is as big in the evening as in the morning."""

import gc
from collections import Counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.day import look_round, place, visits
from tests.ui.hand import Clerk

OURS = ("app.", "models.", "printing.", "ui.")
GROW = frozenset({"Row", "Hit"})
"""What the pages show of the day, and so many of them."""


def alive(hand: Clerk) -> dict[str, Counter[str]]:
    """How many there are of each kind: Qt's objects below the window, widgets anywhere, and objects of our own."""
    hand.bot.wait(50)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    ours = Counter(type(one).__name__ for one in gc.get_objects() if str(type(one).__module__).startswith(OURS))
    return {
        "objects": Counter(type(one).__name__ for one in hand.window.findChildren(QObject)),
        "widgets": Counter(type(one).__name__ for one in QApplication.allWidgets()),
        "timers": Counter(type(one).__name__ for one in hand.window.findChildren(QTimer)),
        "ours": Counter({kind: count for kind, count in ours.items() if kind not in GROW}),
    }


def grown(before: dict[str, Counter[str]], after: dict[str, Counter[str]], by: int) -> dict[str, int]:
    """Kinds of which there are more by `by` or more."""
    return {
        f"{what} {kind}": count - before[what][kind]
        for what, counts in after.items()
        for kind, count in counts.items()
        if count - before[what][kind] >= by
    }


def test_visits_leave_nothing_behind(at_work: Clerk) -> None:
    """After everything has been used once, thirty visits more add no widget, no timer, and nothing that grows."""
    visits(at_work, 16)
    before = alive(at_work)
    visits_after = 30
    for code in visits(at_work, visits_after, first=100)[:1]:
        look_round(at_work, code)
    after = alive(at_work)
    assert (
        grown({what: before[what] for what in ("objects", "widgets", "timers")}, after | {"ours": Counter()}, 1) == {}
    )
    assert grown(before, after, visits_after) == {}


def test_signing_in_again_and_again_leaves_nothing_behind(at_work: Clerk) -> None:
    from tests.desk.counter import CLERK

    def again() -> None:
        place(at_work).rail.leave.click()
        at_work.sign_in(CLERK)

    again()
    before = alive(at_work)
    for _time in range(6):
        again()
    # The last one's may still be there.
    assert grown(before, alive(at_work), 6) == {}
