"""One of several, chosen from a list that drops down. The arrow and the frame are painted, the rest is Qt's own."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint

Index = QModelIndex | QPersistentModelIndex


class _Choice(QStyledItemDelegate):
    """A line of the list: the one under the hand is filled softly, the one that is chosen has a tick."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(80), px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area, combo = QRectF(option.rect), self.parent()
        painter.fillRect(area, colour("surface"))
        if option.state & QStyle.StateFlag.State_Selected:
            paint.rounded(painter, area.adjusted(px(4), px(1), -px(4), -px(1)), px(8), colour("accentSoft"))
        cursor = paint.Cursor(area.adjusted(px(13), 0, -px(13), 0), theme.is_rtl())
        chosen = isinstance(combo, QComboBox) and combo.currentIndex() == index.row()
        if chosen:
            icons.paint(painter, "check", paint.square(cursor.end(px(16), px(8)), px(16)), colour("accent"), 2)
        weight = theme.MEDIUM if chosen else theme.REGULAR
        paint.text(painter, cursor.rest, str(index.data()), theme.font(14, weight), colour("text"))


class Combo(QComboBox):
    """`activated` (Qt's own) tells what somebody chose. One that `filters` shows when it does: its first choice is the
    one that lets everything through."""

    def __init__(self, name: str, *, widest: int = 180, filters: bool = True) -> None:
        super().__init__()
        self._widest, self._filters = widest, filters
        self.setView(QListView(self))
        self.view().setFrameShape(QFrame.Shape.NoFrame)
        self.view().setItemDelegate(_Choice(self))
        self.setAccessibleName(name)
        self.setFont(theme.font(14))
        self.view().setFont(theme.font(14))
        self.setFixedHeight(px(40))
        self.setMaxVisibleItems(14)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_choices(self, choices: tuple[tuple[str, object], ...], chosen: object) -> None:
        """Words with what they mean. The list that is open is left alone."""
        now = tuple((self.itemText(n), self.itemData(n)) for n in range(self.count()))
        if now != choices and not self.view().isVisible():
            self.blockSignals(True)
            self.clear()
            for word, meaning in choices:
                self.addItem(word, meaning)
            self.blockSignals(False)
            self.view().setMinimumWidth(round(self._list_width()))
            self.updateGeometry()
        place = next((n for n, (_word, meaning) in enumerate(choices) if meaning == chosen), 0)
        if place != self.currentIndex() and not self.view().isVisible():
            self.setCurrentIndex(place)
            self.updateGeometry()
        self.update()

    def _list_width(self) -> float:
        metrics = QFontMetricsF(theme.font(14))
        widest = max((metrics.horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0)
        return min(widest + px(64), px(420))

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(14, theme.MEDIUM))
        words = max(metrics.horizontalAdvance(text) for text in (self.itemText(0), self.currentText()))
        return QSize(min(max(round(words) + px(50), px(112)), px(self._widest)), px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(96), px(40))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel that passes over it must not choose

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and not event.modifiers():
            self.showPopup()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def takes_halo(self) -> int:
        return 10

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        focused, enabled = paint.shows_focus(self), self.isEnabled()
        chosen = self._filters and self.currentIndex() > 0 and enabled
        ground = "accentSoft" if chosen else "surface2" if self.underMouse() or not enabled else "surface"
        edge = "accent" if focused or chosen else "field" if enabled else "line"
        paint.rounded(painter, area, px(10), colour(ground), colour(edge), 2.0 if focused else 1.0)
        cursor = paint.Cursor(area.adjusted(px(13), 0, -px(11), 0), theme.is_rtl())
        ink = colour("accent" if chosen else "text" if enabled else "text3")
        icons.paint(painter, "chevron-down", paint.square(cursor.end(px(16), px(8)), px(16)), colour("text2"))
        weight = theme.MEDIUM if chosen else theme.REGULAR
        paint.text(painter, cursor.rest, self.currentText(), theme.font(14, weight), ink)
