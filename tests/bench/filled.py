"""A desk with years of work in it, made in minutes: the same lines that visits write, composed in batches."""

from __future__ import annotations

import datetime
import random
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, func, select
from sqlalchemy.schema import CreateIndex, DropIndex

from app.book.append import Fact, Mark, compose
from app.book.append import store as store_lines
from app.desk import people
from app.desk.desk import HOME_OFFICE, Desk, Reference, open_desk, reference
from app.desk.made_up import made_up_people
from app.desk.people import Session
from app.desk.promises import promised
from app.desk.receipts import first_values
from app.desk.schema import rebuild_all
from app.desk.services import services
from app.desk.setup import make_office
from app.vault.place import DATABASE
from models import tables as t
from models.calendar import TEHRAN, business_day, day_number, now_us, parse_jalali
from models.codes import make_tracking_code
from models.entries import (
    ClientDetails,
    ClientRegistered,
    Document,
    ReceiptAttempted,
    ReceiptSettled,
    RequestRegistered,
)
from models.ids import client_key, new_id
from models.lines import Line
from models.receipt import TEMPLATE, ReceiptValues
from models.records import Person, Service

VISITS_A_DAY = 400
RETURNING = 0.3
DESK_NUMBER = 5001
CLERK, PASSWORD = "زهرا نوری", "1405"

_BATCH = 20_000
"""Lines an INSERT."""
_OPENING = datetime.time(7, 30)
_VISIT_US = 6 * 3_600_000_000 // VISITS_A_DAY
_CODES = 7_654_321
"""Coprime to ten million: walks through every number of a desk's codes once."""
_FILLED = "filled"

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, how many of it, of how many)."""


def filled_desk(folder: Path, clients: int, requests: int, progress: Progress) -> tuple[Desk, Session]:
    """The desk in this folder, open, with so many clients and requests; made first where there is none.

    The same numbers give the same people and visits, but for ids, salts and keys. Raises `RuntimeError` for a folder
    whose filling was cut short.
    """
    if not (folder / DATABASE).exists():
        _make(folder, clients, requests, progress)
    desk = open_desk(folder)
    with desk.reading() as connection:
        if desk.store.kept(connection, _FILLED) is None:
            raise RuntimeError("The folder holds a desk that was not filled to the end; remove it.")
    return desk, _session(desk)


def newcomers(desk: Desk) -> Iterator[dict[str, Any]]:
    """People whom the desk does not know yet, as visits name them."""
    with desk.reading() as connection:
        clients: int = connection.execute(select(func.count()).select_from(t.client)).scalar_one()
    return (said for said in islice(made_up_people(), clients, None) if not _is_known(desk, said["national_number"]))


def _is_known(desk: Desk, number: str) -> bool:
    with desk.reading() as connection:
        known = select(t.client.c.id).where(t.client.c.office == HOME_OFFICE, t.client.c.number == number)
        return connection.execute(known).first() is not None


def _session(desk: Desk) -> Session:
    return Session(new_id(), next(person for person in people.people(desk) if person.name == CLERK))


def _make(folder: Path, clients: int, requests: int, progress: Progress) -> None:
    days = -(-requests // VISITS_A_DAY)
    clock = _Clock(_opening_of(business_day(now_us()) - datetime.timedelta(days=days * 2)))
    done = make_office(
        folder,
        office="سازمان نمونه",
        desk_name="میز ۱",
        admin=CLERK,
        password=PASSWORD,
        desk_number=DESK_NUMBER,
        clock=clock,
    )
    with done.desk.store.writing() as connection:
        _quickly(connection)
        scribe = _Scribe(connection, done.desk, _session(done.desk).person)
        indexes = sorted(t.line.indexes, key=lambda index: str(index.name))
        for index in indexes:
            connection.execute(DropIndex(index))
        _write(connection, scribe.visits(clients, requests), max(clients, requests), progress)
        for index in indexes:
            connection.execute(CreateIndex(index))
        rebuild_all(connection, lambda done, of: progress("tables", done, of))
        done.desk.store.keep(connection, _FILLED, f"{clients} {requests}".encode())
    done.desk.close()


class _Clock:
    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


def _quickly(connection: Connection) -> None:
    """For this one transaction: a large cache, so that pages are enciphered once."""
    connection.exec_driver_sql("PRAGMA cache_size=-1000000")


def _write(connection: Connection, visits: Iterator[tuple[Line, ...]], total: int, progress: Progress) -> None:
    waiting: list[Line] = []
    for n, lines in enumerate(visits, 1):
        waiting += lines
        if len(waiting) >= _BATCH:
            store_lines(connection, waiting)
            waiting.clear()
            progress("visits", n, total)
    store_lines(connection, waiting)
    progress("visits", total, total)


class _Scribe:
    """Composes visits as they were registered, day after day, one chain."""

    def __init__(self, connection: Connection, desk: Desk, clerk: Person) -> None:
        self._known: Reference = reference(connection)
        self._desk, self._clerk, self._pen = desk, clerk, desk.pen
        row = connection.execute(select(t.mark)).one()
        self._stands = Mark(row.next_sequence, row.head, row.last_at)
        self._draw = random.Random(1405)
        self._services = [_Offered(service) for service in services(desk)]
        self._recent: deque[tuple[UUID, ClientDetails]] = deque(maxlen=5_000)

    def visits(self, clients: int, requests: int) -> Iterator[tuple[Line, ...]]:
        """The lines of each visit in turn; clients and requests are spread evenly over the days."""
        coming, steps = made_up_people(), max(clients, requests)
        opening, number = 0, 0
        days = self._days(-(-steps // VISITS_A_DAY))
        for n in range(steps):
            if n % VISITS_A_DAY == 0:
                opening, number = self._open(next(days))
            at = opening + n % VISITS_A_DAY * _VISIT_US
            facts: list[Fact] = []
            if _is_due(clients, n, steps):
                facts.append(self._client(next(coming)))
            if _is_due(requests, n, steps):
                facts += self._request(n, at)
            yield self._lines(facts, at, number)

    def _open(self, day: datetime.date) -> tuple[int, int]:
        """A day begins: when it does (µs UTC), and its number."""
        for service in self._services:
            service.promise(self._known, day)
        return _opening_of(day), day_number(day)

    def _days(self, needed: int) -> Iterator[datetime.date]:
        """The last so many working days before today, the oldest first."""
        day, days = business_day(now_us()), deque[datetime.date]()
        while len(days) < needed:
            day -= datetime.timedelta(days=1)
            if self._known.calendar.is_working(day):
                days.appendleft(day)
        return iter(days)

    def _lines(self, facts: list[Fact], at: int, business_day: int) -> tuple[Line, ...]:
        lines = compose(self._pen, self._stands, facts, at=at, business_day=business_day)
        if lines:
            self._stands = Mark(lines[-1].sequence + 1, lines[-1].hash, at)
        return lines

    def _client(self, said: dict[str, Any]) -> Fact:
        details = ClientDetails(
            kind="person",
            number=said["national_number"],
            given_name=said["given_name"],
            family_name=said["family_name"],
            father_name=said["father_name"],
            birth_date=parse_jalali(said["birth_date"]),
            mobile=said["mobile"],
        )
        key = client_key("person", "", details.number)
        self._recent.append((key, details))
        return Fact(new_id(), key, self._clerk.id, ClientRegistered(details=details))

    def _request(self, n: int, at: int) -> Iterator[Fact]:
        draw, actor, request = self._draw, self._clerk.id, new_id()
        client, said = draw.choice(self._recent) if draw.random() < RETURNING else self._recent[-1]
        service = draw.choice(self._services)
        entry = RequestRegistered(
            client=client,
            said=said,
            tracking_code=make_tracking_code(DESK_NUMBER, n * _CODES % 10_000_000),
            service=service.service.offered,
            documents=service.documents,
            outcome="follow_up",
            due_on=service.due_on,
        )
        attempt = Fact(
            new_id(), request, actor, ReceiptAttempted(values=self._values(service, entry, at), template=TEMPLATE)
        )
        yield Fact(new_id(), request, actor, entry)
        yield attempt
        yield Fact(new_id(), request, actor, ReceiptSettled(attempt=attempt.id, outcome="printed"))

    def _values(self, service: _Offered, entry: RequestRegistered, at: int) -> ReceiptValues:
        if service.values is None:
            service.values = first_values(self._desk, self._known, entry, self._clerk.name, at)
        return msgspec.structs.replace(
            service.values,
            registered_at=at,
            tracking_code=entry.tracking_code,
            client_name=entry.said.display_name,
            father_name=entry.said.father_name,
            due_on=entry.due_on,
        )


def _is_due(many: int, n: int, steps: int) -> bool:
    """Whether the n-th step brings one of so many that are spread evenly over the steps, the first at once."""
    return -(-(n + 1) * many // steps) > -(-n * many // steps)


class _Offered:
    """A service with what does not change from visit to visit: its papers, the day's promise, a receipt to go by."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.documents = tuple(Document(title=title, received=True) for title in service.documents)
        self.due_on: datetime.date | None = None
        self.values: ReceiptValues | None = None

    def promise(self, known: Reference, day: datetime.date) -> None:
        self.due_on = promised(known, self.service, day, lacking=False).due_on


def _opening_of(day: datetime.date) -> int:
    return int(datetime.datetime.combine(day, _OPENING, TEHRAN).timestamp()) * 1_000_000
