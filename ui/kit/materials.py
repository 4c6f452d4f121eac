"""What everything is made of: colours, sizes of text, icons."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

import resources
from resources.words import _
from ui import icons, theme
from ui.colours import LIGHT
from ui.kit.exhibit import columns, stacked, titled
from ui.theme import colour, px
from ui.widgets import paint

SIZES = ((24, 700), (20, 700), (16, 700), (15, 400), (14, 400), (13, 500))


def materials() -> QWidget:
    return columns(
        (10, stacked(titled(_("Colours"), Swatches()))),
        (8, stacked(titled(_("Sizes of text"), Sizes()), titled(_("Icons"), Icons()))),
    )


class Grid(QWidget):
    """Equal cells, as many in a row as asked; each is painted by `paint_cell`."""

    names: tuple[str, ...] = ()

    def __init__(self, names: tuple[str, ...], cell: tuple[int, int], name: str) -> None:
        super().__init__()
        self.names, self._cell = names, cell
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _in_a_row(self, width: int) -> int:
        return max(1, width // px(self._cell[0]))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return -(-len(self.names) // self._in_a_row(width)) * px(self._cell[1])

    def sizeHint(self) -> QSize:
        width = max(self.width(), px(400))
        return QSize(px(400), self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, many = QPainter(self), self._in_a_row(self.width())
        step = self.width() / many
        for place, name in enumerate(self.names):
            column = many - 1 - place % many if theme.is_rtl() else place % many
            cell = QRectF(column * step, place // many * px(self._cell[1]), step, px(self._cell[1]))
            self.paint_cell(painter, cell, name)

    def paint_cell(self, painter: QPainter, cell: QRectF, name: str) -> None:
        raise NotImplementedError


class Swatches(Grid):
    def __init__(self) -> None:
        super().__init__(tuple(LIGHT), (108, 66), _("Colours"))

    def paint_cell(self, painter: QPainter, cell: QRectF, name: str) -> None:
        box = QRectF(cell.left() + px(6), cell.top(), cell.width() - px(12), px(36))
        paint.rounded(painter, box, px(8), colour(name), colour("line"))
        under = QRectF(cell.left(), box.bottom() + px(2), cell.width(), px(20))
        paint.text(painter, under, name, theme.font(12), colour("text3"), theme.CENTRE, ltr=True)


class Icons(Grid):
    def __init__(self) -> None:
        folder = Path(resources.__file__).parent / "icons"
        super().__init__(tuple(sorted(file.stem for file in folder.glob("*.svg"))), (36, 36), _("Icons"))

    def paint_cell(self, painter: QPainter, cell: QRectF, name: str) -> None:
        icons.paint(painter, name, paint.square(cell, px(22)), colour("text2"))


class Sizes(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(sum(px(size * 1.9) for size, _weight in SIZES))
        self.setAccessibleName(_("Sizes of text"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, top = QPainter(self), 0.0
        for size, weight in SIZES:
            row = paint.Cursor(QRectF(0, top, self.width(), px(size * 1.9)), theme.is_rtl())
            place = row.end(px(70))
            end = Qt.AlignmentFlag.AlignLeft if theme.is_rtl() else Qt.AlignmentFlag.AlignRight
            alignment = end | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            paint.text(painter, place, f"{size}/{weight}", theme.font(12), colour("text3"), alignment, ltr=True)
            paint.text(painter, row.rest, _("Miz-e Khedmat"), theme.font(size, weight), colour("text"))
            top += px(size * 1.9)
