"""The parts of the settings that need little: the look, the lock, and help."""

from PySide6.QtWidgets import QLineEdit

from app.desk.lock import MAX_DIGITS
from resources import words
from resources.words import _, ngettext
from ui import theme
from ui.settings.parts import Choice, Part, beside, card, worded
from ui.settings.presenter import Settings
from ui.theme import px
from ui.widgets.button import PLAIN, Button
from ui.widgets.digits import Digits
from ui.widgets.field import Field
from ui.widgets.words import Sentence

SCALES = (0, 100, 110, 115, 125, 150)
MINUTES = (2, 5, 10, 15, 30)


class LookPart(Part):
    """Theme and text size; both hold at once."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(_("Look and legibility"))
        self._settings = settings
        themes = ((_("Light"), "light"), (_("Dark"), "dark"), (_("As the system"), "system"))
        self.theme = Choice(_("Theme"), themes, lambda chosen: settings.choose(theme=chosen))
        sizes = tuple((_percent(scale) if scale else _("By the screen"), scale) for scale in SCALES)
        self.scale = Choice(_("Text size"), sizes, lambda chosen: settings.choose(scale=chosen))
        self.column.addWidget(
            card(
                worded(_("Theme"), _("The paper stays light: it is what comes out of the printer."), self.theme),
                worded(_("Text size"), _("Everything in the window grows with it."), self.scale),
                gap=20,
            )
        )
        self.column.addStretch(1)

    def show_state(self) -> None:
        self.theme.show_chosen(self._settings.preferences.theme)
        self.scale.show_chosen(self._settings.preferences.scale)


def _percent(scale: int) -> str:
    return theme.island(_("{n}%").format(n=words.number(scale)))


class LockPart(Part):
    """The PIN of this session, and after how long the screen is locked."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(_("Screen lock"))
        self._settings = settings
        minutes = tuple((ngettext("{n} minute", "{n} minutes", n).format(n=words.number(n)), n) for n in MINUTES)
        self.minutes = Choice(
            _("Lock without key and mouse after"), minutes, lambda chosen: settings.choose(lock_minutes=chosen)
        )
        self.pin = Field(_("PIN for this session"), validator=Digits(MAX_DIGITS), number=True)
        self.pin.frame.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setFixedWidth(px(260))
        self.pin.edited.connect(settings.type_pin)
        self.pin.entered.connect(settings.set_pin)
        self.set = Button(_("Set the PIN"), PLAIN, icon="lock")
        self.set.clicked.connect(settings.set_pin)
        self.state = Sentence(size=14, ink="accent", icon="check", wraps=False)
        meaning = _("Four to eight digits that open the locked screen until you sign out; it is kept nowhere.")
        self.column.addWidget(
            card(
                worded(
                    _("Lock without key and mouse after"),
                    _("What is written stays as it is. Ctrl and 0 lock at once."),
                    self.minutes,
                ),
                worded(_("PIN"), meaning, beside(self.pin)),
                beside(self.set, self.state),
                gap=16,
            )
        )
        self.column.addStretch(1)

    def show_state(self) -> None:
        settings = self._settings
        self.minutes.show_chosen(settings.preferences.lock_minutes)
        if not settings.pin:
            self.pin.show_text("")
        self.pin.show_problem(settings.pin_problem)
        self.state.setText(_("A PIN is set") if settings.locking.has_pin else "")
        self.state.setVisible(settings.locking.has_pin)


class HelpPart(Part):
    """Guide, keys, and which version this is."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(_("Help and version"))
        self.guide = Button(_("Show the first guide again"), PLAIN, icon="book-open-text")
        self.guide.clicked.connect(self._show_guide)
        self.keys = Button(_("Keys"), PLAIN, icon="keyboard", keys=("F1",))
        self.keys.clicked.connect(self._show_keys)
        self._settings = settings
        self.version = Sentence(wraps=False)
        licence = Sentence(_("Free software under the GNU GPL, version 3 or later."), size=14, ink="text3")
        self.column.addWidget(card(beside(self.guide, self.keys)))
        self.column.addWidget(card(self.version, licence, gap=4))
        self.column.addStretch(1)

    def show_state(self) -> None:
        version = theme.island(words.digits(self._settings.version))
        self.version.setText(f"{_('Miz-e Khedmat')} – " + _("version {version}").format(version=version))

    def _show_guide(self) -> None:
        self._settings.show_guide()

    def _show_keys(self) -> None:
        self._settings.show_keys()
