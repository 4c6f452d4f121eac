"""The sign-in page: name tiles, the password, and the office's panel."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.desk.doorstep import Colleague, Here
from models.calendar import business_day
from resources import words
from resources.words import _
from ui import theme
from ui.sign_in.presenter import SignIn, role_name
from ui.theme import px
from ui.widgets.button import PRIMARY, Button
from ui.widgets.choices import Tile
from ui.widgets.digits import Letters
from ui.widgets.emblem import Emblem, PatternPanel
from ui.widgets.field import Frame
from ui.widgets.password import Password
from ui.widgets.words import Sentence

ROWS_SEEN = 4
"""So many rows of names are seen at once; more are scrolled."""


class SignInPage(QWidget):
    def __init__(self, presenter: SignIn) -> None:
        super().__init__()
        self.presenter = presenter
        self._rejected = 0
        self.group = QButtonGroup(self)
        self.tiles: list[Tile] = []
        self._shown: tuple[int, ...] = ()
        self._people: tuple[Colleague, ...] = ()  # whom the tiles show
        self.filter = Frame(height=44, icon="search", size=16)
        self.filter.line.setValidator(Letters())
        self.filter.line.setAlignment(theme.start())
        self.filter.line.setAccessibleName(_("Find your name"))
        self.filter.line.setPlaceholderText("\u00a0" + _("Find your name"))
        self.filter.line.textEdited.connect(presenter.type_filter)
        self.filter.line.returnPressed.connect(self._to_password)
        self.nobody = Sentence(_("Nobody of this name works at this desk."), size=14, ink="text3")
        self.password = Password()
        self.password.line.returnPressed.connect(self._submit)
        self.password.keyboard_changed.connect(self._show_message)
        self.password_label = Sentence(size=13, weight=theme.MEDIUM, ink="text2", wraps=False)
        self.message = Sentence(size=14, ink="danger", icon="circle-alert")
        kept = self.message.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the page stands still when something is said
        self.message.setSizePolicy(kept)
        self.enter = Button(_("Sign in"), PRIMARY, icon="log-in", keys=("Enter",))
        self.enter.clicked.connect(self._submit)
        self.group.idClicked.connect(presenter.choose)
        self._lay_out()
        presenter.changed = self.render_state
        self.render_state()

    def _lay_out(self) -> None:
        names = self._names()
        form = QVBoxLayout()
        form.setSpacing(px(8))
        form.addStretch(1)
        form.addWidget(Sentence(_("Hello. Choose your name."), size=24, weight=theme.BOLD, wraps=False))
        form.addWidget(Sentence(_("Then write your password."), ink="text2", wraps=False))
        form.addSpacing(px(12))
        form.addWidget(self.filter)
        form.addWidget(names, 100)  # as high as its rows, and less where the window is low
        form.addWidget(self.nobody)
        form.addSpacing(px(12))
        form.addWidget(self.password_label)
        form.addWidget(self.password)
        form.addWidget(self.message)
        form.addSpacing(px(6))
        form.addWidget(self.enter)
        form.addSpacing(px(6))
        forgotten = _("Forgotten? An administrator can give a new one.")
        form.addWidget(Sentence(forgotten, size=14, ink="text3", wraps=False))
        form.addStretch(1)
        middle = QWidget()
        middle.setLayout(form)
        middle.setMaximumWidth(px(600))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addStretch(1)
        row.addWidget(middle, 8)
        row.addStretch(1)
        row.addWidget(self._panel(), 7)

    def _names(self) -> QScrollArea:
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(px(12))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.grid)
        column.addStretch(1)
        self.names = QScrollArea()
        self.names.setMinimumHeight(px(100))
        self.names.setWidgetResizable(True)
        self.names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setWidget(inside)
        inside.setAutoFillBackground(False)
        return self.names

    def _panel(self) -> QWidget:
        panel = PatternPanel()
        column = QVBoxLayout(panel)
        column.setContentsMargins(px(56), px(56), px(56), px(44))
        column.setSpacing(px(8))
        self.office = Sentence(size=18, ink="onDeep", wraps=True)
        self.desk = Sentence(size=14, ink="onDeep", icon="monitor-check", wraps=False)
        self.safe = Sentence(size=14, ink="onDeep", icon="cloud-check")
        today = business_day(self.presenter.opening.now())
        weekday, day = words.weekday(today), words.long_date(today)
        column.addWidget(Emblem(70, "onDeep", "deep"), 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(px(16))
        column.addWidget(Sentence(_("Miz-e Khedmat"), size=34, weight=theme.BOLD, ink="onDeep", wraps=False))
        column.addWidget(self.office)
        column.addStretch(1)
        column.addWidget(Sentence(weekday, size=17, ink="onDeep", wraps=False))
        shown = day.removeprefix(weekday).strip(" ,،")
        column.addWidget(Sentence(shown, size=34, weight=theme.BOLD, ink="onDeep", wraps=False))
        column.addSpacing(px(16))
        column.addWidget(self.desk)
        column.addWidget(self.safe)
        return panel

    def start(self, glanced: Here | None = None) -> None:
        self.presenter.start(glanced)

    # --- acting --------------------------------------------------------------------------------------------------

    def _to_password(self) -> None:
        self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        self.presenter.submit(self.password.line.text())

    # --- showing -------------------------------------------------------------------------------------------------

    def render_state(self) -> None:
        presenter = self.presenter
        here = presenter.here
        if self._people != here.people:
            self._make_tiles()
        self._place_tiles()
        if presenter.chosen < len(self.tiles):
            self.tiles[presenter.chosen].setChecked(True)
        self.office.setText(here.office)
        self.desk.setText(here.desk)
        self._show_yesterday()
        self.password_label.setText(_("Password of {name}").format(name=presenter.name) if presenter.name else "")
        self._show_message()
        self.password.line.setReadOnly(presenter.busy)
        self.enter.setEnabled(not presenter.busy and bool(presenter.name))
        if presenter.rejected != self._rejected:
            self._rejected = presenter.rejected
            self.password.line.clear()
            self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_yesterday(self) -> None:
        sign = self.presenter.yesterday
        self.safe.setVisible(sign is not None)
        if sign is not None:
            self.safe.setText(sign.text)
            self.safe.setIcon(sign.icon)

    def _show_message(self) -> None:
        message = self.presenter.message_for(self.password.is_persian())
        self.message.setText(message)
        self.message.setVisible(bool(message))
        self.password.set_wrong(bool(message))
        self.password.line.setAccessibleDescription(message)

    def _place_tiles(self) -> None:
        """Those whom the filter leaves, two in a row; the chosen one is seen."""
        shown = self.presenter.shown
        if shown != self._shown:
            self._shown = shown
            for place, number in enumerate(shown):
                self.grid.addWidget(self.tiles[number], place // 2, place % 2)
            for number, tile in enumerate(self.tiles):
                if number not in shown:
                    self.grid.removeWidget(tile)
                tile.setVisible(number in shown)
        rows = min(ROWS_SEEN, -(-len(self.tiles) // 2))
        self.names.setMaximumHeight(rows * px(68) + max(0, rows - 1) * px(12))
        self.filter.setVisible(self.presenter.has_filter)
        self.nobody.setVisible(bool(self.tiles) and not shown)
        if self.presenter.chosen in shown:
            tile = self.tiles[self.presenter.chosen]
            QTimer.singleShot(0, tile, lambda: self.names.ensureWidgetVisible(tile, 0, px(12)))

    def _make_tiles(self) -> None:
        for tile in self.tiles:
            self.group.removeButton(tile)
            tile.deleteLater()
        self._people = self.presenter.here.people
        self.tiles = [Tile(person.name, role_name(person.roles)) for person in self._people]
        for number, tile in enumerate(self.tiles):
            tile.meant.connect(self._to_password)
            tile.setParent(self.names.widget())
            tile.setMinimumWidth(px(120))
            self.group.addButton(tile, number)
        self._shown = ()
        self._to_password()
