"""A morning at a desk with several clerks, for pictures: some sixty visits of all kinds."""

import random

from app.desk import people
from app.desk.desk import Desk
from app.desk.made_up import made_up_people
from app.desk.people import Session
from app.desk.receipts import settle
from app.desk.services import services
from models.entries import RequestAnswered, RequestReferred
from models.ids import new_id
from tests.desk.counter import Clock, registered

MINUTE = 60_000_000
VISITS, MINUTES = 64, 142
_OFTEN = (9, 7, 5, 4, 3)
"""How much oftener the first services are asked for than the others."""


def fill_morning(desk: Desk, noon: int) -> None:
    """Registers visits from twenty past seven to a quarter to ten of the day with this noon (µs UTC). The desk's clock
    is left standing there."""
    clock, draw, coming = Clock(0), random.Random(1405), made_up_people()
    desk.clock, opening = clock, noon - 280 * MINUTE
    clerks = [Session(new_id(), person) for person in people.people(desk) if "clerk" in person.roles]
    offered = services(desk)
    weights = [*_OFTEN, *[1] * (len(offered) - len(_OFTEN))]
    for n in range(VISITS):
        clock.now = opening + n * MINUTES * MINUTE // VISITS
        service = draw.choices(offered, weights)[0]
        outcome = draw.choices(("done", "follow_up", "guided"), (5, 4, 1))[0]
        papers = list(service.documents)
        if outcome == "follow_up" and papers and draw.random() < 0.2:
            papers.pop()
        clerk = clerks[min(int(draw.expovariate(0.9)), len(clerks) - 1)]
        said = {"client": next(coming), "service": service.offered.code, "documents": papers, "outcome": outcome}
        done = registered(desk, clerk, said)
        if done.receipt is not None and draw.random() < 0.97:
            settle(desk, done.request, done.receipt, "printed", clerk.person.id)
        if outcome == "follow_up" and draw.random() < 0.3:
            with desk.writing() as writing:
                writing.say(clerk.person.id, done.request, RequestReferred(unit=service.offered.unit))
                if draw.random() < 0.5:
                    answer = RequestAnswered(decision="accepted", text="پذیرفته شد")
                    writing.say(clerk.person.id, done.request, answer)
