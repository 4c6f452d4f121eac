"""The centre's part of ``./run shots``: its pages as they are, in docs/screens."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from app.central import flags
from app.central.store import Store
from models.calendar import business_day
from models.codes import make_tracking_code
from tests.central.browser import DESKTOP, PHONE, Scheme, a_browser, a_page
from tests.central.conftest import Served
from tests.central.organisation import NOW, Organisation
from tests.central.staff import ADMINISTRATOR, PASSWORD, SUPERVISOR

LOOKS: tuple[tuple[str, tuple[int, int], Scheme, str], ...] = (
    ("", DESKTOP, "light", "sign-in desks people services units holidays register flags flag tracked"),
    ("-phone", PHONE, "light", "desks register flags track tracked under-way"),
    ("-dark", DESKTOP, "dark", "desks register tracked"),
)
ADMINISTRATORS = ("desks", "people", "services", "units", "holidays")


def play_centre(place: Path, screens: Path) -> None:
    """A working day at the centre, by day, by night and on a phone."""
    with _organisation(place) as (url, organisation), a_browser() as browser:
        for look, size, scheme, wanted in LOOKS:

            def keep(page: Page, name: str, look: str = look, wanted: str = wanted) -> None:
                if name not in wanted.split():
                    return
                page.wait_for_load_state()
                page.screenshot(path=screens / f"centre-{name}{look}.png")
                print(f"docs/screens/centre-{name}{look}.png", file=sys.stderr)

            with a_page(browser, size, scheme) as page:
                _sign_in(page, url, ADMINISTRATOR)
                for path in ADMINISTRATORS:
                    page.goto(f"{url}/centre/{path}")
                    keep(page, path)
            with a_page(browser, size, scheme) as page:
                page.goto(f"{url}/centre/sign-in")
                keep(page, "sign-in")
                _sign_in(page, url, SUPERVISOR)
                keep(page, "register")
                page.goto(f"{url}/centre/flags?office={organisation.office}")
                keep(page, "flags")
                page.goto(f"{url}/centre/flags/{organisation.office}/{_one_flag(organisation)}")
                keep(page, "flag")
            with a_page(browser, size, scheme) as page:
                due = business_day(NOW) + datetime.timedelta(days=5)
                page.goto(f"{url}/{organisation.scanned(organisation.code, due)}")
                keep(page, "track")
                page.locator("#second").fill("۴۵۶۲")
                page.get_by_role("button").click()
                keep(page, "tracked")
                page.goto(f"{url}/{organisation.scanned(make_tracking_code(organisation.desk, 5_550_001), due)}")
                keep(page, "under-way")


@contextmanager
def _organisation(place: Path) -> Iterator[tuple[str, Organisation]]:
    store = Store(f"sqlite:///{place / 'centre.db'}")
    store.bring_up_to_date()
    served = Served(store, clock=lambda: NOW)
    yield served.url, Organisation(served)
    served.stop()
    store.close()


def _sign_in(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/centre/sign-in")
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button").click()
    page.wait_for_load_state()


def _one_flag(organisation: Organisation) -> str:
    with organisation.store.reading() as connection:
        who = organisation.people[SUPERVISOR]
        found = flags.flags(connection, who, organisation.office, settled=False)
    return str(next(each.id for each in found if not each.waits))
