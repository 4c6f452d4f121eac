"""The public page in a real browser: on a phone and a desktop, by day and by night, with and without scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from app.central.store import Store
from app.central.tracking import HOME
from models import entries as e
from tests.book.facts import details
from tests.central.browser import DESKTOP, PHONE, SCREENS, Scheme, a_browser, a_page, overflows, violations
from tests.central.conftest import Served
from tests.central.test_tracking import Citizens, payload


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
    office.say(HOME, e.OfficeSet(name="سازمان منطقه آزاد ماکو", phone="044-34372000", hours=hours))
    served = Served(store)
    yield served, office
    served.stop()
    store.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_a_citizen_scans_types_four_digits_and_sees_every_step(
    browser: Browser, site: tuple[Served, Citizens], size: tuple[int, int], scheme: Scheme
) -> None:
    centre, office = site
    code = office.register(details(mobile="09141234567"))
    office.say(office.request, e.RequestReferred(unit="معاونت اقتصادی", officer="لیلا صادقی"))
    with a_page(browser, size, scheme, java_script_enabled=True) as page:
        for address in (payload(code), payload(code).lower()):
            page.goto(f"{centre.url}/{address}")
            assert len(page.locator("#code").input_value().replace(" ", "")) >= 12
        assert violations(page) == []
        assert not overflows(page)
        assert "سازمان منطقه آزاد ماکو" in page.content()
        picture(page, "track", size, scheme)
        page.fill("#second", "۴۵۶۲")
        page.click("button")
        assert "معاونت اقتصادی" in page.content()
        assert "صادقی" not in page.content()
        assert code not in page.url
        assert violations(page) == []
        assert not overflows(page)
        picture(page, "tracked", size, scheme)


def test_a_wrong_answer_is_said_in_place(browser: Browser, site: tuple[Served, Citizens]) -> None:
    centre, office = site
    with a_page(browser, PHONE, java_script_enabled=True) as page:
        page.goto(centre.url)
        page.fill("#code", office.register(details()))
        page.fill("#second", "0000")
        page.click("button")
        assert page.get_by_role("alert").is_visible()
        assert violations(page) == []


def picture(page: object, name: str, size: tuple[int, int], scheme: str) -> None:
    """Kept in docs/screens when KEEP_PICTURES is set."""
    if os.environ.get("KEEP_PICTURES"):
        kind = ("phone" if size == PHONE else "desktop") + ("-dark" if scheme == "dark" else "")
        page.screenshot(path=SCREENS / f"{name}-{kind}.png")  # type: ignore[attr-defined]
