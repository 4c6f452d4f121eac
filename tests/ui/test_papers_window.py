"""Papers at the real window: on the way while the clerk works on, followed again, left when the window closes."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk import printers, spool
from app.desk.desk import Desk, open_desk
from app.desk.doorstep import Opening
from app.desk.printers import KEPT, Printers
from app.desk.requests import request
from app.desk.spool import waiting
from printing.printers import Queue, Report, open_printer
from printing.printers.reports import PRINTED, PRINTING, STUCK, UNKNOWN
from tests.desk.counter import CLERK, NOON, Clock
from tests.printers.roll_machine import RollMachine
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
    assert "چاپگر کاغذ ندارد" in at_work.page.saved.strip.text.text()
    at_work.enter()
    assert at_work.page.notice.isVisible()
    assert at_work.focus is at_work.page.find_frame.line
    write_a_visit(at_work, hossein)
    at_work.register()
    second = at_work.saved()
    assert second != first
    at_work.enter()
    at_work.until(lambda: "۲ رسید در صف است" in at_work.page.notice.text.text())
    assert at_work.page.notice.head.text() == "چاپگر کاغذ ندارد."
    machine.word = Report(PRINTED, "printer")
    at_work.until(lambda: not at_work.page.notice.isVisible())
    assert [request(desk, code).receipt_outcome for code in (first, second)] == ["printed", "printed"]


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
    assert at_work.page.saved.strip.pdf.isVisible()


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


# --- another printer -------------------------------------------------------------------------------------------------


def two_printers(desk: Desk, broken: Moody, tray: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers go to a broken one; beside it stands a folder."""
    tray.mkdir()
    put_up(desk, broken, monkeypatch)
    real = open_printer

    def printer_of(queue: Queue) -> object:
        return broken if queue.name == "counter" else real(queue)

    monkeypatch.setattr(printers, "printer_of", printer_of)
    monkeypatch.setattr(spool, "printer_of", printer_of)
    addresses = {"counter": "ipp://printer.example/ipp/print", "اتاق ۱۲": f"folder:{tray}"}
    with desk.store.writing() as connection:
        desk.store.keep(connection, KEPT, msgspec.json.encode(Printers(addresses, {"a5": "counter"})))


def test_another_printer_takes_a_paper_that_sticks(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = Moody(Report(STUCK, "media-empty"))
    two_printers(desk, broken, tmp_path / "tray", monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    strip = at_work.page.saved.strip
    at_work.until(strip.other.isVisible)
    strip.other.click()
    at_work.until(lambda: strip.choice.buttons)
    assert [button.text() for button in strip.choice.buttons] == ["اتاق ۱۲"]
    assert at_work.focus is strip.choice.buttons[0]
    at_work.enter()
    at_work.until(lambda: word(at_work) == "چاپ شد")
    kept = request(desk, code)
    assert [(receipt.copy, receipt.outcome) for receipt in kept.receipts] == [(0, "failed"), (0, "printed")]
    assert len(receipts_of(tmp_path / "tray")) == 1
    assert not strip.isVisible()
    at_work.enter()
    assert at_work.counter.stage == "empty"


def test_all_that_stick_go_to_another_printer_from_the_banner(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = Moody(Report(STUCK, "media-jam"))
    two_printers(desk, broken, tmp_path / "tray", monkeypatch)
    codes = []
    for _n in range(2):
        write_a_visit(at_work, hossein)
        at_work.register()
        codes.append(at_work.saved())
        at_work.until(at_work.page.saved.strip.isVisible)
        at_work.enter()
    at_work.page.notice.action.click()
    at_work.until(lambda: at_work.page.choice.buttons)
    at_work.page.choice.buttons[0].click()
    at_work.until(lambda: [request(desk, code).receipt_outcome for code in codes] == ["printed", "printed"])
    assert len(receipts_of(tmp_path / "tray")) == 2
    at_work.until(lambda: not at_work.page.notice.isVisible())
    assert not at_work.page.choice.isVisible()


def test_escape_leaves_the_choice_and_the_paper_where_it_is(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    two_printers(desk, Moody(Report(STUCK, "media-empty")), tmp_path / "tray", monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    strip = at_work.page.saved.strip
    at_work.until(strip.other.isVisible)
    strip.other.click()
    at_work.until(lambda: strip.choice.buttons)
    at_work.press(Qt.Key.Key_Escape)
    assert not strip.choice.isVisible()
    assert at_work.counter.saved is not None
    assert word(at_work) == "منتظر چاپگر"
    at_work.enter()
    assert at_work.counter.stage == "empty"
    assert request(desk, code).receipts[-1].outcome == "queued"


def test_a_paper_that_may_have_come_out_goes_nowhere_else_before_somebody_has_looked(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Vague(Moody):
        def cancel(self, job: object) -> None:
            self.word = Report(UNKNOWN, "no-answer")

    two_printers(desk, Vague(Report(STUCK, "media-jam")), tmp_path / "tray", monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    strip = at_work.page.saved.strip
    at_work.saved()
    at_work.until(strip.other.isVisible)
    strip.other.click()
    at_work.until(lambda: strip.choice.buttons)
    at_work.enter()
    at_work.until(strip.missing.isVisible)
    assert receipts_of(tmp_path / "tray") == []
    strip.missing.click()
    at_work.until(lambda: word(at_work) == "چاپ شد")
    assert len(receipts_of(tmp_path / "tray")) == 1


def test_a_desk_with_one_printer_says_that_there_is_no_other(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_up(desk, Moody(Report(STUCK, "media-empty")), monkeypatch)
    monkeypatch.setattr(printers, "found_queues", list)
    write_a_visit(at_work, hossein)
    at_work.register()
    at_work.saved()
    strip = at_work.page.saved.strip
    at_work.until(strip.other.isVisible)
    strip.other.click()
    at_work.until(lambda: strip.choice.head.text() == "چاپگر دیگری در این میز تعریف نشده است.")


def test_a_printer_that_only_takes_papers_is_asked_of_when_another_is_wanted(
    desk: Desk, hossein: str, at_work: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_up(desk, Moody(Report(UNKNOWN, "delivered")), monkeypatch)
    write_a_visit(at_work, hossein)
    at_work.register()
    code = at_work.saved()
    at_work.until(lambda: at_work.counter.slip and at_work.counter.slip.is_delivered)
    assert word(at_work) == "تحویل چاپگر شد"
    assert not at_work.page.saved.strip.isVisible()
    at_work.press(Qt.Key.Key_F12)
    assert at_work.page.saved.strip.came.isVisible()
    at_work.page.saved.strip.came.click()
    at_work.until(lambda: request(desk, code).copies == 1)
    at_work.press(Qt.Key.Key_F12)
    at_work.until(lambda: [receipt.copy for receipt in request(desk, code).receipts] == [0, 1])


# --- a sudden end ----------------------------------------------------------------------------------------------------

KILLED = """
    import os, sys
    from pathlib import Path
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication
    from app.desk.desk import open_desk
    from app.desk.doorstep import Opening
    from tests.desk.counter import CLERK, NOON, Clock
    from tests.shots import Patience
    from tests.ui.hand import Clerk, write_a_visit
    from ui import theme
    from ui.window import Window
    application = QApplication(["miz"])
    theme.apply(application)
    desk = open_desk(Path(sys.argv[1]))
    desk.clock = Clock(NOON)
    window = Window(Opening.of(desk), lambda: Path(sys.argv[1]) / "receipts")
    window.show()
    hand = Clerk(window, Patience())
    hand.sign_in(CLERK)
    write_a_visit(hand, sys.argv[2])
    hand.register()
    code = hand.saved()
    hand.until(lambda: hand.counter.slip and hand.counter.slip.is_stuck)
    print(code, flush=True)
    sys.stdin.read()
"""


def test_after_a_kill_in_mid_print_it_is_asked_once_and_none_comes_out_twice(
    desk: Desk, hossein: str, data_dir: Path, tmp_path: Path, dressed: object, qtbot: QtBot
) -> None:
    """A roll printer forgets what it was sent once the line is cut, so nobody but the clerk can know."""
    machine = RollMachine()
    set_printer(desk, f"roll://127.0.0.1:{machine.port}")
    desk.close()
    machine.then = "media-empty"  # the paper runs out while it is at it
    environment = os.environ | {"MIZ_KEYSTORE": "file", "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(data_dir), hossein],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as program:
        assert program.stdout is not None
        code = program.stdout.readline().strip()
        program.send_signal(signal.SIGKILL)
    machine.unplug()
    with closing(open_desk(data_dir)) as again:
        again.clock = Clock(NOON)
        for asked in (True, False):
            window = Window(Opening.of(again), lambda: tmp_path / "receipts")
            qtbot.addWidget(window)
            window.show()
            hand = Clerk(window, qtbot)
            hand.sign_in(CLERK)
            if asked:
                hand.until(hand.page.notice.isVisible)
                assert hand.page.notice.head.text() == "رسید حسین قلی‌زاده چاپ شد؟"
                hand.page.notice.close_button.click()  # no, it did not
                hand.until(lambda: request(again, code).receipts[-1].outcome == "failed")
            hand.bot.wait(300)
            assert not hand.page.notice.isVisible()
            window.close()
        assert [receipt.outcome for receipt in request(again, code).receipts] == ["failed"]
    machine.close()
