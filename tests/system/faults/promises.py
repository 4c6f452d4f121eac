"""What was promised at the counters of one run, and whether it was kept at every end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, select

from app.book.check import check_book
from app.central.places import ORGANISATION
from app.central.store import Store
from app.desk.checking import check
from app.desk.desk import HOME_OFFICE, Desk, open_desk
from app.desk.link.membership import Chain, member, membership
from app.desk.link.standing import REGISTERED, waiting_lines
from app.vault.problems import StoreError
from models.tables import PROJECTION, line, link, mark, request

OF_THE_ORGANISATION = {"person", "service", "holiday"}
"""Tables that a desk folds from two feeds and the centre keeps apart."""


class Ledger:
    """A visit goes by the key that the clerk's program gave it, another fact by its entry's id, both as text."""

    def __init__(self) -> None:
        self.tried: set[str] = set()
        self.acknowledged: dict[str, str] = {}
        """Name → tracking code, or nothing for a fact that has none."""
        self.lost_with_a_disk: set[str] = set()
        """What was nowhere else when a disk was replaced by its backup. It may be there; it cannot be asked for."""
        self.left_with_readers: set[str] = set()
        """Of this what another desk had read: there it must stay."""

    def acknowledge(self, name: str, code: str) -> None:
        self.acknowledged[name] = code

    def disk_replaced(self, had: set[str], elsewhere: set[str], read: set[str]) -> None:
        """`had` was on it; `elsewhere` is what the centre has and what desks wrote themselves, `read` all that desks
        have."""
        self.lost_with_a_disk |= had - elsewhere
        self.left_with_readers = (self.left_with_readers | (had - elsewhere)) & read

    @property
    def asked_for(self) -> dict[str, str]:
        return {name: code for name, code in self.acknowledged.items() if name not in self.lost_with_a_disk}


def held(connection: Connection, office: int) -> set[str]:
    """The names of all that this end has of what desks wrote."""
    keys = select(request.c.key).where(request.c.office == office, request.c.key != "")
    entries = select(line.c.entry).where(line.c.office == office, line.c.desk > 0)
    return {*connection.execute(keys).scalars(), *map(str, connection.execute(entries).scalars())}


def written(connection: Connection) -> set[str]:
    """The names of what this desk will send by itself."""
    known = membership(connection)
    if known is None:
        return held(connection, HOME_OFFICE)
    chains = {(chain.desk, chain.incarnation): chain for chain in known.chains}
    places = (line.c.desk, line.c.incarnation, line.c.sequence)
    own = [
        each
        for each in connection.execute(select(line.c.entry, line.c.subject, line.c.kind, *places))
        if (chain := chains.get((each.desk, each.incarnation))) and chain.is_ours(each.sequence)
    ]
    keys = dict(tuple(row) for row in connection.execute(select(request.c.id, request.c.key)))
    visits = [
        each.subject for each in own if each.kind == REGISTERED
    ]  # a step of somebody else's visit is not the visit
    return {*(str(each.entry) for each in own), *(keys[visit] for visit in visits if visit in keys)}


def sizes(centre: Store, office: int) -> Counter[str]:
    """How much came together, and how much of it the centre was sent again in another chain."""
    with centre.reading() as connection:
        return Counter(
            {
                name: connection.execute(select(func.count()).where(table.c.office == office)).scalar_one()
                for name, table in (("lines", line), ("lines known when they came in another chain", link))
            }
        )


def confirmed(folder: Path) -> tuple[Chain, ...]:
    """The chains of a desk on which a program may be at work, and how far the centre has said that it has each."""
    try:
        desk = open_desk(folder)
    except StoreError:
        return ()
    try:
        with desk.reading() as connection:
            known = membership(connection)
        return known.chains if known else ()
    finally:
        desk.close()


def forgotten(there: Connection, office: int, told: Sequence[Chain]) -> Iterator[str]:
    """What the centre has told desks that it has, and does not have."""
    rows = there.execute(select(mark.c.desk, mark.c.incarnation, mark.c.next_sequence).where(mark.c.office == office))
    has = {(desk, incarnation): following - 1 for desk, incarnation, following in rows}
    for chain in told:
        found = has.get((chain.desk, chain.incarnation), 0)
        if found < chain.confirmed:
            yield f"lost: chain {chain.incarnation} was safe through {chain.confirmed}, is there through {found}"


def broken(centre: Store, office: int, desks: Sequence[Desk], ledger: Ledger) -> Iterator[str]:
    """Every way in which something was lost, doubled, invented, or is not the same at all ends."""
    with centre.reading() as there:
        yield from _visits_broken(there, office, ledger)
        yield from (f"centre: {found.finding} {found.detail}" for found in check_book(there))
        order = _order(there, office)
        if [position for position, _ in order] != list(range(1, len(order) + 1)):
            yield "the centre's positions have a gap or stand twice"
        of_all = {entry for _, entry in _order(there, ORGANISATION)}
        rows = _rows(there, office)
    first: dict[str, Any] | None = None
    everywhere = {entry for _, entry in order} | of_all
    left = set(ledger.left_with_readers)
    for n, desk in enumerate(desks):
        with desk.reading() as here:
            known = member(here)
            left -= held(here, HOME_OFFICE)
            only_here = {entry for _, entry in _order(here, HOME_OFFICE)} - everywhere
            if not {str(entry) for entry in only_here} <= ledger.lost_with_a_disk:
                yield f"desk {n} has lines that the centre lacks"
            said = [found for found in check(desk) if not (only_here and found.finding == "not_at_the_centre")]
            yield from (f"desk {n}: {found.finding} {found.detail}" for found in said)
            mine = [each for each in _order(here, HOME_OFFICE) if each[1] not in of_all | only_here]
            if mine != order:
                yield f"desk {n} has other lines or another order: {len(mine)} for {len(order)}"
            if (known.read, waiting_lines(desk)) != (len(order), 0):
                yield f"desk {n} stands at {known.read} of {len(order)}, {waiting_lines(desk)} lines wait"
            if only_here:
                continue  # its rows say more than the others'
            own = _rows(here, HOME_OFFICE)
        first = first or own
        for table, found in own.items():
            if found != (first if table in OF_THE_ORGANISATION else rows)[table]:
                yield f"desk {n} has other rows in {table}"
    with centre.reading() as there:
        yield from (f"lost where it had been read: {name}" for name in left - held(there, office))


def _visits_broken(there: Connection, office: int, ledger: Ledger) -> Iterator[str]:
    columns = select(request.c.key, request.c.tracking_code).where(request.c.office == office)
    found = [(key, code) for key, code in there.execute(columns) if key]
    keys, codes = Counter(key for key, _ in found), Counter(code for _, code in found)
    everything = held(there, office)
    for name, code in ledger.asked_for.items():
        if name not in everything or (code and codes[code] == 0):
            yield f"lost: {name} {code}"
    yield from (f"twice: {code}" for code, times in codes.items() if times > 1)
    yield from (f"twice: {key}" for key, times in keys.items() if times > 1)
    yield from (f"invented: {key}" for key in keys if key not in ledger.tried)
    said = {key: code for key, code in found if key in ledger.acknowledged}
    yield from (f"another code than on paper: {key}" for key, c in said.items() if c != ledger.acknowledged[key])


def _order(connection: Connection, office: int) -> list[tuple[int | None, Any]]:
    columns = select(line.c.position, line.c.entry).where(line.c.office == office)
    return sorted(((p, e) for p, e in connection.execute(columns)), key=lambda each: (each[0] or 0, each[1].bytes))


def _rows(connection: Connection, office: int) -> dict[str, Any]:
    return {table.name: _rows_of(connection, table, office) for table in PROJECTION.sorted_tables}


def _rows_of(connection: Connection, table: Table, office: int) -> list[tuple[Any, ...]]:
    columns = [column for column in table.c if column.name != "office"]
    rows = connection.execute(select(*columns).where(table.c.office == office))
    return sorted(map(tuple, rows), key=repr)
