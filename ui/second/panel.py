"""The panel for the second person's word: over the page, never in place of it, and gone with Esc."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from resources.names import role
from resources.words import _
from ui import theme
from ui.second.presenter import Second
from ui.theme import colour, px
from ui.widgets.button import PRIMARY, QUIET, Button
from ui.widgets.card import Card
from ui.widgets.choices import Tile
from ui.widgets.field import Field
from ui.widgets.password import Password
from ui.widgets.words import Sentence

WIDTH = 560
ROWS_SEEN = 3
"""So many rows of names are seen at once; more are scrolled."""


class SecondPanel(QWidget):
    """Lies over its parent while the presenter is open. Keys stay in it, and the focus goes back where it was."""

    def __init__(self, parent: QWidget, presenter: Second) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self._rejected = 0
        self._people: tuple[str, ...] = ()
        self._before: QWidget | None = None
        self.group = QButtonGroup(self)
        self.group.idClicked.connect(presenter.choose)
        self.tiles: list[Tile] = []
        self.what = Sentence(size=20, weight=theme.BOLD, wraps=True)
        self.hint = Sentence(size=15, ink="text2")
        self.who = Sentence(_("Who approves it?"), size=13, weight=theme.MEDIUM, ink="text2", wraps=False)
        self.lonely = Sentence(
            _("Nobody else at this desk may approve this; one of the two must be a supervisor."),
            ink="warn",
            icon="triangle-alert",
        )
        self.reason = Field(_("Reason"))
        self.reason.edited.connect(presenter.type_reason)
        self.reason.entered.connect(self._to_password)
        self.password_label = Sentence(size=13, weight=theme.MEDIUM, ink="text2", wraps=False)
        self.password = Password(height=48)
        self.password.line.returnPressed.connect(self._submit)
        self.message = Sentence(size=13, ink="danger", icon="circle-alert")
        self.approve = Button(_("Approve"), PRIMARY, icon="check", keys=("Enter",))
        self.approve.clicked.connect(self._submit)
        self.leave = Button(_("Cancel"), QUIET, keys=("Esc",))
        self.leave.clicked.connect(presenter.close)
        self._lay_out()
        self.hide()
        parent.installEventFilter(self)
        presenter.changed = self.render_state

    def _lay_out(self) -> None:
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(px(8))
        names = QWidget()
        names.setLayout(self.grid)
        self.names = QScrollArea()
        self.names.setWidgetResizable(True)
        self.names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setWidget(names)
        names.setAutoFillBackground(False)
        self.names.viewport().setAutoFillBackground(False)
        self.card = Card()
        self.card.setFixedWidth(px(WIDTH))
        column = self.card.column
        column.setContentsMargins(px(10), px(10), px(10), px(10))
        for part in (self.what, self.hint, self.reason, self.who, self.lonely, self.names):
            column.addWidget(part)
        column.addWidget(self.password_label)
        column.addWidget(self.password)
        column.addWidget(self.message)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(10))
        buttons.addWidget(self.approve, 1)
        buttons.addWidget(self.leave)
        column.addSpacing(px(4))
        column.addLayout(buttons)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)

    # --- staying over the page -----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # a page's key must not work behind the panel
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.presenter.close()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round within the panel."""
        places = [w for w in self._places() if w.isVisible() and w.isEnabled()]
        if not places:
            return True
        focused = QApplication.focusWidget()
        here = places.index(focused) if focused in places else -1
        step = 1 if forward else -1
        places[(here + step) % len(places)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _places(self) -> list[QWidget]:
        chosen = [tile for tile in self.tiles if tile.isChecked()] or self.tiles[:1]
        return [self.reason.frame.line, *chosen, self.password.line, self.password.eye, self.approve, self.leave]

    # --- acting --------------------------------------------------------------------------------------------------

    def _to_password(self) -> None:
        self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        self.presenter.submit(self.password.line.text())

    # --- showing -------------------------------------------------------------------------------------------------

    def render_state(self) -> None:
        presenter = self.presenter
        if not presenter.is_open:
            self._go()
            return
        self._show_names()
        self.what.setText(presenter.what)
        self.hint.setText(presenter.hint)
        self.hint.setVisible(bool(presenter.hint))
        self.reason.setVisible(presenter.wants_reason)
        self.reason.show_text(presenter.reason)
        self.reason.show_problem(presenter.reason_message)
        self.who.setVisible(bool(self.tiles))
        self.names.setVisible(bool(self.tiles))
        self.lonely.setVisible(presenter.is_lonely)
        for part in (self.password_label, self.password, self.approve):
            part.setVisible(not presenter.is_lonely)
        self.password_label.setText(_("Password of {name}").format(name=presenter.name) if presenter.name else "")
        message = presenter.message
        if message and presenter.rejected and self.password.is_persian():
            message += " " + _("The keyboard is Persian.")
        self.message.setText(message)
        self.message.setVisible(bool(message))
        self.password.set_wrong(bool(message))
        self.password.line.setAccessibleDescription(message)
        self.password.line.setReadOnly(presenter.busy)
        self.approve.setEnabled(not presenter.busy and bool(presenter.name))
        if not self.isVisible():
            self._come()
        if presenter.rejected != self._rejected:
            self._rejected = presenter.rejected
            self.password.line.clear()
            self._to_password()
        elif presenter.reason_message:
            self.reason.frame.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_names(self) -> None:
        people = self.presenter.people
        names = tuple(person.name for person in people)
        if names != self._people:
            for tile in self.tiles:
                self.group.removeButton(tile)
                tile.deleteLater()
            self._people = names
            self.tiles = [Tile(person.name, _role(person.roles)) for person in people]
            for number, tile in enumerate(self.tiles):
                tile.setMinimumWidth(px(120))
                tile.meant.connect(self._to_password)
                self.group.addButton(tile, number)
                self.grid.addWidget(tile, number // 2, number % 2)
            rows = min(ROWS_SEEN, -(-len(names) // 2))
            self.names.setFixedHeight(rows * px(68) + max(0, rows - 1) * px(8) + px(2))
        if self.presenter.chosen < len(self.tiles):
            self.tiles[self.presenter.chosen].setChecked(True)

    def _come(self) -> None:
        self._before = QApplication.focusWidget()
        self._cover()
        self.setAccessibleName(self.presenter.what)
        self.show()
        self.raise_()
        first = self.reason.frame.line if self.presenter.wants_reason else self.password.line
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self.password.forget()
        self.hide()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        veil = QColor(colour("shadow"))
        veil.setAlphaF(0.32)
        painter.fillRect(self.rect(), veil)
        card = QRectF(self.card.geometry())
        for step in range(9):
            shade = QColor(colour("shadow"))
            shade.setAlphaF(0.016)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
            grown = card.adjusted(-step * 2, -step * 2 + px(4), step * 2, step * 2 + px(6))
            painter.drawRoundedRect(grown, px(14), px(14))


def _role(roles: tuple[str, ...]) -> str:
    order = ("supervisor", "clerk", "unit_officer", "administrator")
    return next((role(token) for token in order if token in roles), "")
