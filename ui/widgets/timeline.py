"""What has happened, the newest first: each row paints its node and its piece of the line between the nodes."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.words import broken

NODE = 34
"""A node's disc."""
GAP = 14
_TONES = {
    "accent": ("accentSoft", "accent"),
    "solid": ("accent", "onAccent"),
    "plain": ("surface2", "text2"),
    "warn": ("warnSoft", "warn"),
    "danger": ("dangerSoft", "danger"),
}


class Node(Protocol):
    """A row: what and who, when, and what was said, in a box. `tone` is `accent`, `solid`, `plain`, `warn` or
    `danger`; the disc of an `awaited` one is hollow."""

    @property
    def icon(self) -> str: ...
    @property
    def head(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def when(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def tone(self) -> str: ...
    @property
    def awaited(self) -> bool: ...
    @property
    def spoken(self) -> str: ...


Words = tuple[list[str], list[str], list[str], list[str]]


class TimelineRow(QWidget):
    """One node with its words. Long words are broken, never cut."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._node: Node | None = None
        self._first = self._last = False
        self._broken: tuple[float, Words] | None = None

    def show_node(self, node: Node, first: bool, last: bool) -> None:
        if (node, first, last) == (self._node, self._first, self._last):
            return
        self._node, self._first, self._last, self._broken = node, first, last, None
        self.setAccessibleName(node.spoken)
        self.update()

    # --- measuring -------------------------------------------------------------------------------------------------

    def _when_width(self) -> float:
        node = self._node
        return QFontMetricsF(theme.font(13)).horizontalAdvance(node.when) + px(12) if node and node.when else 0.0

    def _words(self, width: float) -> Words:
        """The lines of head, who, text and basis in a row of this width."""
        if self._broken is None or self._broken[0] != width:
            self._broken = width, self._break(width)
        return self._broken[1]

    def _break(self, width: float) -> Words:
        node = self._node
        if node is None:
            return [], [], [], []
        room = width - px(NODE + GAP)
        head = broken(node.head, theme.font(15, theme.MEDIUM), room - self._when_width())
        by = broken(node.by, theme.font(14), room) if node.by else []
        boxed = room - px(28)
        text = broken(node.text, theme.font(14, theme.MEDIUM), boxed) if node.text else []
        basis = broken(node.basis, theme.font(13), boxed) if node.basis else []
        return head, by, text, basis

    def _heights(self, width: float) -> tuple[float, float]:
        """The height of the words above the box, and that of the box (0 for none)."""
        head, by, text, basis = self._words(width)
        upper = len(head) * px(24) + len(by) * px(22)
        box = len(text) * px(23) + len(basis) * px(21) + px(18) if text or basis else 0
        return upper, box

    def height_in(self, width: int) -> int:
        """How high the row is when it is so wide."""
        upper, box = self._heights(width)
        whole = upper + (box + px(6) if box else 0)
        return round(max(whole, px(NODE)) + (0 if self._last else px(16)))

    # --- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        node = self._node
        if node is None:
            return
        painter = QPainter(self)
        cursor = paint.Cursor(QRectF(self.rect()), theme.is_rtl())
        self._paint_node(painter, cursor.start(px(NODE), px(GAP)), node)
        head, by, text, basis = self._words(self.width())
        rest = cursor.rest
        if node.when:
            place = paint.Cursor(QRectF(rest.left(), rest.top(), rest.width(), px(24)), theme.is_rtl())
            ink = colour(node.tone if node.awaited and node.tone in ("warn", "danger") else "text3")
            end = Qt.AlignmentFlag.AlignLeft if theme.is_rtl() else Qt.AlignmentFlag.AlignRight
            alignment = end | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            paint.text(painter, place.end(self._when_width()), node.when, theme.font(13), ink, alignment)
        top = self._lines(painter, rest, rest.top(), head, 15, theme.MEDIUM, "text", 24)
        top = self._lines(painter, rest, top, by, 14, theme.REGULAR, "text3", 22)
        if not (text or basis):
            return
        _upper, height = self._heights(self.width())
        box = QRectF(rest.left(), top + px(6), rest.width(), height)
        paint.rounded(painter, box, px(8), colour("surface2"), colour("line"))
        inner = box.adjusted(px(14), px(9), -px(14), -px(9))
        top = self._lines(painter, inner, inner.top(), text, 14, theme.MEDIUM, "text", 23)
        self._lines(painter, inner, top, basis, 13, theme.REGULAR, "text3", 21)

    def _lines(
        self,
        painter: QPainter,
        area: QRectF,
        top: float,
        lines: Sequence[str],
        size: float,
        weight: int,
        ink: str,
        pitch: float,
    ) -> float:
        for line in lines:
            place = QRectF(area.left(), top, area.width(), px(pitch))
            paint.text(painter, place, line, theme.font(size, weight), colour(ink))
            top += px(pitch)
        return top

    def _paint_node(self, painter: QPainter, column: QRectF, node: Node) -> None:
        disc = QRectF(column.left(), column.top(), px(NODE), px(NODE))
        middle, line = disc.center(), colour("line")
        if not self._first:
            painter.fillRect(QRectF(middle.x() - 1, column.top(), 2, disc.height() / 2), line)
        if not self._last:
            painter.fillRect(QRectF(middle.x() - 1, middle.y(), 2, column.bottom() - middle.y()), line)
        ground, ink = _TONES[node.tone]
        paint.rounded(painter, disc.adjusted(-px(3), -px(3), px(3), px(3)), px(NODE) / 2 + px(3), colour("surface"))
        if node.awaited:
            ink = "accent" if node.tone in ("accent", "solid", "plain") else node.tone
            paint.rounded(painter, disc, px(NODE) / 2, colour("surface"), colour(ink), 2)
        else:
            paint.rounded(painter, disc, px(NODE) / 2, colour(ground))
        icons.paint(painter, node.icon, paint.square(disc, px(18)), colour(ink))


class Timeline(QWidget):
    """Rows below each other; they are made once and shown again with other words.

    It places them itself: a layout that asks sixty rows for their height at each of its passes takes seconds.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows: list[TimelineRow] = []
        self._nodes: tuple[Node, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        if tuple(nodes) == self._nodes:
            return
        self._nodes = tuple(nodes)
        while len(self.rows) < len(nodes):
            self.rows.append(TimelineRow(self))
        for number, row in enumerate(self.rows):
            if number < len(nodes):
                row.show_node(nodes[number], number == 0, number == len(nodes) - 1)
            row.setVisible(number < len(nodes))
        self._place()

    def _place(self) -> None:
        """Every row in its place, and as much height as they take."""
        top = px(4)
        for row in self.rows[: len(self._nodes)]:
            height = row.height_in(self.width())
            row.setGeometry(0, top, self.width(), height)
            top += height
        self.setFixedHeight(top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def sizeHint(self) -> QSize:
        return QSize(px(320), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(NODE))
