"""What was found: rows under the find field. The focus stays in the field; the marked row takes its Enter."""

from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint

Index = QModelIndex | QPersistentModelIndex


class Row(NamedTuple):
    """`columns` are a name and up to three facts; `tail` stands at the end. A row with an icon is an offer. `marks` are
    the parts of the name that were looked for, as begin and length."""

    columns: tuple[str, ...]
    tail: str = ""
    icon: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (*self.columns, self.tail) if part)


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rows[index.row()].spoken
        return None

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class _Paint(QStyledItemDelegate):
    SHARES = (0.32, 0.2, 0.16, 0.17)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(54))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        if not isinstance(model, _Model) or not isinstance(view, QListView):
            return
        row, marked = model.rows[index.row()], view.currentIndex().row() == index.row()
        area = QRectF(option.rect).adjusted(px(10), px(1), -px(10), -px(1))
        if marked:
            paint.rounded(painter, area, px(8), colour("accentSoft"))
            edge = paint.Cursor(area, theme.is_rtl()).start(px(4))
            paint.rounded(painter, edge.adjusted(0, px(12), 0, -px(12)), px(2), colour("accent"))
        cursor = paint.Cursor(area.adjusted(px(14), 0, -px(12), 0), theme.is_rtl())
        whole = cursor.rest.width()
        if row.icon:
            if index.row():
                painter.fillRect(QRectF(area.left(), option.rect.top(), area.width(), 1), colour("line"))
            icons.paint(painter, row.icon, paint.square(cursor.start(px(22), px(10)), px(20)), colour("accent"))
            paint.keys(painter, cursor, ("Enter",) if marked else ())
            paint.text(painter, cursor.rest, row.columns[0], theme.font(15, theme.MEDIUM), colour("accent"))
            return
        for share, words in zip(self.SHARES, row.columns, strict=False):
            name = share == self.SHARES[0]
            chosen = theme.font(16 if name else 14, theme.BOLD if name else theme.REGULAR)
            place = cursor.start(whole * share - px(12), px(12))
            if name and row.marks:
                paint.marked_text(painter, place, words, chosen, colour("text"), row.marks, colour("accent"))
            else:
                paint.text(painter, place, words, chosen, colour("text" if name else "text2"))
        paint.keys(painter, cursor, ("Enter",) if marked else ())
        paint.text(painter, cursor.rest, row.tail, theme.font(14), colour("text3"))


class ResultList(QListView):
    """Rows with one marked; `picked` carries the row a mouse chose."""

    picked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Paint(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda index: self.picked.emit(index.row()))

    def rows(self) -> tuple[Row, ...]:
        return self._model.rows

    def show_rows(self, rows: tuple[Row, ...], marked: int) -> None:
        if rows != self._model.rows:
            self._model.show_rows(rows)
            self.setFixedHeight(px(54) * len(rows) + px(2))
        if marked < len(rows) and self.currentIndex().row() != marked:
            self.setCurrentIndex(self._model.index(marked))
            self.viewport().update()
