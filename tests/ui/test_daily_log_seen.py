"""What of the daily log is seen, at every size, and said to who sees nothing."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from app.desk.desk import Desk
from app.desk.people import Session
from resources import words
from tests.desk.conftest import supervisor
from tests.desk.counter import HOSSEIN, MARYAM, NOON, Clock, registered, visit
from tests.desk.test_daily_log import DAY, many, somebody
from tests.ui.log_hand import ALT, Hands, hands
from ui import theme
from ui.preferences import Preferences

__all__ = ["hands", "supervisor"]


# --- what is seen ----------------------------------------------------------------------------------------------------


def test_the_day_in_figures_and_bars(desk: Desk, clerk: Session, hands: Hands) -> None:
    many(desk, clerk, 9)
    hand = hands.at(desk, clerk)
    stats = {stat.word: stat.number for stat in hand.page.figures.stats.stats()}
    assert (stats["مراجعه"], stats["دیرکرد"]) == ("۹", "۰")
    assert sum(hour.value for hour in hand.page.figures.hours.hours()) == 9
    assert [hour.now for hour in hand.page.figures.hours.hours()].count(True) == 1
    assert [(bar.word, bar.number) for bar in hand.page.bars.clerks.bars()] == [(clerk.person.name, "۹")]
    assert not any("مرکز" in word for word in stats), "there is no centre at this desk"


def test_a_day_with_none_teaches(desk: Desk, clerk: Session, supervisor: Session, hands: Hands) -> None:
    hand = hands.at(desk, clerk)
    empty = hand.page.register.empty
    assert empty.isVisible()
    assert (empty.head.text(), empty.button.text()) == (words._("Nobody has been here today yet."), words._("Counter"))
    assert hand.focus is empty.button
    registered(desk, clerk, visit(outcome="done"))
    hand.log.look_again()
    hand.until(hand.table.isVisible)
    assert hand.table.hasFocus()
    desk.clock = Clock(NOON + 4 * DAY)
    other = hands.at(desk, supervisor)
    other.press(Qt.Key.Key_Right, ALT)
    assert other.page.heading.note.text() == "روز کاری نیست"
    button = other.page.register.empty.button
    assert button.text() == "روز پیشین با مراجعه: سه‌شنبه ۳ آذر ۱۴۰۵"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    other.settle()
    assert other.shown == [1]


def test_who_may_not_read_sees_no_row_and_no_figure(desk: Desk, clerk: Session, hands: Hands) -> None:
    many(desk, clerk, 3)
    hand = hands.at(desk, somebody("administrator"))
    hand.until(hand.page.register.empty.isVisible)
    assert hand.page.register.empty.head.text() == "نقش شما دفتر روز را نمی‌خواند."
    assert not any(part.isVisible() for part in (hand.page.figures, hand.page.side, hand.page.register.search))
    assert not hand.page.heading.back.isVisible()


def texts_are_whole(page: QWidget) -> list[str]:
    """What is painted shorter than it is."""
    cut = []
    for widget in page.findChildren(QWidget):
        whole = getattr(widget, "is_whole", None)
        if widget.isVisible() and callable(whole) and not whole():
            cut.append(getattr(widget, "text", str)())
        corner = widget.mapTo(page, QPoint(0, 0))
        if isinstance(widget, QAbstractButton | QComboBox | QLineEdit) and widget.isVisible():
            inside = page.rect().contains(corner) and page.rect().contains(corner + widget.rect().bottomRight())
            cut += [] if inside else [type(widget).__name__]
            cut += [] if widget.width() >= widget.minimumSizeHint().width() else [f"narrow {type(widget).__name__}"]
    return cut


@pytest.mark.parametrize(
    ("size", "scale", "bars", "columns"),
    [
        ((1366, 768), 100, True, 8),
        ((1280, 640), 100, True, 7),
        ((1920, 1080), 100, True, 8),
        ((1920, 1080), 150, True, 7),
        ((1366, 768), 125, False, 8),
        ((1366, 768), 150, False, 6),
    ],
)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_nothing_is_cut_at_any_size(
    size: tuple[int, int],
    scale: int,
    bars: bool,
    columns: int,
    language: str,
    desk: Desk,
    clerk: Session,
    supervisor: Session,
    qapp: QApplication,
    hands: Hands,
) -> None:
    for person in (MARYAM, HOSSEIN):
        registered(desk, clerk, visit(person))
    desk.clock = Clock(NOON + DAY)
    words.use(language)
    theme.apply(qapp, Preferences(theme="light", scale=scale))  # type: ignore[arg-type]
    try:
        hand = hands.at(desk, supervisor, size)
        hand.press(Qt.Key.Key_PageUp, ALT)
        QApplication.processEvents()
        assert texts_are_whole(hand.page) == []
        assert hand.page.side.isVisible() == bars
        shown = [n for n in range(8) if not hand.table.isColumnHidden(n)]
        assert len(shown) >= (columns if language == "fa" else 6)
        assert sum(hand.table.columnWidth(n) for n in shown) <= hand.table.viewport().width()
        assert 2 in shown
        assert 5 in shown
        assert hand.table.height() > theme.px(44) * 2
        hand.leave()
    finally:
        words.use("fa")
        theme.apply(qapp)


def test_everything_that_takes_the_focus_has_a_name(
    desk: Desk, clerk: Session, supervisor: Session, hands: Hands
) -> None:
    many(desk, clerk, 3)
    hand = hands.at(desk, supervisor)
    nameless = [
        type(widget).__name__
        for widget in hand.page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []
    model = hand.table.model()
    assert model.data(model.index(0, 5), Qt.ItemDataRole.AccessibleTextRole) in ("انجام شد", "راهنمایی شد")
    assert model.headerData(5, Qt.Orientation.Horizontal) == "وضعیت"


def test_tab_goes_once_round(desk: Desk, clerk: Session, supervisor: Session, hands: Hands) -> None:
    many(desk, clerk, 3)
    hand = hands.at(desk, supervisor)
    seen: list[QWidget] = []
    while hand.focus not in seen and len(seen) < 30:
        seen.append(hand.focus)
        hand.press(Qt.Key.Key_Tab)
    register = hand.page.register
    assert {hand.table, register.search.line, register.clerk, register.service, register.status} <= set(seen)
    assert len(seen) < 12


def test_rows_beyond_the_eye_cost_nothing(desk: Desk, clerk: Session, hands: Hands) -> None:
    """Cells are made when they are painted."""
    many(desk, clerk, 120)
    hand = hands.at(desk, clerk)
    hand.host.grab()
    assert len(hand.page.register.table._model._made) < 40
