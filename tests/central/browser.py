"""The centre's pages as a browser shows them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

PHONE, DESKTOP = (390, 844), (1366, 768)
Scheme = Literal["light", "dark"]


@contextmanager
def a_browser() -> Iterator[Browser]:
    """The system's chromium."""
    with sync_playwright() as driver:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield browser
        browser.close()


@contextmanager
def a_page(browser: Browser, size: tuple[int, int], scheme: Scheme = "light", **more: Any) -> Iterator[Page]:
    viewport: Any = {"width": size[0], "height": size[1]}
    context = browser.new_context(locale="fa-IR", viewport=viewport, color_scheme=scheme, **more)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """What axe-core holds against the page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] }).then(found => found.violations)")
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def overflows(page: Page) -> bool:
    """Whether one must scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
