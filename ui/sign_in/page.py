"""The sign-in page: name tiles, the password, and the office's panel."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.desk.doorstep import Colleague, Here
from models.calendar import business_day
from resources import words
from resources.words import _
from ui import theme
from ui.sign_in.presenter import SignIn, role_name
from ui.theme import px
from ui.widgets.button import PRIMARY, QUIET, Button
from ui.widgets.choices import Tile
from ui.widgets.emblem import Emblem, PatternPanel
from ui.widgets.field import Frame
from ui.widgets.words import Sentence


def keyboard_name(typed: str = "") -> str:
    """The language of the keyboard's layout: by the last letter or digit typed, else as far as the system tells."""
    for sign in reversed(typed):
        if sign.isalnum():
            return _("Latin") if sign.isascii() else _("Persian")
    language = QGuiApplication.inputMethod().locale().language()
    if language == QLocale.Language.Persian:
        return _("Persian")
    return _("Latin") if language == QLocale.Language.English else ""


class SignInPage(QWidget):
    def __init__(self, presenter: SignIn) -> None:
        super().__init__()
        self.presenter = presenter
        self._rejected = 0
        self._typed = ""  # the last sign of the password, which tells the keyboard's language
        self.group = QButtonGroup(self)
        self.tiles: list[Tile] = []
        self._people: tuple[Colleague, ...] = ()  # whom the tiles show
        self.password = self._password_field()
        self.password_label = Sentence(size=13, weight=theme.MEDIUM, ink="text2", wraps=False)
        self.message = Sentence(size=14, ink="danger", icon="circle-alert")
        self.enter = Button(_("Sign in"), PRIMARY, icon="log-in", keys=("Enter",))
        self.enter.clicked.connect(self._submit)
        self.group.idClicked.connect(presenter.choose)
        self._lay_out()
        presenter.changed = self.render_state
        self.render_state()

    def _password_field(self) -> Frame:
        frame = Frame(height=54, icon="lock", size=18)
        line = frame.line
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        line.setAlignment(theme.start())
        line.setAccessibleName(_("Password"))
        line.returnPressed.connect(self._submit)
        line.textEdited.connect(self._note_keyboard)
        self.keyboard = Sentence(size=13, ink="text3", icon="keyboard", wraps=False)
        self.eye = Button("", QUIET, icon="eye")
        self.eye.setFixedSize(px(40), px(36))
        self.eye.setAccessibleName(_("Show the password"))
        self.eye.clicked.connect(self._toggle_eye)
        frame.add_at_end(self.keyboard)
        frame.add_at_end(self.eye)
        QGuiApplication.inputMethod().localeChanged.connect(self._show_keyboard)
        self._show_keyboard()
        return frame

    def _lay_out(self) -> None:
        self.grid = QGridLayout()
        self.grid.setSpacing(px(12))
        form = QVBoxLayout()
        form.setSpacing(px(8))
        form.addStretch(1)
        form.addWidget(Sentence(_("Hello. Choose your name."), size=24, weight=theme.BOLD, wraps=False))
        form.addWidget(Sentence(_("Then write your password."), ink="text2", wraps=False))
        form.addSpacing(px(12))
        form.addLayout(self.grid)
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

    def _panel(self) -> QWidget:
        panel = PatternPanel()
        column = QVBoxLayout(panel)
        column.setContentsMargins(px(56), px(56), px(56), px(44))
        column.setSpacing(px(8))
        self.office = Sentence(size=18, ink="onAccent", wraps=True)
        self.desk = Sentence(size=14, ink="onAccent", icon="monitor-check", wraps=False)
        today = business_day(self.presenter.opening.now())
        weekday, day = words.weekday(today), words.long_date(today)
        column.addWidget(Emblem(70, "onAccent", "accent"), 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(px(16))
        column.addWidget(Sentence(_("Miz-e Khedmat"), size=34, weight=theme.BOLD, ink="onAccent", wraps=False))
        column.addWidget(self.office)
        column.addStretch(1)
        column.addWidget(Sentence(weekday, size=17, ink="onAccent", wraps=False))
        shown = day.removeprefix(weekday).strip(" ,،")
        column.addWidget(Sentence(shown, size=34, weight=theme.BOLD, ink="onAccent", wraps=False))
        column.addSpacing(px(16))
        column.addWidget(self.desk)
        return panel

    def start(self, glanced: Here | None = None) -> None:
        self.presenter.start(glanced)

    # --- acting --------------------------------------------------------------------------------------------------

    def _to_password(self) -> None:
        self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        self.presenter.submit(self.password.line.text())

    def _toggle_eye(self) -> None:
        shown = self.password.line.echoMode() == QLineEdit.EchoMode.Password
        self.password.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.show_as("", "eye-off" if shown else "eye")
        self.eye.setAccessibleName(_("Hide the password") if shown else _("Show the password"))

    def _note_keyboard(self, text: str) -> None:
        self._typed = text[-1:] or self._typed
        self._show_keyboard()

    def _show_keyboard(self) -> None:
        name = keyboard_name(self._typed)
        self.keyboard.setText(_("Keyboard: {language}").format(language=name) if name else "")
        self.keyboard.setVisible(bool(name))

    # --- showing -------------------------------------------------------------------------------------------------

    def render_state(self) -> None:
        presenter = self.presenter
        here = presenter.here
        if self._people != here.people:
            self._make_tiles()
        if presenter.chosen < len(self.tiles):
            self.tiles[presenter.chosen].setChecked(True)
        self.office.setText(here.office)
        self.desk.setText(here.desk)
        self.password_label.setText(_("Password of {name}").format(name=presenter.name) if presenter.name else "")
        message = presenter.message
        if message and presenter.rejected and keyboard_name(self._typed) == _("Persian"):
            message += " " + _("The keyboard is Persian.")
        self.message.setText(message)
        self.message.setVisible(bool(message))
        self.password.set_wrong(bool(message))
        self.password.line.setAccessibleDescription(message)
        self.password.line.setReadOnly(presenter.busy)
        self.enter.setEnabled(not presenter.busy and bool(presenter.name))
        if presenter.rejected != self._rejected:
            self._rejected = presenter.rejected
            self.password.line.clear()
            self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_tiles(self) -> None:
        for tile in self.tiles:
            self.group.removeButton(tile)
            tile.deleteLater()
        self._people = self.presenter.here.people
        self.tiles = [Tile(person.name, role_name(person.roles)) for person in self._people]
        for number, tile in enumerate(self.tiles):
            tile.meant.connect(self._to_password)
            self.group.addButton(tile, number)
            self.grid.addWidget(tile, number // 2, number % 2)
        self._to_password()
