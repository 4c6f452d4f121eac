"""Nothing is cut: in both languages, at every size and text size that a desk may have, on every page and state."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.doorstep import Opening
from app.desk.people import Session
from resources import words
from tests.desk.counter import CLERK, HOSSEIN, registered, visit
from tests.ui.day import all_states
from tests.ui.hand import Clerk
from ui import theme
from ui.preferences import Preferences
from ui.widgets import paint
from ui.widgets.words import Sentence
from ui.window import Window


class Cut:
    """Notes every line of text that is painted shorter than it is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lines: set[str] = set()
        draw = paint.text

        def watched(painter, area, said, chosen, *how, **more):  # type: ignore[no-untyped-def]
            needed = QFontMetricsF(chosen).horizontalAdvance(said)
            if needed > area.width() + 1:
                self.lines.add(f"{said} ({needed:.0f} > {area.width():.0f})")
            return draw(painter, area, said, chosen, *how, **more)

        monkeypatch.setattr(paint, "text", watched)

    def look(self, window: Window) -> set[str]:
        self.lines.clear()
        window.grab()
        found = set(self.lines)
        for text in window.findChildren(Sentence):
            if text.isVisible() and not text.is_whole():
                found.add(text.text())
        for line in window.findChildren(QLineEdit):
            if line.isVisible() and not line.text():
                needed = QFontMetricsF(line.font()).horizontalAdvance(line.placeholderText())
                if needed > line.width() + 1:
                    found.add(f"{line.placeholderText()} ({needed:.0f} > {line.width()})")
        return found


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Cut:
    return Cut(monkeypatch)


@pytest.fixture
def in_language(qapp: QApplication) -> Iterator[None]:
    yield
    words.use("fa")
    theme.apply(qapp)


@pytest.mark.usefixtures("in_language")
@pytest.mark.parametrize(
    ("language", "scale", "size"),
    [
        ("fa", 100, (1280, 640)),
        ("fa", 150, (1366, 768)),
        ("fa", 150, (1920, 1080)),
        ("en", 100, (1280, 640)),
        ("en", 100, (1366, 768)),
        ("en", 150, (1920, 1080)),
    ],
)
def test_nothing_is_cut(
    language: str, scale: int, size: tuple[int, int], cut: Cut,
    desk: Desk, clerk: Session, tmp_path: Path, qapp: QApplication, qtbot: QtBot,
) -> None:  # fmt: skip
    registered(desk, clerk, visit(HOSSEIN))
    words.use(language)
    preferences = Preferences(theme="light", scale=scale)  # type: ignore[arg-type]
    theme.apply(qapp, preferences)
    window = Window(Opening.of(desk), lambda: tmp_path)
    window.preferences = preferences
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    hand = Clerk(window, qtbot)
    hand.until(lambda: window.sign_in.tiles)
    found = {"sign-in": cut.look(window)}
    hand.sign_in(CLERK)
    right_to_left = window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert right_to_left == (language == "fa")
    for state in all_states(hand):
        hand.bot.wait(80)
        found[state] = cut.look(window)
    assert (window.width(), window.height()) == size
    assert {state: lines for state, lines in found.items() if lines} == {}
    window.close()
