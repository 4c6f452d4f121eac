"""The field for a password: hidden letters, an eye to see them, and the language that the keyboard writes."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from resources.words import _
from ui import theme
from ui.theme import px
from ui.widgets.button import QUIET, Button
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


class Password(Frame):
    """The framed line. `typed` is the last sign of the password, which tells the keyboard's language."""

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
        self._show_keyboard()

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
        self.keyboard.setText(_("Keyboard: {language}").format(language=name) if name else "")
        self.keyboard.setVisible(bool(name))
