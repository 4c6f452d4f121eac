"""The head of the log: which day it is, the arrows to its neighbours, and a field where a day is typed."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from resources import words
from resources.words import _
from ui import icons, theme
from ui.daily_log.presenter import DailyLog
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.button import PLAIN, Button
from ui.widgets.digits import Digits
from ui.widgets.field import Frame
from ui.widgets.words import Sentence

KEYS = ("F9",)


class Arrow(QPushButton):
    """A day back or on. It points to where the neighbour lies: what was before is at the reading side."""

    def __init__(self, name: str, *, back: bool) -> None:
        super().__init__()
        self._right = back == theme.is_rtl()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(px(40), px(40))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        ground = "line" if self.isDown() else "surface2" if self.underMouse() and self.isEnabled() else "surface"
        paint.rounded(painter, area, px(10), colour(ground), colour("keyLine" if self.isEnabled() else "line"))
        if paint.shows_focus(self):
            paint.rounded(painter, area, px(10), None, colour("accent"), 2)
        painter.translate(area.center())
        painter.rotate(-90 if self._right else 90)
        ink = colour("text" if self.isEnabled() else "keyLine")
        icons.paint(painter, "chevron-down", QRectF(-px(9), -px(9), px(18), px(18)), ink, 2)


class DayButton(QPushButton):
    """The day in words; pressing it lets a day be typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(40))

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(theme.font(20, theme.BOLD)).horizontalAdvance(self.text())
        return QSize(round(width + paint.keys_width(KEYS if self.isEnabled() else ())) + px(18), px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        if self.underMouse() and self.isEnabled():
            paint.rounded(painter, area, px(10), colour("surface2"))
        if paint.shows_focus(self):
            paint.rounded(painter, area, px(10), None, colour("accent"), 2)
        cursor = paint.Cursor(area.adjusted(px(7), 0, -px(7), 0), theme.is_rtl())
        paint.keys(painter, cursor, KEYS if self.isEnabled() else ())
        paint.text(painter, cursor.rest, self.text(), theme.font(20, theme.BOLD), colour("text"), theme.CENTRE)


class Heading(QWidget):
    def __init__(self, log: DailyLog) -> None:
        super().__init__()
        self.log = log
        self.title = Sentence(_("Daily log"), size=24, weight=theme.BOLD, wraps=False)
        self.back = Arrow(_("Previous day"), back=True)
        self.on = Arrow(_("Next day"), back=False)
        self.day = DayButton()
        self.date = Frame(height=40, icon="calendar-days", size=15)
        self.date.setFixedWidth(px(210))
        line = self.date.line
        line.setValidator(Digits(8))
        line.setAlignment(theme.start())
        line.setAccessibleName(_("Day, as 1405/09/03"))
        line.installEventFilter(self)
        self.problem = Sentence(size=14, ink="danger", icon="circle-alert", wraps=False)
        self.note = Sentence(size=14, ink="text3", wraps=False)
        self.today = Button(_("Today"), PLAIN)
        self.back.clicked.connect(lambda: log.turn(-1))
        self.on.clicked.connect(lambda: log.turn(1))
        self.day.clicked.connect(log.write_date)
        self.today.clicked.connect(log.go_to_today)
        line.returnPressed.connect(lambda: log.enter_date(line.text()))
        line.left.connect(log.leave_date)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(self.title)
        row.addSpacing(px(14))
        for part in (self.back, self.day, self.date, self.on, self.today, self.note, self.problem):
            row.addWidget(part)
        row.addStretch(1)
        self.setFixedHeight(px(44))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.log.leave_date()
            return True
        return False

    def show_state(self) -> None:
        log, writes = self.log, self.log.writes_date
        day = log.shown_day
        self.day.setText(words.long_date(day))
        self.day.setAccessibleName(_("{day}; another day").format(day=words.long_date(day)))
        self.day.updateGeometry()
        if writes and not self.date.isVisible():
            self.date.line.setText(words.numeric_date(day))
            self.date.line.selectAll()
        self.date.setVisible(writes)
        self.date.set_wrong(bool(log.date_problem))
        self.date.line.setAccessibleDescription(log.date_problem)
        self.day.setVisible(not writes)
        self.day.setEnabled(log.may_turn)
        for arrow in (self.back, self.on):
            arrow.setVisible(log.may_turn)
        self.on.setEnabled(not log.is_today)
        self.today.setVisible(log.may_turn and not log.is_today and not log.date_problem)
        self.problem.setText(log.date_problem)
        self.problem.setVisible(bool(log.date_problem))
        note = self._note()
        self.note.setText(note)
        self.note.setVisible(bool(note) and not writes)

    def _note(self) -> str:
        known = self.log.day
        if known is None or known.works or known.day != self.log.shown_day:
            return ""
        return _("Holiday: {name}").format(name=known.holiday) if known.holiday else _("Not a working day")
