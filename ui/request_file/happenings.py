"""A request's history as the timeline tells it: what is awaited, then every entry, the newest first."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from app.desk.files import Against, File, Happened
from app.desk.paper_words import reason_sentence
from models import entries as e
from models.calendar import business_day, to_jalali
from models.records import OPEN_STATES
from resources import words
from resources.names import FLAG_ADVICE, FLAGS, settled_by
from resources.words import _, ngettext
from ui.theme import is_rtl, island


@dataclass(frozen=True)
class Node:
    """One row of the timeline: what and who, when, and what was said, in a box. `tone` is `accent`, `plain`, `warn` or
    `danger`; an `awaited` one has not happened yet."""

    icon: str
    head: str
    by: str
    when: str
    text: str = ""
    basis: str = ""
    tone: str = "plain"
    awaited: bool = False

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.head, self.by, self.when, self.text, self.basis) if part)


def comma() -> str:
    return "، " if is_rtl() else ", "


def listed(*parts: str) -> str:
    """What is there of the parts, in one line."""
    return comma().join(part for part in parts if part)


def day_of(day: datetime.date, today: datetime.date) -> str:
    """The day with its weekday, and with its year where that is another one than today's."""
    return words.short_date(day) if to_jalali(day)[0] == to_jalali(today)[0] else words.long_date(day)


def moment_of(at: int, today: datetime.date) -> str:
    """Weekday, day and time."""
    return listed(day_of(business_day(at), today), island(words.clock(at)))


def nodes_of(file: File) -> tuple[Node, ...]:
    """The whole timeline, the newest first, what is awaited at its top."""
    settled = {each.entry.attempt for each in file.happened if isinstance(each.entry, e.ReceiptSettled)}
    copies = {receipt.id: receipt.copy for receipt in file.request.receipts}
    queued = [receipt for receipt in file.request.receipts if receipt.outcome == "queued"]
    told = [(each.at, _node(each, file, copies)) for each in file.happened if _is_told(each)]
    shown = [node for _at, node in with_centre(told, file)]
    shown += [
        Node("printer", _("{paper} is in the print queue").format(paper=paper_name(receipt.copy)), "", "", tone="warn")
        for receipt in queued
        if receipt.id not in settled
    ]
    awaited = _awaited(file)
    return (*((awaited,) if awaited else ()), *reversed(shown))


def _is_told(each: Happened) -> bool:
    return not isinstance(each.entry, e.ReceiptAttempted)


def with_centre(told: list[tuple[int, Node]], file: File) -> list[tuple[int, Node]]:
    """What the centre holds against the request, or held, at its place among what happened: behind the last that is not
    later. What happened keeps its order."""
    whole = list(told)
    for each in file.against:
        at = each.raised_at if each.settled_at is None else each.settled_at
        place = max((n for n, (then, _node) in enumerate(whole, 1) if then <= at), default=0)
        whole.insert(place, (at, _against(each, at, file)))
    return whole


def _against(each: Against, at: int, file: File) -> Node:
    said = _(FLAGS[each.reason]) if each.reason in FLAGS else each.reason
    if each.settled_at is not None:
        by = listed(each.settled_by, _("at the centre"))
        return Node("cloud-check", _("Settled: {flag}").format(flag=said), by, moment_of(at, file.today), each.note)
    advice = _(FLAG_ADVICE[each.reason]) if each.reason in FLAG_ADVICE else ""
    head = _("The centre asks for a look: {flag}").format(flag=said)
    when = moment_of(at, file.today)
    return Node("circle-alert", head, settled_by(each.reason), when, advice, tone="warn")


def paper_name(copy: int) -> str:
    """What a paper is called: the receipt, or which duplicate of it."""
    return _("Duplicate {n}").format(n=words.number(copy)) if copy else _("Receipt")


def late_words(file: File) -> str:
    """By how many days the promise is broken; empty where it is not."""
    due = file.request.due_on
    if due is None or not file.request.is_late(file.today):
        return ""
    days = (file.today - due).days
    return ngettext("{n} day late", "{n} days late", days).format(n=words.number(days))


def _awaited(file: File) -> Node | None:
    request = file.request
    if request.state == "answered":
        head, said = _("To be handed over"), _("See the national card before handing it over")
        return Node("hand-helping", head, said, _("now"), tone="accent", awaited=True)
    if request.state not in OPEN_STATES:
        return None
    late = late_words(file)
    tone = "danger" if late else "accent"
    day = day_of(request.due_on, file.today) if request.due_on else ""
    by = listed(request.unit, request.officer)
    if request.lacking and request.state == "lacking":
        till = day_of(request.bring_by, file.today) if request.bring_by else ""
        head = _("Papers awaited until {day}").format(day=till) if till else _("Papers awaited")
        overdue = request.bring_by is not None and request.bring_by < file.today
        tone = tone if late else "warn"
        said = listed(*request.lacking)
        return Node("triangle-alert", head, said, late or (_("late") if overdue else ""), tone=tone, awaited=True)
    head = _("Answer awaited by {day}").format(day=day) if day else _("Answer awaited")
    return Node("clock-alert" if late else "clock", head, by, late, tone=tone, awaited=True)


def _node(each: Happened, file: File, copies: dict[UUID, int]) -> Node:
    icon, head, text, basis, tone = _told(each, copies)
    by = listed(each.who or _("by command line"), each.desk)
    if not each.taken:
        head = _("{step}; out of order, it changed nothing").format(step=head)
        icon, tone = "circle-alert", "warn"
    return Node(icon, head, by, moment_of(each.at, file.today), text, basis, tone)


def _told(each: Happened, copies: dict[UUID, int]) -> tuple[str, str, str, str, str]:
    """Icon, what happened, what was said, on what basis, and the tone."""
    match each.entry:
        case e.RequestRegistered() as entry:
            icon = "footprints" if entry.outcome == "guided" else "inbox"
            return (icon, _registered(entry), "", "", "plain")
        case e.ReceiptSettled() as entry:
            return _settled(entry, copies.get(entry.attempt, 0))
        case e.ReceiptDeclined(reason=reason):
            return ("ban", _("The client wanted no receipt"), reason, "", "plain")
        case e.DocumentReceived(document=title):
            return ("file-check", _("Paper received: {title}").format(title=title), "", "", "accent")
        case e.RequestReferred() as entry:
            head = _("Referred to {unit}").format(unit=listed(entry.unit, entry.officer))
            till = _("answer by {day}").format(day=words.long_date(entry.by)) if entry.by else ""
            return ("undo-2", head, entry.note, till, "plain")
        case e.RequestAnswered() as entry:
            heads = {"accepted": _("Answer ready: granted"), "refused": _("Answer ready: refused")}
            head = heads.get(entry.decision, _("Answer ready: granted in part"))
            basis = _("Basis: {basis}").format(basis=entry.basis) if entry.basis else ""
            return ("message-square-reply", head, entry.text, basis, "solid")
        case e.RequestDelivered(to=to, identity=identity):
            whom = _("to the representative") if to == "representative" else _("to the client")
            return ("package-check", _("Answer handed over {whom}").format(whom=whom), identity, "", "solid")
        case e.RequestExtended() as entry:
            head = _("Day of the answer moved to {day}").format(day=words.long_date(entry.due))
            basis = _("Basis: {basis}").format(basis=entry.basis) if entry.basis else ""
            return ("calendar-days", head, entry.reason, basis, "warn")
        case e.RequestWithdrawn(reason=reason):
            return ("user-x", _("Withdrawn by the client"), reason, "", "plain")
        case e.RequestVoided(reason=reason):
            basis = _("Approved by {name}").format(name=each.approver) if each.approver else ""
            return ("ban", _("Registration voided"), reason, basis, "danger")
        case e.RequestReassigned() as entry:
            head = _("Belongs to another client: {name}").format(name=entry.said.display_name)
            return ("users", head, entry.reason, "", "warn")
    return ("info", _("Noted in the book"), "", "", "plain")


def _registered(entry: e.RequestRegistered) -> str:
    if entry.outcome == "guided":
        return _("Guided; no file was opened")
    if entry.outcome == "done":
        return _("Request registered and done on the spot")
    lacking = sum(not document.received for document in entry.documents)
    if lacking:
        said = ngettext("{n} paper was lacking", "{n} papers were lacking", lacking).format(n=words.number(lacking))
        return listed(_("Request registered"), said)
    return _("Request registered")


def _settled(entry: e.ReceiptSettled, copy: int) -> tuple[str, str, str, str, str]:
    name = paper_name(copy)
    if entry.outcome == "printed":
        head = _("{paper} written as PDF") if entry.reason == "file" else _("{paper} printed")
        return ("printer-check", head.format(paper=name), "", "", "plain")
    if entry.outcome == "failed":
        why = "" if entry.reason == "clerk" else reason_sentence(entry.reason)
        return ("printer", _("{paper} did not come out").format(paper=name), why, "", "warn")
    if entry.reason == "delivered":
        return ("printer", _("{paper} handed to the printer").format(paper=name), "", "", "plain")
    head = _("{paper}: nobody knows whether it came out").format(paper=name)
    return ("circle-alert", head, reason_sentence(entry.reason), "", "warn")
