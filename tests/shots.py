"""``./run shots``: plays a few visits in the real window and a day at the centre, and keeps their pictures in
docs/screens; ``./run shots centre`` only those of the centre."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["MIZ_KEYSTORE"] = "file"

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk import people
from app.desk.desk import Desk
from app.desk.doorstep import Opening
from app.desk.services import services
from app.desk.setup import make_office
from app.vault.problems import StoreError, StoreProblem
from models.entries import DocumentReceived, Entry, ReceiptSettled, RequestAnswered, RequestReferred
from resources import words
from tests.central.shots import play_centre
from tests.desk.counter import CLERK, NOON, PASSWORD, SUPERVISOR, Clock, registered, visit
from tests.morning import fill_morning
from tests.ui.hand import Clerk
from ui import theme
from ui.kit.messages import PopoverExhibit
from ui.kit.page import Kit
from ui.preferences import Preferences
from ui.trouble import trouble_of
from ui.window import Window

SCREENS = Path(__file__).resolve().parent.parent / "docs" / "screens"
COLLEAGUES = (
    (CLERK, "clerk"),
    ("امیر حسینی", "clerk"),
    ("سمیه کاظمی", "clerk"),
    (SUPERVISOR, "supervisor"),
    ("فرهاد یوسفی", "clerk"),
)
CLIENTS = (
    ("2821234562", "حسین", "قلی‌زاده", "رحیم", "09141234567"),
    ("2831234565", "مریم", "قلی‌پور", "اسماعیل", "09141181182"),
    ("2841234568", "رضا", "قلیان", "بهرام", "09192041234"),
    ("2851234560", "زهرا", "محمدزاده", "علی", "09357703123"),
)


class Patience:
    """Waits for the window as pytest-qt does, without pytest."""

    def waitUntil(self, what: Callable[[], bool], timeout: int) -> None:  # noqa: N802
        for _turn in range(timeout // 20):
            if what():
                return
            breathe(20)
        raise TimeoutError(what)


def breathe(milliseconds: int) -> None:
    """Lets the window and its two doors work; QTest.qWait would hold the interpreter and starve the doors."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def sample_desk(folder: Path) -> Desk:
    """A desk with people and a morning's visits."""
    clock = Clock(NOON - 10_800_000_000)
    done = make_office(
        folder,
        office="سازمان منطقه آزاد ماکو",
        desk_name="میز ۱۷",
        admin="نسرین رستمی",
        password=PASSWORD,
        desk_number=17,
        tracking_url="https://peygiri.example.ir",
        clock=clock,
    )
    session = people.sign_in(done.desk, "نسرین رستمی", PASSWORD)
    for name, role in COLLEAGUES:
        people.admit(done.desk, session, name, (role,), PASSWORD)
    clerk = people.sign_in(done.desk, CLERK, PASSWORD)
    for place, (number, given, family, father, mobile) in enumerate(CLIENTS):
        client = {"kind": "person", "national_number": _checked(number), "given_name": given, "family_name": family}
        clock.now += 480_000_000
        service = ("101", "201", "101", "103")[place]
        said = visit(client | {"father_name": father, "mobile": mobile}, service=service)
        registered(done.desk, clerk, said | ({"outcome": "done"} if place == 1 else {}))
    clock.now = NOON
    return done.desk


def _checked(number: str) -> str:
    """The number with its last digit made right."""
    rest = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False)) % 11
    return number[:9] + str(rest if rest < 2 else 11 - rest)


@contextmanager
def opened(desk: Desk, folder: Path, size: tuple[int, int] = (1366, 768)) -> Iterator[Clerk]:
    window = Window(Opening.of(desk), lambda: folder)
    window.resize(*size)
    window.show()
    yield Clerk(window, cast("QtBot", Patience()))
    window.close()


def keep(hand: Clerk, name: str) -> None:
    """The picture, once everything has been drawn."""
    breathe(600)
    hand.window.grab().save(str(SCREENS / f"{name}.png"))
    print(f"docs/screens/{name}.png", file=sys.stderr)


def play(desk: Desk, folder: Path) -> None:
    with opened(desk, folder) as hand:
        hand.until(lambda: hand.window.sign_in.tiles)
        hand.window.sign_in.presenter.choose(0)
        hand.type("1405")
        keep(hand, "sign-in")
        hand.window.sign_in.password.line.clear()
        hand.sign_in(CLERK)
        hand.find("قلی")
        keep(hand, "find")
        hand.press(Qt.Key.Key_Escape)
        hand.type(_checked(CLIENTS[0][0]))
        hand.until(lambda: hand.counter.person.known)
        keep(hand, "service")
        hand.counter.choose_service(0)
        hand.press(Qt.Key.Key_F4)
        keep(hand, "counter")
        hand.counter.toggle_paper(2)
        hand.counter.toggle_paper(3)
        keep(hand, "papers-lacking")
        hand.counter.banner = trouble_of(
            StoreError(StoreProblem.full), words._("This visit was not saved."), unsaved=True
        )
        hand.counter.changed()
        keep(hand, "not-saved")
        hand.counter.dismiss_banner()
        hand.register()
        hand.saved()
        hand.press(Qt.Key.Key_F12)
        keep(hand, "saved")
        hand.enter()
        hand.find("2911234564")
        hand.enter()
        keep(hand, "wrong-number")
        for path, text in (("national_number", "2911234561"), ("given_name", "حسین"), ("family_name", "قلی‌زاده")):
            hand.counter.type_field(f"client.{path}", text)
        hand.counter.type_field("client.father_name", "رحیم")
        hand.counter.leave_person()
        hand.until(lambda: hand.counter.person.similar)
        keep(hand, "similar")
        hand.press(Qt.Key.Key_Escape)
        hand.until(lambda: hand.counter.today and hand.counter.today.drafts)
        keep(hand, "empty")


def play_small(desk: Desk, folder: Path, name: str, size: tuple[int, int]) -> None:
    """The same visit in another size or language."""
    with opened(desk, folder, size) as hand:
        hand.sign_in(CLERK)
        hand.type(_checked(CLIENTS[0][0]))
        hand.until(lambda: hand.counter.person.known)
        hand.counter.choose_service(0)
        hand.press(Qt.Key.Key_F4)
        keep(hand, name)


def lived(desk: Desk) -> str:
    """A request with some days behind it: papers lacking, brought, referred, answered; its code."""
    clock, days = cast("Clock", desk.clock), 86_400_000_000
    clerk = people.sign_in(desk, CLERK, PASSWORD)
    number, given, family, father, mobile = CLIENTS[0]
    client = {"kind": "person", "national_number": _checked(number), "given_name": given, "family_name": family}
    said = visit(client | {"father_name": father, "mobile": mobile}, service="101", documents=_some_papers(desk))
    done = registered(desk, clerk, said | {"subject": "شعبهٔ بازار، برای سال ۱۴۰۶"})
    assert done.receipt is not None
    unit = "معاونت اقتصادی و سرمایه‌گذاری"
    answer = "با تمدید مجوز تا پایان آذر ۱۴۰۶ موافقت شد."
    steps: tuple[tuple[int, Entry], ...] = (
        (0, ReceiptSettled(attempt=done.receipt, outcome="printed", reason="printer")),
        (1, DocumentReceived(document="اجاره‌نامه یا سند محل")),
        (1, RequestReferred(unit="واحد مالی", note="برای استعلام مفاصاحساب مالیاتی")),
        (2, RequestReferred(unit=unit, officer="خانم لیلا صادقی، داخلی ۲۱۴")),
        (
            1,
            RequestAnswered(decision="accepted", text=answer, basis="ماده ۸ آیین‌نامه"),
        ),
    )
    for later, entry in steps:
        clock.now += later * days + 1_260_000_000
        with desk.writing() as writing:
            writing.say(clerk.person.id, done.request, entry)
    return done.tracking_code


def _some_papers(desk: Desk) -> list[str]:
    """All papers of the service but one."""
    service = next(service for service in services(desk) if service.offered.code == "101")
    return [title for title in service.documents if title != "اجاره‌نامه یا سند محل"]


def play_file(desk: Desk, folder: Path, application: QApplication) -> None:
    """One file, by day and by night."""
    code = lived(desk)
    looks: tuple[tuple[str, Literal["light", "dark"]], ...] = (("file", "light"), ("file-dark", "dark"))
    for name, look in looks:
        theme.apply(application, Preferences(theme=look, scale=100))
        with opened(desk, folder) as hand:
            hand.sign_in(CLERK)
            assert hand.window.workplace is not None
            shift = hand.window.workplace.shift
            shift.open_file(code)
            hand.until(lambda shift=shift: shift.files.file)  # type: ignore[misc]
            keep(hand, name)
    theme.apply(application)


def play_log(folder: Path, application: QApplication) -> None:
    """The log of a busy morning, by day and by night, and where it is narrow."""
    desk = sample_desk(folder / "busy")
    fill_morning(desk, NOON + 86_400_000_000)
    looks: tuple[tuple[str, Literal["light", "dark"], tuple[int, int]], ...] = (
        ("log", "light", (1366, 768)),
        ("log-dark", "dark", (1366, 768)),
        ("log-narrow", "light", (1100, 700)),
    )
    for name, look, size in looks:
        theme.apply(application, Preferences(theme=look, scale=100))
        with opened(desk, folder, size) as hand:
            hand.sign_in(SUPERVISOR)
            hand.window.open("log")
            assert hand.window.workplace is not None
            log = hand.window.workplace.shift.log
            hand.until(lambda log=log: log.rows)  # type: ignore[misc]
            keep(hand, name)
    theme.apply(application)
    desk.close()


def play_kit(application: QApplication) -> None:
    """Every widget in every state, the whole page at once."""
    for name in ("light", "dark"):
        kit = Kit(application, Preferences(theme=name, scale=100))
        kit.resize(1366, 900)
        kit.show()
        breathe(200)
        kit.resize(1366, kit.whole_height())
        breathe(200)
        kit.findChildren(PopoverExhibit)[0].button.click()
        breathe(200)
        kit.grab().save(str(SCREENS / f"kit-{name}.png"))
        kit.close()
    theme.apply(application)


def main() -> int:
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        play_centre(Path(place), SCREENS)
    if sys.argv[1:] == ["centre"]:
        return 0
    application = QApplication(sys.argv[:1])
    theme.apply(application)
    with tempfile.TemporaryDirectory() as place:
        desk = sample_desk(Path(place) / "desk")
        receipts = Path(place) / "receipts"
        play(desk, receipts)
        play_small(desk, receipts, "compact", (1100, 700))
        play_file(desk, receipts, application)
        play_log(Path(place), application)
        play_kit(application)
        words.use("en")
        theme.apply(application)
        play_small(desk, receipts, "english", (1366, 768))
        desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
