"""What a citizen may ask: where their request stands. Two things open it, the code and a second one; whoever guesses
learns nothing, neither from the answer nor from how long it takes.

The second thing is the last four digits of the document number of the person who stood at the counter, or of the mobile
that was given there; who had neither got four digits of their own on the paper. A company's number is never one.
"""

from __future__ import annotations

import datetime
import hmac
from collections.abc import Iterator
from enum import Enum

import msgspec
from sqlalchemy import Connection, or_, select

from app.book.histories import histories
from app.book.signatures import is_signed
from app.central import hits
from app.central.offices import office_of
from models import folds
from models import tables as t
from models.codes import CodeError, parse_tracking_code
from models.entries import OfficeSet
from models.paper_body import PaperBody, from_payload
from models.records import Request
from models.text import ascii_digits, compact

QUARTER, DAY = 900, 86_400
WRONG_A_QUARTER, WRONG_A_DAY = 5, 20
"""Wrong second things for one code, known or invented."""
WRONG_IN_ALL, WRONG_FROM_ONE_NETWORK = 600, 60
"""Wrong answers in a quarter of an hour: altogether, and from one network, behind which a whole town may be."""
HUMAN = frozenset({"person", "foreigner", "passport"})


class Verdict(Enum):
    found = "found"
    wrong = "wrong"
    later = "later"


class Passage(msgspec.Struct, frozen=True):
    """One thing that happened: when, which step, at which unit. Never who, never what about."""

    at: int
    kind: str
    unit: str


class Tracked(msgspec.Struct, frozen=True):
    """What the page shows of a request."""

    office: int
    code: str
    service: str
    state: str
    state_at: int
    unit: str
    registered_at: int
    due_on: datetime.date | None
    late: bool
    lacking: tuple[str, ...]
    bring_by: datetime.date | None
    answer: str
    passages: tuple[Passage, ...]


class Asked(msgspec.Struct, frozen=True):
    verdict: Verdict
    request: Tracked | None = None


def ask(connection: Connection, code: str, second: str, network: str, now: int, today: datetime.date) -> Asked:
    """Looks a request up. Every question does the same work; `wrong` says nothing of what was wrong.

    Call it in a writing transaction: what was wrong is counted, for the code, for the network and altogether.
    """
    number = _code(code)
    digits = ascii_digits(compact(second))
    if _too_many(connection, number, network, now):
        return Asked(Verdict.later)
    for request in _requests(connection, number):
        if any(hmac.compare_digest(known, digits) for known in _seconds(request)):
            return Asked(Verdict.found, _shown(request, today))
    _count_wrong(connection, number, network, now)
    return Asked(Verdict.wrong)


def genuine(connection: Connection, payload: str) -> PaperBody | None:
    """The signed values of a receipt's QR; None unless a desk that the centre knows has signed them."""
    try:
        body, signature = from_payload(f"MIZ:{payload}")
    except ValueError:
        return None
    return body if is_signed(body, signature, _keys(connection, int(body.code[:4]))) else None


def _keys(connection: Connection, desk: int) -> list[bytes]:
    """What desks of this number sign with. Each has shown its key when it joined, before any line of its came."""
    seats = select(t.seat.c.public_key).where(
        or_(t.seat.c.desk == desk, t.seat.c.former == desk), t.seat.c.public_key.is_not(None)
    )
    return list(connection.execute(seats).scalars())


def has_arrived(connection: Connection, code: str) -> bool:
    """Whether the request of this code is at the centre."""
    return next(_requests(connection, code), None) is not None


def office_of_desk(connection: Connection, desk: int) -> OfficeSet | None:
    """The office in which a desk of this number works; None where several did before they joined."""
    seats = select(t.seat.c.office).where(or_(t.seat.c.desk == desk, t.seat.c.former == desk)).distinct().limit(2)
    numbers = connection.execute(seats).scalars().all()
    return office_of(connection, numbers[0]) if len(numbers) == 1 else None


def only_office(connection: Connection) -> OfficeSet | None:
    """The one there is; None where there are several, since before a right answer nobody is told whose a code is."""
    numbers = connection.execute(select(t.office.c.number).limit(2)).scalars().all()
    return office_of(connection, numbers[0]) if len(numbers) == 1 else None


def _code(text: str) -> str:
    """Twelve digits; what is no code is counted under one name, so that nobody can fill the table with inventions."""
    try:
        return parse_tracking_code(text)
    except CodeError:
        return "none"


def _too_many(connection: Connection, code: str, network: str, now: int) -> bool:
    return (
        hits.seen(connection, f"code {code}", now, QUARTER) >= WRONG_A_QUARTER
        or hits.seen(connection, f"code {code}", now, DAY) >= WRONG_A_DAY
        or hits.seen(connection, "codes", now, QUARTER) >= WRONG_IN_ALL
        or hits.seen(connection, f"network {network}", now, QUARTER) >= WRONG_FROM_ONE_NETWORK
    )


def _count_wrong(connection: Connection, code: str, network: str, now: int) -> None:
    if code != "none":
        hits.count(connection, f"code {code}", now, QUARTER)
        hits.count(connection, f"code {code}", now, DAY)
    if hits.count(connection, "codes", now, QUARTER) == 1:
        hits.forget(connection, now)
    hits.count(connection, f"network {network}", now, QUARTER)


def _requests(connection: Connection, code: str) -> Iterator[Request]:
    """Whoever has this code: two, where a copied desk has given it twice; the second thing tells them apart."""
    desk = int(code[:4]) if code.isdecimal() else 0
    seats = select(t.seat.c.office).where(or_(t.seat.c.desk == desk, t.seat.c.former == desk)).distinct()
    for office in connection.execute(seats).scalars().all():
        ids = (
            connection.execute(
                select(t.request.c.id).where(t.request.c.office == office, t.request.c.tracking_code == code)
            )
            .scalars()
            .all()
        )
        for history in histories(connection, office, ids).values():
            request = folds.fold_request(history)
            if request is not None:
                yield request


def _seconds(request: Request) -> Iterator[str]:
    """The four digits that open it."""
    if request.passcode:
        yield request.passcode
    if request.representative is not None:
        yield from _last_four(request.representative.national_number)
    elif request.said.kind in HUMAN:
        yield from _last_four(request.said.number)
    yield from _last_four(request.said.mobile)


def _last_four(number: str) -> Iterator[str]:
    digits = "".join(letter for letter in number if letter.isdecimal())
    if len(digits) >= 4:
        yield digits[-4:]


def _shown(request: Request, today: datetime.date) -> Tracked:
    return Tracked(
        office=request.office,
        code=request.tracking_code,
        service=request.service.title,
        state=request.state,
        state_at=request.state_at,
        unit=request.unit,
        registered_at=request.registered_at,
        due_on=request.due_on,
        late=request.is_late(today),
        lacking=request.lacking if request.state == "lacking" else (),
        bring_by=request.bring_by,
        answer=request.answer.decision if request.answer else "",
        passages=tuple(Passage(step.at, step.kind, step.unit) for step in request.history),
    )
