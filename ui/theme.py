"""The look as code: colours, type, sizes and directions. One place; widgets ask here and keep nothing.

Sizes are logical pixels at text scale 1; `px` and `font` apply the scale. Colour pairs used for text hold a contrast
of 4.5:1, edges of things one can write in 3:1.
"""

from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QTextOption
from PySide6.QtWidgets import QApplication

import resources
from resources import words

FAMILY = "Vazirmatn"
REGULAR, MEDIUM, BOLD = 400, 500, 700
CENTRE = Qt.AlignmentFlag.AlignCenter

LIGHT = {
    "canvas": "#F4F6F5",
    "panel": "#E6ECEA",
    "surface": "#FFFFFF",
    "surface2": "#F0F4F3",
    "line": "#DEE5E3",
    "field": "#84918D",
    "text": "#15211F",
    "text2": "#44524E",
    "text3": "#5F6D69",
    "accent": "#0B6B68",
    "accentHover": "#095A57",
    "accentPress": "#074846",
    "accentSoft": "#DDF0EE",
    "accentLine": "#93CAC6",
    "onAccent": "#FFFFFF",
    "warn": "#7A4A00",
    "warnSoft": "#FFF3DC",
    "warnLine": "#E5C27A",
    "warnSolid": "#B46B00",
    "danger": "#A3221B",
    "dangerSoft": "#FDECEA",
    "dangerLine": "#EBB1AC",
    "dangerSolid": "#B3261E",
    "paper": "#FFFEFB",
    "key": "#FFFFFF",
    "keyLine": "#C9D2CF",
    "shadow": "#0F2A26",
}

_scale = 1.0

_STYLE = """
QLineEdit[bare="true"], QPlainTextEdit[bare="true"] {{ border: 0; background: transparent; padding: 0; }}
QScrollArea {{ border: 0; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 0; }}
QScrollBar::handle:vertical {{
  background: {handle}; border-radius: {half}px; margin: 0 {half}px; min-height: {tall}px;
}}
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
QToolTip {{ color: {text}; background: {surface}; border: 1px solid {line}; padding: 4px; }}
"""


def px(size: float) -> int:
    """A logical size in pixels at the present text scale."""
    return round(size * _scale)


def font(size: float, weight: int = REGULAR) -> QFont:
    chosen = QFont(FAMILY)
    chosen.setPixelSize(px(size))
    chosen.setWeight(QFont.Weight(weight))
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return chosen


@cache
def colour(name: str) -> QColor:
    return QColor(LIGHT[name])


def is_rtl() -> bool:
    return words.language() == "fa"


def direction() -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if is_rtl() else Qt.LayoutDirection.LeftToRight


def start() -> Qt.AlignmentFlag:
    """The side where reading starts, whatever the text's first letter is."""
    side = Qt.AlignmentFlag.AlignRight if is_rtl() else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def text_option(alignment: Qt.AlignmentFlag | None = None, *, ltr: bool = False) -> QTextOption:
    """How painted text runs: one line, in the window's direction unless it is a left-to-right island."""
    option = QTextOption(alignment or (start() | Qt.AlignmentFlag.AlignVCenter))
    option.setTextDirection(Qt.LayoutDirection.LeftToRight if ltr else direction())
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option


def island(text: str) -> str:
    """A code, phone or masked number inside a Persian sentence, kept in its own left-to-right order."""
    return f"\u2066{text}\u2069" if text else ""


def apply(application: QApplication) -> None:
    """Dress the whole application: fonts, Fusion, palette, direction, the little style sheet."""
    for file in sorted((Path(resources.__file__).parent / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    application.setStyle("Fusion")
    application.setPalette(_palette())
    application.setFont(font(15))
    application.setLayoutDirection(direction())
    application.setStyleSheet(
        _STYLE.format(
            bar=px(12), half=px(3), tall=px(40), handle=LIGHT["keyLine"], text=LIGHT["text"],
            surface=LIGHT["surface"], line=LIGHT["line"],
        )
    )  # fmt: skip


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, name in {
        role.Window: "canvas",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "surface2",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.Highlight: "accent",
        role.HighlightedText: "onAccent",
        role.PlaceholderText: "text3",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
    }.items():
        palette.setColor(where, colour(name))
    return palette
