"""What a screen reader hears: everything that takes the keyboard has a name and a fitting role, on every page, in every
state; asked of Qt for each state, and of the real program over the accessibility bus."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.setup import make_office
from tests.desk.counter import CLERK, HOSSEIN, registered, visit
from tests.ui.day import all_states
from tests.ui.hand import Clerk
from tests.ui.reader import FOCUSABLE, Node
from tests.ui.screen import Program, display, session_bus
from ui.window import Window

Role = QAccessible.Role
FITTING = frozenset(
    {Role.Button, Role.PushButton, Role.CheckBox, Role.RadioButton, Role.EditableText, Role.Table, Role.List,
     Role.ListItem, Role.ComboBox, Role.PageTab, Role.Link, Role.Grouping, Role.Switch, Role.ButtonMenu, Role.SpinBox}
)  # fmt: skip
FITTING_NAMES = frozenset(
    {"push button", "check box", "radio button", "text", "password text", "table", "list", "list item", "combo box",
     "link", "toggle button", "tree table", "grouping", "panel"}
)  # fmt: skip
"""The same as the bus calls them."""


def takes_focus(widget: QWidget) -> bool:
    return widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None


def faults(window: QWidget) -> list[str]:
    """Whatever takes the keyboard and says no name, or says to be nothing that could take it."""
    found = []
    for widget in window.findChildren(QWidget):
        if takes_focus(widget):
            heard = QAccessible.queryAccessibleInterface(widget)
            where = f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
            if not heard.text(QAccessible.Text.Name).strip():
                found.append(f"no name: {where}")
            elif heard.role() not in FITTING and not _is_a_group(heard):
                found.append(f"{heard.role().name}: {where}")
    return found


def _is_a_group(heard: QAccessibleInterface) -> bool:
    """A card that takes digits for the choices in it says its question, and the choices are heard behind it."""
    return heard.role() == Role.Client and heard.childCount() > 1


def test_everything_that_takes_the_keyboard_says_what_it_is(
    desk: Desk, clerk: Session, window: Window, at_work: Clerk
) -> None:
    registered(desk, clerk, visit(HOSSEIN))
    found = {state: wrong for state in all_states(at_work) if (wrong := faults(window))}
    assert found == {}


def test_the_sign_in_page_says_what_it_is(window: Window, qtbot: object) -> None:
    hand = Clerk(window, qtbot)  # type: ignore[arg-type]
    hand.until(lambda: window.sign_in.tiles)
    assert faults(window) == []


# --- the real program, over the bus -----------------------------------------------------------------------------------


PASSWORD = "1405-9-3-14"
PAGES = (
    (("2", "8", "3", "1", "2", "3", "4", "5", "6", "5"), "ثبت فرد جدید"),
    (("Enter",), "نام خانوادگی"),
    (("F3",), "پرکاربرد"),
    (("1", "Enter"), "مدارک لازم"),
    (("F9",), "روز پاسخ"),
    (("Esc", "Ctrl+2"), "پرونده"),
    (("Ctrl+3",), "امروز"),
    (("Ctrl+1", "F1"), "کلیدها"),
    (("Esc", "Ctrl+0"), "قفل"),
)
"""Keys, and words that stand on what they lead to."""


@pytest.fixture(scope="module")
def typed_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose password stands on every keyboard."""
    folder = tmp_path_factory.mktemp("heard") / "desk"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MIZ_KEYSTORE", "file")
        done = make_office(
            folder, office="سازمان نمونه", desk_name="میز ۱", admin=CLERK, password=PASSWORD, desk_number=5001
        )
        done.desk.close()
    return folder


@pytest.fixture
def program(typed_office: Path, data_dir: Path) -> Iterator[Program]:
    shutil.copytree(typed_office, data_dir)
    with display() as number, session_bus() as bus:
        started = Program(number, bus, data_dir)
        try:
            yield started
        finally:
            said = started.end()
        assert said == ""


def heard_wrong(tree: Node | None) -> list[str]:
    assert tree is not None
    focusable = [node for node in tree.all() if node.has(FOCUSABLE) and node.role != "frame"]
    assert focusable, "nothing takes the keyboard"
    return [f"{node.role}: {node.name!r}" for node in focusable if not node.name or node.role not in FITTING_NAMES]


def test_a_screen_reader_finds_every_page(program: Program) -> None:
    """From the names to the counter, a form, a visit, the other screens, the keys, and the lock."""
    program.until_focus("رمز")
    assert heard_wrong(program.reader.tree()) == []
    tree = program.reader.tree()
    assert tree is not None
    assert [node for node in tree.all() if node.role == "radio button" and node.name == CLERK]
    program.type(PASSWORD)
    program.press("Enter")
    program.until_focus("جست‌وجو")
    for keys, words in PAGES:
        program.press(*keys)
        program.until_shows(words)
        assert heard_wrong(program.reader.tree()) == [], words
