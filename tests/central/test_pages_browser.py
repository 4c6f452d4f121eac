"""The centre's pages in a real browser: on a phone and a desktop, by day and by night, by keyboard, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from app.central import flags
from app.central.store import Store
from tests.central.browser import DESKTOP, PHONE, a_browser, a_page, overflows, violations
from tests.central.conftest import Served
from tests.central.organisation import NOW, Organisation
from tests.central.staff import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR, people_of
from tests.printing.papers import emblem_file

MOST_BYTES = 60_000
NARROW = 320
"""What a desktop shows at four times the size, as some eyes need it."""
STOPS = "a[href], button, input:not([type=hidden]), select, textarea, main[tabindex]"


class Site(NamedTuple):
    """A centre at a quarter past twelve, and who is signed in at it, each in a window of their own."""

    url: str
    organisation: Organisation
    administrator: Page
    supervisor: Page

    def page(self, name: str) -> Page:
        return self.administrator if name == ADMINISTRATOR else self.supervisor


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as made:
        yield made


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('centre') / 'centre.db'}")
    store.bring_up_to_date()
    served = Served(store, lambda: NOW)
    organisation = Organisation(served)
    with a_page(browser, PHONE) as administrator, a_page(browser, PHONE) as supervisor:
        for page, name in ((administrator, ADMINISTRATOR), (supervisor, SUPERVISOR)):
            sign_in(page, served.url, name)
        yield Site(served.url, organisation, administrator, supervisor)
    served.stop()
    store.close()


def sign_in(page: Page, url: str, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{url}/centre/sign-in")
    page.get_by_label("نام").fill(name)
    page.get_by_label("رمز").fill(password)
    page.get_by_role("button", name="ورود").click()


def check(page: Page) -> None:
    """What holds of every page, on a phone by day and on a desktop by night."""
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("fa", "rtl")
    said = page.locator("body").inner_text()
    assert not re.search(r"[0-9]|[A-Za-z]{2,}", re.sub("QR|PNG|JPEG", "", said)), said
    assert page.locator(".code").evaluate_all("found => found.every(each => getComputedStyle(each).direction == 'ltr')")
    assert len(page.content().encode()) < MOST_BYTES
    assert page.locator("script, style, [style], [onclick]").count() == 0
    for size, scheme in ((PHONE, "light"), (DESKTOP, "dark")):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert not overflows(page), size
        assert violations(page) == []
    page.set_viewport_size({"width": NARROW, "height": 700})
    assert not overflows(page)


ADMINISTRATORS = """desks desks?office=2 desks/new desks/1/revoke flags people people/new PERSON services services/new
    services/edit?code=101 services/edit?code=803 units holidays offices offices/1"""
SUPERVISORS = "register register?day=1405-08-30 desks flags flags?office=1&settled=1 FLAG"


@pytest.mark.parametrize(
    ("name", "path"),
    [(ADMINISTRATOR, path) for path in ADMINISTRATORS.split()] + [(SUPERVISOR, path) for path in SUPERVISORS.split()],
)
def test_a_page_is_whole_everywhere(site: Site, name: str, path: str) -> None:
    page, asked = site.page(name), set[str]()
    page.on("request", lambda request: asked.add(request.url))
    answer = page.goto(f"{site.url}/centre/{_path(site, path)}")
    assert answer is not None
    assert answer.status == 200
    check(page)
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site.url).netloc}
    assert all(url.endswith((".css", ".ttf")) for url in asked if "/static/" in url)


def _path(site: Site, path: str) -> str:
    organisation = site.organisation
    if path == "FLAG":
        with organisation.store.reading() as connection:
            who = organisation.people[SUPERVISOR]
            found = flags.flags(connection, who, organisation.office, settled=False)
        return f"flags/{organisation.office}/{next(each.id for each in found if not each.waits)}"
    return path.replace("PERSON", f"people/{organisation.people[CLERK].id}")


def test_how_each_desk_stands_is_seen_at_a_glance(site: Site) -> None:
    page = site.administrator
    page.goto(f"{site.url}/centre/desks")
    rows = page.locator("tbody tr").all_inner_texts()[:4]
    here, away, taken, waiting = (re.sub(r"\s+", " ", row) for row in rows)
    assert all(word in here for word in ("میز ۱", "پیوسته", "۱۲:۱۷", "ندارد", "۰.۱.۰"))
    assert re.search(r"[۱-۹][۰-۹]* سطر تا ۱۲:۰۹", here)
    assert all(word in away for word in ("۱۴ سطر", "قدیمی‌ترین: دوشنبه ۲ آذر ۰۹:۰۸", "۰.۰.۹"))
    assert "پس گرفته شد" in taken
    assert "کد تازه" in waiting
    page.get_by_role("link", name="بی‌خبر یا عقب‌مانده").click()
    assert [row.split()[1] for row in page.locator("tbody tr").all_inner_texts()] == ["۲"]
    check(page)


def test_what_cannot_be_taken_is_said_where_it_was_written(site: Site) -> None:
    page = site.administrator
    page.goto(f"{site.url}/centre/services/new")
    page.get_by_label("کد", exact=True).fill("۱۰۱")
    page.get_by_label("عنوان").fill("تازه")
    page.get_by_role("button", name="انتشار").click()
    assert page.get_by_role("alert").is_visible()
    field = page.get_by_label("کد", exact=True)
    assert field.get_attribute("aria-invalid") == "true"
    assert field.evaluate("field => field == document.activeElement")
    assert page.get_by_label("عنوان").input_value() == "تازه"
    check(page)


def test_doors_that_stay_shut_are_pages_as_well(browser: Browser, site: Site) -> None:
    with a_page(browser, PHONE) as page:
        page.goto(f"{site.url}/centre/desks")
        assert page.url.endswith("/centre/sign-in")
        check(page)
        sign_in(page, site.url, ADMINISTRATOR, "نادرست")
        assert page.get_by_role("alert").is_visible()
        check(page)
        sign_in(page, site.url, CLERK)
        assert page.get_by_role("alert").is_visible()
    for who, path, status in ((site.supervisor, "people", 403), (site.administrator, "desks/77/revoke", 404)):
        answer = who.goto(f"{site.url}/centre/{path}")
        assert answer is not None
        assert answer.status == status
        check(who)


def test_an_empty_centre_says_what_comes_first(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('empty') / 'centre.db'}")
    store.bring_up_to_date()
    people_of(store)
    served = Served(store, lambda: NOW)
    with a_page(browser, PHONE) as page:
        sign_in(page, served.url, ADMINISTRATOR)
        for path in ("desks", "flags", "services", "units", "offices"):
            page.goto(f"{served.url}/centre/{path}")
            assert page.locator(".empty").is_visible()
        check(page)
        page.context.clear_cookies()
        sign_in(page, served.url, SUPERVISOR)
        assert page.locator(".empty").is_visible()
        check(page)
    served.stop()
    store.close()


def test_everything_is_reached_and_done_by_keyboard(browser: Browser, site: Site) -> None:
    with a_page(browser, DESKTOP) as page:
        page.goto(f"{site.url}/centre/sign-in")
        page.locator("#name:focus").wait_for()
        for key in (ADMINISTRATOR, "Tab", PASSWORD, "Enter"):
            page.keyboard.press(key) if key in ("Tab", "Enter") else page.keyboard.insert_text(key)
        page.wait_for_url("**/centre/desks")
        page.keyboard.press("Tab")
        assert page.locator(":focus").get_attribute("href") == "#main"  # past the parts of the centre
        stops = page.locator(STOPS).count() - 1  # the page itself is reached by that link only
        seen = [_focus(page)]
        for _stop in range(stops - 1):
            page.keyboard.press("Tab")
            seen.append(_focus(page))
        assert len(set(seen)) == stops
        page.goto(f"{site.url}/centre/desks/1/revoke")
        page.locator(".danger").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/centre/desks")


def _focus(page: Page) -> str:
    """What has the focus, which can be seen."""
    shown = page.evaluate(
        """() => { const at = document.activeElement, box = at.getBoundingClientRect(), how = getComputedStyle(at);
        return [at.outerHTML, how.outlineStyle != 'none' && parseFloat(how.outlineWidth) >= 2, box.width > 10 &&
        box.height > 10 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight] }"""
    )
    assert shown[1:] == [True, True], shown
    return str(shown[0])


def test_an_emblem_is_chosen_seen_and_taken_away(browser: Browser, site: Site) -> None:
    with a_page(browser, PHONE, java_script_enabled=False) as page:
        sign_in(page, site.url, ADMINISTRATOR)
        page.goto(f"{site.url}/centre/offices/1")
        page.get_by_role("link", name="نشان").click()
        page.get_by_label("تصویر دیگر").set_input_files({"name": "n.txt", "mimeType": "text/plain", "buffer": b"n"})
        page.get_by_role("button", name="انتشار").click()
        assert page.get_by_label("تصویر دیگر").get_attribute("aria-invalid") == "true"
        picture = {"name": "نشان.png", "mimeType": "image/png", "buffer": emblem_file(1_600, 400)}
        page.get_by_label("تصویر دیگر").set_input_files(picture)  # type: ignore[arg-type]
        page.get_by_role("button", name="انتشار").click()
        seen = page.get_by_role("img")
        assert seen.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [360, 90]
        page.get_by_role("button", name="برداشتن نشان").click()
        assert page.get_by_role("status").is_visible()
        assert page.get_by_role("img").count() == 0


def test_a_days_work_without_scripts(browser: Browser, site: Site) -> None:
    with a_page(browser, PHONE, java_script_enabled=False) as page:
        sign_in(page, site.url, ADMINISTRATOR)
        page.get_by_role("link", name="میز جدید").click()
        page.get_by_label("اداره").fill("گمرک بازرگان")
        page.get_by_label("نام میز").fill("میز شب")
        page.get_by_role("button", name="ساختن میز").click()
        code = page.locator(".once").inner_text()
        assert re.fullmatch(r"[۰-۹\s]+", code)
        assert page.locator(".once").get_attribute("dir") == "ltr"
        page.get_by_role("link", name="یادداشت شد").click()
        assert "میز شب" in page.content()
        page.get_by_role("link", name="خدمت‌ها").click()
        page.get_by_role("link", name="صدور مجوز فعالیت اقتصادی").click()
        page.get_by_role("button", name="برداشتن خدمت").click()
        assert page.get_by_role("status").is_visible()
        assert page.locator("tr", has_text="صدور مجوز").locator("text=دیگر ارائه نمی‌شود").is_visible()
        page.get_by_role("link", name="تعطیلات").click()
        page.get_by_label("روز", exact=True).fill("۱۴۰۵/۱۰/۰۷")
        page.get_by_label("عنوان").fill("روز بی‌برق")
        page.get_by_text("اضطراری").click()
        page.get_by_role("button", name="انتشار").click()
        page.locator("tr", has_text="روز بی‌برق").get_by_role("button").click()
        assert "روز بی‌برق" not in page.content()
        page.get_by_role("button", name="خروج").click()
        assert page.url.endswith("/centre/sign-in")
        sign_in(page, site.url, SUPERVISOR)
        page.get_by_role("link", name="نیازمند بررسی").click()
        page.locator("tr", has_text="اجازه").get_by_role("link", name="بررسی").click()
        page.get_by_label("آنچه دیده یا انجام شد").fill("همکار تازه بود؛ افزوده شد.")
        page.get_by_role("button", name="رسیدگی شد").click()
        assert page.get_by_role("status").is_visible()
        page.get_by_role("link", name="رسیدگی شد").click()
        assert "همکار تازه بود" in page.locator("tbody").inner_text()
