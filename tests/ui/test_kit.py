"""What holds for every widget of the kit: it can be read, its focus is seen, nothing is cut."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from resources import words
from ui import theme
from ui.colours import contrast
from ui.kit.exhibit import held
from ui.kit.page import Kit
from ui.preferences import Preferences
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.choices import Segment
from ui.widgets.field import Line
from ui.widgets.words import Sentence

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SCALES: tuple[Literal[100, 115, 125, 150], ...] = (100, 115, 125, 150)


@pytest.fixture(autouse=True)
def _undressed_again(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp)
    yield
    words.use("fa")
    theme.apply(qapp)


Opener = Callable[[Preferences], Kit]


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot) -> Iterator[Opener]:
    """Opens the kit with all of it in sight."""
    kits: list[Kit] = []

    def open_kit(preferences: Preferences) -> Kit:
        kit = Kit(qapp, preferences)
        kits.append(kit)
        kit.resize(1366, 900)
        kit.show()
        qtbot.waitExposed(kit)
        kit.resize(1366, kit.whole_height())
        settle()
        return kit

    yield open_kit
    for kit in kits:
        kit.close()
        delete(kit)  # at once: a page of this size that waits to be collected is half gone when the next one is dressed


def settle() -> None:
    for _pass in range(4):  # a layout that grows asks for another pass
        QApplication.processEvents()


class Painted(NamedTuple):
    words: str
    ink: str
    place: QRect
    """In the picture's own pixels."""
    room: float
    wanted: float


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[Painted]:
    """Every text that was painted, in what colour and where."""
    seen: list[Painted] = []
    real = paint.text

    def spy(
        painter: QPainter, area: QRectF, words: str, chosen: QFont, ink: QColor, *rest: object, ltr: bool = False
    ) -> float:
        wanted = QFontMetricsF(chosen).horizontalAdvance(words)
        place = painter.deviceTransform().mapRect(area).toAlignedRect()
        seen.append(Painted(words, ink.name(), place, area.width(), wanted))
        return real(painter, area, words, chosen, ink, *rest, ltr=ltr)  # type: ignore[arg-type]

    monkeypatch.setattr(paint, "text", spy)
    return seen


def ground(picture: QImage, place: QRect) -> str:
    """The colour that most of this place has."""
    inside = place.intersected(picture.rect())
    pixels = (
        picture.pixelColor(x, y).name()
        for x in range(inside.left(), inside.right() + 1, 2)
        for y in range(inside.top(), inside.bottom() + 1, 2)
    )
    return Counter(pixels).most_common(1)[0][0]


@pytest.mark.parametrize("name", THEMES)
def test_every_text_as_painted_can_be_read(
    name: Literal["light", "dark"], opened: Opener, painted: list[Painted]
) -> None:
    kit = opened(Preferences(theme=name, scale=100))
    painted.clear()
    picture = kit.grab().toImage()
    assert len(painted) > 150
    pale = {
        text.words: (text.ink, behind, round(contrast(text.ink, behind), 2))
        for text in painted
        if text.words.strip() and contrast(text.ink, behind := ground(picture, text.place)) < 4.5
    }
    assert pale == {}


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("scale", SCALES)
def test_nothing_is_cut_in_any_size_of_text(
    scale: Literal[100, 115, 125, 150], language: str, opened: Opener, painted: list[Painted]
) -> None:
    words.use(language)
    kit = opened(Preferences(theme="light", scale=scale))
    painted.clear()
    kit.grab()
    assert {text.words: (text.room, text.wanted) for text in painted if text.wanted > text.room + 0.5} == {}
    texts = [part for part in kit.findChildren(QWidget) if isinstance(part, Sentence | Segment) and part.isVisible()]
    assert [text.text() for text in texts if not text.is_whole()] == []
    for line in kit.findChildren(QLineEdit):
        assert QFontMetricsF(line.font()).horizontalAdvance(line.displayText()) <= line.width() + 1, line.text()
        assert line.height() >= line.fontMetrics().ascent(), line.text()
    sideways = kit.findChildren(QScrollArea)[0].horizontalScrollBar()
    assert sideways.maximum() == 0, "something is wider than the window"


@pytest.mark.parametrize("name", THEMES)
def test_the_focus_is_seen_on_every_kind_of_control(
    name: Literal["light", "dark"], opened: Opener, qtbot: QtBot
) -> None:
    kit = opened(Preferences(theme=name, scale=100))
    kit.activateWindow()
    qtbot.waitUntil(kit.isActiveWindow)
    tried, unseen = set(), []
    for widget in kit.body.findChildren(QWidget):
        usable = widget.isVisible() and widget.isEnabled() and not widget.focusProxy()
        if not usable or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.property(paint.PICTURED):
            continue
        frame = widget.parentWidget()
        whole = frame if isinstance(widget, Line) and frame is not None else widget
        place = QRect(whole.mapTo(kit, QPoint(0, 0)), whole.size()).adjusted(-4, -4, 4, 4)
        kit.setFocus()
        settle()
        before = kit.grab(place).toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        settle()
        after = kit.grab(place).toImage()
        tried.add(type(widget).__name__)
        if changed(before, after) < widget.width() / 2:
            unseen.append(f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()}")
    assert unseen == []
    assert tried >= {"Button", "Chip", "Segment", "CheckRow", "Tile", "Combo", "Spin", "Switch", "Line", "Table"}


def changed(before: QImage, after: QImage) -> int:
    """How many pixels have changed by 3 to 1 or more."""
    return sum(
        contrast(before.pixelColor(x, y).name(), after.pixelColor(x, y).name()) >= 3
        for x in range(before.width())
        for y in range(before.height())
        if before.pixel(x, y) != after.pixel(x, y)
    )


@pytest.mark.parametrize("state", ["hover", "pressed", "disabled"])
def test_a_button_answers_the_hand(state: str, qapp: QApplication, qtbot: QtBot) -> None:
    button = Button("ورود")
    qtbot.addWidget(button)
    button.show()
    before = button.grab().toImage()
    assert held(button, state).grab().toImage() != before
