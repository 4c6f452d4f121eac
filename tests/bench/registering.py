"""Registering a visit, against the same rows by the raw driver in a plain file of the same size."""

from __future__ import annotations

from collections.abc import Iterator

from app.desk.services import services
from app.desk.visits import Registered, register
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, median, p95, timed
from tests.bench.plain import written

WARM_UP = 100
ROUND = 20
"""Visits before it is the floor's turn, so that both meet the same state of the machine."""


def figures(ground: Ground) -> Iterator[Figure]:
    """A new client's visit with its receipt: durable, encrypted, found by name."""
    desk, session, plain = ground.desk, ground.session, ground.plain
    offered = services(desk)
    took: list[float] = []
    floor: list[float] = []
    asked = 0
    while len(took) < ground.samples + WARM_UP:
        round_: list[Registered] = []
        while len(round_) < ROUND:
            service = ground.draw.choice(offered)
            visit = {
                "client": next(ground.newcomers),
                "service": service.offered.code,
                "documents": [*service.documents],
            }
            spent, answer = timed(register, desk, session, visit)
            if isinstance(answer, Registered):
                round_.append(answer)
                took.append(spent)
            else:
                asked += 1  # A question whether it is somebody known; a clerk's answer is no figure.
        with desk.reading() as connection:
            rows = [written(connection, each) for each in round_]
        floor += map(plain.write, rows)
        ground.progress("register", len(took), ground.samples + WARM_UP)
    yield Figure(
        name="register",
        value=p95(took[WARM_UP:]),
        unit="ms",
        beside=Beside("the same rows by the raw driver, plain file", p95(floor[WARM_UP:])),
        target="ratio ≤ 3",
        note=(
            f"p95 of {len(took) - WARM_UP} visits, median {median(took[WARM_UP:]):.3g} ms over "
            f"{median(floor[WARM_UP:]):.3g}; {asked} more were answered with the question who it is"
        ),
    )
