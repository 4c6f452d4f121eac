"""Joining a centre: the desk draws its token, shows its key, and is told its number and office."""

from __future__ import annotations

import hashlib
import secrets

import msgspec

from app.book.append import mark_of
from app.desk.desk import Desk, pen_of
from app.desk.link.centre import Centre
from app.desk.link.copies import look_for_copy
from app.desk.link.membership import Chain, Membership, keep, member, membership
from app.vault.store import Store
from app.wire.messages import Enrol, Enrolled
from models.entries import DeskOpened
from models.ids import new_id, reference_id
from resources.version import VERSION

PROGRAM = f"miz/{VERSION}"
"""What a desk calls itself: its centre shows who works with what."""


class AlreadyJoined(Exception):
    """This desk has a centre."""


class _Attempt(msgspec.Struct, frozen=True):
    """What a first try said, so that a second, after a lost answer, says the same and gets the same answer."""

    url: str
    code: str
    token: str


def join(desk: Desk, url: str, code: str, ca: str = "") -> Enrolled:
    """Joins, and from then on writes under the number that the centre gave. What was written before is sent as it is.
    With a further code of its own place, after that was taken back, the desk joins again and goes on where it was.

    Raises `AlreadyJoined`, `ClockSetBack`, `Unreachable`, `NotAdmitted` (the code opens nothing) and `StoreError`.
    """
    check_free(desk, code)
    attempt = _attempt(desk, url, code)
    said = Enrol(
        code=code,
        public_key=desk.public_key,
        token_hash=hashlib.sha256(attempt.token.encode()).digest(),
        former=_former(desk),
    )
    with Centre(url, attempt.token, ca, PROGRAM) as centre:
        answer = centre.enrol(said)
    _take_place(desk, attempt, ca, answer)
    return answer


def _former(desk: Desk) -> int | None:
    """The number under which it wrote before it joined: a centre that has forgotten it must hear of that again."""
    with desk.reading() as connection:
        known = membership(connection)
    numbers = {chain.desk for chain in known.chains} if known is not None else {desk.number}
    return next((number for number in sorted(numbers) if number >= 5_000), None)


def trusted(desk: Desk) -> str:
    """Whom the desk trusts at its centre's address already, empty where nobody was named. Raises `StoreError`."""
    with desk.reading() as connection:
        known = membership(connection)
    return known.ca if known is not None else ""


def check_free(desk: Desk, code: str) -> None:
    """Whether the desk could write down that it has joined with this code. Raises `AlreadyJoined`, `ClockSetBack`,
    `StoreError`."""
    with desk.writing() as writing:
        _check_place(membership(writing.connection), code)


def _check_place(known: Membership | None, code: str) -> None:
    if known is not None and code[:4] != f"{known.writes.desk:04}":
        raise AlreadyJoined


def _attempt(desk: Desk, url: str, code: str) -> _Attempt:
    with desk.store.writing() as connection:
        _check_place(membership(connection), code)
        kept = Store.kept(connection, "joining")
        if kept is not None:
            attempt = msgspec.json.decode(kept, type=_Attempt)
            if (attempt.url, attempt.code) == (url, code):
                return attempt
        attempt = _Attempt(url, code, secrets.token_urlsafe(32))
        Store.keep(connection, "joining", msgspec.json.encode(attempt))
        return attempt


def _take_place(desk: Desk, attempt: _Attempt, ca: str, answer: Enrolled) -> None:
    """All of it or, after a kill, nothing: a desk that has its number has its name."""
    with desk.writing() as writing:
        known = membership(writing.connection)
        if known is not None:
            keep(writing.connection, msgspec.structs.replace(known, url=attempt.url, token=attempt.token, ca=ca))
            return
        before = pen_of(writing.connection)
        last = mark_of(writing.connection, before).next_sequence - 1
        chains = (Chain(before.desk, before.incarnation, end=last), Chain(answer.desk, new_id()))
        joined = Membership(attempt.url, attempt.token, ca, answer.office, answer.office_name, chains)
        keep(writing.connection, joined)
        Store.keep(writing.connection, "desk_number", str(answer.desk).encode())
        Store.keep(writing.connection, "incarnation", chains[-1].incarnation.bytes)
        writing.turn_to(chains[-1].pen)
        opened = DeskOpened(number=answer.desk, name=answer.desk_name, public_key=desk.public_key)
        writing.say(reference_id("desk", str(answer.desk)), reference_id("desk", str(answer.desk)), opened)
    look_for_copy(desk)  # from here on it is known where this book is written


def move(desk: Desk, url: str) -> None:
    """The same centre answers at another address now. Raises `NotAMember` and `StoreError`."""
    with desk.store.writing() as connection:
        known = member(connection)
        if known.url != url:
            keep(connection, msgspec.structs.replace(known, url=url))
