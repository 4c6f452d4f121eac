"""Whole visits on a real display, with real keys, under each keyboard layout that a desk has; what came of them is
asked of the command line."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.desk import people
from app.desk.desk import open_desk
from app.desk.drafts import listing
from app.desk.people import Session
from app.desk.requests import request as request_of
from app.desk.setup import make_office
from models.codes import grouped, parse_tracking_code
from models.ids import new_id
from models.paper_body import from_payload
from models.text import persian_digits
from tests.desk.counter import ADMINISTRATOR, HOSSEIN, registered, visit
from tests.ui.screen import Program, display, session_bus, until

PASSWORD = "1405-9-3-14"
"""Stands on the keys of every layout."""
FIND, SERVICE = "جست‌وجو", "خدمت"
NUMBER, GIVEN, FAMILY, FATHER, MOBILE = "کد ملی", "نام", "نام خانوادگی", "نام پدر", "موبایل"
LAYOUTS = {"us": ("sara", "amini", "ali"), "ir": ("سارا", "امینی", "علی"), "us,ir": ("sara", "amini", "ali")}
NEW, KNOWN = "2831234565", str(HOSSEIN["national_number"])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk where Hossein has been before; copy it."""
    folder = tmp_path_factory.mktemp("keys") / "desk"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MIZ_KEYSTORE", "file")
        done = make_office(
            folder,
            office="سازمان نمونه",
            desk_name="میز ۱",
            admin=ADMINISTRATOR,
            password=PASSWORD,
            desk_number=5001,
            tracking_url="https://p.example.ir",
        )
        answer = registered(done.desk, people.sign_in(done.desk, ADMINISTRATOR, PASSWORD), visit(HOSSEIN))
        payload = request_of(done.desk, answer.tracking_code).receipts[0].values.payload
        (folder.parent / "receipt.txt").write_text(payload)
        done.desk.close()
    return folder


@pytest.fixture(scope="module")
def screen() -> Iterator[tuple[str, str]]:
    with display() as number, session_bus() as bus:
        yield number, bus


@pytest.fixture(scope="module")
def receipt(office: Path) -> str:
    """What the QR code on Hossein's receipt says."""
    return (office.parent / "receipt.txt").read_text()


def drafts(folder: Path) -> list[dict[str, Any]]:
    desk = open_desk(folder)
    session = Session(new_id(), people.people(desk)[0])
    kept = [draft.visit for draft in listing(desk, session)]
    desk.close()
    return kept


@pytest.fixture
def program(screen: tuple[str, str], office: Path, data_dir: Path, request: pytest.FixtureRequest) -> Iterator[Program]:
    """The window on a copy of the desk, signed in with keys; nothing was said on the terminal when it is closed."""
    shutil.copytree(office, data_dir)
    started = Program(*screen, data_dir, getattr(request, "param", "us"))
    try:
        started.until_focus("رمز")
        started.type(PASSWORD)
        started.press("Enter")
        started.until_focus(FIND)
        started.until_shows("ثبت")
        yield started
    finally:
        said = started.end()
    assert said == ""


def saved(program: Program) -> str:
    """Waits for the saved page; the code on it."""
    program.until_focus("نفر بعد")
    tree = program.reader.tree()
    assert tree is not None
    codes = [re.fullmatch(r"کد پیگیری (\d{4} \d{4} \d{4})", node.name) for node in tree.all()]
    return next(parse_tracking_code(code[1]) for code in codes if code)


@pytest.mark.parametrize("program", LAYOUTS, indirect=True)
def test_a_morning_under_every_layout(program: Program, request: pytest.FixtureRequest) -> None:
    given, family, father = LAYOUTS[request.node.callspec.params["program"]]
    # Somebody new: the number, Enter, four fields, and the five keys of a visit.
    program.type(NEW)
    program.press("Enter")
    program.until_focus(GIVEN)
    for number, text in enumerate((given, family, father, "09149876543")):
        if number:
            program.press("Tab")
        program.type(text)
    program.press("Enter")
    program.until_focus(SERVICE)
    program.press("1", "Enter", "F4", "Ctrl+Enter")
    first = saved(program)
    # The next person has been here: ten digits select him.
    program.press("Enter")
    program.until_focus(FIND)
    program.type(KNOWN)
    program.until_focus(SERVICE)
    program.press("1", "Enter")
    program.until_shows("مدارک لازم")
    program.press("1", "2")  # digits tick papers while the list has the keyboard
    program.press("F7", "F9")
    program.until_focus("روز پاسخ")
    program.press("F6", "Ctrl+Enter")
    second = saved(program)
    # Another service for the same person, only told about.
    program.press("F3")
    program.until_focus(SERVICE)
    program.press("2", "Enter", "F8", "Ctrl+Enter")
    third = saved(program)
    # Somebody who has to come again: set aside, then the counter is empty.
    program.press("Esc")
    program.until_focus(FIND)
    program.type(KNOWN)
    program.until_focus(SERVICE)
    program.press("1", "Enter", "Esc")
    program.until_focus(FIND)
    program.press("F2")
    program.until_focus(FIND)

    shown = {entry["tracking_code"]: entry for entry in program.command("show", first, second, third)}
    assert shown[first]["client"]["name"] == f"{given} {family}"
    assert shown[first]["state"] == "open"
    assert all(paper["received"] for paper in shown[first]["documents"])
    assert shown[first]["due_on"] is not None
    assert shown[second]["state"] == "done"
    assert [paper["received"] for paper in shown[second]["documents"]][:2] == [True, True]
    assert shown[third]["state"] == "guided"
    assert shown[third]["service"] != shown[second]["service"]
    assert [row["outcome"] for row in program.command("log", "--format", "json")[-4:-1]] == [
        "follow_up", "done", "guided",
    ]  # fmt: skip


@pytest.mark.parametrize("program", LAYOUTS, indirect=True)
def test_a_scanner_is_understood_under_every_layout(program: Program, receipt: str) -> None:
    code = from_payload(receipt)[0].code
    # A card in the middle of somebody's name: the name stays as it was, and the card's holder is asked for.
    program.type(NEW)
    program.press("Enter")
    program.until_focus(GIVEN)
    program.type(LAYOUTS["ir"][0] if program.layouts == "ir" else "sara")
    program.scan(KNOWN)
    program.until_focus(SERVICE)
    program.until_shows("حسین قلی‌زاده")
    # A receipt while papers could be ticked by digits: none is, and its request is opened.
    program.press("1", "Enter")
    program.until_shows("۰ از ۵ دریافت شد")
    # Only a genuine one is opened; the toast that says so is gone before a busy computer has read it out.
    program.scan(receipt)
    program.until_shows(persian_digits(grouped(code)))
    program.until_shows("گردش پرونده")
    program.press("Esc")
    program.until_shows("۰ از ۵ دریافت شد")
    # The bar code of the same paper, and the visit is where it was.
    program.scan(code)
    program.until_shows("گردش پرونده")
    program.press("Ctrl+1")
    program.press("F4", "Ctrl+Enter")
    second = saved(program)
    # The paper as a file, the keys explained, all files of this person, and back.
    program.press("F12")
    until(lambda: [path.stem for path in program.receipts.glob("*.pdf")] == [second], lambda: "F12 wrote no receipt")
    program.press("F1")
    program.until_shows("کلیدها")
    program.press("Esc", "F5")
    program.until_shows("این فرد")
    program.press("Esc")
    program.until_focus("نفر بعد")
    assert program.command("show", second)[0]["client"]["name"] == "حسین قلی‌زاده"
    [draft] = drafts(program.folder)
    assert draft["client"]["given_name"] in ("سارا", "sara")
