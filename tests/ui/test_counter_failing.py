"""When something fails at the counter: disk, paper, preview. Nothing typed is lost, nothing stands still."""

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.desk.desk import Desk
from app.desk.requests import request, requests_of
from app.vault.store import Store
from tests.ui.hand import Clerk, write_a_visit


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
