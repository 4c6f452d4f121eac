"""What is said over the cards of how the desk stands with its centre: what is safe, and what to do. No Qt here."""

from typing import TYPE_CHECKING, Literal, NamedTuple

from resources import words
from resources.words import _, ngettext
from ui.status.signs import kept_words, waiting_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.desk.link.running import News

MINUTE_US = 60 * 1_000_000
LONG_AWAY_US = 30 * MINUTE_US
"""A centre that has been away for less is a small sign only: that is an ordinary day."""
DAY_US = 24 * 60 * MINUTE_US
FORTNIGHT_DAYS = 14
TOLD_FROM, ASKED_FROM = 2, 10
"""Minutes between the two clocks from which it is said, and beyond which two people are asked."""


class Notice(NamedTuple):
    """A banner of one kind: its `key` tells it from another. Its button shows the `details`, or asks two people
    whether the `clock` is right; without one there is nothing to do but to know."""

    key: str
    head: str
    text: str
    does: Literal["", "details", "clock"] = ""


def notices(news: "News | None", now: int, *, accepted: int | None = None) -> "Iterator[Notice]":
    """All that there is to say, the gravest first; `accepted` are the minutes between the clocks that two people have
    called right."""
    if news is None:
        return
    how = news.standing
    if news.reach == "distrusted":
        yield Notice(
            "distrusted",
            _("Somebody else answers at the centre's address."),
            _("Nothing is sent to them; {kept} Tell the administrator.").format(kept=kept_words(how)),
            "details",
        )
    if news.reach == "refused":
        yield Notice(
            "refused",
            _("The centre does not take this desk any more."),
            _("Work goes on; {kept} Tell the administrator.").format(kept=kept_words(how)),
            "details",
        )
    clock = _clock(news.ahead, accepted)
    if clock is not None and clock.does:
        yield clock
    silent = now - (news.heard_at or how.heard_at)
    if news.reach != "answers" and silent >= FORTNIGHT_DAYS * DAY_US and how.heard_at:
        days = silent // DAY_US
        yield Notice(
            "fortnight",
            ngettext(
                "This desk has not heard of its centre for {n} day.",
                "This desk has not heard of its centre for {n} days.",
                days,
            ).format(n=words.number(days)),
            _("Work goes on; {kept} People and services may have changed.").format(kept=kept_words(how)),
            "details",
        )
    elif news.reach == "away" and silent >= LONG_AWAY_US:
        said = _("Work goes on; {waiting}").format(waiting=waiting_words(how))
        yield Notice("away", _("The centre cannot be reached."), said, "details")
    if clock is not None and not clock.does:
        yield clock


def _clock(ahead: int, accepted: int | None) -> Notice | None:
    minutes = abs(ahead)
    if minutes < TOLD_FROM or (accepted is not None and abs(ahead - accepted) <= ASKED_FROM):
        return None
    if ahead > 0:
        head = _("This computer's clock is {long} ahead of the centre's.")
    else:
        head = _("This computer's clock is {long} behind the centre's.")
    head = head.format(long=_long(minutes))
    if minutes <= ASKED_FROM:
        return Notice("clock", head, _("Receipts carry this clock's time. Have it set right."))
    return Notice(f"clock {ahead // ASKED_FROM}", head, _("Receipts carry this clock's time."), "clock")


def _long(minutes: int) -> str:
    """In hours, and in days, where so many minutes say nothing."""
    hours, days = round(minutes / 60), round(minutes / (60 * 24))
    if days >= 2:
        return ngettext("{n} day", "{n} days", days).format(n=words.number(days))
    if hours >= 2:
        return ngettext("{n} hour", "{n} hours", hours).format(n=words.number(hours))
    return ngettext("{n} minute", "{n} minutes", minutes).format(n=words.number(minutes))
