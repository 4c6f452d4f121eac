"""Somebody at a browser who looks after the centre."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from uuid import UUID

import httpx

from app.book.append import Fact, Mark, Pen, compose
from app.central import desks
from app.central.enrolment import enrol
from app.central.feed import page, take
from app.central.people import admit_by, first_administrator
from app.central.rights import Hand
from app.central.store import Store
from app.wire.messages import Enrol, Pull, PulledLine, push_of
from models import entries as e
from models.calendar import business_day, day_number, now_us
from models.codes import make_tracking_code
from models.ids import new_id
from models.people import verifier_of
from models.records import Person
from tests.book.facts import SERVICE, details
from tests.central.conftest import Served

ADMINISTRATOR, SUPERVISOR, CLERK, PASSWORD = "نسرین رستمی", "بهروز ملکی", "زهرا نوری", "رمز-۱۴۰۵"
_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')


class Browser:
    """Keeps cookies, follows where it is sent, and sends the forms of the page that it sees."""

    def __init__(self, centre: Served, **headers: str) -> None:
        self.http = httpx.Client(base_url=centre.url, headers=headers, timeout=40, follow_redirects=True)
        centre.closes(self.http)
        self.page: httpx.Response = httpx.Response(200)

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        self.page = self.http.post("/centre/sign-in", data={"name": name, "password": password})
        return self.page

    def open(self, path: str) -> httpx.Response:
        self.page = self.http.get(f"/centre/{path}")
        return self.page

    def send(self, path: str, files: Any = None, **said: Any) -> httpx.Response:
        """The form of the page that was opened last, with files that were chosen in it."""
        found = _TOKEN.search(self.page.text)
        assert found is not None, self.page.text
        self.page = self.http.post(f"/centre/{path}", data={"token": found[1], **said}, files=files)
        return self.page

    @property
    def cookie(self) -> str:
        return str(self.http.cookies.get("miz"))


_verifier = cache(verifier_of)  # what it is made from never changes, and making it is slow on purpose


def people_of(store: Store) -> dict[str, Person]:
    """An administrator, a supervisor and a clerk, all with one password."""
    verifier = _verifier(PASSWORD)
    with store.writing() as connection:
        first = first_administrator(connection, new_id(), ADMINISTRATOR, verifier, now_us())
        hand = Hand(connection, new_id(), first, now_us())
        supervisor = admit_by(hand, SUPERVISOR, ("supervisor",), verifier, "")
        clerk = admit_by(hand, CLERK, ("clerk",), verifier, "")
    return {ADMINISTRATOR: first, SUPERVISOR: supervisor, CLERK: clerk}


class House:
    """An organisation with its people, and a desk that has joined and registers visits."""

    def __init__(self, centre: Served, office: str = "ماکو") -> None:
        self.centre, self.store = centre, centre.store
        self.people = people_of(centre.store)
        with self.store.writing() as connection:
            hand = Hand(connection, new_id(), self.people[ADMINISTRATOR], now_us())
            self.desk, code = desks.create(hand, office, "میز ۱")
            joined = enrol(connection, Enrol(code=code, public_key=bytes(32), token_hash=bytes(32)), now_us())
            assert joined is not None
            self.office = joined.office
        self.pen, self.stands = Pen(self.office, self.desk, new_id()), Mark()

    def browser(self, name: str) -> Browser:
        made = Browser(self.centre)
        assert made.sign_in(name).status_code == 200
        return made

    def say(self, *said: tuple[UUID, e.Entry]) -> None:
        facts = [Fact(new_id(), subject, self.people[CLERK].id, entry) for subject, entry in said]
        at = now_us()
        lines = compose(self.pen, self.stands, facts, at=at, business_day=day_number(business_day(at)))
        with self.store.writing() as connection:
            take(connection, self.office, push_of(lines, self.stands.head), new_id(), at)
        self.stands = Mark(lines[-1].sequence + 1, lines[-1].hash, lines[-1].at)

    def visit(self, number: int, name: str = "قلی‌زاده", **more: object) -> tuple[UUID, e.Entry]:
        return new_id(), e.RequestRegistered(
            client=new_id(),
            said=details(family_name=name),
            tracking_code=make_tracking_code(self.desk, number),
            service=SERVICE,
            outcome=more.pop("outcome", "follow_up"),  # type: ignore[arg-type]
            **more,  # type: ignore[arg-type]
        )

    def feed(self, office: int) -> list[PulledLine]:
        """What a desk would pull."""
        with self.store.reading() as connection:
            pulled = page(connection, office, Pull(after=0, own=()))
        return [line for line in pulled.lines if isinstance(line, PulledLine)]

    def last(self, office: int) -> tuple[e.Entry, UUID, UUID]:
        """The last line of a feed: the entry, its subject and who said it."""
        line = self.feed(office)[-1]
        assert line.desk == 0
        return e.decode(line.line.kind, line.line.version, line.line.body or b""), line.line.subject, line.line.actor
