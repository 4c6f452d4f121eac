"""The counter's papers without its glass: what is said of them, what is asked, and who is held up by it (nobody)."""

from pathlib import Path

import pytest

from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.requests import request
from app.desk.spool import Came, Hand
from app.vault.problems import StoreError, StoreProblem
from printing.printers.reports import FAILED, PRINTED, PRINTING, QUEUED, SENT, STUCK, UNKNOWN
from tests.desk.counter import HOSSEIN
from tests.ui.beside import Beside
from tests.ui.hand import AtOnce
from tests.ui.printers import AtThePrinter, set_printer
from ui.counter.acts import Acts
from ui.counter.papers import BROKEN_OFF
from ui.counter.presenter import Counter
from ui.second.presenter import Second

NUMBER = str(HOSSEIN["national_number"])


@pytest.fixture
def printing(desk: Desk, clerk: Session, hossein: str, tmp_path: Path) -> Counter:
    """A counter whose desk has a printer; its `doors` keep the papers."""
    set_printer(desk, f"folder:{tmp_path}")
    presenter = Counter(Acts(desk, clerk), AtThePrinter(), tmp_path / "receipts")
    presenter.start()
    return presenter


def printer(counter: Counter) -> AtThePrinter:
    assert isinstance(counter.doors, AtThePrinter)
    return counter.doors


def register(counter: Counter) -> str:
    counter.type_find(NUMBER)
    counter.type_service("1")
    counter.choose_service(0)
    counter.receive_all()
    counter.register()
    assert counter.saved is not None
    return counter.saved.tracking_code


def test_after_registering_the_paper_goes_to_the_printer_and_its_course_is_shown(printing: Counter) -> None:
    register(printing)
    assert printing.slip is not None
    seen = [printing.slip.state]
    for state in (SENT, PRINTING):
        printer(printing).say(state)
        seen.append(printing.slip.state)
    printer(printing).end(PRINTED, "printer")
    assert [*seen, printing.slip.state] == [QUEUED, SENT, PRINTING, PRINTED]
    assert printing.notice is None


def test_a_desk_without_a_printer_prints_nothing_and_offers_the_file(counter: Counter, hossein: str) -> None:
    code = register(counter)
    assert counter.slip is None
    counter.bring_paper()
    assert counter.saved is not None
    assert counter.saved.file == counter.receipts / f"{code}.pdf"


def test_a_printer_that_is_gone_leaves_the_file(printing: Counter) -> None:
    register(printing)
    printer(printing).papers[-1].done(None)
    assert printing.slip is None
    printing.bring_paper()
    assert printing.saved is not None
    assert printing.saved.paper == "saved"


def test_a_paper_that_sticks_holds_nobody_up_and_is_said_to_the_next_person(printing: Counter) -> None:
    code = register(printing)
    printing.next_person()
    assert printing.notice is None
    printer(printing).say(STUCK, "media-empty")
    assert printing.notice is not None
    assert printing.notice.tracking_code == code
    assert printing.notice.why.startswith("چاپگر کاغذ ندارد")
    second = register(printing)
    assert second != code
    assert len(printer(printing).papers) == 2


def test_from_the_banner_the_way_leads_back_and_what_was_begun_is_kept(printing: Counter) -> None:
    code = register(printing)
    printing.next_person()
    printer(printing).end(FAILED, "refused")
    printing.type_find(NUMBER)
    printing.type_note("نیمه‌کاره")
    assert printing.notice is not None
    printing.act_on_notice(printing.notice)
    assert printing.saved is not None
    assert printing.saved.tracking_code == code
    assert printing.slip is not None
    assert printing.slip.state == FAILED
    assert printing.notice is None
    assert [row.draft.visit["note"] for row in printing.acts.today().drafts] == ["نیمه‌کاره"]


def test_a_banner_that_was_closed_comes_again_only_with_news(printing: Counter) -> None:
    register(printing)
    printing.next_person()
    printer(printing).say(STUCK, "media-empty")
    assert printing.notice is not None
    printing.close_notice(printing.notice)
    assert printing.notice is None
    printer(printing).say(STUCK, "media-jam")
    assert printing.notice is not None
    printer(printing).end(PRINTED)
    assert printing.notice is None


def test_while_a_paper_is_on_its_way_f12_sends_no_second(printing: Counter) -> None:
    register(printing)
    printing.bring_paper()
    printer(printing).say(STUCK, "media-jam")
    printing.bring_paper()
    printing.save_paper()
    assert len(printer(printing).papers) == 1
    printer(printing).end(UNKNOWN, "no-answer")
    printing.bring_paper()  # first somebody says whether it came out
    assert len(printer(printing).papers) == 1
    printing.say_it_came_out(False)
    printing.bring_paper()
    assert len(printer(printing).papers) == 2


def test_nobody_is_asked_before_it_is_written_that_nobody_knows(printing: Counter) -> None:
    register(printing)
    printer(printing).say(UNKNOWN, "no-answer")
    assert printing.slip is not None
    assert printing.slip.state == QUEUED
    printer(printing).end(UNKNOWN, "no-answer")
    assert printing.slip.state == UNKNOWN


def test_a_failed_print_can_become_a_file(printing: Counter, desk: Desk) -> None:
    code = register(printing)
    printer(printing).end(FAILED, "refused")
    printing.save_paper()
    assert printing.saved is not None
    assert printing.saved.paper == "saved"
    assert request(desk, code).receipt_outcome == "printed"


def test_a_printer_that_never_says_more_is_not_asked_about_after_every_visit(printing: Counter) -> None:
    register(printing)
    printer(printing).end(UNKNOWN, "delivered")
    assert printing.slip is not None
    assert printing.slip.is_delivered
    printing.next_person()
    assert printing.notice is None


def test_a_desk_that_cannot_be_written_is_said_and_the_paper_can_be_tried_again(printing: Counter) -> None:
    register(printing)
    printer(printing).papers[-1].failed(StoreError(StoreProblem.full))
    assert printing.slip is not None
    assert printing.slip.state == BROKEN_OFF
    assert printing.slip.why
    printing.bring_paper()
    assert len(printer(printing).papers) == 2


def test_a_guided_visit_prints_only_when_asked(printing: Counter) -> None:
    printing.type_find(NUMBER)
    printing.type_service("1")
    printing.choose_service(0)
    printing.choose_outcome("guided")
    printing.register()
    assert printing.saved is not None
    assert printing.slip is None
    assert printer(printing).papers == []
    printing.bring_paper()
    assert len(printer(printing).papers) == 1


def test_the_folder_that_is_a_printer_gets_the_original_and_then_the_duplicate(
    desk: Desk, clerk: Session, hossein: str, tmp_path: Path
) -> None:
    tray = tmp_path / "tray"
    tray.mkdir()
    set_printer(desk, f"folder:{tray}")
    counter = Counter(Acts(desk, clerk), AtOnce(), tmp_path)
    counter.start()
    code = register(counter)
    assert counter.slip is not None
    assert (counter.slip.state, request(desk, code).copies) == (PRINTED, 1)
    counter.bring_paper()
    assert [receipt.copy for receipt in request(desk, code).receipts] == [0, 1]
    assert len(list(tray.glob("*.pdf"))) == 2


class Uncertain(Acts):
    """A printer that was handed the paper and never answered."""

    def print_receipt(self, tracking_code: str, told: object, hand: Hand, queue: object = None) -> Came | None:
        from app.desk.receipts import begin_paper, settle

        known, page = begin_paper(self.desk, tracking_code, self.session.person.id)
        return Came(0, *settle(self.desk, known.id, page.attempt, UNKNOWN, self.session.person.id, "no-answer"))


@pytest.mark.parametrize(("came_out", "outcome"), [(True, "printed"), (False, "failed")])
def test_what_nobody_knew_at_the_end_is_asked_at_the_next_start_once(
    came_out: bool, outcome: str, desk: Desk, clerk: Session, hossein: str, tmp_path: Path
) -> None:
    set_printer(desk, f"folder:{tmp_path}")
    before = Counter(Uncertain(desk, clerk), AtOnce(), tmp_path)
    before.start()
    code = register(before)
    again = Counter(Acts(desk, clerk), AtOnce(), tmp_path)
    again.start()
    assert again.notice is not None
    assert (again.notice.tracking_code, again.notice.name) == (code, "حسین قلی‌زاده")
    again.act_on_notice(again.notice) if came_out else again.close_notice(again.notice)
    assert again.notice is None
    assert request(desk, code).receipts[-1].outcome == outcome
    third = Counter(Acts(desk, clerk), AtOnce(), tmp_path)
    third.start()
    assert third.notice is None


def test_a_paper_that_stuck_and_is_out_at_last_is_told_in_passing(
    desk: Desk, clerk: Session, printing: Counter
) -> None:
    shell = Beside(Second(desk, clerk, AtOnce()))
    printing.shell = shell
    register(printing)
    printer(printing).say(STUCK, "media-empty")
    printing.next_person()
    printer(printing).end(PRINTED, "printer")
    assert [text for text, _action, _act in shell.toasts] == ["رسید حسین قلی‌زاده چاپ شد"]
    assert printing.notice is None


def test_a_paper_that_comes_out_as_it_should_is_not_told_of(desk: Desk, clerk: Session, printing: Counter) -> None:
    shell = Beside(Second(desk, clerk, AtOnce()))
    printing.shell = shell
    register(printing)
    printing.next_person()
    printer(printing).end(PRINTED, "printer")
    assert shell.toasts == []
