"""The field for a password: hidden letters, an eye to see them, and the language that the keyboard writes."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit

from resources.words import _
from ui import keyboard, theme
from ui.theme import px
from ui.widgets.button import QUIET, Button
from ui.widgets.field import Frame
from ui.widgets.words import Sentence

FIRST_LOOK_MS, LOOK_MS = 150, 500
"""So often the keyboard's layout is looked at while the field is seen: no display tells of its change by itself."""


def keyboard_name(typed: str = "") -> str:
    """The language of the keyboard's layout: as the display tells it, else by the last letter or digit typed."""
    return {keyboard.PERSIAN: _("Persian"), keyboard.LATIN: _("Latin")}.get(keyboard.written(typed), "")


class Password(Frame):
    """The framed line. `typed` is the last sign of the password, which tells the keyboard's language where the display
    does not; `keyboard_changed` says that it is another."""

    keyboard_changed = Signal()

    def __init__(self, height: int = 54) -> None:
        super().__init__(height=height, icon="lock", size=18)
        self.typed = ""
        line = self.line
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        line.setAlignment(theme.start())
        line.setAccessibleName(_("Password"))
        line.textEdited.connect(self._note_keyboard)
        self.keyboard = Sentence(size=13, ink="text3", icon="keyboard", wraps=False)
        self.eye = Button("", QUIET, icon="eye")
        self.eye.setFixedSize(px(40), px(36))
        self.eye.setAccessibleName(_("Show the password"))
        self.eye.clicked.connect(self._toggle_eye)
        self.add_at_end(self.keyboard)
        self.add_at_end(self.eye)
        QGuiApplication.inputMethod().localeChanged.connect(self._show_keyboard)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._show_keyboard)
        self.keyboard.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(FIRST_LOOK_MS, self, self._show_keyboard)  # the field is there before the display is asked
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()

    def is_persian(self) -> bool:
        """Whether the keyboard writes Persian, which is why many a password is not taken."""
        return keyboard_name(self.typed) == _("Persian")

    def forget(self) -> None:
        """Empty and hidden again."""
        self.line.clear()
        if self.line.echoMode() == QLineEdit.EchoMode.Normal:
            self._toggle_eye()

    def _toggle_eye(self) -> None:
        shown = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.show_as("", "eye-off" if shown else "eye")
        self.eye.setAccessibleName(_("Hide the password") if shown else _("Show the password"))

    def _note_keyboard(self, text: str) -> None:
        self.typed = text[-1:] or self.typed
        self._show_keyboard()

    def _show_keyboard(self) -> None:
        name = keyboard_name(self.typed)
        text = _("Keyboard: {language}").format(language=name) if name else ""
        if text != self.keyboard.text():
            self.keyboard.setText(text)
            self.keyboard.setVisible(bool(text))
            self.keyboard_changed.emit()
