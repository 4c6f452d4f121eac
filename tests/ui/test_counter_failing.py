"""When something fails at the counter: disk, paper, preview. Nothing typed is lost, nothing stands still."""

import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.desk.desk import Desk
from app.desk.requests import request, requests_of
from app.vault import store as store_module
from app.vault.store import Store
from models.entries import ClockAccepted
from tests.desk.counter import NOON, PASSWORD, SUPERVISOR, Clock
from tests.printers.roll_machine import RollMachine
from tests.ui.hand import Clerk, write_a_visit
from tests.ui.printers import set_printer

SAFE = "هیچ رسیدی چاپ نشد؛ نوشته‌های شما سر جایشان است."
HOUR = 3_600_000_000


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process can grow, as on a disk without room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_form_untouched_and_the_next_try_saves_it(
    desk: Desk, hossein: str, at_work: Clerk
) -> None:
    write_a_visit(at_work, hossein)
    before = at_work.counter.visit()
    with full_disk():
        at_work.register()
        at_work.until(lambda: at_work.counter.banner and not at_work.counter.busy)
    assert at_work.page.banner.isVisible()
    assert at_work.page.banner.head.text() == "این ثبت ذخیره نشد."
    assert at_work.counter.saved is None
    assert at_work.counter.visit() == before
    assert at_work.page.outcome.note.text() == "پیش از ظهر می‌آید"
    at_work.register()
    kept = request(desk, at_work.saved())
    assert kept.note == "پیش از ظهر می‌آید"
    assert not at_work.page.banner.isVisible()
    assert len(requests_of(desk, kept.client)) == 2


def test_a_receipt_that_cannot_be_written_is_said_and_can_be_tried_again(
    desk: Desk, hossein: str, at_work: Clerk, tmp_path: Path
) -> None:
    (tmp_path / "receipts").write_text("a file where the folder should be")
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.press(Qt.Key.Key_F12)
    at_work.until(lambda: at_work.counter.saved and at_work.counter.saved.paper == "failed")
    assert at_work.page.banner.isVisible()
    (tmp_path / "receipts").unlink()
    at_work.press(Qt.Key.Key_F12)
    at_work.until(lambda: at_work.counter.saved and at_work.counter.saved.paper == "saved")
    assert request(desk, code).copies == 1


def test_nothing_of_the_desk_is_touched_in_the_windows_own_thread(
    hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched: list[str] = []
    for name in ("reading", "writing"):
        real = getattr(Store, name)

        def watched(self: Store, real: object = real, name: str = name) -> object:
            if threading.current_thread() is threading.main_thread():
                touched.append(name)
            return real(self)  # type: ignore[operator]

        monkeypatch.setattr(Store, name, watched)
    write_a_visit(at_work, hossein)
    at_work.register()
    at_work.saved()
    at_work.press(Qt.Key.Key_F12)
    at_work.until(lambda: at_work.counter.saved and at_work.counter.saved.paper == "saved")
    at_work.enter()
    at_work.find("مریم")
    assert touched == []


@pytest.mark.expected_log("defect ValueError")
def test_a_preview_that_cannot_be_drawn_stops_nobody(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []

    def fail(values: object, width: int) -> None:
        drawn.append(width)
        raise ValueError(values)

    monkeypatch.setattr(at_work.counter.acts, "picture", fail)
    write_a_visit(at_work, hossein)
    at_work.until(lambda: drawn)
    at_work.register()
    assert request(desk, at_work.saved()).note


# --- the store is held by another program ----------------------------------------------------------------------------


@contextmanager
def held(desk: Desk) -> Iterator[None]:
    """Somebody else writes in the store and does not come to an end."""
    begun, ended = threading.Event(), threading.Event()

    def hold() -> None:
        with desk.store.writing():
            begun.set()
            ended.wait()

    other = threading.Thread(target=hold, daemon=True)
    other.start()
    begun.wait()
    try:
        yield
    finally:
        ended.set()
        other.join()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that does not wait long for its turn."""
    monkeypatch.setattr(store_module, "PATIENCE", 0.5)


@pytest.mark.usefixtures("impatient")
def test_a_locked_store_leaves_the_form_untouched_and_the_next_try_saves_it(
    desk: Desk, hossein: str, at_work: Clerk
) -> None:
    write_a_visit(at_work, hossein)
    before = at_work.counter.visit()
    with held(desk):
        at_work.register()
        at_work.until(lambda: at_work.counter.banner and not at_work.counter.busy)
    banner = at_work.page.banner
    assert (banner.head.text(), banner.text.text().endswith(SAFE)) == ("این ثبت ذخیره نشد.", True)
    assert at_work.counter.saved is None
    assert at_work.counter.visit() == before
    banner.action.click()
    kept = request(desk, at_work.saved())
    assert kept.note == "پیش از ظهر می‌آید"
    assert len(requests_of(desk, kept.client)) == 2


# --- the printer is dead ---------------------------------------------------------------------------------------------


def test_a_dead_printer_stops_no_visit_and_what_is_safe_is_said_first(desk: Desk, hossein: str, at_work: Clerk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
    set_printer(desk, f"roll://127.0.0.1:{address[1]}")  # nobody listens there any more
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    saved = at_work.page.saved
    at_work.until(saved.strip.isVisible)
    assert saved.strip.text.text().startswith("ثبت محفوظ است. ")
    assert saved.head.text().startswith("ثبت شد")
    assert saved.here.accessibleName().endswith("ذخیره شد")
    assert request(desk, code).receipt_outcome == "queued"
    at_work.enter()
    assert at_work.counter.stage == "empty"
    assert "ثبت محفوظ است" in at_work.page.notice.text.text()
    at_work.type(hossein)
    at_work.until(lambda: at_work.counter.person.known)


def test_what_was_sent_while_the_roll_was_out_comes_out_once_after_the_refill(
    desk: Desk, hossein: str, at_work: Clerk
) -> None:
    machine = RollMachine()
    try:
        machine.set("media-empty")
        set_printer(desk, f"roll://127.0.0.1:{machine.port}")
        write_a_visit(at_work, hossein)
        at_work.register()
        code = at_work.saved()
        at_work.until(at_work.page.saved.strip.isVisible)
        assert "کاغذ ندارد" in at_work.page.saved.strip.text.text()
        at_work.enter()
        assert at_work.page.notice.isVisible()
        machine.set("ready")
        at_work.until(lambda: machine.papers)
        at_work.until(lambda: not at_work.page.notice.isVisible())
        assert len(machine.papers) == 1
        assert len(request(desk, code).receipts) == 1
    finally:
        machine.close()


# --- the clock -------------------------------------------------------------------------------------------------------


def clock_of(desk: Desk) -> Clock:
    assert isinstance(desk.clock, Clock)
    return desk.clock


def test_a_clock_set_back_registers_nothing_until_it_is_right_again(desk: Desk, hossein: str, at_work: Clerk) -> None:
    write_a_visit(at_work, hossein)
    before = at_work.counter.visit()
    clock_of(desk).now -= HOUR
    at_work.register()
    at_work.until(lambda: at_work.counter.banner and not at_work.counter.busy)
    banner = at_work.page.banner
    assert banner.head.text() == "این ثبت ذخیره نشد."
    assert banner.text.text().startswith("ساعت این رایانه")
    assert banner.text.text().endswith(SAFE)
    assert banner.action.text() == "ساعت درست است"
    assert at_work.counter.visit() == before
    clock_of(desk).now += HOUR
    at_work.register()
    assert request(desk, at_work.saved()).registered_at == NOON


def test_two_people_say_that_the_clock_is_right_and_the_visit_is_registered(
    desk: Desk, hossein: str, at_work: Clerk
) -> None:
    assert at_work.window.workplace is not None
    panel = at_work.window.workplace.second
    write_a_visit(at_work, hossein)
    clock_of(desk).now -= HOUR
    at_work.register()
    at_work.until(lambda: at_work.counter.banner and not at_work.counter.busy)
    at_work.page.banner.action.click()
    at_work.until(lambda: panel.isVisible() and panel.tiles)
    assert panel.hint.text() == "اکنون سه‌شنبه ۳ آذر ۱۴۰۵، ساعت ۱۱:۰۰ است. این تاریخ روی هر رسید چاپ می‌شود."
    assert not panel.reason.isVisible()
    at_work.type("چیز دیگر")
    at_work.enter()
    at_work.until(panel.message.isVisible)
    assert at_work.counter.saved is None
    clock_of(desk).now += 2_000_000
    at_work.type(PASSWORD)
    at_work.enter()
    kept = request(desk, at_work.saved())
    assert kept.registered_at == clock_of(desk).now
    assert kept.note == "پیش از ظهر می‌آید"
    assert not at_work.page.banner.isVisible()
    with desk.reading() as connection:
        lines = connection.exec_driver_sql("select kind from line order by sequence desc limit 3").scalars().all()
    assert ClockAccepted(approved_by=kept.id, last_at=0).kind in lines
    assert panel.presenter.people[0].name == SUPERVISOR
