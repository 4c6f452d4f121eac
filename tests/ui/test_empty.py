"""The counter between two clients: drafts come back whole, the last visits are a press away, an empty day teaches."""

import os
import signal
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.desk.desk import Desk, open_desk
from app.desk.drafts import listing
from app.desk.people import Session
from models.codes import grouped
from resources import words
from tests.desk.counter import HOSSEIN, MARYAM, Clock, registered, visit
from tests.ui.beside import Beside
from tests.ui.hand import AtOnce, Clerk, write_a_visit
from ui.counter.presenter import Counter
from ui.second.presenter import Second

NUMBER, NAME = str(HOSSEIN["national_number"]), "حسین قلی‌زاده"


@pytest.fixture
def beside(counter: Counter) -> Beside:
    shell = Beside(Second(counter.acts.desk, counter.acts.session, AtOnce()))
    counter.shell = shell
    return shell


def doors(counter: Counter) -> AtOnce:
    assert isinstance(counter.doors, AtOnce)
    return counter.doors


def write(counter: Counter) -> None:
    """A visit of somebody known, whole but for registering."""
    counter.type_find(NUMBER)
    counter.type_service("1")
    counter.choose_service(0)
    counter.toggle_paper(0)
    counter.type_note("پیش از ظهر می‌آید")


def write_someone_new(counter: Counter) -> None:
    """Somebody whom nobody knows, with half of what is asked for."""
    counter.type_find("رضا قلیان")
    counter.new_person()
    counter.type_field("client.father_name", "بهرام")


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_escape_sets_the_visit_aside_and_offers_to_bring_it_back_whole(
    desk: Desk, counter: Counter, beside: Beside, hossein: str
) -> None:
    write(counter)
    before, id_ = counter.visit(), counter.id
    counter.escape()
    assert counter.stage == "empty"
    assert beside.toasts[-1][:2] == ("پیش‌نویس کنار گذاشته شد", "بازگرداندن")
    beside.bring_back()
    assert counter.visit() == before
    assert counter.id == id_
    assert counter.person.name == NAME
    counter.register()
    assert counter.saved is not None
    assert listing(desk, counter.acts.session) == []


def test_a_new_person_comes_back_with_every_letter(counter: Counter, beside: Beside) -> None:
    write_someone_new(counter)
    before, texts = counter.visit(), dict(counter.person.texts)
    counter.escape()
    beside.bring_back()
    assert counter.visit() == before
    assert counter.person.texts == texts
    assert counter.person.is_new


def test_an_empty_form_is_no_draft_and_nothing_is_said(desk: Desk, counter: Counter, beside: Beside) -> None:
    counter.type_find("قلی")
    counter.escape()
    assert beside.toasts == []
    assert listing(desk, counter.acts.session) == []


def test_somebody_only_looked_up_is_no_draft(desk: Desk, counter: Counter, beside: Beside, hossein: str) -> None:
    counter.type_find(NUMBER)
    assert counter.stage == "visit"
    counter.escape()
    assert beside.toasts == []
    assert listing(desk, counter.acts.session) == []


def test_bringing_one_back_sets_the_other_aside(desk: Desk, counter: Counter, beside: Beside, hossein: str) -> None:
    write(counter)
    first = counter.visit()
    counter.escape()
    write_someone_new(counter)
    second = counter.visit()
    beside.bring_back()
    assert counter.visit() == first
    assert sorted(str(draft.visit) for draft in listing(desk, counter.acts.session)) == sorted(
        map(str, (first, second))
    )


def test_several_drafts_wait_the_latest_first(desk: Desk, counter: Counter, beside: Beside, hossein: str) -> None:
    clock = desk.clock
    assert isinstance(clock, Clock)
    write(counter)
    counter.escape()
    clock.now += 1_000_000
    write_someone_new(counter)
    counter.escape()
    assert counter.today is not None
    assert [row.name for row in counter.today.drafts] == ["رضا قلیان", NAME]
    counter.resume(counter.today.drafts[1])
    assert counter.person.name == NAME


def test_a_draft_that_was_dropped_can_be_brought_back(
    desk: Desk, counter: Counter, beside: Beside, hossein: str
) -> None:
    write(counter)
    before = counter.visit()
    counter.escape()
    assert counter.today is not None
    counter.drop(counter.today.drafts[0])
    assert listing(desk, counter.acts.session) == []
    assert beside.toasts[-1][:2] == ("پیش‌نویس حذف شد", "بازگرداندن")
    beside.bring_back()
    assert counter.visit() == before
    assert [draft.visit for draft in listing(desk, counter.acts.session)] == [before]


def test_what_is_typed_is_kept_after_a_breath(desk: Desk, counter: Counter, hossein: str) -> None:
    write(counter)
    doors(counter).pause()
    assert [draft.visit for draft in listing(desk, counter.acts.session)] == [counter.visit()]


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
    from app.desk.drafts import listing
    hand.until(lambda: [d for d in listing(desk, hand.counter.acts.session) if d.visit.get("note")])
    print("kept", flush=True)
    sys.stdin.read()
"""


def test_a_draft_survives_the_programs_sudden_end(desk: Desk, hossein: str, data_dir: Path, clerk: Session) -> None:
    desk.close()
    script = textwrap.dedent(KILLED)
    environment = os.environ | {"MIZ_KEYSTORE": "file", "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", script, str(data_dir), hossein],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "kept\n"
        program.send_signal(signal.SIGKILL)
    with closing(open_desk(data_dir)) as again:
        (draft,) = listing(again, clerk)
    assert draft.visit["note"] == "پیش از ظهر می‌آید"
    assert draft.visit["service"]
    assert draft.visit["documents"]


# --- at the window ---------------------------------------------------------------------------------------------------


def test_a_click_on_the_draft_or_enter_on_its_button_takes_it_up(hossein: str, at_work: Clerk) -> None:
    write_a_visit(at_work, hossein)
    before = at_work.counter.visit()
    at_work.press(Qt.Key.Key_Escape)
    line = at_work.page.empty.drafts[0]
    at_work.until(line.isVisible)
    assert line.text.text().startswith("یک ثبت نیمه‌کاره مانده است: حسین قلی‌زاده")
    assert at_work.focus is at_work.page.find_frame.line
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() - 60, line.height() // 2))
    assert at_work.counter.visit() == before
    at_work.press(Qt.Key.Key_Escape)
    at_work.until(line.isVisible)
    at_work.tab()
    assert line.resume.hasFocus()
    at_work.enter()
    assert at_work.counter.visit() == before


def test_the_last_visits_are_shown_and_opened_by_click_or_enter(
    desk: Desk, clerk: Session, hossein: str, at_work: Clerk
) -> None:
    known = registered(desk, clerk, visit(MARYAM) | {"outcome": "done"})
    shell = Beside(Second(desk, clerk, AtOnce()))
    at_work.counter.shell = shell
    at_work.counter.look_at_today()
    last = at_work.page.empty.last
    at_work.until(lambda: len(last.visits()) == 2)
    row = last.model().index(0, 0)
    said = str(row.data())
    assert "مریم نوری" in said
    assert words.digits(grouped(known.tracking_code)) in said
    assert "انجام شد" in said
    QTest.mouseClick(last.viewport(), Qt.MouseButton.LeftButton, pos=last.visualRect(row).center())
    assert shell.opened == [known.tracking_code]
    last.setFocus()
    at_work.press(Qt.Key.Key_Down)
    at_work.enter()
    assert shell.opened == [known.tracking_code, last.visits()[1].tracking_code]
    at_work.page.empty.log.click()
    assert shell.logs == 1


def test_the_day_in_four_figures(desk: Desk, clerk: Session, hossein: str, at_work: Clerk) -> None:
    registered(desk, clerk, visit(MARYAM) | {"outcome": "done"})
    registered(desk, clerk, visit(MARYAM) | {"outcome": "guided"})
    at_work.counter.look_at_today()
    figures = at_work.page.empty.figures
    at_work.until(lambda: [figure.text() for figure in figures] == ["۳", "۱", "۱", "۱"])
    assert not at_work.page.empty.lesson.isVisible()


def test_a_day_without_visits_teaches_how_one_goes(at_work: Clerk) -> None:
    empty = at_work.page.empty
    assert empty.lesson.isVisible()
    assert not empty.day.isVisible()
    assert not empty.last_card.isVisible()
    assert at_work.focus is at_work.page.find_frame.line


def test_the_lesson_goes_with_the_first_visit(desk: Desk, clerk: Session, at_work: Clerk) -> None:
    registered(desk, clerk, visit(MARYAM))
    at_work.counter.look_at_today()
    at_work.until(at_work.page.empty.last_card.isVisible)
    assert not at_work.page.empty.lesson.isVisible()
    assert at_work.page.empty.day.isVisible()
