"""A client's requests: code, service, state, day of the answer; what is late says so."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStyledItemDelegate, QStyleOptionViewItem

from models.calendar import business_day
from models.codes import grouped
from resources import names, words
from resources.words import _, ngettext
from ui import theme
from ui.counter.acts import masked
from ui.request_file.presenter import Files
from ui.theme import colour, island, px
from ui.widgets import paint
from ui.widgets.button import PLAIN, Button
from ui.widgets.card import Card
from ui.widgets.chip import chip_of, paint_chip
from ui.widgets.words import Sentence

if TYPE_CHECKING:
    from app.desk.client_files import FilesOf, Listed

Index = QModelIndex | QPersistentModelIndex
ROW = 54


def due_words(row: "Listed") -> str:
    """The day of the answer, with the word where it has passed; when it was registered, where none was promised."""
    if row.due_on is not None:
        day = words.numeric_date(row.due_on)
        return _("late, {day}").format(day=day) if row.late else _("by {date}").format(date=day)
    return words.numeric_date(business_day(row.registered_at))


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Listed, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.rows[index.row()]
            code = words.digits(grouped(row.tracking_code))
            return ", ".join((code, row.service, names.state(row.state), due_words(row)))
        return None

    def show_rows(self, rows: "tuple[Listed, ...]") -> None:
        """More rows are added behind the ones that stand; other rows replace them."""
        if self.rows and rows[: len(self.rows)] == self.rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(rows) - 1)
            self.rows = rows
            self.endInsertRows()
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()


class _Paint(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        if not isinstance(model, _Model) or not isinstance(view, QListView):
            return
        row, marked = model.rows[index.row()], view.currentIndex().row() == index.row()
        area = QRectF(option.rect).adjusted(px(4), px(1), -px(4), -px(1))
        if marked:
            paint.rounded(painter, area, px(8), colour("accentSoft"))
            edge = paint.Cursor(area, theme.is_rtl()).start(px(4))
            paint.rounded(painter, edge.adjusted(0, px(12), 0, -px(12)), px(2), colour("accent"))
        cursor = paint.Cursor(area.adjusted(px(14), 0, -px(12), 0), theme.is_rtl())
        code = words.digits(grouped(row.tracking_code))
        paint.text(painter, cursor.start(px(150), px(14)), code, theme.font(16, theme.BOLD), colour("text"), ltr=True)
        cap = paint.Cursor(cursor.end(paint.keys_width(("Enter",))), theme.is_rtl())
        paint.keys(painter, cap, ("Enter",) if marked else ())
        ink = colour("danger" if row.late else "text2")
        paint.text(painter, cursor.end(px(136), px(12)), due_words(row), theme.font(14), ink)
        paint_chip(painter, cursor.end(px(124), px(12)), chip_of(row.state))
        paint.text(painter, cursor.rest, row.service, theme.font(15), colour("text"))


class FileList(QListView):
    """Rows with one marked; the focus stays in the find field. `picked` carries the row that a mouse chose."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Paint(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Requests of this person"))
        self.clicked.connect(lambda index: self.picked.emit(index.row()))

    def rows(self) -> "tuple[Listed, ...]":
        return self._model.rows

    def show_rows(self, rows: "tuple[Listed, ...]", marked: int) -> None:
        if rows != self._model.rows:
            self._model.show_rows(rows)
            self.setFixedHeight(px(ROW) * max(len(rows), 1) + px(2))
        if marked < len(rows) and self.currentIndex().row() != marked:
            self.setCurrentIndex(self._model.index(marked))
            self.viewport().update()

    def marked_area(self) -> QRectF:
        return QRectF(self.visualRect(self.currentIndex()))


class ListingView(Card):
    """Who it is, how many requests there are, and the requests."""

    def __init__(self, files: Files) -> None:
        super().__init__()
        self.name = Sentence(size=20, weight=theme.BOLD, wraps=False)
        self.facts = Sentence(size=14, ink="text2", wraps=False)
        self.count = Sentence(size=14, ink="text2", icon="folder-open", wraps=False)
        self.another = Button(_("Another service"), PLAIN, icon="plus", keys=("F3",))
        self.another.clicked.connect(files.another_service)
        self.another.setVisible(False)
        self.none = Sentence(_("No request of this person is registered here."), size=15, ink="text3")
        self.list = FileList()
        self.list.picked.connect(files.pick_file)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self.name)
        head.addWidget(self.facts)
        head.addStretch(1)
        head.addWidget(self.count)
        head.addWidget(self.another)
        self.column.addLayout(head)
        self.column.addWidget(self.none)
        self.column.addWidget(self.list)

    def show_listing(self, files: Files, listing: "FilesOf") -> None:
        said = listing.details
        father = _("child of {name}").format(name=said.father_name) if said.father_name else ""
        self.name.setText(said.display_name)
        self.facts.setText(" · ".join(part for part in (father, island(masked(said.number))) if part))
        n = listing.count
        self.count.setText(ngettext("{n} file", "{n} files", n).format(n=words.number(n)))
        self.another.setVisible(files.acts.may_serve)
        self.none.setVisible(not listing.rows)
        self.list.setVisible(bool(listing.rows))
        self.list.show_rows(listing.rows, files.marked_file)
