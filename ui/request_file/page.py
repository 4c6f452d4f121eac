"""The files page: lays the parts out once, shows what the presenter says, and tells it what somebody does."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from models.text import compact
from resources import words
from resources.words import _, ngettext
from ui import theme
from ui.counter.page import FULL_WIDTH
from ui.request_file.file_view import FileView
from ui.request_file.listing import ListingView
from ui.request_file.paper_panel import BottomBar, PaperPanel
from ui.request_file.presenter import Files
from ui.request_file.said import row_of, why_shut
from ui.request_file.state import Shut
from ui.theme import px
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.digits import Letters
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Frame
from ui.widgets.result_list import ResultList
from ui.widgets.skeleton import Skeleton
from ui.widgets.surface import Cards, lay_out
from ui.widgets.words import Sentence

PATIENCE = 150
"""So many milliseconds a reading may take before grey bars say that it is under way."""
STEP = 60
"""An arrow in the find field scrolls an open file by so much."""


class FilesPage(QWidget):
    def __init__(self, files: Files) -> None:
        super().__init__()
        self.files = files
        self.find_frame = self._find_field()
        self.banner = Banner()
        self.banner.closed.connect(files.dismiss_banner)
        self.empty = EmptyState()
        self.empty.button.clicked.connect(files.look_at_counter)
        self.skeleton = Skeleton(rows=5, height=54)
        self.skeleton.setFixedHeight(px(54) * 5)
        self.results = ResultList(_("What was found"))
        self.results.picked.connect(files.pick)
        self.results_card = Card()
        self.results_card.column.addWidget(self.results)
        self.found_hint = Sentence(size=14, ink="text3", wraps=False)
        self.listing = ListingView(files)
        self.file = FileView(files)
        self.panel = PaperPanel(files)
        self.bottom = BottomBar(files)
        for part in (self.listing, self.file, self.results_card, self.found_hint, self.skeleton):
            part.hide()
        self._lay_out()
        self._bind_keys()
        files.changed = self.render_state

    # --- building ------------------------------------------------------------------------------------------------

    def _find_field(self) -> Frame:
        frame = Frame(height=52, icon="search", keys=("F2",), size=18)
        line = frame.line
        line.setValidator(Letters())
        line.setAlignment(theme.start())
        line.setAccessibleName(_("Find a file"))
        line.setPlaceholderText("\u00a0" + _("Tracking code, name, national number or mobile"))
        line.textEdited.connect(self.files.find)
        line.returnPressed.connect(self.files.enter)
        line.moved.connect(self._move)
        return frame

    def _lay_out(self) -> None:
        self.scroll_area = Cards()
        column = self.scroll_area.column
        for part in (self.empty, self.skeleton, self.results_card, self.found_hint, self.listing):
            column.addWidget(part)
        column.addWidget(self.file, 1_000)
        column.addStretch(1)
        self.scroll_area.verticalScrollBar().valueChanged.connect(self._scrolled)
        lay_out(self, (self.find_frame, self.banner), self.scroll_area, self.bottom, self.panel)

    def _bind_keys(self) -> None:
        files = self.files
        keys = {
            "F2": self.go_to_find,
            "F3": files.another_service,
            "F5": files.list_all,
            "F12": files.reprint,
            "Esc": files.back,
            "PgDown": lambda: self._scroll(self.scroll_area.viewport().height() - px(STEP)),
            "PgUp": lambda: self._scroll(px(STEP) - self.scroll_area.viewport().height()),
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(key.startswith("Pg"))  # a key that is held down says its word once
            shortcut.activated.connect(act)

    # --- keys that need the widgets ------------------------------------------------------------------------------

    def go_to_find(self) -> None:
        self.find_frame.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_frame.line.selectAll()

    def _move(self, step: int) -> None:
        if self.files.stage == "file":
            self._scroll(step * px(STEP))
        else:
            self.files.move(step)

    def _scroll(self, by: int) -> None:
        bar = self.scroll_area.verticalScrollBar()
        bar.setValue(bar.value() + by)

    def _scrolled(self, value: int) -> None:
        """Near the end of what is there of a long list, the next page of it is read."""
        bar = self.scroll_area.verticalScrollBar()
        if self.files.stage == "listing" and value > bar.maximum() - self.scroll_area.viewport().height():
            self.files.read_more()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_layout()

    def _choose_layout(self) -> None:
        """The paper stands beside the cards where there is room; else its keys in a bar below them."""
        wide = self.window().width() >= px(FULL_WIDTH)
        self.panel.setVisible(wide)
        self.panel.setFixedWidth(min(max(px(400), round(self.window().width() * 0.32)), px(640)))
        self.bottom.setVisible(not wide and self.files.file is not None)
        if wide:
            self.files.doors.later(self.panel, "draw", 50)

    # --- showing -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self.files.start()

    def render_state(self) -> None:
        """Show everything the presenter knows. Every part compares before it repaints, so this costs little."""
        files, stage = self.files, self.files.stage
        line = self.find_frame.line
        if compact(line.text()) != compact(files.text):
            line.setText(files.text)
        banner = files.banner
        self.banner.setVisible(banner is not None)
        if banner is not None:
            self.banner.show_message(banner.kind, banner.head, banner.text, "", _("Close"))
        if not self._waits:
            self.skeleton.hide()
        elif not self.skeleton.isVisible():
            files.doors.later(self, "show_waiting", PATIENCE)
        self._show_found(stage)
        self._show_empty(stage)
        self.listing.setVisible(stage == "listing")
        if files.listing is not None and stage == "listing":
            self.listing.show_listing(files, files.listing)
        self.file.setVisible(stage == "file")
        self.file.show_state(files)
        self.panel.show_state(files)
        self.bottom.show_state(files)
        self.bottom.setVisible(not self.panel.isVisibleTo(self) and files.file is not None)
        self._move_focus(stage)

    @property
    def _waits(self) -> bool:
        """Something is being read and nothing else is there to be seen."""
        files = self.files
        return files.stage == "waiting" or (files.stage == "found" and files.waits and not files.hits)

    def show_waiting(self) -> None:
        """The reading takes a while: grey bars stand where it will be."""
        self.skeleton.setVisible(self._waits)

    def _show_found(self, stage: str) -> None:
        files = self.files
        found = stage == "found" and bool(files.hits)
        self.results_card.setVisible(found)
        self.found_hint.setVisible(found)
        if found:
            self.results.show_rows(tuple(row_of(hit) for hit in files.hits), files.marked)
            said = ngettext("{n} was found.", "{n} were found.", len(files.hits))
            said = said.format(n=words.number(len(files.hits)))
            self.found_hint.setText(said + " " + _("Move with the arrow keys."))

    def _show_empty(self, stage: str) -> None:
        files = self.files
        nothing = stage == "found" and not files.hits and not files.waits
        self.empty.setVisible(nothing or stage in ("empty", "shut"))
        if stage == "shut" and files.shut is not None:
            self.empty.show_words(*why_shut(files.shut, files.acts.desk.number))
        elif nothing and files.is_wrong_code:
            self.empty.show_words("circle-alert", _("This tracking code is not right; read it from the slip again."))
        elif nothing and files.typed_code:
            self.empty.show_words(*why_shut(Shut("missing", files.typed_code), files.acts.desk.number))
        elif nothing:
            serves = files.acts.may_serve
            self.empty.show_words(
                "search-x",
                _("Nobody was found with “{text}”").format(text=files.text.strip()),
                _("Try another spelling, or search by number or tracking code."),
                _("Look at the counter") if serves else "",
                "concierge-bell",
            )
        elif stage == "empty" and not files.acts.may_read:
            self.empty.show_words(*why_shut(Shut("role"), files.acts.desk.number))
        elif stage == "empty":
            self.empty.show_words(
                "folder-open",
                _("Which file is it?"),
                _("Scan the receipt's bar code, or write the tracking code, a name, a number or a mobile."),
            )

    def _move_focus(self, stage: str) -> None:
        if self.isVisible():  # else it is still to come
            wanted, self.files.focus = self.files.focus, ""
            if wanted == "primary":
                (self.panel if self.panel.isVisible() else self.bottom).buttons.again.setFocus()
            elif wanted:
                self.go_to_find()
            if wanted == "file":
                self.scroll_area.verticalScrollBar().setValue(0)
        if stage == "listing":
            QTimer.singleShot(0, self, self._reveal_marked)

    def _reveal_marked(self) -> None:
        cards, area = self.scroll_area.widget(), self.listing.list.marked_area()
        if cards is not None and area.isValid() and self.listing.isVisible():
            place = self.listing.list.viewport().mapTo(cards, QPoint(0, round(area.center().y())))
            self.scroll_area.ensureVisible(px(10), place.y(), 0, px(60))
