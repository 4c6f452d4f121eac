"""The register: filters above, rows below, and what stands there when there are none."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from resources import names, words
from resources.words import _, ngettext
from ui import theme
from ui.daily_log.cells import Cells, columns
from ui.daily_log.presenter import DailyLog
from ui.theme import px
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.digits import Letters
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Frame
from ui.widgets.skeleton import Skeleton
from ui.widgets.table import Table
from ui.widgets.words import Sentence

if TYPE_CHECKING:
    from app.desk.log_day import LogDay

STATES = ("lacking", "open", "referred", "answered", "delivered", "withdrawn", "voided")


class Register(Card):
    def __init__(self, log: DailyLog) -> None:
        super().__init__(margins=(14, 12))
        self.log = log
        self._held: frozenset[str] = frozenset()
        self.search = self._find_field()
        self.clerk = Combo(_("Clerk"), widest=150)
        self.service = Combo(_("Service"), widest=150)
        self.status = Combo(_("State"), widest=150)
        self.count = Sentence(size=13, ink="text3", wraps=False)
        self.table = Table(_("Register of the day"), columns(), Cells(log))
        self.empty = EmptyState(edge="surface")
        self.skeleton = Skeleton(rows=9)
        self.stack = QStackedWidget()
        self.nothing = QWidget()
        middle = QVBoxLayout(self.nothing)
        middle.addStretch(2)
        middle.addWidget(self.empty)
        middle.addStretch(3)
        for part in (self.table, self.nothing, self.skeleton):
            self.stack.addWidget(part)
        self._lay_out()
        self._connect()

    def _find_field(self) -> Frame:
        frame = Frame(height=40, icon="search", size=15)
        frame.setMinimumWidth(px(170))
        frame.line.setValidator(Letters())
        frame.line.setAlignment(theme.start())
        frame.line.setAccessibleName(_("Find in the log"))
        frame.line.setPlaceholderText("\u00a0" + _("Name or tracking code"))
        return frame

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(px(8))
        filters.addWidget(self.search, 1)
        for combo in (self.clerk, self.service, self.status):
            filters.addWidget(combo)
        filters.addStretch(1)
        filters.addWidget(self.count)
        self.column.addLayout(filters)
        self.column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        log, line = self.log, self.search.line
        line.textEdited.connect(log.type_filter)
        line.returnPressed.connect(log.open_marked)
        line.moved.connect(self._move)
        self.clerk.activated.connect(lambda _n: log.choose_clerk(self.clerk.currentData()))
        self.service.activated.connect(lambda _n: log.choose_service(self.service.currentData()))
        self.status.activated.connect(lambda _n: log.choose_status(self.status.currentData()))
        self.table.marked.connect(log.mark)
        self.table.entered.connect(self._enter)
        self.table.near_end.connect(log.more)
        self.table.typed.connect(self._type)
        self.empty.button.clicked.connect(self._help)

    # --- hands ---------------------------------------------------------------------------------------------------

    def target(self) -> QWidget:
        """Where the focus belongs: the rows, or the one thing to do where there are none."""
        if self.stack.currentWidget() is self.nothing and self.empty.button.isVisibleTo(self.empty):
            return self.empty.button
        return self.table if self.stack.currentWidget() is self.table else self.search.line

    def _enter(self, row: int) -> None:
        self.log.mark(row)
        self.log.open_marked()

    def _type(self, text: str) -> None:
        """What is typed over the rows is looked for."""
        self.search.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.line.end(False)
        self.search.line.insert(text)
        self.log.type_filter(self.search.line.text())

    def _move(self, step: int) -> None:
        """Up and down go through the rows while one filters."""
        self.table.go_to(self.table.currentIndex().row() + step)

    def _help(self) -> None:
        log = self.log
        if log.refused == "day":
            log.go_to_today()
        elif log.refused:
            log.shell.open_counter()
        elif log.filters.are_set:
            log.clear_filters()
        elif log.may_turn and log.day is not None and log.day.earlier is not None and not log.is_today:
            log.go_to_earlier()
        else:
            log.shell.open_counter()

    # --- showing -------------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        log = self.log
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.stack.isAncestorOf(focused)
        if self.search.line.text() != log.filters.text:
            self.search.line.setText(log.filters.text)
        self._show_filters()
        if log.refused or (log.day is not None and not log.rows):
            self._show_empty()
            self.stack.setCurrentWidget(self.nothing)
        elif log.day is None:
            self.stack.setCurrentWidget(self.skeleton if log.is_slow else self.table)
        else:
            self.stack.setCurrentWidget(self.table)
            self.table.show_rows(log.rows, log.marked_row, lambda row: row.id)
            if log.held != self._held:
                self._held = log.held
                self.table.say_anew()
        if had_focus and focused is not None and not focused.isVisible():
            self.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_filters(self) -> None:
        log, day = self.log, self.log.day
        parts: tuple[QWidget, ...] = (self.search, self.clerk, self.service, self.status, self.count)
        for part in parts:
            part.setVisible(not log.refused)
        services = tuple((share.name, share.key) for share in day.services) if day else ()
        clerks = tuple((share.name, share.key) for share in day.clerks if share.name) if day else ()
        self.clerk.show_choices(((_("All clerks"), None), *_with(clerks, log.filters.clerk)), log.filters.clerk)
        self.service.show_choices(((_("All services"), ""), *_with(services, log.filters.service)), log.filters.service)
        self.status.show_choices(_statuses(), log.filters.status)
        if day is not None:
            self.count.setText(_counted(log.matching, day.totals.registered, bool(log.filters.are_set)))

    def _show_empty(self) -> None:
        log = self.log
        if log.refused == "role":
            head = _("Your role does not read the daily log.")
            self.empty.show_words("lock", head, _("A clerk reads today's, a supervisor any day's."), _("Counter"))
        elif log.refused:
            head = _("This day's log is read by a supervisor.")
            self.empty.show_words("lock", head, _("Today's is open to you."), _("Today"))
        elif log.filters.are_set:
            head = _("No visit of this day is like that")
            text = _("Write less, or take the filters away.")
            self.empty.show_words("search-x", head, text, _("All visits of the day"))
        elif log.day is not None:
            self._show_quiet_day(log.day)

    def _show_quiet_day(self, day: "LogDay") -> None:
        if self.log.is_today:
            text = _("Every visit that is registered at the counter comes here by itself.")
            self.empty.show_words("book-open-text", _("Nobody has been here today yet."), text, _("Counter"))
            return
        text = _("The office was closed.") if not day.works else _("Nothing was registered at this desk.")
        button = ""
        if day.earlier is not None:
            button = _("The day before with visits: {day}").format(day=words.long_date(day.earlier))
        self.empty.show_words("book-open-text", _("There are no visits on this day"), text, button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


def _with(choices: tuple[tuple[str, object], ...], chosen: "str | UUID | None") -> tuple[tuple[str, object], ...]:
    """What is chosen stays to be seen, although this day has none of it."""
    if not chosen or any(meaning == chosen for _word, meaning in choices):
        return choices
    return (*choices, (_("none on this day"), chosen))


def _statuses() -> tuple[tuple[str, object], ...]:
    return (
        (_("All states"), ""),
        (_("Late"), "late"),
        (_("Receipt not out"), "unprinted"),
        (names.state("done"), "done"),
        (names.state("guided"), "guided"),
        (_("Taken in, all"), "follow_up"),
        *((names.state(state), state) for state in STATES),
    )


def _counted(matching: int, registered: int, filtered: bool) -> str:
    if not filtered:
        return ngettext("{n} row", "{n} rows", registered).format(n=words.number(registered))
    return _("{n} of {all} rows").format(n=words.number(matching), all=words.number(registered))
