"""The last visits at this desk: a click or Enter opens the file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from models.codes import grouped
from models.records import OPEN_STATES
from resources import words
from resources.names import state as state_name
from resources.words import _
from ui import theme
from ui.theme import colour, island, px
from ui.widgets import paint
from ui.widgets.chip import chip_of, chip_width, paint_chip

if TYPE_CHECKING:
    from app.desk.latest import Visit

ROW = 50
Index = QModelIndex | QPersistentModelIndex


def state_words(visit: "Visit") -> str:
    """The state, and the day by which an answer is owed."""
    if visit.state in OPEN_STATES - {"lacking"} and visit.due_on is not None:
        return _("Answer by {day}").format(day=words.short_date(visit.due_on))
    return state_name(visit.state)


def code_words(visit: "Visit") -> str:
    return island(words.digits(grouped(visit.tracking_code)))


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.visits: tuple[Visit, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.visits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        visit = self.visits[index.row()]
        parts = (words.clock(visit.at), visit.client_name, visit.service, code_words(visit), state_words(visit))
        return ", ".join(parts)

    def show(self, visits: "tuple[Visit, ...]") -> None:
        self.beginResetModel()
        self.visits = visits
        self.endResetModel()


class _Paint(QStyledItemDelegate):
    SHARES = (0.28, 0.36, 0.24)
    """Of what the time and the chip leave: name, service, code."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        if not isinstance(model, _Model) or not isinstance(view, LastVisits):
            return
        visit = model.visits[index.row()]
        area = QRectF(option.rect)
        if view.hasFocus() and view.currentIndex().row() == index.row():
            paint.rounded(
                painter, area.adjusted(px(8), 3, -px(8), -3), px(8), colour("accentSoft"), colour("accent"), 2
            )
        elif view.hovered == index.row():
            paint.rounded(painter, area.adjusted(px(8), 3, -px(8), -3), px(8), colour("surface2"))
        if index.row():
            painter.fillRect(QRectF(area.left() + px(18), area.top(), area.width() - px(36), 1), colour("line"))
        cursor = paint.Cursor(area.adjusted(px(18), 0, -px(18), 0), theme.is_rtl())
        paint.text(
            painter, cursor.start(px(52), px(10)), words.clock(visit.at), theme.font(14), colour("text3"), ltr=False
        )
        look = chip_of(visit.state)._replace(text=state_words(visit))
        chip = cursor.end(chip_width(look), px(10))
        longest = px(176)
        slack = max(0.0, longest - chip.width())
        cursor.end(slack)
        whole = cursor.rest.width()
        columns = (
            (visit.client_name, theme.font(15, theme.BOLD), "text"),
            (visit.service, theme.font(14), "text2"),
            (code_words(visit), theme.font(14), "text2"),
        )
        taken = 0.0
        for share, (text, chosen, ink) in zip(self.SHARES, columns, strict=True):
            place = cursor.start(whole * share / sum(self.SHARES) - px(10), px(10))
            taken += place.width()
            paint.text(painter, place, text, chosen, colour(ink))
        paint_chip(painter, chip, look)


class LastVisits(QListView):
    """One Tab stop; arrows move, Enter or a click means a visit (`meant` with its tracking code)."""

    meant = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self.hovered = -1
        self.setModel(self._model)
        self.setItemDelegate(_Paint(self))
        self.setAccessibleName(_("Last visits"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._mean)
        self.entered.connect(lambda index: self._hover(index.row()))

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def leaveEvent(self, event: object) -> None:
        self._hover(-1)

    def _mean(self, index: QModelIndex) -> None:
        self.meant.emit(self._model.visits[index.row()].tracking_code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self._mean(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0))
        super().focusInEvent(event)

    def visits(self) -> "tuple[Visit, ...]":
        return self._model.visits

    def show_visits(self, visits: "tuple[Visit, ...]") -> None:
        if visits != self._model.visits:
            self._model.show(visits)
            self.setFixedHeight(px(ROW) * len(visits))
