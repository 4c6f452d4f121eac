"""The field for a day, and its calendar over the page; the field keeps the focus, and its keys move in the calendar."""

import datetime

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.calendar import to_jalali
from resources import words
from resources.words import _, ngettext
from ui import theme
from ui.counter.due_date import QUICK, DayPick, month_days
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.button import QUIET, Button
from ui.widgets.digits import Letters, shown_digits
from ui.widgets.field import Field
from ui.widgets.popover import Popover
from ui.widgets.words import Sentence

CELL = 44, 40
SATURDAY = 5
QUICK_WIDTH = 258


def working_days(days: int) -> str:
    if not days:
        return _("the same day")
    return ngettext("{n} working day", "{n} working days", days).format(n=words.number(days))


class DayField(Field):
    """A day in words while it is only shown, and in digits while it is written."""

    def __init__(self, label: str, pick: DayPick, page: QWidget, promise: str, *, keys: tuple[str, ...] = ()) -> None:
        """`page` is what the calendar lies over; `promise` says with `{day}` what will stand on the paper."""
        super().__init__(label, validator=Letters(), icon="calendar-days", keys=keys)
        self.pick = pick
        self.popover = DayPopover(page, label, pick, promise)
        line = self.frame.line
        line.installEventFilter(self)
        line.setFont(theme.font(17, theme.BOLD))
        for sign, days in (("minus", -1), ("plus", 1)):
            button = Button("", QUIET, icon=sign)
            button.setFixedSize(px(38), px(36))
            button.setAccessibleName(_("One day later") if days > 0 else _("One day earlier"))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, days=days: self.pick.step(days))
            self.frame.add_at_end(button)
        self.edited.connect(pick.type)
        self.entered.connect(self._entered)
        self.left.connect(lambda: None if self.popover.is_open() else pick.settle())
        line.moved.connect(lambda step: pick.move(7 * step))

    def begin(self) -> None:
        """The focus comes here and the calendar opens."""
        self.frame.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pick.open()
        self.frame.line.selectAll()

    def _entered(self) -> None:
        if self.pick.is_open:
            self.pick.settle()
        else:
            self.frame.line.focusNextChild()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusIn:
            self.frame.line.selectAll()  # the first key replaces the day
        elif kind == QEvent.Type.MouseButtonPress:
            self.begin()
            return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        ahead = 1 if theme.is_rtl() else -1  # the days run with the reading
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.pick.move(ahead if key == Qt.Key.Key_Left else -ahead)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.pick.move_month(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            return False
        return True

    def show_state(self) -> None:
        pick, line = self.pick, self.frame.line
        line.setLayoutDirection(Qt.LayoutDirection.LeftToRight if pick.is_open else theme.direction())
        if pick.is_open:
            text = shown_digits(pick.written)
        else:
            text = words.long_date(pick.day) if pick.day else shown_digits(pick.text)
        if line.text() != text:
            self.show_text(text)
            if pick.line is None and line.hasFocus():
                line.selectAll()
        self.show_problem(pick.problem or pick.doubt, doubt=not pick.problem)
        self.popover.show_state(self.frame)
        if pick.is_open:
            line.setAccessibleDescription(self.popover.promise_text())


class DayPopover(Popover):
    """A month, quick choices, and what will be promised."""

    def __init__(self, page: QWidget, label: str, pick: DayPick, promise: str) -> None:
        super().__init__(page, label)
        self.pick, self._promise = pick, promise
        self.closed.connect(pick.settle)
        self.grid = MonthGrid(pick)
        self.title = Sentence(size=17, weight=theme.BOLD, wraps=False)
        self.earlier, self.later = (Button("", QUIET, icon=f"chevron-{side}") for side in self._sides())
        for button, months, name in (
            (self.earlier, -1, _("Earlier month")),
            (self.later, 1, _("Later month")),
        ):
            button.setFixedSize(px(38), px(36))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(name)
            button.clicked.connect(lambda _checked=False, months=months: pick.turn(months))
        head = QHBoxLayout()
        head.setSpacing(px(4))
        head.addSpacing(px(10))
        head.addWidget(self.title, 1)
        head.addWidget(self.earlier)
        head.addWidget(self.later)
        month = QVBoxLayout()
        month.setSpacing(px(2))
        month.addLayout(head)
        month.addWidget(self.grid)
        month.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addLayout(month)
        row.addWidget(Rule(upright=True))
        row.addLayout(self._quick(), 1)
        self.column.addLayout(row)

    @staticmethod
    def _sides() -> tuple[str, str]:
        return ("right", "left") if theme.is_rtl() else ("left", "right")

    def _quick(self) -> QVBoxLayout:
        self.choices = [QuickChoice(self.pick) for _n in range(QUICK + 1)]
        self.notice = Sentence(size=13, ink="warn", icon="triangle-alert")
        self.promised = Sentence(size=14, weight=theme.MEDIUM, icon="printer")
        self.help = Sentence(_("A number with + is working days; Fridays and holidays are not counted."), size=13)
        self.help.setInk("text3")
        column = QVBoxLayout()
        column.setSpacing(px(6))
        column.addSpacing(px(4))
        column.addWidget(Sentence(_("Quick choice"), size=13, ink="text3", wraps=False))
        for choice in self.choices:
            column.addWidget(choice)
        column.addStretch(1)
        for sentence in (self.notice, self.promised, self.help):
            sentence.setFixedWidth(px(QUICK_WIDTH))
            column.addWidget(sentence)
        return column

    def promise_text(self) -> str:
        day = self.pick.day
        return self._promise.format(day=words.long_date(day)) if day else ""

    def show_state(self, anchor: QWidget) -> None:
        pick = self.pick
        if not pick.is_open or pick.agenda is None or not anchor.isVisible():
            self.leave()
            return
        self.title.setText(words.digits(f"{words.month(pick.month[1])} {pick.month[0]}"))
        self.earlier.setEnabled(pick.can_turn(-1))
        self.later.setEnabled(pick.can_turn(1))
        self.grid.update()
        marked, found = pick.day, False
        for widget, choice in zip(self.choices, pick.choices(), strict=True):
            is_it = choice.day == marked and not found
            found |= is_it
            widget.show_choice(choice.working_days, choice.day, is_it)
        self.notice.setText(pick.notice)
        self.notice.setVisible(bool(pick.notice))
        self.help.setVisible(not pick.notice)
        self.promised.setText(self.promise_text())
        if not self.is_open():
            self.open_at(anchor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_esc = event.key() == Qt.Key.Key_Escape and not event.modifiers()
            if is_esc:
                self.pick.restore()
                return True
        return super().eventFilter(watched, event)


class QuickChoice(QPushButton):
    """In how many working days, and which day that is."""

    def __init__(self, pick: DayPick) -> None:
        super().__init__()
        self._day: datetime.date | None = None
        self._detail, self._chosen = "", False
        self.setFixedSize(px(QUICK_WIDTH), px(38))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._pick = pick
        self.clicked.connect(self._take)

    def _take(self) -> None:
        if self._day is not None:
            self._pick.take(self._day)

    def show_choice(self, days: int | None, day: datetime.date, chosen: bool) -> None:
        self._day, self._chosen = day, chosen
        self._detail = words.short_date(day)
        self.setText(_("Legal ceiling") if days is None else working_days(days))
        self.setAccessibleDescription(self._detail)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        ground = "accentSoft" if self._chosen else "line" if self.underMouse() else "surface2"
        paint.rounded(painter, area, px(8), colour(ground), colour("accentLine" if self._chosen else "line"))
        cursor = paint.Cursor(area.adjusted(px(12), 0, -px(12), 0), theme.is_rtl())
        width = QFontMetricsF(theme.font(14)).horizontalAdvance(self._detail) + 1
        place = cursor.end(width, px(8))
        paint.text(painter, place, self._detail, theme.font(14), colour("text2"))
        paint.text(painter, cursor.rest, self.text(), theme.font(15, theme.BOLD), colour("text"))


class MonthGrid(QWidget):
    """The days of a month from Saturday to Friday. A press takes a day."""

    def __init__(self, pick: DayPick) -> None:
        super().__init__()
        self._pick = pick
        self._under: datetime.date | None = None
        self.setFixedSize(px(CELL[0]) * 7, px(24) + px(CELL[1]) * 6)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return self.size()

    def places(self) -> list[tuple[datetime.date, QRectF]]:
        """Every day of the shown month and where it lies."""
        days = month_days(*self._pick.month) if self._pick.month[1] else ()
        if not days:
            return []
        first = (days[0].weekday() - SATURDAY) % 7
        return [(day, self._cell((first + n) // 7, (first + n) % 7)) for n, day in enumerate(days)]

    def _cell(self, row: int, column: int) -> QRectF:
        width, height = px(CELL[0]), px(CELL[1])
        left = width * (6 - column if theme.is_rtl() else column)
        return QRectF(left, px(24) + row * height, width, height)

    def _day_at(self, place: QPointF) -> datetime.date | None:
        return next((day for day, cell in self.places() if cell.contains(place) and self._pick.allows(day)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None:
            self._pick.take(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self._day_at(event.position())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, pick = QPainter(self), self._pick
        if pick.agenda is None:
            return
        days = pick.agenda.calendar.weekdays
        for column in range(7):
            weekday = (SATURDAY + column) % 7
            place = self._cell(0, column)
            place.moveTop(0)
            place.setHeight(px(24))
            ink = colour("text3" if weekday in days else "danger")
            name = _(words.WEEKDAYS[weekday])
            short = name[:1] if theme.is_rtl() else name[:2]
            paint.text(painter, place, short, theme.font(13), ink, theme.CENTRE)
        for day, cell in self.places():
            self._paint_day(painter, day, cell)

    def _paint_day(self, painter: QPainter, day: datetime.date, cell: QRectF) -> None:
        pick, agenda = self._pick, self._pick.agenda
        if agenda is None:
            return
        disc, radius = paint.square(cell, px(36)), px(18)
        off = not pick.is_working(day)
        ink = colour("danger" if off else "text")
        if not pick.allows(day):
            ink.setAlphaF(0.38)
        weight = theme.MEDIUM
        if day == pick.marked and off:
            paint.rounded(painter, disc, radius, None, colour("dangerSolid"), 2)
        elif day == pick.day:
            paint.rounded(painter, disc, radius, colour("accent"))
            ink, weight = colour("onAccent"), theme.BOLD
        elif day == self._under:
            paint.rounded(painter, disc, radius, colour("surface2"))
        if day == agenda.today and day != pick.day:
            paint.rounded(painter, disc, radius, None, colour("field"), 1.5)
        text = words.digits(str(to_jalali(day)[2]))
        paint.text(painter, disc, text, theme.font(16, weight), ink, theme.CENTRE)
        if day == agenda.last_legal:
            bar = QRectF(disc.left() + px(10), disc.bottom() - px(6), disc.width() - px(20), px(3))
            paint.rounded(painter, bar, px(1.5), ink if day == pick.day else colour("warnSolid"))


class Rule(QWidget):
    """A thin line between two parts of a leaf."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setFixedWidth(1) if upright else self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("line"))
