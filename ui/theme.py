"""The look as code: colours, type, sizes and directions. One place; widgets ask here and keep nothing.

Sizes are logical pixels at text scale 1; `px` and `font` apply the scale. There are two themes with the same names of
colours (`ui.colours`); `use` and `apply` choose.
"""

import os
import sys
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QTextOption
from PySide6.QtWidgets import QApplication

import resources
from resources import words
from ui.colours import DARK, LIGHT
from ui.preferences import Preferences

FAMILY = "Vazirmatn"
REGULAR, MEDIUM, BOLD = 400, 500, 700
CENTRE = Qt.AlignmentFlag.AlignCenter

ROOMY = 1000
"""From this height of the screen on, in logical pixels, the text grows by itself."""

_dark = False
_scale = 1.0
_still = False

_STYLE = """
QLineEdit[bare="true"], QPlainTextEdit[bare="true"] {{ border: 0; background: transparent; padding: 0; }}
QLineEdit[bare="true"] {{ lineedit-password-character: 8226; }}
QScrollArea {{ border: 0; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 0; }}
QScrollBar::handle:vertical {{
  background: {handle}; border-radius: {half}px; margin: 0 {half}px; min-height: {tall}px;
}}
QScrollBar::handle:vertical:hover {{ background: {hover}; }}
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
QToolTip {{ color: {text}; background: {surface}; border: 1px solid {line}; padding: 4px; }}
"""


def use(dark: bool, scale: float, *, still: bool | None = None) -> None:
    """From the next painting on: this theme, the text at this size (1 is the design's), and movement or none.

    Unless told otherwise nothing moves where the desktop asked for that, and where nobody looks on.
    """
    global _dark, _scale, _still  # noqa: PLW0603  # the one place that keeps them
    _dark, _scale = dark, scale
    _still = _asked_to_be_still() if still is None else still


def is_dark() -> bool:
    return _dark


def scale() -> float:
    return _scale


def duration(milliseconds: int) -> int:
    """How long a movement takes: 0 where things are to stay still."""
    return 0 if _still else milliseconds


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
def _known(name: str, dark: bool) -> QColor:
    return QColor((DARK if dark else LIGHT)[name])


def colour(name: str) -> QColor:
    """The colour of this name in the present theme, the caller's to change."""
    return QColor(_known(name, _dark))


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


def apply(application: QApplication, preferences: Preferences | None = None) -> None:
    """Dress the whole application as preferred: fonts, Fusion, palette, direction, the little style sheet.

    May be called again while windows stand; what paints itself follows at once, sizes fixed when a page was built
    follow when it is built anew. Where the desktop decides, `styleHints().colorSchemeChanged` tells that it did.
    """
    preferences = preferences or Preferences(theme="light", scale=100)
    use(wants_dark(application, preferences), wanted_scale(application, preferences))
    _prepare()
    application.setPalette(_palette())
    application.setFont(font(15))
    application.setLayoutDirection(direction())
    application.setStyleSheet(
        _STYLE.format(
            bar=px(12), half=px(3), tall=px(40), handle=_name("keyLine"), hover=_name("field"), text=_name("text"),
            surface=_name("surface"), line=_name("line"),
        )
    )  # fmt: skip


def wants_dark(application: QApplication, preferences: Preferences) -> bool:
    if preferences.theme == "system":
        return application.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return preferences.theme == "dark"


def wanted_scale(application: QApplication, preferences: Preferences) -> float:
    """The text's size: as chosen, else 1.15 on a screen that has the height for it."""
    if preferences.scale:
        return preferences.scale / 100
    return scale_for(application.primaryScreen().size().height())


def scale_for(height: int) -> float:
    """The text's size on a screen of this height in logical pixels, where nobody chose one."""
    return 1.15 if height >= ROOMY else 1.0


def _asked_to_be_still() -> bool:
    if "MIZ_MOTION" in os.environ:
        return os.environ["MIZ_MOTION"] == "0"
    # Windows is the one desktop whose wish Qt hands on; elsewhere it reports no effects where there are some.
    refused = sys.platform == "win32" and not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    return refused or QApplication.platformName() == "offscreen"


@cache
def _prepare() -> None:
    """What is done once: Qt gives every window a style of its own under the style sheet, and does not survive that the
    one beneath is exchanged while they stand."""
    QApplication.setStyle("Fusion")
    for file in sorted((Path(resources.__file__).parent / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def _name(colour_name: str) -> str:
    return colour(colour_name).name()


def _palette() -> QPalette:
    palette = QPalette(colour("surface"), colour("canvas"))
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
        role.Accent: "accent",
        role.Link: "accent",
        role.PlaceholderText: "text3",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
    }.items():
        palette.setColor(where, colour(name))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, colour("text3"))
    return palette
