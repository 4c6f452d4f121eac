"""The curtain: what the window shows while it is locked. Nothing of the desk's work is on it or behind it in reach."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import _
from ui import theme
from ui.lock.presenter import Locking
from ui.theme import px
from ui.widgets.button import LINK, PRIMARY, QUIET, Button
from ui.widgets.card import Card
from ui.widgets.emblem import Emblem, PatternPanel
from ui.widgets.password import Password
from ui.widgets.words import Sentence

WIDTH = 480


class Curtain(PatternPanel):
    """`another` is the button of a colleague who takes over."""

    def __init__(self, locking: Locking) -> None:
        super().__init__()
        self.locking = locking
        self._rejected = locking.rejected
        self._by_pin = locking.by_pin
        name = locking.session.person.name
        self.head = Sentence(_("The screen is locked"), size=20, weight=theme.BOLD, icon="lock", wraps=False)
        self.text = Sentence(_("What {name} was writing stays as it is.").format(name=name), ink="text2")
        self.label = Sentence(size=13, weight=theme.MEDIUM, ink="text2", wraps=False)
        self.secret = Password()
        self.secret.line.returnPressed.connect(self._submit)
        self.secret.keyboard_changed.connect(self._show_message)
        self.message = Sentence(size=14, ink="danger", icon="circle-alert")
        kept = self.message.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the card stands still when something is said
        self.message.setSizePolicy(kept)
        self.unlock = Button(_("Unlock"), PRIMARY, icon="log-in", keys=("Enter",))
        self.unlock.clicked.connect(self._submit)
        self.other_way = Button("", LINK)
        self.other_way.clicked.connect(lambda: locking.choose(password=locking.by_pin))
        self.another = Button(_("Another colleague"), QUIET, icon="users")
        self._lay_out()
        locking.changed = self.render_state
        self.render_state()

    def _lay_out(self) -> None:
        card = Card()
        card.setFixedWidth(px(WIDTH))
        column = card.column
        column.setContentsMargins(px(10), px(10), px(10), px(6))
        for part in (self.head, self.text):
            column.addWidget(part)
        column.addSpacing(px(6))
        column.addWidget(self.label)
        column.addWidget(self.secret)
        column.addWidget(self.message)
        column.addSpacing(px(4))
        column.addWidget(self.unlock)
        links = QHBoxLayout()
        links.addWidget(self.other_way)
        links.addStretch(1)
        links.addWidget(self.another)
        column.addLayout(links)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(Emblem(70, "onDeep", "deep"), 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addSpacing(px(20))
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)

    def focus(self) -> QWidget:
        """Where one writes."""
        return self.secret.line

    def _submit(self) -> None:
        self.locking.submit(self.secret.line.text())

    def render_state(self) -> None:
        locking = self.locking
        name = locking.session.person.name
        asked = _("PIN of {name}") if locking.by_pin else _("Password of {name}")
        self.label.setText(asked.format(name=name))
        self.secret.line.setAccessibleName(_("PIN") if locking.by_pin else _("Password"))
        self.other_way.setVisible(locking.may_choose)
        self.other_way.show_as(_("With the password") if locking.by_pin else _("With the PIN"))
        self._show_message()
        self.secret.line.setReadOnly(locking.busy)
        self.unlock.setEnabled(not locking.busy)
        if (locking.rejected, locking.by_pin) != (self._rejected, self._by_pin):
            self._rejected, self._by_pin = locking.rejected, locking.by_pin
            self.secret.forget()
            self.secret.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_message(self) -> None:
        message = self.locking.message_for(self.secret.is_persian())
        self.message.setText(message)
        self.message.setVisible(bool(message))
        self.secret.set_wrong(bool(message))
        self.secret.line.setAccessibleDescription(message)
