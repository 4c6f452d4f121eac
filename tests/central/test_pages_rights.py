"""Flags and the register at the centre's pages: who sees what, who may do what; and what people write stays text."""

from __future__ import annotations

import datetime
import re

import msgspec
import pytest

from app.central import desks, flags, offices, people, reference, register
from app.central.rights import Hand, NotAllowed
from models import entries as e
from models.calendar import business_day, now_us, parse_jalali
from models.ids import new_id
from models.records import Person
from tests.central.conftest import Served, centre, store
from tests.central.staff import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR, House

__all__ = ["centre", "store"]
NASTY = '<script>alert("۱")</script>'


@pytest.fixture
def house(centre: Served) -> House:
    return House(centre)


def open_flags(house: House) -> list[flags.Shown]:
    with house.store.reading() as connection:
        return flags.flags(connection, house.people[SUPERVISOR], house.office, settled=False)


def test_a_flag_is_settled_by_whose_business_it_is_and_every_desk_hears_of_it(house: House) -> None:
    house.say(house.visit(7), house.visit(7))
    flag = open_flags(house)[0]
    assert (flag.reason, flag.owner) == ("repeated_code", "supervisor")
    path = f"flags/{house.office}/{flag.id}"
    administrator = house.browser(ADMINISTRATOR)
    assert "<textarea" not in administrator.open(path).text
    assert administrator.send(path, note="دیدم").status_code == 403
    supervisor = house.browser(SUPERVISOR)
    supervisor.open(path)
    assert supervisor.send(path, note="  ").status_code == 422
    assert supervisor.send(path, note="دو نفر بودند").url.path == "/centre/flags"
    entry, subject, actor = house.last(house.office)
    assert (entry, subject, actor) == (e.FlagSettled(note="دو نفر بودند"), flag.id, house.people[SUPERVISOR].id)
    lines = len(house.feed(house.office))
    supervisor.open(path)
    supervisor.open("flags")
    supervisor.send(path, note="باز هم")
    assert len(house.feed(house.office)) == lines
    assert "دو نفر بودند" in supervisor.open(f"flags?office={house.office}&settled=1").text
    assert all(each.id != flag.id for each in open_flags(house))


def test_the_register_of_today_is_shown_page_by_page(house: House) -> None:
    today = business_day(now_us())
    late, due = today - datetime.timedelta(days=1), today + datetime.timedelta(days=2)
    lacking = (e.Document(title="شناسنامه", received=False),)
    visits = [house.visit(n, f"نام{n:03}", due_on=due) for n in range(53)]
    visits += [
        house.visit(200, due_on=late),
        house.visit(201, outcome="done"),
        house.visit(202, outcome="guided"),
        house.visit(203, documents=lacking, due_on=due),
    ]
    house.say(*visits)
    browser = house.browser(SUPERVISOR)
    first = browser.open("register").text
    figures = [int(n) for n in re.findall(r"<dd>([\d۰-۹٬]+)</dd>", first)]
    assert figures == [57, 1, 55, 1, 1, 1]
    assert ("نام000" in first, "نام050" in first) == (True, False)
    further = re.search(r'href="/centre/(register\?[^"]*after=[^"]*)"', first)
    assert further is not None
    second = browser.open(further[1].replace("&amp;", "&")).text
    assert ("نام000" in second, "نام050" in second) == (False, True)
    assert "نام" not in browser.open("register?day=1404-01-20").text.partition("<main")[2]


def test_an_administrator_sees_no_citizen_and_a_supervisor_no_administration(house: House) -> None:
    house.say(house.visit(1), house.visit(7), house.visit(7))
    administrator, supervisor = house.browser(ADMINISTRATOR), house.browser(SUPERVISOR)
    assert administrator.open("register").status_code == 403
    for path in ("desks", "flags", f"flags/{house.office}/{open_flags(house)[0].id}"):
        assert "قلی" not in administrator.open(path).text
    for path in ("people", "people/new", f"people/{new_id()}", "services", "services/new", "holidays", "offices"):
        assert supervisor.open(path).status_code == 403, path
    supervisor.open("desks")
    assert "revoke" not in supervisor.page.text
    for path, said in (
        ("desks/new", {"office": "ماکو", "name": "م", "once": str(new_id())}),
        (f"desks/{house.desk}/revoke", {}),
        (f"desks/{house.desk}/code", {}),
        ("people/new", {"name": "نو", "role": "clerk", "password": PASSWORD}),
        (f"people/{house.people[CLERK].id}/retire", {}),
        ("services/new", {"code": "1", "title": "خدمت"}),
        ("holidays", {"day": "1405/10/02", "title": "روز", "type": "local"}),
        ("holidays/off", {"day": "1405/10/02"}),
        (f"offices/{house.office}", {"name": "ماکو", "weekday": "5"}),
    ):
        supervisor.open("desks")
        assert supervisor.send(path, **said).status_code == 403, path


def test_the_acts_themselves_ask_for_the_right(house: House) -> None:
    """Whatever leads to them."""
    clerk, supervisor, administrator = (house.people[name] for name in (CLERK, SUPERVISOR, ADMINISTRATOR))
    today, day = business_day(now_us()), parse_jalali("1405-10-02")
    retired = msgspec.structs.replace(administrator, retired=True)

    def refused(person: Person, act: object, *more: object, **named: object) -> bool:
        with house.store.writing() as connection:
            hand = Hand(connection, new_id(), person, now_us())
            first = (hand,) if act in by_hand else (connection, person)
            with pytest.raises(NotAllowed):
                act(*first, *more, **named)  # type: ignore[operator]
        return True

    draft = reference.Draft(code="1", title="خدمت")
    by_hand = {
        desks.create,
        desks.renew_code,
        desks.take_back,
        people.admit_by,
        people.change,
        reference.publish_service,
        reference.set_holiday,
        reference.take_holiday_off,
        offices.set_office,
    }
    for person in (clerk, supervisor, retired):
        assert refused(person, desks.create, "ماکو", "م")
        assert refused(person, desks.renew_code, 1)
        assert refused(person, desks.take_back, 1)
        assert refused(person, people.admit_by, "نو", ("clerk",), "x", "")
        assert refused(person, people.change, clerk.id, retired=True)
        assert refused(person, people.people)
        assert refused(person, people.one, clerk.id)
        assert refused(person, reference.services)
        assert refused(person, reference.publish_service, draft, is_new=True)
        assert refused(person, reference.holidays, 1405)
        assert refused(person, reference.set_holiday, day, "روز", "local", estimated=False)
        assert refused(person, reference.take_holiday_off, day)
        assert refused(person, offices.settings, 1)
        assert refused(person, offices.set_office, 1, {"name": "م"}, (5,), legal_note=True)
    for person in (clerk, administrator):
        assert refused(person, register.visits, 1, 14_050_903, today)
        assert refused(person, register.figures, 1, 14_050_903, today)
    for person in (clerk, retired):
        assert refused(person, desks.desks, None, 0, 0)
        assert refused(person, flags.flags, 1, settled=False)


def test_what_people_write_is_text_on_every_page(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    for path, said in (
        ("desks/new", {"office": NASTY, "name": NASTY, "once": str(new_id())}),
        ("people/new", {"name": NASTY, "role": ["administrator", "supervisor"], "unit": NASTY, "password": PASSWORD}),
        ("services/new", {"code": "1", "title": NASTY, "unit": NASTY, "documents": NASTY}),
        ("holidays", {"day": "1405/10/02", "title": NASTY, "type": "local"}),
        (f"offices/{house.office}", {"name": NASTY, "weekday": "5", "address": NASTY}),
    ):
        browser.open("desks/new")
        browser.send(path, **said)
        assert "<script" not in browser.page.text, path
        assert "&lt;script&gt;" in browser.open(path.replace("/new", "")).text, path
    house.say(house.visit(7, NASTY), house.visit(7, NASTY))
    nasty = house.browser(NASTY)
    flag = open_flags(house)[0]
    nasty.open(f"flags/{house.office}/{flag.id}")
    nasty.send(f"flags/{house.office}/{flag.id}", note=NASTY)
    for path in (
        "register",
        "flags?settled=1",
        "desks",
        "desks/2/revoke",
        "people",
        "services/edit?code=1",
        "offices/2",
    ):
        assert "<script" not in nasty.open(path).text, path
        assert "&lt;script&gt;" in nasty.page.text, path


def test_an_address_that_names_nothing_says_so(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    for path in (
        "nothing",
        "desks/99/revoke",
        f"desks/{10**30}/revoke",
        f"people/{new_id()}",
        "people/x",
        "services/edit?code=%00",
        "offices/99",
        f"offices/{10**30}",
        f"flags/{10**30}/{new_id()}",
        f"flags/1/{new_id()}",
    ):
        assert browser.open(path).status_code == 404, path
    for path in (
        f"desks?office={10**30}&after={10**30}",
        "flags?office=%00&after=1-2",
        f"flags?after={10**17}-{new_id().hex}",
        "holidays?year=9999",
        "holidays?year=1300",
        "holidays?year=1498",
    ):
        assert browser.open(path).status_code == 200, path
