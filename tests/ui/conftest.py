"""A window on a real desk, with a clerk in front of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from app.desk.desk import Desk
from app.desk.doorstep import Opening
from app.desk.people import Session
from tests.desk.conftest import clerk, desk, office
from tests.desk.counter import CLERK, HOSSEIN, registered, visit
from tests.ui.files import page_of
from tests.ui.hand import AtOnce, Clerk
from ui import theme
from ui.counter.acts import Acts
from ui.counter.presenter import Counter
from ui.request_file.presenter import Files
from ui.window import Window

__all__ = ["clerk", "desk", "office"]


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["miz"]


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """Windows go with their test: every one that stays is dressed anew whenever another one is."""
    yield
    application = QApplication.instance()
    if isinstance(application, QApplication):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for widget in application.topLevelWidgets():
            if isValid(widget) and widget.parent() is None:
                delete(widget)


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    theme.apply(qapp)
    return qapp


@pytest.fixture
def window(desk: Desk, tmp_path: Path, dressed: QApplication, qtbot: QtBot) -> Iterator[Window]:
    """The window with its sign-in page."""
    opened = Window(Opening.of(desk), lambda: tmp_path / "receipts")
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitExposed(opened)
    yield opened
    opened.close()


@pytest.fixture
def at_work(window: Window, qtbot: QtBot) -> Clerk:
    """A clerk who has signed in and has an empty counter before them."""
    hand = Clerk(window, qtbot)
    hand.sign_in(CLERK)
    return hand


@pytest.fixture
def counter(desk: Desk, clerk: Session, tmp_path: Path) -> Counter:
    """The counter without its glass, all work done at once; `counter.doors` is an `AtOnce`."""
    presenter = Counter(Acts(desk, clerk), AtOnce(), tmp_path / "receipts")
    presenter.start()
    return presenter


@pytest.fixture
def hossein(desk: Desk, clerk: Session) -> str:
    """Somebody who has been here before; his number."""
    registered(desk, clerk, visit(HOSSEIN))
    return str(HOSSEIN["national_number"])


@pytest.fixture
def files(desk: Desk, clerk: Session, tmp_path: Path) -> Files:
    """The page without its glass, all work done at once."""
    return page_of(desk, clerk, tmp_path)
