"""An office in miniature: desks with real books and the link's own code, a centre with its feed, and between them a
line that may break; no people, no papers, no processes.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from app.book.append import Fact, Pen
from app.central.feed import Refused, hash_at, page, take
from app.desk.desk import Desk
from app.desk.link.centre import Centre, Differs, Unreachable
from app.desk.link.membership import Chain, Membership, keep, member
from app.desk.link.pulling import pull_once
from app.desk.link.pushing import push_once
from app.desk.link.standing import waiting_lines
from app.desk.schema import DeskSchema
from app.vault.place import DATABASE
from app.vault.store import Store
from app.wire.messages import PAGE, Ask, Pull, Push, Stands
from app.wire.packing import pack, unpack
from models import entries as e
from models.ids import client_key, new_id
from models.tables import PROJECTION, line
from tests.book.facts import NOON, SERVICE, details

T = TypeVar("T")
OFFICE = 3
NUMBERS = ("2821234562", "2831234565")
NAMES = ("قلی‌زاده", "محمدی")
_KEY = bytes(32)


@cache
def _empty() -> bytes:
    """The file of a desk that has written nothing."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, DATABASE).touch()
        store = Store(Path(folder), _KEY)
        with store.writing() as connection:
            DeskSchema().upgrade(connection)
        store.close()
        return Path(folder, DATABASE).read_bytes()


class Wire(Centre):
    """A desk's end of a line on which everything is packed and unpacked as ever; `answer` is the centre's."""

    def __init__(self, answer: Callable[[object], object]) -> None:
        self._answer = answer

    def close(self) -> None:
        pass

    def _ask(self, path: str, message: object, kind: type[T]) -> T:
        try:
            answer = self._answer(unpack(pack(message), type(message)))
        except Refused as refusal:
            stands = Stands(code=refusal.code, next_sequence=refusal.stands.next_sequence, head=refusal.stands.head)
            raise Differs(unpack(pack(stands), Stands)) from None
        return unpack(pack(answer), kind)


class DeskEnd:
    """A desk that has joined. `paper` is what it handed out."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.number, self.paper = folder, number, set[UUID]()
        (folder / DATABASE).write_bytes(_empty())
        store = Store(folder, _KEY)
        chain = Chain(number, new_id())
        with store.writing() as connection:
            store.keep(connection, "desk_number", str(number).encode())
            store.keep(connection, "incarnation", chain.incarnation.bytes)
            keep(connection, Membership("http://127.0.0.1", "", "", OFFICE, "ماکو", (chain,)))
        self._open(store)

    def _open(self, store: Store) -> None:
        self.clock = NOON
        self.desk = Desk(store, lambda: self.clock)

    def write(self, *facts: Fact) -> None:
        with self.desk.writing(accept_clock=True) as writing:
            writing.add(*facts)
        self.paper |= {fact.id for fact in facts}

    def known(self, kind: str) -> list[UUID]:
        table = PROJECTION.tables[kind]
        with self.desk.reading() as connection:
            return sorted(connection.execute(select(table.c.id)).scalars())

    def written(self) -> set[UUID]:
        """The entries of its own chains: those that it will send by itself."""
        with self.desk.reading() as connection:
            chains = {(each.desk, each.incarnation): each for each in member(connection).chains}
            rows = connection.execute(select(line.c.entry, line.c.desk, line.c.incarnation, line.c.sequence)).all()
        return {
            row.entry
            for row in rows
            if (chain := chains.get((row.desk, row.incarnation))) and chain.is_ours(row.sequence)
        }

    def copy(self, folder: Path) -> DeskEnd:
        """The data folder, copied while the program was closed."""
        self.desk.close()
        folder.mkdir()
        shutil.copy(self.folder / DATABASE, folder / DATABASE)
        self._open(Store(self.folder, _KEY))
        twin = DeskEnd.__new__(DeskEnd)
        twin.folder, twin.number, twin.paper = folder, self.number, set(self.paper)
        twin._open(Store(folder, _KEY))
        return twin

    def close(self) -> None:
        self.desk.close()


class Office:
    """The centre and its desks. `pushes` is every message that a desk has sent."""

    def __init__(self, centre: Engine, folder: Path, desks: int) -> None:
        self.centre, self.folder, self.incarnation = centre, folder, new_id()
        self.pushes: list[Push] = []
        self.desks = []
        for number in range(1, desks + 1):
            (folder / f"desk{number}").mkdir()
            self.desks.append(DeskEnd(folder / f"desk{number}", number))

    def answer(self, message: object) -> object:
        if isinstance(message, Push):
            self.pushes.append(message)
            with self.centre.begin() as connection:
                return take(connection, OFFICE, message, self.incarnation, NOON)
        with self.centre.connect() as connection:
            if isinstance(message, Pull):
                return page(connection, OFFICE, message)
            assert isinstance(message, Ask)
            return hash_at(connection, Pen(OFFICE, message.desk, message.incarnation), message.sequence)

    def push(self, desk: DeskEnd, most: int = 1_000, *, answer_lost: bool = False) -> bool:
        """One push; whether something was left to do."""
        return self._say(lambda wire: push_once(desk.desk, wire, most), answer_lost)

    def pull(self, desk: DeskEnd, most: int = PAGE, *, answer_lost: bool = False) -> bool:
        """One page; whether something came."""
        return self._say(lambda wire: pull_once(desk.desk, wire, most=most)[0], answer_lost)

    def _say(self, act: Callable[[Centre], int], answer_lost: bool) -> bool:
        def lost(message: object) -> object:
            self.answer(message)
            raise Unreachable("network")

        try:
            return act(Wire(lost if answer_lost else self.answer)) > 0
        except Unreachable:
            return True

    def settle(self) -> None:
        """Everybody pushes and pulls until nothing is left."""
        for _turn in range(200):
            left = [self.push(desk) or self.pull(desk) for desk in self.desks]
            if not any(left):
                assert [waiting_lines(desk.desk) for desk in self.desks] == [0] * len(self.desks)
                return
        raise AssertionError("somebody is stuck")


def rows(end: Engine | DeskEnd) -> dict[str, list[tuple[Any, ...]]]:
    """Every projected row, without its office: a desk knows its own only, by another number."""
    with reading(end) as connection:
        return {
            table.name: sorted(
                map(tuple, connection.execute(select(*(each for each in table.c if each.name != "office")))), key=repr
            )
            for table in PROJECTION.sorted_tables
        }


def stored(end: Engine | DeskEnd, *, by_desks: bool = False) -> list[UUID]:
    """The entries of this end in the feed's order; only those that desks wrote, where that is asked for."""
    query = select(line.c.entry).order_by(line.c.position, line.c.entry)
    with reading(end) as connection:
        return list(connection.execute(query.where(line.c.desk > 0) if by_desks else query).scalars())


def reading(end: Engine | DeskEnd) -> AbstractContextManager[Connection]:
    return end.desk.reading() if isinstance(end, DeskEnd) else end.connect()


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
