"""A table to read: fixed rows, one of them marked, columns that leave where there is no room for them."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui import theme
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.chip import Look, paint_chip

Index = QModelIndex | QPersistentModelIndex
ROW = 44
HEAD = 36
PADDING = 11
NEAR_END = 12
"""So many rows before the last one, the next page is asked for."""


class Column(NamedTuple):
    """`width` at text scale 1; what is left over goes to columns by their `share`. A column with a `leaves` number
    goes where the others would not fit: the lowest number first."""

    title: str
    width: int
    share: int = 0
    leaves: int = 0


class Cell(NamedTuple):
    """What stands in one cell; with a `chip` that is painted, and `text` is what is read aloud. Where the text has no
    room its `short` form is painted."""

    text: str
    ink: str = "text"
    size: float = 14
    weight: int = theme.REGULAR
    chip: Look | None = None
    short: str = ""


Cells = Callable[[Any], Sequence[Cell]]


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], cells: Cells) -> None:
        super().__init__()
        self.columns, self._cells = columns, cells
        self.rows: tuple[Any, ...] = ()
        self._made: dict[int, Sequence[Cell]] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def cell(self, index: Index) -> Cell:
        row = index.row()
        if row not in self._made:
            self._made[row] = self._cells(self.rows[row])
        return self._made[row][index.column()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self.cell(index).text
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def append(self, rows: tuple[Any, ...]) -> None:
        self.beginInsertRows(QModelIndex(), len(self.rows), len(rows) - 1)
        self.rows = rows
        self.endInsertRows()

    def replace(self, rows: tuple[Any, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self._made.clear()
        self.endResetModel()

    def change(self, rows: tuple[Any, ...]) -> None:
        """As many rows as before, some of them with other words."""
        self.rows = rows
        self._made.clear()
        self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))

    def say_anew(self) -> None:
        """The words of the cells may be others now, such as those of a day that has passed."""
        if self.rows:
            self.change(self.rows)


class _Paint(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(40), px(ROW))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """What had to be shortened can be read whole."""
        model = index.model()
        if not isinstance(model, _Model) or event.type() != QEvent.Type.ToolTip:
            return False
        cell, room = model.cell(index), option.rect.width() - 2 * px(PADDING)
        wide = QFontMetricsF(theme.font(cell.size, cell.weight)).horizontalAdvance(cell.text) > room
        QToolTip.showText(event.globalPos(), cell.text if wide and cell.chip is None else "", view)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = self.parent(), index.model()
        if not isinstance(model, _Model) or not isinstance(view, Table):
            return
        area, cell = QRectF(option.rect), model.cell(index)
        marked = view.currentIndex().row() == index.row()
        if marked:
            painter.fillRect(area, colour("accentSoft"))
        elif view.hovered == index.row():
            painter.fillRect(area, colour("surface2"))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), colour("line"))
        inner = area.adjusted(px(PADDING), 0, -px(PADDING), 0)
        if cell.chip is not None:
            blends = marked and cell.chip.ground == "accentSoft"
            paint_chip(painter, inner, cell.chip._replace(ground="surface") if blends else cell.chip)
        else:
            chosen, words = theme.font(cell.size, cell.weight), cell.text
            if cell.short and QFontMetricsF(chosen).horizontalAdvance(words) > inner.width():
                words = cell.short
            paint.text(painter, inner, words, chosen, colour(cell.ink))


class _Head(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(px(20))
        self.setFixedHeight(px(HEAD))

    def sizeHint(self) -> QSize:
        return QSize(px(100), px(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        # The style paints a raised bar beyond the last section as well; here there is only a line.
        painter, model = QPainter(self.viewport()), self.model()
        for section in range(self.count()):
            if not self.isSectionHidden(section):
                area = QRectF(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height())
                title = model.headerData(section, Qt.Orientation.Horizontal)
                inner = area.adjusted(px(PADDING), 0, -px(PADDING), 0)
                paint.text(painter, inner, str(title), theme.font(13), colour("text2"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))


class Table(QTableView):
    """`marked` tells which row somebody has gone to, `entered` that it is to be opened, `near_end` that more rows are
    wanted, and `typed` what was typed while the table had the focus."""

    marked = Signal(int)
    entered = Signal(int)
    near_end = Signal()
    typed = Signal(str)

    def __init__(self, name: str, columns: Sequence[Column], cells: Cells, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns, self.hovered = tuple(columns), -1
        self._model = _Model(self.columns, cells)
        self._follows = False
        self.setModel(self._model)
        self.setItemDelegate(_Paint(self))
        self.setHorizontalHeader(_Head(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.verticalScrollBar().valueChanged.connect(self._look_for_end)
        self.doubleClicked.connect(lambda index: self.entered.emit(index.row()))

    # --- rows ----------------------------------------------------------------------------------------------------

    def rows(self) -> tuple[Any, ...]:
        return self._model.rows

    def show_rows(self, rows: tuple[Any, ...], marked: int, key: Callable[[Any], object]) -> None:
        """The rows, and which one is marked. What stands at the top of the view stays there, wherever it is now:
        `key` tells a row that has changed from another one."""
        before = self._model.rows
        self._follows = False
        if rows != before:
            if before and len(rows) > len(before) and rows[: len(before)] == before:
                self._model.append(rows)
            elif rows and [key(row) for row in rows] == [key(row) for row in before]:
                self._model.change(rows)
            else:
                self._replace(rows, key)
        if marked != self.currentIndex().row() or not self.currentIndex().isValid():
            self._go_to(marked)
        self._follows = True

    def say_anew(self) -> None:
        self._model.say_anew()

    def _replace(self, rows: tuple[Any, ...], key: Callable[[Any], object]) -> None:
        bar, height = self.verticalScrollBar(), px(ROW)
        top, rest = divmod(bar.value(), height)
        anchor = key(self._model.rows[top]) if bar.value() and top < len(self._model.rows) else None
        self._model.replace(rows)
        place = next((n for n, row in enumerate(rows) if key(row) == anchor), 0) if anchor is not None else 0
        self.updateGeometries()
        bar.setValue(place * height + rest if place or anchor is not None else 0)

    def go_to(self, row: int) -> None:
        """Marks a row and brings it into sight; beyond the ends the nearest one."""
        row = min(max(row, 0), len(self._model.rows) - 1)
        self.setCurrentIndex(self._model.index(row, self._first_column()))

    def _go_to(self, row: int) -> None:
        """Marks a row without moving the view."""
        bar = self.verticalScrollBar()
        value = bar.value()
        self.setAutoScroll(False)
        self.setCurrentIndex(self._model.index(row, self._first_column()) if row >= 0 else QModelIndex())
        self.setAutoScroll(True)
        bar.setValue(value)
        self.viewport().update()

    def _first_column(self) -> int:
        return next((n for n in range(len(self.columns)) if not self.isColumnHidden(n)), 0)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if self._follows and current.isValid() and current.row() != previous.row():
            self.marked.emit(current.row())

    def _look_for_end(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - NEAR_END * px(ROW):
            self.near_end.emit()

    # --- columns -------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def lay_out(self) -> None:
        """Gives every column its width, and hides those for which there is none."""
        room = self.viewport().width()
        shown = set(range(len(self.columns)))
        order = sorted((n for n in shown if self.columns[n].leaves), key=lambda n: self.columns[n].leaves)
        for leaving in order:
            if sum(px(self.columns[n].width) for n in shown) <= room:
                break
            shown.remove(leaving)
        left = room - sum(px(self.columns[n].width) for n in shown)
        shares = sum(self.columns[n].share for n in shown) or 1
        for n, column in enumerate(self.columns):  # what there is too little of is taken by share as well
            self.setColumnHidden(n, n not in shown)
            if n in shown:
                self.setColumnWidth(n, px(column.width) + left * column.share // shares)

    # --- hands ---------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self._model.rows) - 1
        bare = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bare:
            if self.currentIndex().isValid() and not event.isAutoRepeat():
                self.entered.emit(self.currentIndex().row())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and bare:  # Qt's own stay within the row
            self.go_to(0 if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape):
            event.ignore()  # there is nothing across, and Alt with them turns the page's day
        elif bare and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to whoever filters."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            row = self.currentIndex().row()
            area = QRectF(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
            paint.rounded(QPainter(self.viewport()), area.adjusted(1, 0, -1, -1), px(6), None, colour("accent"), 2)
