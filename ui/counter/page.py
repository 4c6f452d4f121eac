"""The counter page: lays the parts out once, shows what the presenter says, and tells it what the clerk does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from models.codes import grouped
from models.text import compact
from printing.printers.reports import UNKNOWN
from resources import words
from resources.words import _, ngettext
from ui import theme
from ui.counter.acts import masked, masked_mobile
from ui.counter.elsewhere import NOTICE
from ui.counter.empty_view import EmptyView
from ui.counter.find import matched
from ui.counter.outcome_view import OutcomeView
from ui.counter.papers import Slip, heading, safe_words
from ui.counter.person_view import PersonView
from ui.counter.presenter import Counter
from ui.counter.printer_choice import PrinterChoice
from ui.counter.saved_view import SavedView
from ui.counter.service_view import ServiceView
from ui.counter.side import BottomBar, SidePanel
from ui.counter.similar_view import SimilarView
from ui.scanner import PATIENT
from ui.status.presenter import Status
from ui.theme import island, px
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.digits import Letters
from ui.widgets.field import Frame
from ui.widgets.result_list import ResultList, Row
from ui.widgets.surface import Cards, lay_out
from ui.widgets.words import Sentence

if TYPE_CHECKING:
    from app.desk.finding import Hit

LOW = 720
"""Below this height (at text scale 1) the page after registering is set closer."""
FULL_WIDTH = 1180
"""From this width on (at text scale 1) the paper is shown beside the cards."""


class CounterPage(QWidget):
    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.counter = counter
        self.find_frame = self._find_field()
        self.banner = Banner()
        self.banner.acted.connect(counter.act_on_banner)
        self.banner.closed.connect(counter.dismiss_banner)
        self.notice = Banner()
        self.noticed: Slip | None = None  # what the notice's buttons speak of is what the clerk has read there
        self.notice.acted.connect(lambda: self.noticed and counter.act_on_notice(self.noticed))
        self.notice.closed.connect(lambda: self.noticed and counter.close_notice(self.noticed))
        self.choice = PrinterChoice(counter, NOTICE)
        self.centre = Banner()
        self.empty = EmptyView(counter)
        self.results = ResultList(_("What was found"))
        self.results.picked.connect(counter.pick)
        self.results_card = Card(margins=(0, 10))
        self.results_card.column.addWidget(self.results)
        self.found_hint = Sentence(size=14, ink="text3", wraps=False)
        self.person = PersonView(counter)
        self.similar = SimilarView(counter)
        self.service = ServiceView(counter, self)
        self.outcome = OutcomeView(counter, self)
        self.saved = SavedView(counter)
        self.side = SidePanel(counter)
        self.bottom = BottomBar(counter)
        self._lay_out()
        self._bind_keys()
        counter.changed = self.render_state

    # --- building ------------------------------------------------------------------------------------------------

    def _find_field(self) -> Frame:
        frame = Frame(height=52, icon="search", keys=("F2",), size=18)
        frame.add_at_end(Sentence(size=18, ink="text2", icon="scan-barcode", wraps=False))
        line = frame.line
        line.setValidator(Letters())
        line.setAlignment(theme.start())
        line.setAccessibleName(_("Find"))
        line.setPlaceholderText("\u00a0" + _("Name, national number, mobile or tracking code"))
        line.textEdited.connect(self.counter.type_find)
        line.returnPressed.connect(self.counter.enter_find)
        line.moved.connect(self.counter.move_find)
        return frame

    def _lay_out(self) -> None:
        self.scroll_area = Cards()
        column = self.scroll_area.column
        parts = (self.empty, self.results_card, self.found_hint, self.person, self.similar, self.service)
        for part in (*parts, self.outcome, self.saved):
            column.addWidget(part)
        column.addStretch(1)
        self.scroll_area.verticalScrollBar().valueChanged.connect(self._place_calendars)
        head = (self.find_frame, self.banner, self.notice, self.choice, self.centre)
        lay_out(self, head, self.scroll_area, self.bottom, self.side)

    def _bind_keys(self) -> None:
        counter = self.counter
        keys = {
            "F2": self.go_to_find,
            "F3": counter.go_to_service,
            "F4": counter.receive_all,
            "F6": lambda: counter.choose_outcome("done"),
            "F7": lambda: counter.choose_outcome("follow_up"),
            "F8": lambda: counter.choose_outcome("guided"),
            "F9": self.go_to_due,
            "F12": counter.bring_paper,
            "Esc": counter.escape,
            "Ctrl+Return": counter.register,
            "Ctrl+Enter": counter.register,
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)  # a key that is held down says its word once
            shortcut.activated.connect(act)

    # --- keys that need the widgets ------------------------------------------------------------------------------

    def go_to_find(self) -> None:
        self.find_frame.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_frame.line.selectAll()

    def go_to_due(self) -> None:
        if self.outcome.due.isVisible():
            self._reveal(self.outcome.due)  # first: its calendar opens beside it
            self.outcome.due.begin()

    def _place_calendars(self) -> None:
        for field in (self.outcome.due, self.service.bring.field):
            field.popover.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter that no field has taken: after saving the next person, on the papers on to the outcome."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.counter.saved is not None:
            self.counter.next_person()
        elif any(row.hasFocus() for row in self.service.papers.rows):
            self.outcome.chosen().setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.window().width() >= px(FULL_WIDTH)
        self.side.setVisible(wide)
        self.side.setFixedWidth(min(max(px(400), round(self.window().width() * 0.32)), px(640)))
        self.bottom.setVisible(not wide)
        self.saved.show_low(self.height() < px(LOW))
        if wide:
            self.counter.doors.later(self.side, "draw", 50)

    # --- showing -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self.counter.start()
        self.side.start()

    def render_state(self) -> None:
        """Show everything the presenter knows. Every part compares before it repaints, so this costs little."""
        counter = self.counter
        stage = counter.stage
        self._show_find(stage)
        self.empty.setVisible(stage == "empty")
        self.empty.show_state(counter)
        visit = stage == "visit"
        self.person.show_state(counter)
        self.person.setVisible(visit and counter.person.is_there)
        self.similar.show_state(counter.person.similar)
        self.similar.setVisible(visit and bool(counter.person.similar))
        self.service.setVisible(visit)
        self.service.show_state(counter)
        self.outcome.setVisible(visit)
        self.outcome.show_state(counter)
        self.saved.setVisible(stage == "saved")
        if counter.saved is not None:
            self.saved.show_saved(counter.saved, counter.slip)
        self._show_banner()
        self._show_notice()
        self.side.show_state(counter)
        self.bottom.show_state(counter)
        self._move_focus()

    def _show_find(self, stage: str) -> None:
        find, line = self.counter.find, self.find_frame.line
        line.setProperty(PATIENT, stage in ("visit", "saved"))  # where a first letter sets aside what is there
        if compact(line.text()) != compact(find.text):
            line.setText(find.text)
        found = stage == "found" and not (find.waits and not find.hits)
        self.results_card.setVisible(found)
        self.found_hint.setVisible(found)
        if found:
            rows = (*(_row(hit, find.text) for hit in find.hits), _offer(find.text, bool(find.digits)))
            self.results.show_rows(rows, find.marked)
            self.found_hint.setText(_found(len(find.hits), find.text))

    def _show_banner(self) -> None:
        banner = self.counter.banner
        if banner is None:
            self.banner.hide()
            return
        again = _("Try again") if self.counter.stage == "visit" else ""
        answer, icon = (_("The clock is right"), "clock") if banner.asks_clock else (again, "refresh-cw")
        self.banner.show_message(banner.kind, banner.head, banner.text, answer, _("Close"), icon)

    def show_centre(self, status: Status) -> None:
        """How the desk stands with its centre, where that wants to be said over the cards."""
        notice = status.notice
        if notice is None:
            self.centre.hide()
            return
        does = {"details": (_("Details"), ""), "clock": (_("The clock is right"), "clock"), "": ("", "")}
        answer, icon = does[notice.does]
        self.centre.show_message("warn", notice.head, notice.text, answer, _("Got it"), icon)

    def _show_notice(self) -> None:
        slip = self.noticed = self.counter.notice
        self.choice.show_state()
        if slip is None:
            self.notice.hide()
            return
        text = f"{island(words.digits(grouped(slip.tracking_code)))} – {slip.why}"
        if slip.state == UNKNOWN:
            answers = (_("Yes, it came out"), _("No, it did not"), "printer-check")
        elif slip.is_stuck:
            text = safe_words(slip, len(self.counter.papers.stuck()))
            answers = ("" if self.counter.choosing else _("Another printer"), _("Close"), "printer")
        else:
            answers = (_("Show it"), _("Close"), "printer")
        self.notice.show_message("warn", heading(slip), text, *answers)

    def _move_focus(self) -> None:
        wanted, self.counter.focus = self.counter.focus, ""
        if not wanted:
            return
        target = self._target(wanted)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, target, lambda: self._reveal(target))

    def _target(self, part: str) -> QWidget | None:
        places: dict[str, QWidget] = {
            "find": self.find_frame.line,
            "service": self.service.field.line,
            "similar": self.similar,
            "no_receipt": self.outcome.reason.frame.line,
            "declined": self.saved.declining.reason.frame.line,
            "outcome": self.outcome.chosen(),
            "due": self.outcome.due.frame.line,
            "bring": self.service.bring.field.frame.line,
            "primary": (self.side if self.side.isVisible() else self.bottom).primary.button,
        }
        if part == "papers":
            papers = self.service.papers
            return papers.rows[0] if self.counter.service.has_papers else places["outcome"]
        return self.person.new.fields[part].frame.line if part in self.person.new.fields else places.get(part)

    def _reveal(self, target: QWidget) -> None:
        cards = self.scroll_area.widget()
        if cards is not None and cards.isAncestorOf(target):
            self.scroll_area.ensureWidgetVisible(target, 0, px(60))


def _row(hit: "Hit", text: str) -> Row:
    if hit.kind == "request":
        code = island(words.digits(hit.tracking_code))
        return Row((hit.name, hit.service, code), "")
    father = _("child of {name}").format(name=hit.father_name) if hit.father_name else ""
    files = ngettext("{n} file", "{n} files", hit.requests).format(n=words.number(hit.requests))
    columns = (hit.name, father, island(masked(hit.number)), island(masked_mobile(hit.mobile)))
    return Row(columns, files if hit.requests else _("no file yet"), marks=matched(hit.name, text))


def _offer(text: str, is_number: bool) -> Row:
    if is_number:
        return Row((_("Register a new person with {number}").format(number=island(text.strip())),), icon="user-plus")
    return Row((_("Register a new person named “{name}”").format(name=text.strip()),), icon="user-plus")


def _found(count: int, text: str) -> str:
    if not count:
        return _("Nobody was found with “{text}”").format(text=text.strip())
    found = ngettext("{n} was found.", "{n} were found.", count).format(n=words.number(count))
    return found + " " + _("Move with the arrow keys.")
