"""What administrators lay down at the centre's pages arrives at the desks, and nothing else does."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update

from app.central import desks
from app.central.enrolment import enrol
from app.central.places import ORGANISATION
from app.central.rights import Hand
from app.wire.messages import Enrol, Enrolled
from models import entries as e
from models import tables as t
from models.calendar import now_us, parse_jalali
from models.ids import new_id, reference_id
from models.people import verifies
from tests.central.conftest import Served, centre, store
from tests.central.staff import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR, House

__all__ = ["centre", "store"]


@pytest.fixture
def house(centre: Served) -> House:
    return House(centre)


def test_a_new_desk_joins_with_the_code_that_is_shown_once(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    browser.open("desks/new")
    once = re.search(r'name="once" value="([^"]+)"', browser.page.text)
    assert once is not None
    said = {"office": "خوی", "name": "میز خوی", "once": once[1]}
    token = re.search(r'name="token" value="([^"]+)"', browser.page.text)
    assert token is not None
    shown = browser.http.post("/centre/desks/new", data={**said, "token": token[1]})
    groups = re.search(r'class="once" dir="ltr">(.*?)</p>', shown.text)
    assert groups is not None
    code = "".join(str(int(digit)) for digit in re.sub("<[^>]+>", "", groups[1]))
    with house.store.writing() as connection:
        joined = enrol(connection, Enrol(code=code, public_key=bytes(32), token_hash=b"1" * 32), now_us())
    assert isinstance(joined, Enrolled)
    assert (joined.office_name, joined.desk_name) == ("خوی", "میز خوی")
    again = browser.http.post("/centre/desks/new", data={**said, "token": token[1]})
    assert again.status_code == 422
    assert 'class="once"' not in again.text
    assert browser.open("desks").text.count("<bdi>میز خوی</bdi>") == 1
    assert code not in browser.page.text


def test_a_desk_that_did_not_join_gets_another_code_and_the_old_one_is_over(house: House) -> None:
    with house.store.writing() as connection:
        hand = Hand(connection, new_id(), house.people[ADMINISTRATOR], now_us())
        number, old = desks.create(hand, "ماکو", "میز ۲")
    browser = house.browser(ADMINISTRATOR)
    browser.open("desks")
    assert browser.send(f"desks/{number}/code").status_code == 200
    with house.store.writing() as connection:
        assert enrol(connection, Enrol(code=old, public_key=bytes(32), token_hash=b"2" * 32), now_us()) is None
    browser.open("desks")
    assert browser.send(f"desks/{house.desk}/code").status_code == 404  # it has joined


def test_a_place_is_taken_back_after_a_question(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    browser.open(f"desks/{house.desk}/revoke")
    with house.store.reading() as connection:
        assert connection.execute(select(t.seat.c.revoked_at)).scalar_one() is None
    assert browser.send(f"desks/{house.desk}/revoke").url.path == "/centre/desks"
    with house.store.reading() as connection:
        assert connection.execute(select(t.seat.c.revoked_at)).scalar_one() is not None


def test_how_far_a_desk_is_safe_is_the_centres_own_figure(house: House) -> None:
    house.say(house.visit(1), house.visit(2))
    with house.store.reading() as connection:
        (standing,) = desks.desks(connection, house.people[SUPERVISOR], None, 0, now_us())
    assert (standing.state, standing.lines, standing.last_at) == ("joined", 2, house.stands.last_at)


def test_who_is_admitted_here_is_known_to_every_desk(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    browser.open("people/new")
    browser.send("people/new", name="پریسا کیانی", role=["supervisor", "clerk"], unit="", password="گذر-۷۷")
    assert browser.page.url.path == "/centre/people"
    entry, who, actor = house.last(ORGANISATION)
    assert isinstance(entry, e.PersonAdmitted)
    assert (entry.name, entry.roles, actor) == ("پریسا کیانی", ("clerk", "supervisor"), house.people[ADMINISTRATOR].id)
    assert verifies(entry.verifier, "گذر-77")
    browser.open(f"people/{who}")
    browser.send(f"people/{who}", name="پریسا کیانی", role="unit_officer", unit="اداره اراضی", password="")
    changed, _, _ = house.last(ORGANISATION)
    assert changed == e.PersonChanged(
        name="پریسا کیانی", roles=("unit_officer",), unit="اداره اراضی", verifier=entry.verifier
    )
    browser.open(f"people/{who}")
    browser.send(f"people/{who}/retire")
    retired, _, _ = house.last(ORGANISATION)
    assert isinstance(retired, e.PersonChanged)
    assert retired.retired


def test_the_last_administrator_stays_and_names_are_told_apart(house: House) -> None:
    browser, me = house.browser(ADMINISTRATOR), house.people[ADMINISTRATOR].id
    before = len(house.feed(ORGANISATION))
    for path, said in (
        (f"people/{me}/retire", {}),
        (f"people/{me}", {"name": ADMINISTRATOR, "role": "clerk"}),
        (f"people/{me}", {"name": SUPERVISOR, "role": "administrator"}),
        ("people/new", {"name": "نسرين  رستمي", "role": "clerk", "password": PASSWORD}),
        ("people/new", {"name": "نو", "role": "clerk", "password": "۱۲"}),
        ("people/new", {"name": "نو", "password": PASSWORD}),
        ("people/new", {"name": "نو", "role": "unit_officer", "password": PASSWORD}),
        ("people/new", {"name": "نو", "role": "king", "password": PASSWORD}),
        ("people/new", {"name": "\x00", "role": "clerk", "password": PASSWORD}),
    ):
        browser.open("people/new")
        answer = browser.send(path, **said)
        assert answer.status_code == 422, (path, said)
        assert 'role="alert"' in answer.text
    assert len(house.feed(ORGANISATION)) == before


def test_people_are_looked_up_by_the_beginning_of_the_name(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    browser.open("people")
    found = browser.send("people", starts="نسر")
    rows = re.search(r"<tbody>(.*)</tbody>", found.text, re.DOTALL)
    assert rows is not None
    assert ADMINISTRATOR in rows[1]
    assert CLERK not in rows[1]
    assert "نسر" not in str(found.url)


def test_a_service_is_published_and_changed(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    said = {
        "code": "۲۰۱",
        "title": "پلاک خودرو",
        "unit": "اداره خودرو",
        "working_days": "۵",
        "cost": "۱٬۲۵۰٬۰۰۰",
        "documents": "کارت ملی\r\n\r\nسند خودرو\r\n",
    }
    browser.open("services/new")
    assert browser.send("services/new", **said).url.path == "/centre/services"
    entry, subject, _ = house.last(ORGANISATION)
    assert isinstance(entry, e.ServicePublished)
    assert subject == reference_id("service", "201")
    assert (entry.offered.code, entry.offered.cost, entry.offered.working_days) == ("201", 1_250_000, 5)
    assert entry.documents == ("کارت ملی", "سند خودرو")
    shown = browser.open("services/edit?code=201")
    assert "۱٬۲۵۰٬۰۰۰" in shown.text
    browser.send("services/edit", **{**said, "code": "201", "title": "پلاک"})
    changed, _, _ = house.last(ORGANISATION)
    assert isinstance(changed, e.ServicePublished)
    assert (changed.offered.title, changed.offered.number) == ("پلاک", entry.offered.number)
    browser.open("services/new")
    for wrong in (
        {"code": "201"},
        {"code": ""},
        {"title": ""},
        {"working_days": "91"},
        {"cost": "-1"},
        {"cost": "بسیار"},
    ):
        assert browser.send("services/new", **{**said, "code": "202", **wrong}).status_code == 422, wrong
    assert browser.send("services/edit", **{**said, "code": "999"}).status_code == 422
    long = "\n".join(["🂡" * 200] * 50)  # each letter four bytes
    assert browser.send("services/new", **{**said, "code": "202", "documents": long, "steps": long}).status_code == 422
    assert house.last(ORGANISATION)[0] == changed


def test_a_holiday_is_added_and_taken_off(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    browser.open("holidays?year=1405")
    browser.send("holidays?year=1405", day="۱۴۰۵/۱۰/۲", title="ولادت", type="official", estimated="1")
    entry, subject, _ = house.last(ORGANISATION)
    day = parse_jalali("1405-10-02")
    assert entry == e.HolidaySet(day=day, title="ولادت", estimated=True)
    assert subject == reference_id("holiday", day.isoformat())
    assert "ولادت" in browser.page.text
    browser.send("holidays/off", day="1405-10-02")
    off, _, _ = house.last(ORGANISATION)
    assert off == e.HolidaySet(day=day, title="ولادت", estimated=True, off=True)
    assert "ولادت" not in browser.page.text
    assert browser.send("holidays/off", day="1405-10-02").status_code == 404
    browser.open("holidays")
    for wrong in ({"day": "1405/12/31"}, {"day": ""}, {"title": ""}, {"type": "moon"}):
        said = {"day": "1405/10/03", "title": "روز", "type": "local", **wrong}
        assert browser.send("holidays", **said).status_code == 422, wrong
    assert house.last(ORGANISATION)[0] == off


def test_an_offices_settings_go_to_its_own_desks_and_its_emblem_stays(house: House) -> None:
    house.say((reference_id("office", "home"), e.OfficeSet(name="ماکو", emblem="star", phone="۱")))
    browser = house.browser(ADMINISTRATOR)
    browser.open(f"offices/{house.office}")
    said = {"name": "سازمان ماکو", "hours": "۷ تا ۱۴", "weekday": ["5", "6"], "tracking_url": "https://p.example/"}
    browser.send(f"offices/{house.office}", **said)
    entry, subject, _ = house.last(house.office)
    assert entry == e.OfficeSet(
        name="سازمان ماکو",
        emblem="star",
        hours="۷ تا ۱۴",
        weekdays=(5, 6),
        tracking_url="https://p.example",
        legal_note=False,
    )
    assert subject == reference_id("office", "home")
    browser.open(f"offices/{house.office}")
    wrongs: tuple[dict[str, object], ...] = (
        {"weekday": []},
        {"name": " "},
        {"tracking_url": "javascript:alert(1)"},
        {"tracking_url": "https://["},
    )
    for wrong in wrongs:
        assert browser.send(f"offices/{house.office}", **{**said, **wrong}).status_code == 422, wrong
    assert house.last(house.office)[0] == entry


def test_a_full_page_stays_small(house: House) -> None:
    with house.store.writing() as connection:
        hand = Hand(connection, new_id(), house.people[ADMINISTRATOR], now_us())
        numbers = [desks.create(hand, "سازمان منطقه آزاد ماکو", f"میز شمارهٔ {n}")[0] for n in range(60)]
        said = {"token_hash": b"0", "seen_at": now_us(), "program": "miz/0.1.0", "unsent": 7, "unsent_at": now_us()}
        for number in numbers:
            said["token_hash"] = number.to_bytes(32)
            connection.execute(update(t.seat).where(t.seat.c.desk == number).values(said))
    page = house.browser(ADMINISTRATOR).open("desks")
    assert page.text.count("<tr>") == desks.PAGE + 1
    assert len(page.content) < 60_000
    assert house.browser(ADMINISTRATOR).open(f"desks?after={numbers[48]}").text.count("<tr>") == 12
