"""A shift on the screen: the rail, the page that is open beside it, and what lies over both."""

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ui.counter.page import CounterPage
from ui.rail import Rail
from ui.second.panel import SecondPanel
from ui.shift import PAGES, Shift
from ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ui.help.guide import Guide


@runtime_checkable
class Page(Protocol):
    """A page shows what its presenter knows."""

    def render_state(self) -> None: ...


@runtime_checkable
class Focusing(Protocol):
    """A page that says where the focus goes when it has not had it yet; the others say it through their presenter."""

    def first(self) -> QWidget: ...


class Workplace(QWidget):
    """Pages are built at first use and stay. Another workplace over the same shift shows the same state."""

    def __init__(self, shift: Shift, desk: str) -> None:
        super().__init__()
        self.shift = shift
        self.counter = CounterPage(shift.counter)
        self.pages: dict[str, QWidget] = {"counter": self.counter}
        self.rail = Rail(shift.session.person.name, shift.desk_name or desk, PAGES, shift.open)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.counter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.stack, 1)
        self.rail.lock.clicked.connect(shift.locking.close)
        self.second = SecondPanel(self, shift.second)
        self.toast = Toast(self)
        self.guide: Guide | None = None
        self._bind_keys()
        shift.changed, shift.renamed = self.show_page, self.show_desk
        shift.status.changed = self.show_status
        self.counter.centre.acted.connect(shift.status.act_on_notice)
        self.counter.centre.closed.connect(shift.status.close_notice)
        self.show_status()
        shift.toasted = self.toast.say

    def _bind_keys(self) -> None:
        for number, page in enumerate(PAGES, 1):
            self._bind(f"Ctrl+{number}", lambda page=page: self.shift.open(page), self)
        self._bind("Ctrl+0", self.shift.locking.close, self)
        self._bind("F5", self.shift.open_files_in_hand, self.counter)

    def _bind(self, key: str, act: object, owner: QWidget) -> None:
        shortcut = QShortcut(QKeySequence(key), owner)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    def start(self) -> None:
        self.counter.start()
        self.show_page()
        if self.shift.second.is_open:
            self.second.render_state()
        if not self.shift.preferences.guide_seen:
            self.show_guide()

    # --- help ----------------------------------------------------------------------------------------------------

    def show_guide(self) -> None:
        """The first guide, over the page; the focus stays where it is."""
        if self.guide is None:
            from ui.help.guide import Guide

            self.guide = Guide(self)
            self.guide.put_away.connect(self.shift.guide_is_read)
        self.shift.open("counter")  # it speaks of the counter
        self.guide.come()

    def show_page(self) -> None:
        """The page that the shift says, with the focus where it was on it."""
        name = self.shift.page
        page = self.pages.get(name) or self._build(name)
        self.rail.show_open(name)
        self._place_status()
        if self.guide is not None and name != "counter":
            self.guide.hide()
        if self.stack.currentWidget() is page:
            return
        self.stack.setCurrentWidget(page)
        last: QWidget | None = page.focusWidget()
        if last is None and isinstance(page, Focusing):
            last = page.first()
        if last is not None and last.isVisible():
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(page, Page):
            page.render_state()

    def show_desk(self) -> None:
        """It has another name and number now, in the rail and on papers to come."""
        self.rail.person.show_desk(self.shift.desk_name)
        self.counter.side.start()

    def show_status(self) -> None:
        for place in (self.counter.side.status, self.counter.bottom.status, self.rail.status):
            place.show_status(self.shift.status)
        self.counter.show_centre(self.shift.status)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_status()

    def _place_status(self) -> None:
        """The counter has the desk's signs beside its paper or its button."""
        self.rail.show_status(self.shift.page != "counter")

    def _build(self, name: str) -> QWidget:
        if name == "files":
            from ui.request_file.page import FilesPage

            page: QWidget = FilesPage(self.shift.files)
        elif name == "settings":
            from ui.settings.page import SettingsPage

            page = SettingsPage(self.shift.settings)
            self.shift.settings.show_guide = self.show_guide
            self._bind("F2", self.find_anybody, page)
        else:
            from ui.daily_log.page import DailyLogPage

            page = DailyLogPage(self.shift.log)
            self._bind("F2", self.find_anybody, page)
        self.pages[name] = page
        self.stack.addWidget(page)
        return page

    def find_anybody(self) -> None:
        """F2 from a screen that has nothing to find."""
        self.shift.find("")
        self.counter.go_to_find()
