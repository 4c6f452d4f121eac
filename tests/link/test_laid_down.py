"""What the centre's pages know of a desk, and what they lay down for it."""

from __future__ import annotations

from app.central import desks as seats
from app.desk.checking import check
from app.desk.desk import Desk
from app.desk.link.pulling import pull_once, pull_reference
from app.desk.link.pushing import push_once
from app.desk.link.standing import standing
from app.desk.link.stepping import line_of
from app.desk.promises import propose
from app.desk.requests import shown
from app.desk.services import frequent_services, services
from models.calendar import format_jalali, now_us
from resources.version import VERSION
from tests.central.conftest import Served
from tests.central.staff import ADMINISTRATOR, Browser, people_of
from tests.desk.conftest import session_of
from tests.desk.counter import CLERK, MARYAM, refused, registered, visit
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


def test_a_withdrawn_service_is_offered_no_more_and_old_requests_read_as_before(
    centre: Served, desks: list[Desk]
) -> None:
    desk = desks[0]
    clerk, browser = session_of(desk, CLERK), administrator(centre)
    said = {"code": "101", "title": "تمدید مجوز", "unit": "معاونت", "working_days": "۵", "documents": "کارت ملی"}
    browser.open("services/new")
    assert browser.send("services/new", **said).status_code == 200
    with joined(centre, desk, "میز ۱") as line:
        pull_reference(desk, line)
        old = registered(desk, clerk, visit())
        browser.send("services/withdraw", code="101")
        pull_reference(desk, line)
        assert "101" not in [each.offered.code for each in services(desk)]
        assert "101" not in [each.offered.code for each in frequent_services(desk, clerk, limit=99)]
        assert propose(desk, "101") is None
        assert refused(desk, clerk, visit(MARYAM)) == {("service", "unknown_service")}
        assert shown(desk, old.tracking_code)["service"] == "تمدید مجوز"
        browser.send("services/offer", code="101")
        pull_reference(desk, line)
    assert registered(desk, clerk, visit(MARYAM)).due_on == old.due_on
    assert list(check(desk)) == []


def test_a_day_that_is_taken_off_is_worked_again_and_promises_made_before_stay(
    centre: Served, desks: list[Desk]
) -> None:
    desk, clerk, browser = desks[0], session_of(desks[0], CLERK), administrator(centre)
    with joined(centre, desk, "میز ۱") as line:
        before = propose(desk, "101")
        assert before is not None
        day = format_jalali(before.due_on)
        browser.open("holidays")
        browser.send("holidays", day=day, title="سیل", type="emergency")
        pull_reference(desk, line)
        during = registered(desk, clerk, visit())
        assert during.due_on is not None
        assert during.due_on > before.due_on
        browser.open("holidays")
        browser.send("holidays/off", day=day)
        pull_reference(desk, line)
        assert propose(desk, "101") == before
        assert shown(desk, during.tracking_code)["due_on"] == during.due_on.isoformat()


def administrator(centre: Served) -> Browser:
    people_of(centre.store)
    browser = Browser(centre)
    assert browser.sign_in(ADMINISTRATOR).status_code == 200
    return browser
