"""`show` as a whole program, against a program that only imports SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, median, program

TIMES = 15


def figures(ground: Ground) -> Iterator[Figure]:
    """A request drawn from the middle of the register, shown and said in the book."""
    with ground.desk.reading() as connection:
        query = "SELECT tracking_code FROM request WHERE office = 0 ORDER BY id LIMIT 1"
        code: str = connection.exec_driver_sql(query).scalar_one()
    show = ("main.py", "--data", str(ground.data), "show", code)
    program(*show)
    shown, floor = [], []
    for n in range(TIMES):
        shown.append(program(*show))
        floor.append(program("-c", "import sqlalchemy"))
        ground.progress("show", n + 1, TIMES)
    yield Figure(
        name="show",
        value=median(shown),
        unit="ms",
        beside=Beside("an interpreter that imports SQLAlchemy", median(floor)),
        note=f"median of {TIMES} programs each",
    )
