"""Words for tests at the counter."""

import datetime
from typing import Any

from app.book.histories import all_lines, recorded
from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.visits import Refused, Registered, register
from models.calendar import TEHRAN
from models.entries import FileOpened
from models.tables import line

ADMINISTRATOR, CLERK, SUPERVISOR, PASSWORD = "نسرین رستمی", "زهرا نوری", "بهروز ملکی", "گذر-1405"
TODAY = datetime.date(2026, 11, 24)
"""Tuesday, 3 Azar 1405."""
NOON = int(datetime.datetime(2026, 11, 24, 12, 0, tzinfo=TEHRAN).timestamp()) * 1_000_000
HOSSEIN = {
    "kind": "person",
    "national_number": "2821234562",
    "given_name": "حسین",
    "family_name": "قلی‌زاده",
    "father_name": "رحیم",
    "birth_date": "1350-01-01",
    "mobile": "09141234567",
}
MARYAM = {
    "kind": "person",
    "national_number": "2831234565",
    "given_name": "مریم",
    "family_name": "نوری",
    "father_name": "علی",
    "birth_date": "1360-05-05",
    "mobile": "09149876543",
}


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


def visit(client: dict[str, Any] = HOSSEIN, **more: Any) -> dict[str, Any]:
    return {"client": client, "service": "101"} | more


def registered(desk: Desk, session: Session, said: dict[str, Any], **how: Any) -> Registered:
    answer = register(desk, session, said, **how)
    assert isinstance(answer, Registered), answer
    return answer


def refused(desk: Desk, session: Session, said: object, **how: Any) -> set[tuple[str, str]]:
    """The (field, code) pairs of a refusal."""
    answer = register(desk, session, said, **how)
    assert isinstance(answer, Refused), answer
    assert all(error.message for error in answer.errors)
    return {(error.field, error.code) for error in answer.errors}


def openings(desk: Desk) -> list[FileOpened]:
    """What the book says of files that were opened, the oldest first."""
    with desk.reading() as connection:
        found = recorded(all_lines(connection, (line.c.sequence,)))
    return [each.entry for each in found if isinstance(each.entry, FileOpened)]
