"""What the centre thinks of lines that it has stored. A fact is never refused: it is on paper already. It is applied,
or flagged, or waits; the flags are entries of the feed, so that every end shows the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Connection, bindparam, select

from app.book.histories import among
from app.central.places import LAST_NUMBER, ORGANISATION
from models import entries as e
from models.entries import is_known
from models.ids import COMMAND_LINE
from models.lines import Line, Recorded
from models.records import Client, Record, Request
from models.tables import flag, person, request

CLOCK_TOLERANCE_US = 10 * 60 * 1_000_000
_CLERKS = frozenset({"clerk", "supervisor"})
_RIGHTS: dict[str, frozenset[str]] = {
    "client.": _CLERKS,
    "client.merged": frozenset({"supervisor"}),
    "client.parted": frozenset({"supervisor"}),
    "request.": _CLERKS,
    "request.reassigned": frozenset({"supervisor"}),
    "request.referred": _CLERKS | {"unit_officer"},
    "request.answered": _CLERKS | {"unit_officer"},
    "receipt.": _CLERKS | {"administrator"},  # an administrator may be the one who sets printers right
}


_CENTRES_OWN = ("person.", "service.", "holiday.", "flag.")
"""What no desk says any more once it has joined: whoever says it has its token, but not its program."""


class Judged(msgspec.Struct, frozen=True):
    """A flag to be raised against an entry, or to be settled."""

    entry: UUID
    says: e.FlagRaised | e.FlagSettled


def judge(
    connection: Connection, lines: Sequence[Line], entries: Iterable[Recorded], records: Iterable[Record], now: int
) -> list[Judged]:
    """What is to be said of lines of one office that were just stored; their entries, those that could be read, were
    folded into the records."""
    read = {each.line.entry: each.entry for each in entries}
    known = {record.id: record for record in records}
    office = lines[0].office
    allowed = _Rights(connection, office, {line.actor for line in lines})
    registered = [line.subject for line in lines if isinstance(read.get(line.entry), e.RequestRegistered)]
    codes = {r.tracking_code for r in map(known.get, registered) if isinstance(r, Request)}
    repeated = _repeated(connection, office, codes)
    found: list[Judged] = []
    for line in lines:
        about = known.get(line.subject)
        for reason in _reasons(line, read.get(line.entry), about, allowed, repeated, now):
            code = about.tracking_code if isinstance(about, Request) else ""
            found.append(Judged(line.entry, e.FlagRaised(reason=reason, about=line.subject, desk=line.desk, code=code)))
            break  # one entry, one flag: the gravest
    return [*found, *_no_longer_waiting(connection, office, registered)]


def _reasons(
    line: Line, entry: e.Entry | None, about: Record | None, allowed: _Rights, repeated: set[UUID], now: int
) -> Iterator[str]:
    """Gravest first."""
    if entry is None:
        yield "unreadable" if is_known(line.kind, line.version) else "unknown_kind"
        return
    if about is None and line.kind.startswith(("request.", "receipt.")):
        yield "waits_for_request"
    if not allowed.holds(line):
        yield "not_allowed"
    if isinstance(about, Request):
        if isinstance(entry, e.RequestRegistered) and line.subject in repeated:
            yield "repeated_code"
        if "illegal_step" in about.flags and line.kind.startswith("request.") and not _took_effect(about, line):
            yield "illegal_step"
        if isinstance(entry, e.RequestRegistered) and entry.overrides:
            yield "override"
    if isinstance(about, Client) and isinstance(entry, e.ClientRegistered):
        if "same_number" in about.flags:
            yield "same_number"
        if entry.overrides:
            yield "override"
    if line.at > now + CLOCK_TOLERANCE_US:
        yield "clock"


def _took_effect(about: Request, line: Line) -> bool:
    return any(step.entry == line.entry for step in about.history)


class _Rights:
    """Who may write what, by the organisation's people and, where it knows nobody of that id, the office's own."""

    def __init__(self, connection: Connection, office: int, actors: set[UUID]) -> None:
        rows = connection.execute(_PEOPLE[connection.dialect.name], {"o": office, "actors": list(actors)})
        self._known = {row.id: frozenset() if row.retired else frozenset(row.roles.split()) for row in rows}

    def holds(self, line: Line) -> bool:
        if line.kind.startswith(_CENTRES_OWN) and line.desk <= LAST_NUMBER:
            return False
        if line.actor == COMMAND_LINE and line.kind.startswith("receipt."):
            return True
        needed = _RIGHTS.get(line.kind) or _RIGHTS.get(line.kind.partition(".")[0] + ".")
        return needed is None or bool(needed & self._known.get(line.actor, frozenset()))


def _repeated(connection: Connection, office: int, codes: set[str]) -> set[UUID]:
    """The requests that share one of these codes with another of the office."""
    if not codes:
        return set()
    holders: dict[str, set[UUID]] = {}
    for row in connection.execute(_BY_CODE[connection.dialect.name], {"o": office, "codes": sorted(codes)}):
        holders.setdefault(row.tracking_code, set()).add(row.id)
    return {id_ for ids in holders.values() if len(ids) > 1 for id_ in ids}


def _no_longer_waiting(connection: Connection, office: int, registered: Sequence[UUID]) -> list[Judged]:
    """Steps that had come before their request was registered, and took their place in it now."""
    if not registered:
        return []
    rows = connection.execute(_WAITING[connection.dialect.name], {"o": office, "about": registered})
    return [Judged(row.id, e.FlagSettled()) for row in rows]


_PEOPLE = {
    dialect: select(person.c.id, person.c.office, person.c.roles, person.c.retired)
    .where(person.c.office.in_((ORGANISATION, bindparam("o"))), is_one)
    .order_by(person.c.office.desc())  # the organisation's word comes last and holds
    for dialect, is_one in among(person.c.id, "actors").items()
}
_BY_CODE = {
    dialect: select(request.c.id, request.c.tracking_code).where(request.c.office == bindparam("o"), is_one)
    for dialect, is_one in among(request.c.tracking_code, "codes", as_table=True).items()
}
_WAITING = {
    dialect: select(flag.c.id).where(
        flag.c.office == bindparam("o"),
        is_one,
        flag.c.reason == "waits_for_request",
        flag.c.settled_at.is_(None),
    )
    for dialect, is_one in among(flag.c.about, "about").items()
}
