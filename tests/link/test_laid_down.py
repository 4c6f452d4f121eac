"""What the centre's pages know of a desk, and what they lay down for it."""

from __future__ import annotations

from app.central import desks as seats
from app.desk.desk import Desk
from app.desk.link.pulling import pull_once
from app.desk.link.pushing import push_once
from app.desk.link.standing import standing
from app.desk.link.stepping import line_of
from models.calendar import now_us
from resources.version import VERSION
from tests.central.conftest import Served
from tests.central.staff import ADMINISTRATOR, people_of
from tests.desk.conftest import session_of
from tests.desk.counter import CLERK, registered, visit
from tests.link.desks import joined


def test_the_centre_knows_what_a_desk_has_not_sent_and_since_when(centre: Served, desks: list[Desk]) -> None:
    desk, person = desks[0], people_of(centre.store)[ADMINISTRATOR]

    def known() -> seats.Standing:
        with centre.store.reading() as connection:
            (found,) = seats.desks(connection, person, None, 0, now_us())
        return found

    joined(centre, desk, "میز ۱").close()
    assert (known().seen_at, known().unsent) == (None, None)
    registered(desk, session_of(desk, CLERK), visit())
    left = standing(desk)
    assert left is not None
    with line_of(desk) as line:
        pull_once(desk, line)
        assert (known().unsent, known().unsent_at) == (left.lines, left.oldest_at)
        assert known().program == f"miz/{VERSION}"
        push_once(desk, line, most=1)
        assert known().unsent == left.lines - 1
        while push_once(desk, line):
            pass
    assert (known().unsent, known().unsent_at) == (0, None)
    assert known().lines > 0
