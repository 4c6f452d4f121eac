"""The files page on a screen, worked with keys: what is seen, where the focus is, and what every part is called."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.desk import people
from app.desk.desk import Desk
from app.desk.files import File
from app.desk.people import Session
from models.codes import grouped
from models.entries import ReceiptSettled, RequestAnswered, RequestDelivered, RequestExtended, RequestReferred
from resources import words
from tests.desk.conftest import session_of
from tests.desk.counter import ADMINISTRATOR, HOSSEIN, MARYAM, PASSWORD, SUPERVISOR, TODAY, openings, registered, visit
from tests.ui.files import Heard, all_papers
from tests.ui.hand import SLOW
from tests.ui.printers import set_printer
from ui import theme
from ui.counter.papers import Papers
from ui.request_file.acts import Acts
from ui.request_file.page import FilesPage
from ui.request_file.presenter import Files
from ui.theme import px
from ui.widgets.words import Sentence
from ui.work import Work

LONG_NAME = "سیدعبدالرحمان محمدمهدی حسینی طباطبایی‌نژاد اصل قره‌باغی"


class Screen:
    """The page in a window of its own, and a hand at its keys."""

    def __init__(self, desk: Desk, session: Session, folder: Path, bot: QtBot, size: tuple[int, int]) -> None:
        self.bot = bot
        self.window = QMainWindow()
        self.work = Work(self.window)
        self.files = Files(Acts(desk, session), self.work, Heard(), Papers(self.work), folder / "receipts")
        self.page = FilesPage(self.files)
        self.window.setCentralWidget(self.page)
        self.window.setMinimumSize(px(640), px(480))  # as the real one has one, whatever its pages ask
        self.window.resize(*size)
        bot.addWidget(self.window)
        self.window.show()
        bot.waitExposed(self.window)
        self.page.start()

    def until(self, what: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(what()), timeout=SLOW)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, key)

    def find(self, text: str) -> None:
        self.page.find_frame.line.setText(text)
        self.page.find_frame.line.textEdited.emit(text)
        self.until(lambda: not self.files.waits)

    def open(self, code: str) -> None:
        self.files.open_file(code)
        self.until(lambda: self.files.file and self.files.file.request.tracking_code == code)

    def shown(self, kind: type[QWidget] = Sentence) -> list[QWidget]:
        return [widget for widget in self.page.findChildren(kind) if widget.isVisible()]

    def texts(self) -> list[str]:
        return [widget.accessibleName() for widget in self.shown()]


Opener = Callable[..., Screen]


@pytest.fixture
def screen(desk: Desk, clerk: Session, tmp_path: Path, dressed: QApplication, qtbot: QtBot) -> Iterator[Opener]:
    """Opens the page, at the usual size unless told otherwise."""
    opened: list[Screen] = []

    def open_it(size: tuple[int, int] = (1366, 768), session: Session = clerk) -> Screen:
        opened.append(Screen(desk, session, tmp_path, qtbot, size))
        return opened[-1]

    yield open_it
    for each in opened:
        each.files.leave()
        each.work.close()
        each.window.close()


def test_a_code_and_enter_open_the_file_with_everything_in_it(desk: Desk, clerk: Session, screen: Opener) -> None:
    said = visit(documents=["اصل مجوز پیشین"], subject="برای سال ۱۴۰۶", note="پیش از ظهر")
    code = registered(desk, clerk, said).tracking_code
    at = screen()
    at.find(code)
    at.press(Qt.Key.Key_Return)
    at.until(at.page.file.isVisible)
    view = at.page.file
    assert view.head.code.accessibleName() == f"کد پیگیری {words.digits(grouped(code))}"
    assert view.head.name.text() == "حسین قلی‌زاده"
    assert view.head.state.accessibleName() == "نقص مدارک"
    assert "۲۸۲•••••••" in view.head.numbers.text()
    assert str(HOSSEIN["national_number"]) not in " ".join(at.texts())
    assert view.papers.count.text().startswith("۱ از ")
    assert view.promise.due.value.text().endswith("۱۴۰۵")
    assert "روز کاری" in view.promise.due.note.text()
    assert view.facts.subject.value.text() == "برای سال ۱۴۰۶"
    assert view.facts.note.value.text() == "پیش از ظهر"
    assert view.receipts.rows.rows[0].value.text() == "اصل: در صف چاپ"
    at.until(lambda: openings(desk))


def test_the_paper_at_the_side_is_the_receipt_and_f12_brings_a_duplicate(
    desk: Desk, clerk: Session, screen: Opener, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    set_printer(desk, f"folder:{tmp_path / 'out'}")
    done = registered(desk, clerk, visit())
    assert done.receipt is not None
    with desk.writing() as writing:
        writing.say(clerk.person.id, done.request, ReceiptSettled(attempt=done.receipt, outcome="printed"))
    at = screen()
    at.open(done.tracking_code)
    paper = at.page.panel.paper
    at.until(lambda: paper._picture is not None)
    before = paper._picture
    again = at.page.panel.buttons.again
    at.until(lambda: again.isVisible() and again.text() == "چاپ دوباره")
    at.press(Qt.Key.Key_F12)
    at.until(lambda: at.files.file and at.files.file.request.copies == 2)
    at.until(lambda: paper._picture != before)
    assert at.page.panel.what.text().startswith("المثنی ۱ به شکل PDF نوشته شد")
    assert at.page.file.receipts.rows.rows[0].value.text() == "المثنی ۱: به شکل PDF نوشته شد"
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 1


def test_a_roll_is_seen_as_the_roll_that_it_was(desk: Desk, clerk: Session, screen: Opener) -> None:
    done = registered(desk, clerk, visit())
    assert done.receipt is not None
    with desk.writing() as writing:
        settled = ReceiptSettled(attempt=done.receipt, outcome="printed", paper="roll80")
        writing.say(clerk.person.id, done.request, settled)
    at = screen()
    at.open(done.tracking_code)
    paper = at.page.panel.paper
    at.until(lambda: paper._picture is not None and abs(paper._picture.width() - paper.sheet().width()) <= 2)
    assert paper._picture is not None
    assert paper.sheet().width() / paper.sheet().height() == pytest.approx(
        paper._picture.width() / paper._picture.height(), abs=0.01
    )
    assert paper.sheet().width() / paper.sheet().height() < 0.6


def test_the_whole_number_is_a_button_away(desk: Desk, clerk: Session, screen: Opener) -> None:
    at = screen()
    at.open(registered(desk, clerk, visit()).tracking_code)
    head = at.page.file.head
    head.full.click()
    at.until(lambda: at.files.numbers)
    assert words.digits(str(HOSSEIN["national_number"])) in head.numbers.text()
    assert head.full.text() == "پوشاندن شماره"
    assert [entry.full for entry in openings(desk)] == [False, True]


def test_arrows_enter_and_esc_lead_through_a_persons_requests(desk: Desk, clerk: Session, screen: Opener) -> None:
    codes = [registered(desk, clerk, visit(service=service)).tracking_code for service in ("101", "201", "103")]
    at = screen()
    at.find("قلی")
    at.press(Qt.Key.Key_Return)
    at.until(at.page.listing.isVisible)
    assert [row.tracking_code for row in at.page.listing.list.rows()] == codes[::-1]
    at.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    at.until(lambda: at.files.file)
    assert at.page.file.head.code.accessibleName().endswith(words.digits(grouped(codes[0])))
    at.press(Qt.Key.Key_Escape)
    assert at.page.listing.isVisible()
    assert at.files.marked_file == 2
    at.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert at.page.empty.head.text() == "کدام پرونده؟"
    at.press(Qt.Key.Key_Escape)
    assert at.files.shell.asked == [("counter", None, "")]  # type: ignore[attr-defined]


def test_a_row_of_the_list_says_code_service_state_and_day(desk: Desk, clerk: Session, screen: Opener) -> None:
    done = registered(desk, clerk, visit(documents=all_papers(desk)))
    at = screen()
    at.files.open_files_of(done.client)
    at.until(at.page.listing.isVisible)
    model = at.page.listing.list.model()
    spoken = str(model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith(words.digits(grouped(done.tracking_code)))
    assert "تمدید مجوز فعالیت اقتصادی" in spoken
    assert "تا ۱۴۰۵/" in spoken


def test_f2_is_the_find_field_with_its_text_marked(desk: Desk, clerk: Session, screen: Opener) -> None:
    at = screen()
    at.open(registered(desk, clerk, visit()).tracking_code)
    at.page.file.head.void.setFocus()
    at.press(Qt.Key.Key_F2)
    line = at.page.find_frame.line
    assert line.hasFocus()


def test_tab_goes_from_find_through_the_head_to_the_paper(desk: Desk, clerk: Session, screen: Opener) -> None:
    at = screen()
    at.open(registered(desk, clerk, visit()).tracking_code)
    at.until(at.page.panel.buttons.again.isVisible)
    at.page.find_frame.line.setFocus()
    head, buttons = at.page.file.head, at.page.panel.buttons
    passed = []
    for _n in range(6):
        at.press(Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    assert passed[:5] == [head.void, head.full, head.all, buttons.again, buttons.another]


def test_every_control_and_every_entry_has_a_name(desk: Desk, clerk: Session, screen: Opener) -> None:
    at = screen()
    at.open(registered(desk, clerk, visit()).tracking_code)
    for kind in (QAbstractButton, QLineEdit):
        for widget in at.shown(kind):
            face = QAccessible.queryAccessibleInterface(widget)
            assert face.text(QAccessible.Text.Name), widget
    rows = [row for row in at.page.file.course.timeline.rows if row.isVisible()]
    assert rows
    assert all(row.accessibleName() for row in rows)


def test_nothing_found_leads_to_the_counter(screen: Opener) -> None:
    at = screen()
    at.find("خخخخ")
    assert at.page.empty.head.text() == "کسی با «خخخخ» پیدا نشد"
    at.page.empty.button.click()
    assert at.files.shell.asked == [("find", "خخخخ")]  # type: ignore[attr-defined]


def test_grey_bars_say_that_a_slow_disk_is_being_read(
    desk: Desk, clerk: Session, screen: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    at, goes_on = screen(), threading.Event()
    read = at.files.acts.open_file

    def slowly(code: str) -> File:
        goes_on.wait(SLOW / 1_000)
        return read(code)

    monkeypatch.setattr(at.files.acts, "open_file", slowly)
    at.files.open_file(code)
    at.until(at.page.skeleton.isVisible)
    assert not at.page.empty.isVisible()
    goes_on.set()
    at.until(at.page.file.isVisible)
    assert not at.page.skeleton.isVisible()


def test_a_paper_of_another_desk_is_said_in_a_sentence(screen: Opener) -> None:
    from models.codes import make_tracking_code

    at = screen()
    at.find(make_tracking_code(17, 1_234_567))
    assert "هنوز در این میز دیده نشده است" in at.page.empty.head.text()
    assert "میز ۱۷" in at.page.empty.text.text()


def test_who_may_not_read_is_told_why(desk: Desk, clerk: Session, screen: Opener) -> None:

    code = registered(desk, clerk, visit()).tracking_code
    people.admit(desk, session_of(desk, ADMINISTRATOR), "کاوه فرهمند", ("administrator",), PASSWORD)
    at = screen(session=session_of(desk, "کاوه فرهمند"))
    assert at.page.empty.head.text() == "نقش شما پروندهٔ ارباب رجوع را باز نمی‌کند."  # before anything is typed
    at.files.open_file(code)
    at.until(lambda: at.page.empty.isVisible() and at.files.shut)
    assert at.page.empty.head.text() == "نقش شما پروندهٔ ارباب رجوع را باز نمی‌کند."


def test_what_a_person_should_look_at_is_said(desk: Desk, clerk: Session, screen: Opener) -> None:
    supervisor = session_of(desk, SUPERVISOR)
    registered(desk, clerk, visit())
    strange = HOSSEIN | {"national_number": "2821234563", "given_name": "اکبر", "mobile": "09801234567"}
    reason = {"client.national_number": "کارت چنین است"}
    said = visit(strange, override=reason, confirm=["client"])
    done = registered(desk, clerk, said, approver=supervisor.person)
    with desk.writing() as writing:
        writing.say(clerk.person.id, done.request, RequestDelivered())
    other = registered(desk, clerk, visit(HOSSEIN | {"given_name": "رضا"}, confirm=["client"]))
    at = screen()
    at.open(done.tracking_code)
    told = [(row.value.text(), row.note.text()) for row in at.page.file.facts.warnings.rows if row.isVisible()]
    assert told == [
        ("پیش‌شمارهٔ این موبایل شناخته نیست؛ از ارباب رجوع بپرسید.", ""),
        ("شمارهٔ نادرست با تأیید پذیرفته شد", f"کارت چنین است\nبا تأیید {supervisor.person.name}"),
        ("یک گام بیرون از ترتیب رسید؛ چیزی را تغییر نداد", ""),
    ]
    at.open(other.tracking_code)
    told = [(row.value.text(), row.note.text()) for row in at.page.file.facts.warnings.rows if row.isVisible()]
    assert told == [("فرد دیگری با همین شماره ثبت شده است", "")]


def long_history(desk: Desk, clerk: Session) -> str:
    """A request of somebody with a long name, with sixty entries of many words."""
    client = HOSSEIN | {"given_name": "سیدعبدالرحمان محمدمهدی", "family_name": "حسینی طباطبایی‌نژاد اصل قره‌باغی"}
    done = registered(desk, clerk, visit(client, subject="موضوعی بلند " * 20))
    unit = "معاونت اقتصادی و سرمایه‌گذاری منطقه آزاد، اداره مجوزها"
    with desk.writing() as writing:
        for _n in range(29):
            for entry in (
                RequestReferred(unit=unit, officer="خانم لیلا صادقی، داخلی ۲۱۴", note="برای استعلام از واحد مالی"),
                RequestExtended(due=TODAY, reason="استعلام هنوز نرسیده است و تا رسیدن آن پاسخ ممکن نیست."),
            ):
                writing.say(clerk.person.id, done.request, entry)
        writing.say(clerk.person.id, done.request, RequestAnswered(decision="accepted", text="موافقت شد. " * 40))
    return done.tracking_code


@pytest.mark.parametrize(
    ("size", "scale"), [((1366, 768), 1.0), ((1280, 640), 1.0), ((1100, 700), 1.0), ((1366, 768), 1.5)]
)
def test_long_names_and_a_long_history_are_whole_at_every_size(
    size: tuple[int, int],
    scale: float,
    desk: Desk,
    clerk: Session,
    screen: Opener,
    dressed: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(theme, "_scale", scale)
    at = screen(size)
    at.open(long_history(desk, clerk))
    at.until(at.page.file.isVisible)
    timeline = at.page.file.course.timeline
    at.until(lambda: timeline.rows[-1].geometry().bottom() < timeline.height() <= at.page.file.height())
    assert at.window.width() == size[0]
    rows = [row for row in timeline.rows if row.isVisible()]
    assert len(rows) > 60
    assert all(row.height() >= row.height_in(row.width()) for row in rows)
    cut = [widget.accessibleName() for widget in at.shown() if isinstance(widget, Sentence) and not widget.is_whole()]
    assert [text for text in cut if text != LONG_NAME] == []
    wide = size[0] >= px(1180)
    assert at.page.panel.isVisible() is wide
    assert at.page.bottom.isVisible() is not wide
    assert (at.page.panel if wide else at.page.bottom).buttons.again.isVisible()


def test_sixty_entries_do_not_hold_the_hand_up(desk: Desk, clerk: Session, screen: Opener) -> None:
    code = long_history(desk, clerk)
    at = screen()
    at.open(registered(desk, clerk, visit(MARYAM)).tracking_code)
    at.until(at.page.file.isVisible)
    file = at.files.acts.open_file(code)
    began = time.process_time()
    at.files.file = file
    at.page.render_state()
    assert time.process_time() - began < 1.0  # it takes a twentieth of that; nested layouts took two and a half


def test_arrows_in_the_find_field_scroll_an_open_file(desk: Desk, clerk: Session, screen: Opener) -> None:
    at = screen()
    at.open(long_history(desk, clerk))
    bar = at.page.scroll_area.verticalScrollBar()
    at.until(lambda: bar.maximum() > 1_000 and at.page.find_frame.line.hasFocus())
    at.press(Qt.Key.Key_Down)
    assert bar.value() == px(60)
    at.press(Qt.Key.Key_PageDown)
    assert bar.value() > px(300)
    at.press(Qt.Key.Key_PageUp, Qt.Key.Key_Up)
    assert bar.value() == 0
