"""The keyboard's place is always seen, and Tab goes as the eye does: find, the cards, the one big button, the rail."""

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.desk import Desk
from app.desk.people import Session
from tests.desk.counter import HOSSEIN, registered, visit
from tests.ui.day import place, settle
from tests.ui.hand import Clerk
from tests.ui.test_pictures import differing
from ui.widgets.field import Frame

AROUND = 6
"""The halo reaches so far beyond what it surrounds."""


def seen_at(hand: Clerk, widget: QWidget) -> Image.Image:
    """What is drawn at a widget and close around it; a line that is written in shows it by its frame."""
    window = hand.window
    around = widget.parentWidget()
    widget = around if isinstance(around, Frame) else widget
    area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-AROUND, -AROUND, AROUND, AROUND)
    shot = window.grab(area).toImage().convertToFormat(QImage.Format.Format_RGB888)
    size, row = (shot.width(), shot.height()), shot.bytesPerLine()
    return Image.frombytes("RGB", size, bytes(shot.constBits()), "raw", "RGB", row)


def tour(hand: Clerk, most: int = 80) -> list[QWidget]:
    """Every stop of Tab from the find field on, until it comes round."""
    hand.page.find_frame.line.setFocus(Qt.FocusReason.TabFocusReason)
    stops = [hand.focus]
    for _step in range(most):
        hand.tab()
        if hand.focus is stops[0]:
            return stops
        stops.append(hand.focus)
    raise AssertionError(f"Tab does not come round: {[type(stop).__name__ for stop in stops[-12:]]}")


@pytest.fixture
def in_a_visit(desk: Desk, clerk: Session, at_work: Clerk) -> Clerk:
    registered(desk, clerk, visit(HOSSEIN))
    at_work.type(str(HOSSEIN["national_number"]))
    at_work.until(lambda: at_work.counter.person.known)
    at_work.counter.choose_service(0)
    at_work.until(lambda: at_work.counter.promise)
    settle(at_work)
    return at_work


def test_tab_goes_from_find_through_the_cards_to_the_button_and_the_rail(in_a_visit: Clerk) -> None:
    page, rail = in_a_visit.page, place(in_a_visit).rail
    stops = tour(in_a_visit)

    def first(*inside: QWidget) -> int:
        return next(
            n for n, stop in enumerate(stops) if any(part is stop or part.isAncestorOf(stop) for part in inside)
        )

    order = [
        first(page.find_frame),
        first(page.person),
        first(page.service),
        first(page.outcome),
        first(page.side.primary),
        first(rail),
    ]
    assert order == sorted(order)
    assert len(set(order)) == len(order)


def test_every_stop_of_tab_is_seen(in_a_visit: Clerk) -> None:
    QApplication.setCursorFlashTime(0)
    unseen = []
    for stop in tour(in_a_visit):
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        in_a_visit.bot.wait(30)
        with_focus = seen_at(in_a_visit, stop)
        other = in_a_visit.page.find_frame.line
        (place(in_a_visit).rail.items["log"] if stop is other else other).setFocus(Qt.FocusReason.TabFocusReason)
        in_a_visit.bot.wait(30)
        if differing(with_focus, seen_at(in_a_visit, stop)) < 0.01:
            unseen.append(f"{type(stop).__name__} «{stop.accessibleName() or getattr(stop, 'text', str)()}»")
    assert unseen == []


def test_whatever_has_the_keyboard_is_on_the_screen(in_a_visit: Clerk) -> None:
    """On a low window the cards scroll under the find field; what Tab reaches is brought into sight."""
    in_a_visit.window.resize(1280, 640)
    settle(in_a_visit)
    area = in_a_visit.page.scroll_area
    hidden = []
    for stop in tour(in_a_visit):
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        in_a_visit.bot.wait(30)
        inside = area.widget()
        if inside is not None and inside.isAncestorOf(stop):
            seen = QRect(stop.mapTo(area.viewport(), QPoint(0, 0)), stop.size())
            if not area.viewport().rect().contains(seen):
                hidden.append(f"{type(stop).__name__} «{stop.accessibleName()}» at {seen.getRect()}")
    assert hidden == []
