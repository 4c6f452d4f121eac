"""What the centre's pages know of a desk, and what they lay down for it."""

from __future__ import annotations

import re

import pytest

from app.central import desks as seats
from app.central.enrolment import enrol
from app.desk.checking import check
from app.desk.desk import Desk
from app.desk.link.admission import JoinError, ask_to_join
from app.desk.link.centre import Centre, NotAdmitted
from app.desk.link.pulling import pull_once, pull_reference
from app.desk.link.pushing import push_once
from app.desk.link.standing import standing
from app.desk.link.stepping import line_of
from app.desk.promises import propose
from app.desk.requests import shown
from app.desk.services import frequent_services, services
from app.wire.messages import Enrol
from models.calendar import format_jalali, now_us
from resources.version import VERSION
from tests.central.conftest import Served
from tests.central.staff import ADMINISTRATOR, Browser, people_of
from tests.desk.conftest import session_of
from tests.desk.counter import CLERK, MARYAM, refused, registered, visit
from tests.link.desks import code_for, codes, in_step, joined, member


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


def test_a_desk_whose_place_was_taken_back_joins_again_and_sends_what_it_kept(
    centre: Served, desks: list[Desk]
) -> None:
    desk, browser = desks[0], administrator(centre)
    old = joined(centre, desk, "میز ۱")
    in_step((desk, old))
    number, token = desk.number, member(desk).token
    browser.open(f"desks/{number}/revoke")
    browser.send(f"desks/{number}/revoke")
    kept = registered(desk, session_of(desk, CLERK), visit())
    with old, pytest.raises(NotAdmitted):
        push_once(desk, old)
    browser.open("desks")
    code = _shown(browser.send(f"desks/{number}/code").text)
    with centre.store.writing() as connection:
        stranger = Enrol(code=code[:20], public_key=bytes(32), token_hash=bytes(32))
        assert enrol(connection, stranger, now_us()) is None  # it has the code and not the key
    assert ask_to_join(desk, centre.url, code).desk == number
    with pytest.raises(JoinError, match="joined"):
        ask_to_join(desk, centre.url, code_for(centre, "میز ۲"))
    with line_of(desk) as line, Centre(centre.url, token, "", "stolen") as stolen:
        in_step((desk, line))
        with pytest.raises(NotAdmitted):
            pull_once(desk, stolen)
    assert codes(centre.store) == [kept.tracking_code]
    assert list(check(desk)) == []


def _shown(page: str) -> str:
    groups = re.search(r'class="once" dir="ltr">(.*?)</p>', page)
    assert groups is not None
    return "".join(str(int(digit)) for digit in re.sub("<[^>]+>", "", groups[1]))
