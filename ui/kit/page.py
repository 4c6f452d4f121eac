"""The page itself: the switches at its head, and below them the exhibits, built anew when a switch is turned."""

import dataclasses
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from resources import words
from resources.words import _
from ui import theme
from ui.kit.controls import controls
from ui.kit.exhibit import flow
from ui.kit.materials import materials
from ui.kit.messages import messages
from ui.kit.tables import tables
from ui.preferences import Preferences
from ui.theme import colour, px
from ui.widgets.choices import Chip
from ui.widgets.halo import Halo
from ui.widgets.paint import PICTURED
from ui.widgets.words import Sentence

SCALES = (100, 115, 125, 150)


class PinnedHalo(Halo):
    """Round one control for good, whoever has the focus."""

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        pass


class Kit(QWidget):
    """A window of its own. `show_as` turns its switches."""

    def __init__(self, application: QApplication, preferences: Preferences | None = None) -> None:
        super().__init__()
        self._application = application
        self.preferences = preferences or Preferences(theme="dark" if theme.is_dark() else "light", scale=100)
        self.setWindowTitle(_("The kit"))
        self.setMinimumSize(960, 600)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.body = QWidget()
        self._halos: list[PinnedHalo] = []
        self.halo = Halo(self)
        self.show_as()

    def show_as(self, **changed: Any) -> None:
        """The same page with other preferences, such as `theme="dark"` or `scale=125`."""
        self.preferences = dataclasses.replace(self.preferences, **changed)
        theme.apply(self._application, self.preferences)
        self.halo.go_to(None)
        for halo in self._halos:
            halo.go_to(None)
            halo.deleteLater()
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.body = QWidget()
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(px(28), px(4), px(28), px(20))
        rows.setSpacing(px(18))
        for part in (controls(), messages(), tables(), materials()):
            rows.addWidget(part)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.body)
        self._column.addWidget(self._head())
        self._column.addWidget(scroll, 1)
        self._halos = []
        for widget in self.body.findChildren(QWidget):
            if widget.property(PICTURED) == "focus":
                halo = PinnedHalo(self)
                halo.go_to(widget)
                self._halos.append(halo)
        self.update()

    def whole_height(self) -> int:
        """How high the window has to be to show everything without scrolling."""
        return self.body.sizeHint().height() + px(72)

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(px(28), px(16), px(28), px(8))
        row.setSpacing(px(18))
        row.addWidget(Sentence(_("The kit"), size=24, weight=theme.BOLD, wraps=False))
        row.addStretch(1)
        themes = {"light": _("Light"), "dark": _("Dark"), "system": _("As the desktop")}
        row.addWidget(self._choice("theme", themes))
        row.addWidget(self._choice("scale", {scale: _("{n}%").format(n=words.digits(str(scale))) for scale in SCALES}))
        return head

    def _choice(self, name: str, choices: dict[Any, str]) -> QWidget:
        group = QButtonGroup(self)
        chips = []
        for value, word in choices.items():
            chip = Chip(word)
            chip.setChecked(getattr(self.preferences, name) == value)
            chip.clicked.connect(lambda _checked=False, value=value: self.show_as(**{name: value}))
            group.addButton(chip)
            chips.append(chip)
        return flow(*chips)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRectF(self.rect()), colour("canvas"))
