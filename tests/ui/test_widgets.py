"""What the small widgets promise: toasts, popovers, switches, numbers, choices and the halo."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QValidator, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from resources import words
from ui import theme
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.halo import Halo
from ui.widgets.popover import Popover
from ui.widgets.spin import Spin
from ui.widgets.switch import Switch
from ui.widgets.toast import Toast

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def _undressed_again(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp)
    yield
    words.use("fa")
    theme.apply(qapp)


def settle() -> None:
    for _pass in range(4):  # a layout that grows asks for another pass
        QApplication.processEvents()


def test_a_switch_turns_round_where_reading_runs_from_the_left(qapp: QApplication, qtbot: QtBot) -> None:
    switch = Switch()
    qtbot.addWidget(switch)
    switch.setChecked(True)
    switch.resize(switch.sizeHint())
    knob = theme.colour("onAccent").name()

    def knob_is_left() -> bool:
        picture = switch.grab().toImage()
        middle = picture.height() // 2
        spots = [x for x in range(picture.width()) if picture.pixelColor(x, middle).name() == knob]
        return sum(spots) / len(spots) < picture.width() / 2

    assert knob_is_left()
    words.use("en")
    theme.apply(qapp)
    assert not knob_is_left()


# --- toast -------------------------------------------------------------------------------------------------------


class Page(QWidget):
    """A field and a toast's place; `escapes` counts the Esc that came to the page."""

    def __init__(self) -> None:
        self.escapes = 0
        super().__init__()
        self.setMinimumSize(300, 200)
        self.resize(900, 500)
        self.field, self.other = Field("نام"), Field("نام پدر")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.other)
        column.addStretch(1)

    def event(self, event: QEvent) -> bool:
        self.escapes += isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        return super().event(event)


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.field.setFocus()
    settle()
    return made


def test_a_toast_leaves_the_focus_where_it_is_and_acts_once(page: Page, qtbot: QtBot) -> None:
    acted: list[str] = []
    toast = Toast(page)
    toast.say("پیش‌نویس کنار گذاشته شد", "بازگرداندن", lambda: acted.append("back"))
    assert toast.text()
    assert page.field.frame.line.hasFocus()
    assert page.rect().contains(toast.geometry())
    QTest.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert acted == ["back"]
    assert toast.text() == ""
    assert page.field.frame.line.hasFocus()


def test_a_toast_goes_but_not_from_under_the_hand(page: Page) -> None:
    toast = Toast(page)
    toast.say("کاغذ بیرون آمد.")
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    toast.leave()
    assert toast.text()
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    toast.leave()
    settle()
    assert toast.text() == ""
    assert not toast.isVisible()


def test_a_toast_reached_with_tab_stays_and_gives_the_focus_back(page: Page, qtbot: QtBot) -> None:
    toast = Toast(page)
    toast.say("کاغذ بیرون نیامد.", "چاپ دوباره", lambda: None)
    toast.button.setFocus(Qt.FocusReason.TabFocusReason)
    toast.leave()
    assert toast.text()
    QTest.keyClick(toast.button, Qt.Key.Key_Return)
    assert page.field.frame.line.hasFocus()


def test_a_new_word_takes_the_place_of_the_old_and_a_long_one_is_broken(page: Page) -> None:
    toast = Toast(page)
    toast.say("کاغذ بیرون آمد.")
    low = toast.height()
    toast.say("ساعت این رایانه دوازده دقیقه جلوتر از مرکز است. " * 3)
    assert toast.height() > low
    assert page.rect().contains(toast.geometry())
    page.resize(700, 400)
    settle()
    assert page.rect().contains(toast.geometry())


# --- popover -----------------------------------------------------------------------------------------------------


@pytest.fixture
def popover(page: Page) -> Popover:
    leaf = Popover(page, "روز پاسخ")
    leaf.column.addWidget(Button("امروز"))
    leaf.open_at(page.field.frame)
    settle()
    return leaf


def test_a_popover_lies_below_its_field_and_leaves_it_the_focus(page: Page, popover: Popover) -> None:
    assert popover.isVisible()
    assert page.field.frame.line.hasFocus()
    frame = QRect(page.field.frame.mapTo(page, QPoint(0, 0)), page.field.frame.size())
    assert popover.y() > frame.center().y()
    assert abs(popover.geometry().right() - frame.right()) <= 14  # flush at the reading side, but for the shadow


def test_esc_closes_the_popover_and_nothing_behind_it(page: Page, popover: Popover, qtbot: QtBot) -> None:
    QTest.keyClick(page.field.frame.line, Qt.Key.Key_Escape)
    assert not popover.is_open()
    assert page.escapes == 0
    QTest.keyClick(page.field.frame.line, Qt.Key.Key_Escape)
    assert page.escapes == 1


def test_a_press_outside_closes_the_popover_and_one_inside_does_not(page: Page, popover: Popover, qtbot: QtBot) -> None:
    QTest.mouseClick(popover, Qt.MouseButton.LeftButton, NONE, popover.rect().center())
    assert popover.is_open()
    QTest.mouseClick(page.field.frame.line, Qt.MouseButton.LeftButton)
    assert popover.is_open()
    with qtbot.waitSignal(popover.closed):
        QTest.mouseClick(page, Qt.MouseButton.LeftButton, NONE, QPoint(20, 480))
    assert not popover.isVisible()


def test_the_popover_goes_with_the_focus_and_with_its_field(page: Page, popover: Popover) -> None:
    page.other.setFocus()
    assert not popover.is_open()
    popover.open_at(page.field.frame)
    page.field.hide()
    settle()
    assert not popover.is_open()


# --- numbers and choices ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1250", "۱۲۵۰", "١٢٥٠", "۱٬۲۵۰", "1,250"])
def test_a_number_is_taken_in_any_script_and_shown_in_one(typed: str, qtbot: QtBot) -> None:
    spin = Spin("هزینه", 0, 9999)
    qtbot.addWidget(spin)
    spin.lineEdit().setText(typed)
    spin.interpretText()
    assert spin.value() == 1250
    assert spin.text() == "۱٬۲۵۰"


def test_a_number_out_of_bounds_or_no_number_cannot_be_written(qtbot: QtBot) -> None:
    spin = Spin("روز", 2, 30)
    qtbot.addWidget(spin)
    assert spin.validate("۳۱", 2)[0] == QValidator.State.Invalid
    assert spin.validate("a", 1)[0] == QValidator.State.Invalid
    assert spin.validate("۱", 1)[0] == QValidator.State.Intermediate
    assert spin.validate("۳۰", 2)[0] == QValidator.State.Acceptable


def test_the_arrows_of_a_number_step_and_a_passing_wheel_does_not(qtbot: QtBot) -> None:
    spin = Spin("روز", 0, 9)
    qtbot.addWidget(spin)
    spin.resize(120, 44)
    spin.show()
    QTest.mouseClick(spin, Qt.MouseButton.LeftButton, NONE, QPoint(12, 10))
    QTest.mouseClick(spin, Qt.MouseButton.LeftButton, NONE, QPoint(12, 10))
    QTest.mouseClick(spin, Qt.MouseButton.LeftButton, NONE, QPoint(12, 36))
    assert spin.value() == 1
    combo = Combo("وضعیت")
    qtbot.addWidget(combo)
    combo.show_choices((("همه", 0), ("ثبت شد", 1)), 0)
    for control in (spin, combo):
        QApplication.sendEvent(control, wheel_down())
    assert spin.value() == 1
    assert combo.currentIndex() == 0


def wheel_down() -> QWheelEvent:
    turned = QPoint(0, -120)
    here, buttons, held_keys = QPointF(5, 5), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    return QWheelEvent(here, here, turned, turned, buttons, held_keys, Qt.ScrollPhase.NoScrollPhase, False)


# --- halo --------------------------------------------------------------------------------------------------------


def test_the_halo_goes_from_field_to_field_and_is_cut_with_what_scrolls_away(qapp: QApplication, qtbot: QtBot) -> None:
    scroll, body = QScrollArea(), QWidget()
    qtbot.addWidget(scroll)
    column = QVBoxLayout(body)
    fields = [Field("نام") for _n in range(12)]
    for field in fields:
        column.addWidget(field)
    scroll.setWidgetResizable(True)
    scroll.setWidget(body)
    scroll.resize(500, 300)
    halo = Halo(scroll)
    scroll.show()
    qtbot.waitExposed(scroll)
    scroll.activateWindow()
    for field in fields[:2]:
        field.setFocus()
        settle()
        around = QRect(field.frame.mapTo(scroll, QPoint(0, 0)), field.frame.size()).adjusted(-4, -4, 4, 4)
        assert halo.geometry() == around
    scroll.verticalScrollBar().setValue(fields[1].y() + fields[1].frame.y() + 20)
    settle()
    assert halo.isVisible()
    assert halo.y() >= scroll.viewport().y()
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    settle()
    assert not halo.isVisible()
