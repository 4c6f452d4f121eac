"""Strokes that every painted control shares. Positions are given from the reading side: start to end."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QWidget

from models import text as texts
from ui import theme
from ui.theme import colour, px


def rounded(
    painter: QPainter,
    area: QRectF,
    radius: float,
    fill: QColor | None = None,
    line: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A rounded box whose line stays crisp at any screen scale."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if line is not None:
        area = area.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(line, width))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, radius, radius)


def text(
    painter: QPainter,
    area: QRectF,
    words: str,
    chosen: QFont,
    ink: QColor,
    alignment: Qt.AlignmentFlag | None = None,
    *,
    ltr: bool = False,
) -> float:
    """One line of text, shortened with an ellipsis where it does not fit. Returns the width it took."""
    metrics = QFontMetricsF(chosen)
    if metrics.horizontalAdvance(words) > area.width() + 0.5:
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.setFont(chosen)
    painter.setPen(ink)
    painter.drawText(area, words, theme.text_option(alignment, ltr=ltr))
    return metrics.horizontalAdvance(words)


def marked_text(
    painter: QPainter,
    area: QRectF,
    words: str,
    chosen: QFont,
    ink: QColor,
    marks: tuple[tuple[int, int], ...],
    tint: QColor,
) -> None:
    """One line of text with parts of it (begin and length) in another colour; the letters stay joined."""
    if QFontMetricsF(chosen).horizontalAdvance(words) > area.width() + 0.5:
        text(painter, area, words, chosen, ink)
        return
    layout = QTextLayout(words, chosen)
    layout.setTextOption(theme.text_option())
    formats: list[QTextLayout.FormatRange] = []
    for begin, length in ((0, len(words)), *marks):
        part = QTextLayout.FormatRange()
        part.start, part.length = begin, length
        part.format.setForeground(ink if not formats else tint)
        formats.append(part)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(area.width())
    layout.endLayout()
    layout.draw(painter, QPointF(area.left(), area.center().y() - line.height() / 2))


class Cursor:
    """Lays things side by side in `area`, from the reading side (`start`) and from the other (`end`)."""

    def __init__(self, area: QRectF, rtl: bool) -> None:
        self._left, self._right, self._top, self._height = area.left(), area.right(), area.top(), area.height()
        self._rtl = rtl

    @property
    def rest(self) -> QRectF:
        """What is still free."""
        return QRectF(self._left, self._top, max(0.0, self._right - self._left), self._height)

    def start(self, width: float, gap: float = 0) -> QRectF:
        return self._take(width, gap, self._rtl)

    def end(self, width: float, gap: float = 0) -> QRectF:
        return self._take(width, gap, not self._rtl)

    def _take(self, width: float, gap: float, from_right: bool) -> QRectF:
        if from_right:
            self._right -= width + gap
            return QRectF(self._right + gap, self._top, width, self._height)
        self._left += width + gap
        return QRectF(self._left - width - gap, self._top, width, self._height)


def square(area: QRectF, size: float) -> QRectF:
    """A square of `size` in the middle of `area`."""
    centre = area.center()
    return QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)


def key_width(key: str) -> float:
    return max(px(24), QFontMetricsF(theme.font(12, theme.MEDIUM)).horizontalAdvance(key) + px(12))


def key_cap(painter: QPainter, area: QRectF, key: str, *, ink: str = "") -> None:
    """A key as engraved, centred in `area`; on a filled ground in that ground's `ink`."""
    height = px(22)
    box = QRectF(area.left(), area.center().y() - height / 2, area.width(), height)
    ground, edge = colour(ink or "key"), colour(ink or "keyLine")
    if ink:
        ground.setAlphaF(0.12)
        edge.setAlphaF(0.42)
    rounded(painter, box, px(5), ground, edge)
    chosen = theme.font(12, theme.MEDIUM)
    # Latin capitals and digits sit high in Vazirmatn's tall line.
    shift = chosen.pixelSize() * (0.07 if texts.ascii_digits(key).isdigit() else 0.125)
    text(painter, box.translated(0, shift / 2), key, chosen, colour(ink or "text2"), theme.CENTRE, ltr=True)


def keys(painter: QPainter, cursor: Cursor, names: tuple[str, ...], *, ink: str = "") -> None:
    """Key caps at the end of the row; of `("Ctrl", "Enter")` the first stands outermost, as on a keyboard."""
    ordered = names if theme.is_rtl() else names[::-1]
    for name in ordered:
        key_cap(painter, cursor.end(key_width(name), px(6)), name, ink=ink)


def keys_width(names: tuple[str, ...]) -> float:
    return sum(key_width(name) + px(6) for name in names)


def halo(painter: QPainter, area: QRectF, radius: float, tint: QColor) -> None:
    """The soft ring outside a focused control."""
    ring = QColor(tint)
    ring.setAlphaF(0.22)
    width = px(4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ring, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(width / 2, width / 2, -width / 2, -width / 2), radius, radius)


def shadow(painter: QPainter, area: QRectF, radius: float, reach: int) -> None:
    """The soft shade of a leaf that lies over the page, `reach` pixels wide."""
    shade = colour("shadow")
    shade.setAlphaF(0.05 if theme.is_dark() else 0.016)
    for ring in range(min(reach, 9), 0, -1):
        rounded(painter, area.adjusted(-ring, -ring + 2, ring, ring + 2), radius + ring, shade)


def ring(painter: QPainter, area: QRectF, radius: float, tint: str = "accent") -> QRectF:
    """The focus of something filled: a ring at its edge, and what is left for the filling behind a gap."""
    rounded(painter, area, radius, None, colour(tint), 2)
    return area.adjusted(4, 4, -4, -4)


PICTURED = "pictured"
"""A property: a control with the value `focus` is painted as if it had the focus, for the page of all widgets."""


def shows_focus(widget: QWidget) -> bool:
    return widget.isEnabled() and (widget.hasFocus() or widget.property(PICTURED) == "focus")
