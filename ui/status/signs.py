"""The signs of how the desk stands, in words. No Qt here."""

from typing import TYPE_CHECKING, NamedTuple

from models.calendar import business_day
from resources import words
from resources.words import _, ngettext

if TYPE_CHECKING:
    from app.desk.link.running import News
    from app.desk.link.standing import Standing

CATCHING_UP = 500
"""More lines behind than the centre gives in one answer: a catch-up that is worth telling."""
COPY_IS_NEWS_US = 7 * 86_400 * 1_000_000


class Sign(NamedTuple):
    """One thing that stands well or not: an icon, its words, the colour of both, and `more` for who asks."""

    icon: str
    text: str
    ink: str = "text2"
    more: str = ""


def centre_sign(news: "News | None", now: int) -> Sign:
    """Where the desk's visits are, by the centre's own figure. None for a desk without a centre."""
    if news is None:
        return Sign("cloud-off", _("no centre is set"), "text3")
    how, more = news.standing, "\n".join(more_of(news, now))
    if news.reach == "refused":
        return Sign("cloud-off", _("the centre does not know this desk"), "warn", more)
    if news.reach == "distrusted":
        return Sign("cloud-off", _("somebody else answers for the centre"), "warn", more)
    waiting = how.registered - how.safe
    if news.reach == "away":
        said = ngettext("centre away, {n} waits", "centre away, {n} wait", waiting).format(n=words.number(waiting))
        return Sign("cloud-off", said if waiting else _("centre away"), "warn", more)
    if how.behind > CATCHING_UP:
        said = _("fetching rests at {n}%") if news.resting else _("fetching what others wrote, {n}%")
        return Sign("cloud-upload", said.format(n=words.number(fetched(how))), "text2", more)
    if waiting == 0 and how.lines > CATCHING_UP:
        return Sign("cloud-upload", _("sending, {n} lines left").format(n=words.number(how.lines)), "text2", more)
    said = _("at the centre {n} of {of}").format(n=words.number(how.safe), of=words.number(how.registered))
    if how.flagged:
        said += _(", ") + to_look_at(how.flagged)
        return Sign("cloud-check", said, "warn", more)
    if waiting or news.reach != "answers":
        return Sign("cloud-upload", said, "text2", more)
    return Sign("cloud-check", said, "accent", more)


def fetched(how: "Standing") -> int:
    """How much of the office's feed is here, in hundredths."""
    return how.read * 100 // (how.read + how.behind) if how.behind else 100


def yesterday_sign(news: "News | None") -> Sign | None:
    """What became of the visits of earlier days, by the centre's own figure; None where that is not known."""
    if news is None or news.standing.earlier is None or not news.standing.heard_at:
        return None
    left = news.standing.earlier
    if not left:
        return Sign("cloud-check", _("all visits of yesterday are at the centre"))
    said = ngettext(
        "{n} visit of earlier days has not reached the centre", "{n} visits of earlier days have not reached it", left
    )
    return Sign("cloud-upload", said.format(n=words.number(left)))


def kept_words(how: "Standing") -> str:
    """What is safe here."""
    waiting = how.registered - how.safe
    if not waiting:
        return _("what is registered is safe here.")
    return ngettext("{n} registration is safe here.", "{n} registrations are safe here.", waiting).format(
        n=words.number(waiting)
    )


def waiting_words(how: "Standing") -> str:
    """What is safe here, and sent by itself."""
    waiting = how.registered - how.safe
    if not waiting:
        return _("what is registered is kept here and sent by itself.")
    return ngettext(
        "{n} registration is safe here and is sent by itself.",
        "{n} registrations are safe here and are sent by themselves.",
        waiting,
    ).format(n=words.number(waiting))


def to_look_at(flagged: int) -> str:
    return ngettext("{n} to look at", "{n} to look at", flagged).format(n=words.number(flagged))


def more_of(news: "News", now: int) -> list[str]:
    """What else is known, one sentence each."""
    how, said = news.standing, []
    if news.reach == "away":
        said.append(offline_sentence(how))
    if news.reach == "refused":
        said.append(
            _("Work goes on, and nothing is lost. A new code from the centre's administrator lets this desk in again.")
        )
    if news.reach == "distrusted":
        said.append(
            _("Work goes on, and nothing was sent. The centre shows another certificate than the one that is trusted.")
        )
    if how.oldest_at and how.lines:
        said.append(_("The oldest line on its way was written {when}.").format(when=when(how.oldest_at, now)))
    if how.heard_at and news.reach != "answers":
        said.append(_("The centre last answered {when}.").format(when=when(how.heard_at, now)))
    if how.copied_at and now - how.copied_at < COPY_IS_NEWS_US:
        said.append(copied_sentence())
    if how.restored_at and now - how.restored_at < COPY_IS_NEWS_US:
        said.append(_("The centre came back from an older backup. What it had lost is sent again by itself."))
    return said


def offline_sentence(how: "Standing") -> str:
    """That work goes on, and what is safe where."""
    waiting = how.registered - how.safe
    if not waiting:
        return _("The centre cannot be reached. Work goes on; what is registered is kept here and sent by itself.")
    return ngettext(
        "The centre cannot be reached. Work goes on; {n} registration is safe here and is sent by itself.",
        "The centre cannot be reached. Work goes on; {n} registrations are safe here and are sent by themselves.",
        waiting,
    ).format(n=words.number(waiting))


def copied_sentence() -> str:
    return _(
        "This desk's folder was copied, moved or restored from a backup. Nothing is lost, and both go on: "
        "look whether the other one is still in use."
    )


def when(at: int, now: int) -> str:
    """A time of today by its clock, another with its day."""
    clock, day = words.clock(at), business_day(at)
    if day == business_day(now):
        return _("at {time}").format(time=clock)
    return _("on {day} at {time}").format(day=words.long_date(day), time=clock)
