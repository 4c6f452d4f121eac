"""What every part of the settings is put together from: a card of rows, each with words and something to choose."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.theme import px
from ui.widgets.card import Card
from ui.widgets.choices import Chip
from ui.widgets.words import Sentence


class Part(QWidget):
    """A column of cards under a heading; `show_state` shows what the presenter knows."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(10))
        self.column.addWidget(Sentence(title, size=20, weight=theme.BOLD, wraps=False))

    def show_state(self) -> None:
        """Nothing here changes by itself."""


class Choice(QWidget):
    """One of a few, all of them seen: `chosen` gets what the chip means."""

    def __init__(self, name: str, choices: tuple[tuple[str, Any], ...], chosen: Callable[[Any], None]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.group = QButtonGroup(self)
        self.chips: dict[Any, Chip] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        for text, meaning in choices:
            chip = self.chips[meaning] = Chip(text)
            chip.setFixedHeight(px(36))
            chip.setAccessibleDescription(name)
            chip.clicked.connect(lambda _checked=False, meaning=meaning: chosen(meaning))
            self.group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)

    def show_chosen(self, meaning: Any) -> None:
        if meaning in self.chips:
            self.chips[meaning].setChecked(True)


def card(*parts: QWidget, gap: int = 12) -> Card:
    made = Card()
    made.column.setSpacing(px(gap))
    for part in parts:
        made.column.addWidget(part)
    return made


def worded(title: str, meaning: str, control: QWidget) -> QWidget:
    """A heading, what it means, and below both the control."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(4))
    column.addWidget(Sentence(title, size=16, weight=theme.MEDIUM, wraps=False))
    column.addWidget(Sentence(meaning, size=14, ink="text3"))
    column.addSpacing(px(4))
    column.addWidget(control)
    return made


def beside(*parts: QWidget, at: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop) -> QWidget:
    """Side by side at the reading side."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(10))
    for part in parts:
        row.addWidget(part, 0, at)
    row.addStretch(1)
    return made
