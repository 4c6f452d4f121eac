"""Lucide icons, painted at any size and colour from their SVG."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

import resources
from ui import theme

MIRRORED = frozenset({"log-in", "log-out", "forward", "undo-2", "message-square-reply", "hand-helping"})
"""Icons that point somewhere and so turn round where reading runs from the right."""

_FOLDER = Path(resources.__file__).parent / "icons"


@cache
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer:
    svg = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    svg = svg.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(svg.encode()))


def paint(painter: QPainter, name: str, area: QRectF, colour: QColor, stroke: float = 1.75) -> None:
    """Draw the icon filling `area`."""
    renderer = _renderer(name, colour.name(), stroke)
    if not (theme.is_rtl() and name in MIRRORED):
        renderer.render(painter, area)
        return
    painter.save()
    painter.translate(area.center())
    painter.scale(-1, 1)
    painter.translate(-area.center())
    renderer.render(painter, area)
    painter.restore()
