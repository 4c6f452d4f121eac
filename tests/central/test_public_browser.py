"""The public page in a real browser: on a phone and a desktop, by day and by night, with and without scripts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app.central.offices import HOME
from app.central.store import Store
from models import entries as e
from models.calendar import business_day
from models.codes import make_tracking_code
from tests.book.facts import NOON, details
from tests.central.browser import DESKTOP, a_browser, a_page, overflows, violations
from tests.central.conftest import Served
from tests.central.test_tracking import Citizens, payload

PHONE = (360, 740)
"""A small one."""
DUE = business_day(NOON) + datetime.timedelta(days=5)
"""Monday 2 Azar 1405."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as made:
        yield made


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Served, Citizens]]:
    store = Store(f"sqlite:///{tmp_path / 'centre.db'}")
    store.bring_up_to_date()
    office = Citizens(store)
    hours = "شنبه تا چهارشنبه 7:30 تا 15، پنج‌شنبه تا 14"
    said = e.OfficeSet(
        name="سازمان منطقه آزاد ماکو", phone="044-34372000", hours=hours, complaint="بازرسی، اتاق 12، تلفن 111"
    )
    office.say(HOME, said)
    served = Served(store, lambda: NOON + 3_600_000_000)
    yield served, office
    served.stop()
    store.close()


def check(page: Page) -> None:
    """What holds of every page, on a phone by day and on a desktop by night."""
    for size, scheme in ((PHONE, "light"), (DESKTOP, "dark")):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
        assert not overflows(page)
    assert page.locator(".code").evaluate_all("found => found.every(each => getComputedStyle(each).direction == 'ltr')")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})


def test_a_citizen_scans_types_four_digits_and_sees_every_step(browser: Browser, site: tuple[Served, Citizens]) -> None:
    centre, office = site
    code = office.register(details(mobile="09141234567"), due_on=DUE)
    office.say(office.request, e.RequestReferred(unit="معاونت اقتصادی", officer="لیلا صادقی"))
    with a_page(browser, PHONE) as page:
        for address in (payload(code), payload(code).lower()):
            page.goto(f"{centre.url}/{address}")
            assert len(page.get_by_label("کد پیگیری").input_value()) == 14  # three groups
        assert "رسید معتبر است و در مرکز دریافت شد." in page.get_by_role("status").inner_text()
        assert "سازمان منطقه آزاد ماکو" in page.content()
        check(page)
        page.keyboard.insert_text("۴۵ ۶۲")  # the field has the focus already
        page.keyboard.press("Enter")
        page.wait_for_url(f"{centre.url}/")
        said = page.locator("body").inner_text()
        for shown in ("دوشنبه ۲ آذر ۱۴۰۵", "معاونت اقتصادی", "در مرکز دریافت شد", "۰۴۴-۳۴۳۷۲۰۰۰", "اتاق ۱۲"):
            assert shown in said
        assert "صادقی" not in page.content()
        assert "حسین" not in page.content()
        check(page)


@pytest.mark.parametrize("written", ["{}", "۰۰۰۱ {}", "٠٠٠١{}", "0001-{}"])
def test_the_code_is_taken_however_it_is_written(browser: Browser, site: tuple[Served, Citizens], written: str) -> None:
    centre, office = site
    code = office.register(details(), due_on=DUE)
    assert code.startswith("0001")
    rest = f"{code[4:8]} {code[8:]}"
    with a_page(browser, PHONE, java_script_enabled=False) as page:
        page.goto(centre.url)
        page.get_by_label("کد پیگیری").fill(written.format(code if written == "{}" else rest))
        page.get_by_label("چهار رقم آخر").fill("۴۵۶۲")
        page.get_by_role("button").click()
        assert "دوشنبه ۲ آذر ۱۴۰۵" in page.content()


def test_a_genuine_paper_whose_record_is_under_way_is_told_by_itself(
    browser: Browser, site: tuple[Served, Citizens]
) -> None:
    centre, office = site
    code = make_tracking_code(office.desk, 123)
    with a_page(browser, PHONE) as page:
        page.goto(f"{centre.url}/{payload(code)}")
        said = page.locator("main").inner_text()
        for shown in ("رسید معتبر است", "هنوز به مرکز نرسیده است", "محفوظ است", "سه‌شنبه ۳ آذر ۱۴۰۵"):
            assert shown in said
        assert page.locator("form").count() == 0
        check(page)
        page.goto(f"{centre.url}/NONSENSE")
        assert "این نشانی" in page.get_by_role("alert").inner_text()
        check(page)


def test_a_wrong_answer_is_said_in_place_and_the_code_need_not_be_written_again(
    browser: Browser, site: tuple[Served, Citizens]
) -> None:
    centre, office = site
    code, said = office.register(details()), []
    with a_page(browser, PHONE) as page:
        for asked, second in ((code, "0000"), (make_tracking_code(office.desk, 7), "4562")):
            page.goto(centre.url)
            page.get_by_label("کد پیگیری").fill(asked)
            page.get_by_label("چهار رقم آخر").fill(second)
            page.get_by_role("button").click()
            assert page.get_by_role("alert").is_visible()
            kept = page.get_by_label("کد پیگیری").input_value()
            said.append(page.content().replace(kept, "…"))
            assert len(kept) == 14
        assert said[0] == said[1]
        check(page)
