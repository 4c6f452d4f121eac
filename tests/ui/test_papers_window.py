"""Papers at the real window: on the way while the clerk works on, followed again, left when the window closes."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.doorstep import Opening
from app.desk.requests import request
from app.desk.spool import waiting
from printing.printers import Report
from printing.printers.reports import PRINTED, PRINTING, STUCK, UNKNOWN
from tests.desk.counter import CLERK
from tests.ui.hand import Clerk, receipts_of, write_a_visit
from tests.ui.printers import Moody, put_up, set_printer
from ui.window import Window


def word(hand: Clerk) -> str:
    """What stands under «on paper»."""
    return hand.page.saved.paper.accessibleName().partition(": ")[2]


def test_a_registered_visit_comes_out_of_the_printer(desk: Desk, hossein: str, at_work: Clerk, tmp_path: Path) -> None:
    tray = tmp_path / "tray"
    tray.mkdir()
    set_printer(desk, f"folder:{tray}")
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.until(lambda: word(at_work) == "چاپ شد")
    assert len(receipts_of(tray)) == 1
    assert receipts_of(tmp_path / "receipts") == []
    assert at_work.page.saved.head.text() == "ثبت شد و رسید چاپ شد"
    at_work.press(Qt.Key.Key_F12)
    at_work.until(lambda: request(desk, code).copies == 2 and word(at_work) == "چاپ شد")
    assert len(receipts_of(tray)) == 2
    at_work.enter()
    assert at_work.counter.stage == "empty"


def test_while_a_paper_sticks_the_next_visit_is_registered(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Moody(Report(STUCK, "media-empty"))
    put_up(desk, machine, monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    first = at_work.saved()
    at_work.until(lambda: word(at_work) == "منتظر چاپگر")
    assert "چاپگر کاغذ ندارد" in at_work.page.saved.note.text()
    at_work.enter()
    assert at_work.page.notice.isVisible()
    assert at_work.focus is at_work.page.find_frame.line
    write_a_visit(at_work, hossein)
    at_work.register()
    assert at_work.saved() != first
    at_work.enter()
    at_work.page.notice.action.click()
    at_work.until(lambda: at_work.counter.saved and at_work.counter.saved.tracking_code == first)
    machine.word = Report(PRINTED, "printer")
    at_work.until(lambda: word(at_work) == "چاپ شد" and not at_work.page.notice.isVisible())


def test_a_paper_is_taken_back_from_where_it_sticks(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_up(desk, Moody(Report(STUCK, "media-jam")), monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.until(at_work.page.saved.back.isVisible)
    at_work.page.saved.back.click()
    at_work.until(lambda: word(at_work) == "چاپ نشد")
    assert request(desk, code).receipts[-1].outcome == "failed"
    assert at_work.page.saved.pdf.isVisible()


@pytest.mark.parametrize(
    ("button", "said", "outcome"), [("came", "چاپ شد", "printed"), ("missing", "چاپ نشد", "failed")]
)
def test_what_nobody_knows_the_clerk_says(
    button: str,
    said: str,
    outcome: str,
    desk: Desk,
    hossein: str,
    at_work: Clerk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put_up(desk, Moody(Report(UNKNOWN, "no-answer")), monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.until(lambda: word(at_work) == "نمی‌دانیم")
    assert at_work.page.saved.came.isVisible()
    assert at_work.page.saved.missing.isVisible()
    getattr(at_work.page.saved, button).click()
    at_work.until(lambda: word(at_work) == said)
    at_work.until(lambda: request(desk, code).receipts[-1].outcome == outcome)


def test_a_closed_window_leaves_its_paper_and_the_next_one_follows_it(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    machine = Moody(Report(PRINTING))
    put_up(desk, machine, monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.until(lambda: word(at_work) == "در حال چاپ")
    at_work.window.close()
    assert [thread.name for thread in threading.enumerate() if thread.name == "paper"] == []
    assert [paper.tracking_code for paper in waiting(desk) if paper.queue] == [code]
    machine.word = Report(PRINTED, "printer")
    second = Window(Opening.of(desk), lambda: tmp_path)
    qtbot.addWidget(second)
    second.show()
    hand = Clerk(second, qtbot)
    hand.sign_in(CLERK)
    hand.until(lambda: request(desk, code).receipt_outcome == "printed")
    assert len(machine.sent) == 1
    second.close()


def test_papers_go_on_through_a_sign_out(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Moody(Report(PRINTING))
    put_up(desk, machine, monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.until(lambda: word(at_work) == "در حال چاپ")
    at_work.window.sign_out()
    machine.word = Report(STUCK, "media-jam")
    at_work.sign_in(CLERK)
    at_work.until(at_work.page.notice.isVisible)
    machine.word = Report(PRINTED, "printer")
    at_work.until(lambda: request(desk, code).receipt_outcome == "printed")
    at_work.until(lambda: not at_work.page.notice.isVisible())
