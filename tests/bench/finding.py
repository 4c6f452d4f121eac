"""Finding as one types, against a LIKE scan of the same table."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from app.desk.finding import find
from models.text import words
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, milliseconds, p95

PEOPLE = 200
SCANS = 50
"""A scan of a million takes about a second, so fewer of the same keystrokes are put to it."""
FIRST = 50
"""Keystrokes that only warm up."""


def figures(ground: Ground) -> Iterator[Figure]:
    """Every keystroke of names, numbers and mobiles of people who are there; and names with a slip."""
    with ground.desk.reading() as connection:
        people = _people(ground, connection)
    names = [typed for n, (given, family, *_) in enumerate(people) for typed in _typed(*_turned(n, given, family))]
    numbers = [
        text[:end] for *_, number, mobile in people for text in (number, mobile) for end in range(1, 1 + len(text))
    ]
    slips = [_slipped(ground, f"{given} {family}") for given, family, *_ in people]
    yield _figure(ground, "find", names, "p95 ≤ 5 ms, ratio ≤ 1/30", "name")
    yield _figure(ground, "find.numbers", numbers, "p95 ≤ 5 ms, ratio ≤ 1/30", "number")
    yield _figure(ground, "find.slips", slips, "", "name")


def _people(ground: Ground, connection: Connection) -> list[tuple[str, ...]]:
    most = connection.exec_driver_sql("SELECT max(id) FROM found").scalar_one()
    query = (
        "SELECT given_name, family_name, number, mobile FROM found JOIN client "
        "ON client.office = found.office AND client.id = found.client WHERE found.id = ?"
    )
    numbers = [ground.draw.randint(1, most) for _ in range(min(PEOPLE, ground.samples))]
    return [tuple(connection.exec_driver_sql(query, (n,)).one()) for n in numbers]


def _turned(n: int, given: str, family: str) -> tuple[str, str]:
    return (given, family) if n % 2 else (family, given)


def _typed(first: str, second: str) -> list[str]:
    """What stands in the field after each letter."""
    whole = f"{first} {second}"
    return [whole[:end] for end in range(1, len(whole) + 1) if whole[end - 1] != " "]


def _slipped(ground: Ground, name: str) -> str:
    """The name with two neighbouring letters swapped."""
    at = ground.draw.randrange(len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _figure(ground: Ground, name: str, typed: list[str], target: str, what: str) -> Figure:
    desk = ground.desk
    took = []
    for n, text in enumerate(typed[:FIRST] + typed):
        took.append(milliseconds(find, desk, text))
        ground.progress(name, n, FIRST + len(typed))
    took = took[len(typed[:FIRST]) :]
    scanned = []
    chosen = ground.draw.sample(typed, min(SCANS, len(typed)))
    for n, text in enumerate(chosen):
        scanned.append(milliseconds(_scan, ground, text, what))
        ground.progress(f"{name} by LIKE", n + 1, len(chosen))
    return Figure(
        name=name,
        value=p95(took),
        unit="ms",
        beside=Beside("LIKE scan of the same table, any 20", p95(scanned), "peer"),
        target=target,
        note=f"p95 of {len(took)} keystrokes, the slowest {max(took):.3g} ms; the scan: {len(scanned)} of them",
    )


def _scan(ground: Ground, text: str, what: str) -> None:
    if what == "name":
        column, parts = "(given_key || ' ' || family_key || ' ' || given_key)", words(text)
    else:
        column, parts = "(number || ' ' || mobile)", (text,)
    condition = " AND ".join(f"{column} LIKE ?" for _ in parts)
    with ground.desk.reading() as connection:
        query = (
            f"SELECT id, given_name, family_name, father_name, number, mobile FROM client WHERE {condition} LIMIT 20"
        )
        connection.exec_driver_sql(query, tuple(f"%{part}%" for part in parts)).fetchall()
