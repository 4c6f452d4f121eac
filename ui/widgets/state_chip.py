"""A request's state as a small round label: word and icon, never colour alone."""

from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint

HEIGHT = 26


class Look(NamedTuple):
    """Names of colours and of the icon; empty for none."""

    ink: str
    ground: str
    edge: str
    icon: str


PLAIN = Look("text2", "surface", "keyLine", "")
LOOKS = {
    "done": Look("accent", "accentSoft", "", "check"),
    "answered": Look("accent", "surface", "accentLine", "message-square-reply"),
    "delivered": Look("accent", "accentSoft", "", "package-check"),
    "lacking": Look("warn", "warnSoft", "", "triangle-alert"),
    "voided": Look("danger", "dangerSoft", "", "ban"),
    "guided": Look("text2", "surface2", "", "info"),
}
"""By the state's token; whatever is under way has a plain edge."""


def width(words: str, state: str) -> float:
    """What the chip takes."""
    icon = px(21) if LOOKS.get(state, PLAIN).icon else 0
    return QFontMetricsF(theme.font(13, theme.MEDIUM)).horizontalAdvance(words) + icon + px(22)


def draw(painter: QPainter, area: QRectF, words: str, state: str) -> None:
    """The chip in the middle of the area's height, over its whole width."""
    look = LOOKS.get(state, PLAIN)
    height = px(HEIGHT)
    box = QRectF(area.left(), area.center().y() - height / 2, area.width(), height)
    edge = colour(look.edge) if look.edge else None
    paint.rounded(painter, box, height / 2, colour(look.ground) if look.ground else None, edge)
    cursor = paint.Cursor(box.adjusted(px(11), 0, -px(11), 0), theme.is_rtl())
    if look.icon:
        icons.paint(painter, look.icon, paint.square(cursor.start(px(15), px(6)), px(15)), colour(look.ink), 2)
    paint.text(painter, cursor.rest, words, theme.font(13, theme.MEDIUM), colour(look.ink))
