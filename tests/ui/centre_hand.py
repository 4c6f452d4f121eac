"""What the centre says to a desk, without a centre."""

from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import select

from app.book.append import Fact, Mark, Pen, compose
from app.book.following import receive
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.link.running import News, Reach
from app.desk.link.standing import Standing
from models import tables as t
from models.calendar import business_day, day_number
from models.entries import FlagRaised, FlagSettled
from models.ids import new_id
from tests.desk.counter import NOON
from ui.status.line import Line


def standing(**said: object) -> Standing:
    """A desk of which all is at the centre, but for what is said."""
    whole = {"url": "https://centre.example.ir", "office": "ماکو", "number": 17, "registered": 9, "safe": 9, "lines": 0}
    return Standing(**{**whole, "heard_at": NOON, **said})  # type: ignore[arg-type]


def news(reach: Reach = "answers", heard_at: int = 0, ahead: int = 0, **said: object) -> News:
    return News(reach, standing(**said), heard_at, ahead)


def hear(line: Line, said: News | None) -> None:
    line._heard(said)  # type: ignore[arg-type]  # none: as before anything was heard


def flagged(desk: Desk, code: str, reason: str, *, at: int = 0) -> UUID:
    """The centre holds something against the registration of this code; the entry that it speaks of."""
    with desk.reading() as connection:
        about, entry = connection.execute(
            select(t.request.c.id, t.line.c.entry)
            .join_from(t.request, t.line, t.line.c.subject == t.request.c.id)
            .where(t.request.c.tracking_code == code, t.line.c.kind == "request.registered")
        ).one()
    _say(desk, entry, UUID(int=0), FlagRaised(reason=reason, about=about, desk=desk.number, code=code), at)
    known: UUID = entry
    return known


def settled(desk: Desk, entry: UUID, by: UUID, note: str) -> None:
    _say(desk, entry, by, FlagSettled(note=note), 0)


def _say(desk: Desk, entry: UUID, actor: UUID, says: FlagRaised | FlagSettled, at: int) -> None:
    at = at or desk.clock()
    with desk.store.writing() as connection:
        highest = connection.execute(select(t.line.c.position).order_by(t.line.c.position.desc()).limit(1)).scalar()
        pen = Pen(HOME_OFFICE, 0, new_id())
        fact = Fact(new_id(), entry, actor, says)
        lines = compose(pen, Mark(), [fact], at=at, business_day=day_number(business_day(at)))
        receive(connection, HOME_OFFICE, [replace(lines[0], position=(highest or 0) + 1)], {})
