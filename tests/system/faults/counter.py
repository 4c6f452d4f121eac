"""A counter at which anything may happen: offices to copy desks from, and what a clerk does next."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import select

from app.book.append import ClockSetBack, Fact
from app.desk import people, setup
from app.desk.clock import accept_clock
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.made_up import made_up_people
from app.desk.people import Session
from app.desk.visits import Registered, register
from models.ids import new_id
from models.records import Person
from models.tables import PROJECTION
from tests.central.office import change_of_client, step_of_request
from tests.desk.counter import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR

CLIENTS = list(islice(made_up_people(seed=7), 8))
"""So few that desks keep meeting the same ones."""
DAY = 86_400_000_000


def make_desks(folder: Path) -> list[Path]:
    """Three desks that were set up by themselves; copy them, do not write in them. `MIZ_KEYSTORE` must be `file`."""
    folder.mkdir()
    services = folder / "services.jsonl"
    services.write_text('{"code": "101", "title": "درخواست", "working_days": 5}\n')
    made = []
    for number in (5001, 5002, 5003):
        made.append(folder / str(number))
        with patch.object(setup, "_holidays", list):  # two hundred lines that nothing here asks for
            desk = setup.make_office(
                made[-1],
                office="سازمان نمونه",
                desk_name=f"میز {number}",
                admin=ADMINISTRATOR,
                password=PASSWORD,
                desk_number=number,
                services=str(services),
            ).desk
        session = Session(new_id(), person_of(desk, ADMINISTRATOR))
        people.admit(desk, session, CLERK, ("clerk",), PASSWORD)
        people.admit(desk, session, SUPERVISOR, ("supervisor",), PASSWORD)
        desk.close()
    return made


def person_of(desk: Desk, name: str) -> Person:
    return next(person for person in people.people(desk) if person.name == name)


class AtWork:
    """A clerk with an open desk. `tries` and `done` are told of what is begun and of what has become durable."""

    def __init__(self, desk: Desk, luck: random.Random, tries: Callable[[str], None], done: Callable[[str, str], None]):
        self.desk, self.luck = desk, luck
        self._tries, self._done = tries, done

    def visit(self, key: str) -> str:
        """Somebody comes; the same key again is the same visit. The code on their paper, nothing where refused."""
        client = CLIENTS[random.Random(key).randrange(len(CLIENTS))]
        self._tries(key)
        session = Session(new_id(), person_of(self.desk, CLERK))
        said = {"client": client, "service": "101", "key": key, "subject": "درخواست"}
        answer = register(self.desk, session, said)
        if not isinstance(answer, Registered) and [problem.code for problem in answer.errors] == ["clock"]:
            self._accept_clock(session)
            answer = register(self.desk, session, said)
        if not isinstance(answer, Registered):
            return ""
        self._done(key, answer.tracking_code)
        return answer.tracking_code

    def step(self) -> None:
        """Something else that a clerk may do, with what this desk has heard of."""
        fact = self._some_fact()
        if fact is None:
            return
        self._tries(str(fact.id))
        try:
            with self.desk.writing() as writing:
                writing.add(fact)
        except ClockSetBack:
            self._accept_clock(Session(new_id(), person_of(self.desk, CLERK)))
            return
        self._done(str(fact.id), "")

    def _accept_clock(self, session: Session) -> None:
        accept_clock(self.desk, session, person_of(self.desk, SUPERVISOR))

    def _some_fact(self) -> Fact | None:
        clients, requests = self._known("client"), self._known("request")
        actor = self.luck.choice([person.id for person in people.people(self.desk)] + [new_id()])
        if requests and (self.luck.random() < 0.7 or not clients):
            return step_of_request(self.luck.choice(requests), actor, self.luck)
        return change_of_client(clients, actor, self.luck) if clients else None

    def _known(self, kind: str) -> list[UUID]:
        table = PROJECTION.tables[kind]
        with self.desk.reading() as connection:
            return sorted(connection.execute(select(table.c.id).where(table.c.office == HOME_OFFICE)).scalars())
