"""How things are shown in the kit: titled cards, rows, and controls held in a state."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from resources.words import _
from ui import theme
from ui.theme import px
from ui.widgets.card import Card
from ui.widgets.paint import PICTURED
from ui.widgets.words import Sentence

Held = TypeVar("Held", bound=QWidget)
LARGE = 1.1
"""Beyond this size of text a window of 1366 pixels has room for one column only."""
STATES = ("normal", "hover", "pressed", "focus", "disabled")


def state_name(state: str) -> str:
    return {
        "normal": _("Normal"),
        "hover": _("Under the mouse"),
        "pressed": _("Pressed"),
        "focus": _("With the focus"),
        "disabled": _("Switched off"),
    }[state]


def held(widget: Held, state: str) -> Held:
    """The control as it looks in this state, for good."""
    if state == "hover":
        widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    elif state == "pressed" and isinstance(widget, QAbstractButton):
        widget.setDown(True)
    elif state == "focus":
        (widget.focusProxy() or widget).setProperty(PICTURED, "focus")
    elif state == "disabled":
        widget.setEnabled(False)
    return widget


def titled(title: str, *parts: QWidget, card: bool = True) -> QWidget:
    """A title with a card below it."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(6))
    column.addWidget(Sentence(title, size=14, weight=theme.MEDIUM, ink="text2", wraps=False))
    if card:
        box = Card()
        box.column.setSpacing(px(12))
        for part in parts:
            box.column.addWidget(part)
        column.addWidget(box)
    else:
        for part in parts:
            column.addWidget(part)
    column.addStretch(1)
    return whole


def columns(*parts: tuple[int, QWidget]) -> QWidget:
    """Side by side, each with its share of the width; below each other where the text is large."""
    if theme.scale() > LARGE:
        return stacked(*(part for _share, part in parts))
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(18))
    for share, part in parts:
        row.addWidget(part, share)
    return whole


def stacked(*parts: QWidget, gap: int = 18) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(gap))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return whole


def flow(*parts: QWidget, gap: int = 10) -> QWidget:
    """One after the other from the reading side."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(gap))
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return whole


def in_states(make: Sequence[Callable[[], QWidget]], states: Sequence[str] = STATES) -> QWidget:
    """A row for each kind, a column for each state; fewer columns at a time where the text is large."""
    if theme.scale() > LARGE and len(states) > 3:
        return stacked(in_states(make, states[:3]), in_states(make, states[3:]))
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(18))
    grid.setVerticalSpacing(px(10))
    for place, state in enumerate(states):
        grid.addWidget(Sentence(state_name(state), size=13, ink="text3", wraps=False), 0, place)
        grid.setColumnStretch(place, 1)
        for number, made in enumerate(make, 1):
            grid.addWidget(held(made(), state), number, place, Qt.AlignmentFlag.AlignVCenter)
    return whole
