"""An office in miniature: desks with a book each, a centre with the feed, and a line between them that may break."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select

from app.book.append import Fact, Pen, Writer, mark_of
from app.book.following import hash_at as desk_hash_at
from app.book.following import receive, start_anew, unsent
from app.book.project import project
from app.central.feed import Refused, hash_at, page, take
from app.wire.messages import Own, Pull, PulledLine, Push, placed, push_of
from models import entries as e
from models.ids import client_key, new_id
from models.lines import GENESIS, Line
from models.tables import PROJECTION, line
from tests.book.conftest import sqlite_book
from tests.book.facts import NOON, SERVICE, details

OFFICE = 3
NUMBERS = ("2821234562", "2831234565")
NAMES = ("قلی‌زاده", "محمدی")


class DeskEnd:
    """A desk's book and what it knows of the centre."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.number = folder, number
        self.engine = sqlite_book(folder / "book.db")
        self.pen = Pen(OFFICE, number, new_id())
        self.own = {self.pen.incarnation: 0}  # through which sequence the centre has confirmed each
        self.cursor = 0
        self.paper: set[UUID] = set()  # what was handed out: it must be there in the end

    @property
    def sent(self) -> int:
        return self.own[self.pen.incarnation]

    def write(self, *facts: Fact) -> None:
        with self.engine.begin() as connection:
            writer = Writer(connection, self.pen, NOON)
            project(connection, writer.append(facts))
        self.paper |= {fact.id for fact in facts}

    def known(self, kind: str) -> list[UUID]:
        table = PROJECTION.tables[kind]
        with self.engine.connect() as connection:
            return sorted(connection.execute(select(table.c.id)).scalars())

    def next_push(self, most: int) -> Push | None:
        with self.engine.connect() as connection:
            lines = unsent(connection, self.pen, self.sent, most)
            if not lines:
                return None
            previous = desk_hash_at(connection, self.pen, self.sent) or GENESIS
        return push_of(lines, previous)

    def has(self, entries: list[UUID]) -> set[UUID]:
        with self.engine.connect() as connection:
            return set(connection.execute(select(line.c.entry).where(line.c.entry.in_(entries))).scalars())

    def last(self) -> int:
        with self.engine.connect() as connection:
            return mark_of(connection, self.pen).next_sequence - 1

    def anew(self, common: int) -> None:
        self.own[self.pen.incarnation] = common
        with self.engine.begin() as connection:
            self.pen = start_anew(connection, self.pen, common, new_id())
        self.own[self.pen.incarnation] = 0

    def copy(self, folder: Path) -> DeskEnd:
        """The data folder, copied while the program was closed."""
        self.engine.dispose()
        folder.mkdir()
        shutil.copy(self.folder / "book.db", folder / "book.db")
        twin = DeskEnd.__new__(DeskEnd)
        twin.__dict__.update(self.__dict__, folder=folder, own=dict(self.own), paper=set(self.paper))
        twin.engine = sqlite_book(folder / "book.db", new=False)
        return twin


class Office:
    """The centre and its desks."""

    def __init__(self, centre: Engine, folder: Path, desks: int) -> None:
        self.centre, self.folder, self.incarnation = centre, folder, new_id()
        self.desks = []
        for number in range(1, desks + 1):
            (folder / f"desk{number}").mkdir()
            self.desks.append(DeskEnd(folder / f"desk{number}", number))

    def push(self, desk: DeskEnd, most: int = 1_000, *, answer_lost: bool = False) -> bool:
        """One push; whether something was left to do."""
        message = desk.next_push(most)
        if message is None:
            return False
        try:
            with self.centre.begin() as connection:
                answer = take(connection, OFFICE, message, self.incarnation, NOON)
        except Refused as refusal:
            self._settle(desk, refusal)
            return True
        if not answer_lost:
            desk.own[desk.pen.incarnation] = max(desk.sent, answer.through)
        return True

    def _settle(self, desk: DeskEnd, refusal: Refused) -> None:
        """What a desk does about a refusal: it finds the last place that both have alike."""
        assert refusal.code in ("fork", "gap"), refusal.code
        common = min(refusal.stands.next_sequence - 1, desk.last())
        with self.centre.connect() as there, desk.engine.connect() as here:
            while hash_at(there, desk.pen, common) != desk_hash_at(here, desk.pen, common):
                common -= 1
        if refusal.code == "gap":
            desk.own[desk.pen.incarnation] = common
        else:
            desk.anew(common)

    def pull(self, desk: DeskEnd, most: int = 500) -> bool:
        with self.centre.connect() as connection:
            answer = page(connection, OFFICE, Pull(after=desk.cursor, own=tuple(desk.own.items()), most=most))
        self.take_in(desk, answer.lines)
        desk.cursor = answer.through
        return bool(answer.lines)

    def take_in(self, desk: DeskEnd, found: tuple[PulledLine | Own, ...]) -> None:
        lines = [as_line(each) for each in found if isinstance(each, PulledLine)]
        here = desk.has([each.entry for each in lines])
        if any(each.incarnation == desk.pen.incarnation and each.entry not in here for each in lines):
            desk.anew(desk.sent)  # somebody else writes in this chain: a copy of this book
        places = {each.entry: each.position for each in found if isinstance(each, Own)}
        with desk.engine.begin() as connection:
            receive(connection, OFFICE, lines, places)

    def settle(self) -> None:
        """Everybody pushes and pulls until nothing is left."""
        for _turn in range(200):
            left = [self.push(desk) or self.pull(desk) for desk in self.desks]
            if not any(left):
                return
        raise AssertionError("somebody is stuck")


def as_line(each: PulledLine) -> Line:
    return placed(each.line, OFFICE, each.desk, each.incarnation, each.sequence, each.hash, each.position)


def rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every projected row."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in PROJECTION.sorted_tables
        }


def handed_in(engine: Engine) -> set[UUID]:
    """What desks wrote."""
    with engine.connect() as connection:
        return set(connection.execute(select(line.c.entry).where(line.c.desk > 0)).scalars())


def stored(engine: Engine) -> list[UUID]:
    with engine.connect() as connection:
        return sorted(connection.execute(select(line.c.entry)).scalars())


def some_fact(desk: DeskEnd, luck: random.Random) -> Fact:
    """Something a clerk may do here, with what this desk has heard of."""
    clients, requests = desk.known("client"), desk.known("request")
    number, name = luck.choice(NUMBERS), luck.choice(NAMES)
    said = details(number, name)
    actor = UUID(int=luck.randrange(1, 4))
    what = luck.random()
    if what < 0.3 or not clients:
        key = client_key("person", "IR", number) if luck.random() < 0.7 else new_id()
        return Fact(new_id(), key, actor, e.ClientRegistered(details=said))
    if what < 0.55:
        return change_of_client(clients, actor, luck)
    if what < 0.75 or not requests:
        code = f"{desk.number:04}{luck.randrange(10**8):08}"
        entry = e.RequestRegistered(
            client=luck.choice(clients), said=said, tracking_code=code, service=SERVICE, outcome="follow_up"
        )
        return Fact(new_id(), new_id(), actor, entry)
    return step_of_request(luck.choice(requests), actor, luck)


def change_of_client(clients: list[UUID], actor: UUID, luck: random.Random) -> Fact:
    """A correction, or the word that two are one."""
    client = luck.choice(clients)
    if luck.random() < 0.6:
        said = details(luck.choice(NUMBERS), luck.choice(NAMES))
        return Fact(new_id(), client, actor, e.ClientCorrected(details=said))
    return Fact(new_id(), client, actor, e.ClientMerged(into=luck.choice(clients)))


def step_of_request(request: UUID, actor: UUID, luck: random.Random) -> Fact:
    """Whatever may become of a request, legal at this moment or not."""
    step = luck.choice(
        (
            e.RequestReferred(unit="واحد"),
            e.RequestAnswered(decision="accepted", text="شد"),
            e.RequestDelivered(),
            e.RequestWithdrawn(reason="نخواست"),
            e.RequestVoided(reason="اشتباه", approved_by=UUID(int=9)),
            e.DocumentReceived(document="شناسنامه"),
        )
    )
    return Fact(new_id(), request, actor, step)
