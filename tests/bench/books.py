"""What desks send: the books of desks that have registered visits all day, and the messages that carry them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from app.book.append import Pen
from app.book.following import unsent
from app.desk.desk import HOME_OFFICE
from app.wire.messages import Push, push_of
from models.ids import new_id
from models.lines import GENESIS, Line, chained
from tests.bench.filled import filled_desk
from tests.bench.ground import Progress


@lru_cache(2)
def written(folder: Path, visits: int, progress: Progress) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The book of a desk with so many visits: what it says of its office and people, and the visits' own lines."""
    desk, _session = filled_desk(folder / f"sent-{visits}", visits, visits, progress)
    try:
        with desk.reading() as connection:
            lines = unsent(connection, Pen(HOME_OFFICE, desk.number, desk.pen.incarnation), 0, 10 * visits + 10_000)
    finally:
        desk.close()
    its_visits = [line.kind.startswith(("client.", "request.", "receipt.")) for line in lines]
    return (
        tuple(line for line, is_visit in zip(lines, its_visits, strict=True) if not is_visit),
        tuple(line for line, is_visit in zip(lines, its_visits, strict=True) if is_visit),
    )


def chain(desk: int, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines as the book of another desk."""
    made: list[Line] = []
    previous, incarnation = GENESIS, new_id()
    for sequence, line in enumerate(lines, 1):
        its_own = msgspec.structs.replace(line, desk=desk, incarnation=incarnation, sequence=sequence, hash=b"")
        previous = chained(its_own, previous)
        made.append(msgspec.structs.replace(its_own, hash=previous))
    return tuple(made)


def pushes(lines: Sequence[Line], batch: int) -> Iterator[Push]:
    """The messages that carry a chain from its beginning, so many lines each."""
    previous = GENESIS
    for start in range(0, len(lines), batch):
        some = lines[start : start + batch]
        yield push_of(some, previous)
        previous = some[-1].hash


def later(lines: Sequence[Line], visits: int) -> Sequence[Line]:
    """The last so many visits, whole."""
    begins = [n for n, line in enumerate(lines) if line.kind == "request.registered"]
    first = begins[-visits]
    return lines[first - 1 if lines[first - 1].kind == "client.registered" else first :]
