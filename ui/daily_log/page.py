"""The daily log's page: lays the parts out once, shows what the presenter says, and tells it what somebody does."""

import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from resources.words import _
from ui import theme
from ui.counter.page import FULL_WIDTH
from ui.daily_log.figures import Figures, SideBars
from ui.daily_log.heading import Heading
from ui.daily_log.presenter import DailyLog
from ui.daily_log.register import Register
from ui.theme import px
from ui.widgets.banner import Banner
from ui.widgets.card import Card


class DailyLogPage(QWidget):
    def __init__(self, log: DailyLog) -> None:
        super().__init__()
        self.log = log
        self.heading = Heading(log)
        self.banner = Banner()
        self.banner.acted.connect(log.try_again)
        self.banner.closed.connect(log.dismiss_banner)
        self.figures = Figures()
        self.register = Register(log)
        self.bars = SideBars()
        self._lay_out()
        self._bind_keys()
        log.changed = self.render_state

    def _lay_out(self) -> None:
        side = Card()
        side.column.addWidget(self.bars)
        side.column.addStretch(1)
        self.side = QScrollArea()
        self.side.setWidgetResizable(True)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setWidget(side)
        self.side.setFixedWidth(px(228))
        body = QHBoxLayout()
        body.setSpacing(px(12))
        body.addWidget(self.register, 1)
        body.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(16), px(24), px(18))
        column.setSpacing(px(12))
        column.addWidget(self.heading)
        column.addWidget(self.banner)
        column.addWidget(self.figures)
        column.addLayout(body, 1)

    def _bind_keys(self) -> None:
        back, on = ("Alt+Right", "Alt+Left") if theme.is_rtl() else ("Alt+Left", "Alt+Right")
        log = self.log
        keys = {
            "F9": log.write_date,
            back: lambda: log.turn(-1),
            on: lambda: log.turn(1),
            "Alt+PgUp": lambda: log.turn(-1),
            "Alt+PgDown": lambda: log.turn(1),
            "Alt+Home": log.go_to_today,
            "Esc": log.escape,
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(act)

    def start(self) -> None:
        self.log.start()

    def open_day(self, day: datetime.date | None) -> None:
        self.log.open_day(day)

    def render_state(self) -> None:
        """Show everything the presenter knows."""
        self.heading.show_state()
        self.figures.show_day(self.log)
        self.figures.setVisible(not self.log.refused)
        self.bars.show_day(self.log)
        self.register.show_state()
        self._show_side()
        banner = self.log.banner
        if banner is None:
            self.banner.hide()
        else:
            self.banner.show_message(banner.kind, banner.head, banner.text, _("Try again"), _("Close"))
        self._move_focus()

    def _move_focus(self) -> None:
        """Only while the page is seen; until then the wish stands, and that for the rows until they are read."""
        if self.isVisible() and self.log.focus:
            wanted = self.log.focus
            if wanted == "date" or not self.log.is_reading:
                self.log.focus = ""
            target = self.register.target() if wanted == "table" else self.heading.date.line
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_side(self) -> None:
        wide = self.width() >= px(FULL_WIDTH - 88)
        self.side.setVisible(wide and not self.log.refused and bool(self.bars.has_any()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_side()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._move_focus()
        QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        if self.isVisible():
            self.log.show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.log.changed == self.render_state:  # else another page shows this log by now
            self.log.hide()
