"""What the centre thinks of lines that it has stored. A fact is never refused: it is on paper already. It is applied,
or flagged, or waits; the flags are entries of the feed, so that every end shows the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Connection, bindparam, select

from app.central.places import ORGANISATION
from models import entries as e
from models.entries import UnknownKind, decode
from models.ids import COMMAND_LINE
from models.lines import Line
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


class Judged(msgspec.Struct, frozen=True):
    """A flag to be raised against an entry, or to be settled."""

    entry: UUID
    says: e.FlagRaised | e.FlagSettled


def judge(connection: Connection, lines: Sequence[Line], records: Iterable[Record], now: int) -> list[Judged]:
    """What is to be said of lines of one office that were just stored and folded into these records."""
    known = {record.id: record for record in records}
    office = lines[0].office
    allowed = _Rights(connection, office, {line.actor for line in lines})
    repeated = _repeated(connection, office, [r for r in known.values() if isinstance(r, Request)])
    found: list[Judged] = []
    for line in lines:
        about = known.get(line.subject)
        for reason in _reasons(line, about, allowed, repeated, now):
            code = about.tracking_code if isinstance(about, Request) else ""
            found.append(Judged(line.entry, e.FlagRaised(reason=reason, about=line.subject, desk=line.desk, code=code)))
            break  # one entry, one flag: the gravest
    return [*found, *_no_longer_waiting(connection, office, known)]


def _reasons(line: Line, about: Record | None, allowed: _Rights, repeated: set[UUID], now: int) -> Iterator[str]:
    """Gravest first."""
    try:
        entry = decode(line.kind, line.version, line.body or b"")
    except UnknownKind:
        yield "unknown_kind"
        return
    except msgspec.DecodeError:
        yield "unreadable"
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
        query = (
            select(person.c.id, person.c.office, person.c.roles, person.c.retired)
            .where(person.c.office.in_((ORGANISATION, office)), person.c.id.in_(actors))
            .order_by(person.c.office.desc())  # the organisation's word comes last and holds
        )
        self._known = {
            row.id: frozenset() if row.retired else frozenset(row.roles.split()) for row in connection.execute(query)
        }

    def holds(self, line: Line) -> bool:
        if line.actor == COMMAND_LINE and line.kind.startswith("receipt."):
            return True
        needed = _RIGHTS.get(line.kind) or _RIGHTS.get(line.kind.partition(".")[0] + ".")
        return needed is None or bool(needed & self._known.get(line.actor, frozenset()))


def _repeated(connection: Connection, office: int, requests: Sequence[Request]) -> set[UUID]:
    """Those whose code another request of the office has as well."""
    codes = {r.tracking_code for r in requests}
    if not codes:
        return set()
    rows = connection.execute(_BY_CODE, {"o": office, "codes": sorted(codes)})
    holders: dict[str, set[UUID]] = {}
    for row in rows:
        holders.setdefault(row.tracking_code, set()).add(row.id)
    return {r.id for r in requests if len(holders.get(r.tracking_code, ())) > 1}


def _no_longer_waiting(connection: Connection, office: int, known: dict[UUID, Record]) -> list[Judged]:
    """Steps that had come before their request was registered, and took their place in it now."""
    requests = [id_ for id_, record in known.items() if isinstance(record, Request)]
    if not requests:
        return []
    rows = connection.execute(_WAITING, {"o": office, "about": requests})
    return [Judged(row.id, e.FlagSettled()) for row in rows]


_BY_CODE = select(request.c.id, request.c.tracking_code).where(
    request.c.office == bindparam("o"), request.c.tracking_code.in_(bindparam("codes", expanding=True))
)
_WAITING = select(flag.c.id).where(
    flag.c.office == bindparam("o"),
    flag.c.about.in_(bindparam("about", expanding=True)),
    flag.c.reason == "waits_for_request",
    flag.c.settled_at.is_(None),
)
