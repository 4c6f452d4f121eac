"""Whether a centre of ten years costs more than one of a month: the same work in an office of ever more requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import httpx
import psycopg
from sqlalchemy import Table

from app.wire.messages import Pull
from models import tables as t
from models.lines import Line
from tests.bench import pushing
from tests.bench.books import chain, pushes, written
from tests.bench.filled import DESK_NUMBER
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, median, milliseconds, timed
from tests.bench.served import Place, Served

SIZES = (10_000, 100_000, 1_000_000)
PUSHED = ((1_000, 3), (100, 6))
"""Lines a push, and how many."""
LOOKS = 40
_OFFICE = "growing"
AT_ONCE = 10
"""Copies a statement."""


def figures(ground: Ground) -> Iterator[Figure]:
    """Pushing, a page of the feed and the tracking page, on PostgreSQL, each beside the same in the smallest office."""
    sizes = [size for size in SIZES if size <= ground.requests] or [min(ground.requests, SIZES[0])]
    of_the_office, visits = written(ground.folder, pushing.VISITS, ground.progress)
    spare = _lines_of(visits, sizes[0])
    centre = ground.centres[0]
    place = centre.seat(_OFFICE, former=DESK_NUMBER)  # in its codes
    _push(centre, place, [*of_the_office, *visits[:spare]], 1_000)
    copies = _Copies(centre, place.office)
    first: dict[str, float] = {}
    left = visits[spare:]
    share = len(left) // len(sizes)
    for n, size in enumerate(sizes):
        ground.progress("growth", n, len(sizes))
        copies.grow(size // sizes[0])
        copies.tidy()
        for what, unit, value in _taken(ground, centre, copies, left[n * share : (n + 1) * share]):
            first.setdefault(what, value)
            yield Figure(
                name=f"growth.{what}",
                value=value,
                unit=unit,
                beside=Beside(f"at {sizes[0]:,} requests", first[what], "peer"),
                note=f"{size:,} requests in the office",
            )
    copies.close()


def _lines_of(visits: Sequence[Line], requests: int) -> int:
    """How many lines the first so many requests have; at most four in five of all."""
    begins = [n for n, line in enumerate(visits) if line.kind == "request.registered"]
    return begins[min(requests, len(begins) * 4 // 5)]


def _push(centre: Served, place: Place, lines: Sequence[Line], batch: int) -> list[float]:
    """Milliseconds of each push."""
    with centre.line(place.token) as line:
        return [milliseconds(line.push, message) for message in pushes(chain(place.desk, lines), batch)]


def _taken(ground: Ground, centre: Served, copies: _Copies, lines: Sequence[Line]) -> Iterator[tuple[str, str, float]]:
    start = 0
    for batch, times in PUSHED:
        some = lines[start : start + batch * times]
        start += len(some)
        took = _push(centre, centre.seat(_OFFICE), some, batch)
        yield f"push.{batch}", "ms", median(took)
    with centre.line(centre.seat(_OFFICE).token) as line:
        head = line.pull(Pull(after=0, own=(), most=1)).head
        places = [ground.draw.randrange(head) for _ in range(LOOKS)]
        yield "page", "ms", median([milliseconds(line.pull, Pull(after=after, own=())) for after in places])
    with httpx.Client(base_url=centre.url) as phone:
        took = []
        for code, mobile in copies.some():
            spent, page = timed(partial(phone.post, "/", data={"code": code, "second": mobile[-4:]}))
            assert 'class="way"' in page.text, "the request was not found"
            took.append(spent)
        yield "tracking", "ms", median(took)


class _Copies:
    """More of the same: what the first desk has pushed, copied within the database under ids and codes of its own."""

    def __init__(self, centre: Served, office: int) -> None:
        self._connection = psycopg.connect(centre.address, autocommit=True)
        self._office, self._made = office, 1
        self._connection.execute("SET synchronous_commit = off")
        for name in ("line", "client", "request", "receipt"):
            self._connection.execute(f"CREATE TEMP TABLE first_{name} AS SELECT * FROM {name} WHERE office = {office}")
        self._connection.execute("DELETE FROM first_line WHERE kind !~ '^(client|request|receipt)[.]'")
        self._connection.execute(
            "CREATE TEMP TABLE numbered AS SELECT *, row_number() OVER (ORDER BY position) AS nth, "
            "count(*) OVER () AS many FROM first_line"
        )

    def grow(self, times: int) -> None:
        """Until it is so many times what it was."""
        while self._made < times:
            upto = min(self._made + AT_ONCE, times)
            with self._connection.transaction():
                for statement in _COPYING:
                    given = {"o": self._office, "a": self._made, "b": upto - 1}
                    self._connection.execute(statement.encode(), given)
            self._made = upto

    def some(self) -> list[tuple[str, str]]:
        """Codes of those that were not copied, and the mobile of who holds them."""
        query = (
            "SELECT tracking_code, mobile FROM first_request AS r JOIN first_client AS c ON c.id = r.client "
            f"ORDER BY r.id LIMIT {LOOKS}"
        )
        return self._connection.execute(query.encode()).fetchall()

    def tidy(self) -> None:
        """What autovacuum does within minutes."""
        for name in ("line", "client", "request", "receipt", "feed"):
            self._connection.execute(f"VACUUM ANALYZE {name}")

    def close(self) -> None:
        self._connection.close()


def _id(column: str) -> str:
    return f"decode(md5({column} || int4send(k)), 'hex')"


def _copied(table: Table, *, source: str = "", **changed: str) -> str:
    names = [column.name for column in table.c]
    values = ", ".join(changed.get(name, f'"{name}"') for name in names)
    told = ", ".join(f'"{name}"' for name in names)
    return (
        f"INSERT INTO {table.name} ({told}) SELECT {values} FROM {source or f'first_{table.name}'}, "
        "generate_series(%(a)s::int, %(b)s::int) AS k"
    )


_CODE = "'5001' || lpad((('x' || substr(md5(id || int4send(k)), 1, 12))::bit(48)::bigint %% 100000000)::text, 8, '0')"
_COPYING = (
    _copied(
        t.line,
        source="numbered",
        incarnation=_id("incarnation"),
        sequence="nth",
        position="(SELECT f.position FROM feed AS f WHERE f.office = %(o)s) + (k - %(a)s) * many + nth",
        entry=_id("entry"),
        subject=_id("subject"),
    ),
    "UPDATE feed SET position = (SELECT max(position) FROM line WHERE office = %(o)s) WHERE office = %(o)s",
    _copied(t.client, id=_id("id")),
    _copied(t.request, id=_id("id"), client=_id("client"), tracking_code=_CODE),
    _copied(t.receipt, id=_id("id"), request=_id("request")),
)
"""What chains say is not copied rightly; nobody reads them here."""
