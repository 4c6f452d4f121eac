"""The demo: the sample office with made-up people and some weeks of made-up days, ready to be tried."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from app.desk import people
from app.desk.desk import Desk, open_desk, reference
from app.desk.folder import path_text
from app.desk.made_up import made_up_people
from app.desk.people import Session
from app.desk.services import services
from app.desk.setup import make_office
from app.desk.visits import Registered, register
from app.vault.place import DATABASE
from app.vault.problems import StoreError, StoreProblem
from models import tables as t
from models.calendar import TEHRAN, business_day, now_us
from models.entries import ReceiptSettled, RequestAnswered, RequestDelivered, RequestReferred
from models.records import Service
from resources.paths import SAMPLE
from resources.words import translator

PASSWORD = "1234"  # noqa: S105  # everybody's in the demo, printed by it
DESK_NUMBER = 5001
DAYS = 24
VISITS_A_DAY = 18
RETURNING = 0.3

_OUTCOMES = ("follow_up", "follow_up", "follow_up", "follow_up", "done", "guided")


def open_demo(folder: Path, progress: Callable[[int, int], None] = lambda done, of: None) -> Desk:
    """The demo in this folder, made first where there is none. Raises `StoreError`; `exists` for another desk."""
    if (folder / DATABASE).exists():
        desk = open_desk(folder)
        with desk.reading() as connection:
            is_demo = desk.store.kept(connection, "demo") is not None
        if not is_demo:
            desk.close()
            raise StoreError(StoreProblem.exists, folder)
        return desk
    return _make(folder, progress)


def described(desk: Desk) -> dict[str, Any]:
    """Who and what there is to try: people with their passwords, clients, services."""
    return {
        "data": path_text(desk.store.folder),
        "users": [{"name": p.name, "role": _role(p.roles), "pin": PASSWORD} for p in people.people(desk)],
        "clients": _some_clients(desk),
        "services": [{"code": s.offered.code, "title": s.offered.title} for s in services(desk)],
    }


def _some_clients(desk: Desk) -> list[dict[str, str]]:
    c = t.client.c
    query = select(c.number, c.given_name, c.family_name).where(c.kind == "person", c.number != "")
    with desk.reading() as connection:
        rows = connection.execute(query.order_by(c.registered_at, c.id).limit(20))
        return [{"national_number": number, "name": f"{given} {family}"} for number, given, family in rows]


def _role(roles: tuple[str, ...]) -> str:
    return "administrator" if "administrator" in roles else roles[0]


def _make(folder: Path, progress: Callable[[int, int], None]) -> Desk:
    now = now_us()
    clock = _Clock(_opening(business_day(now) - datetime.timedelta(days=DAYS)))
    staff: list[dict[str, str]] = msgspec.json.decode((SAMPLE / "people.json").read_bytes())
    office: dict[str, Any] = msgspec.json.decode((SAMPLE / "office.json").read_bytes())
    words = translator("fa")
    administrator = next(each["name"] for each in staff if each["role"] == "administrator")
    done = make_office(
        folder,
        office=office["name"],
        desk_name=words.gettext("Desk {n}").format(n=words.digits("1")),
        admin=administrator,
        password=PASSWORD,
        desk_number=DESK_NUMBER,
        clock=clock,
    )
    with done.desk.store.writing() as connection:
        done.desk.store.keep(connection, "demo", b"")  # first, so that one whose making was broken off is a demo too
    session = people.sign_in(done.desk, administrator, PASSWORD, how="demo")
    for each in staff:
        if each["name"] != administrator:
            people.admit(done.desk, session, each["name"], (each["role"],), PASSWORD, each.get("unit", ""))
    _fill(done.desk, clock, now, progress)
    done.desk.clock = now_us
    return done.desk


class _Clock:
    """A clock that the demo moves by hand through its made-up days."""

    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


def _fill(desk: Desk, clock: _Clock, now: int, progress: Callable[[int, int], None]) -> None:
    draw = random.Random(1405)  # noqa: S311  # made-up days need no secrecy
    clerks = [
        people.sign_in(desk, person.name, PASSWORD, how="demo")
        for person in people.people(desk)
        if person.roles == ("clerk",)
    ]
    offered, coming = services(desk), made_up_people()
    known: list[dict[str, Any]] = []
    days = list(_working_days(desk, clock.now, now))
    for n, day in enumerate(days):
        for at in sorted(draw.randrange(_opening(day), _opening(day) + 6 * 3_600_000_000) for _ in range(VISITS_A_DAY)):
            if at >= now:
                break
            clock.now = at
            client = draw.choice(known) if known and draw.random() < RETURNING else next(coming)
            visit = _visit(draw, client, draw.choice(offered))
            answer = register(desk, draw.choice(clerks), visit)
            if isinstance(answer, Registered):
                known.append(client)
                _goes_on(desk, draw, clerks[0], answer, now)
        progress(n + 1, len(days))


def _working_days(desk: Desk, first: int, now: int) -> Iterator[datetime.date]:
    with desk.reading() as connection:
        calendar = reference(connection).calendar
    day, today = business_day(first), business_day(now)
    while day <= today:
        if calendar.is_working(day):
            yield day
        day += datetime.timedelta(days=1)


def _opening(day: datetime.date) -> int:
    """Half past seven in Tehran, µs UTC."""
    return int(datetime.datetime.combine(day, datetime.time(7, 30), TEHRAN).timestamp()) * 1_000_000


def _visit(draw: random.Random, client: dict[str, Any], service: Service) -> dict[str, Any]:
    outcome = draw.choice(_OUTCOMES)
    documents = list(service.documents)
    if outcome == "follow_up" and documents and draw.random() < 0.2:
        documents.pop()
    return {"client": client, "service": service.offered.code, "documents": documents, "outcome": outcome}


def _goes_on(desk: Desk, draw: random.Random, actor: Session, visit: Registered, now: int) -> None:
    """The receipt came out, and by now most requests have been referred, answered or delivered."""
    words = translator("fa")
    with desk.writing() as writing:
        if visit.receipt is not None:
            writing.say(actor.person.id, visit.request, ReceiptSettled(attempt=visit.receipt, outcome="printed"))
        age = (now - visit.registered_at) // 86_400_000_000
        if visit.due_on is None or draw.random() * 12 > age:
            return
        unit = draw.choice(services(desk)).offered.unit
        writing.say(actor.person.id, visit.request, RequestReferred(unit=unit))
        if draw.random() < 0.8:
            text = words.gettext("The request was granted.")
            writing.say(actor.person.id, visit.request, RequestAnswered(decision="accepted", text=text))
            if draw.random() < 0.7:
                writing.say(actor.person.id, visit.request, RequestDelivered())
