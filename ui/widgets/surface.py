"""A page's surface: what stands fixed at the head, cards that scroll under it, and the paper at the side."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.theme import px

GUTTER, BAR, AROUND = 28, 12, 16


class Cards(QScrollArea):
    """Cards one below the other, in `column`. The scroll bar lives in the gutter, so that they stay where they are when
    it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setSpacing(px(10))
        self._keep_gutter()
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(self._keep_gutter)
        self._soon = QTimer(self)  # only then everything has the place that it was given
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._reveal)
        self.verticalScrollBar().rangeChanged.connect(self._look_soon)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._look_soon)

    def _look_soon(self, *_what: object) -> None:
        """Nothing moves away from under a mouse that is pressing it."""
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._soon.start(0)

    def _reveal(self) -> None:
        """Whatever has the keyboard is on the screen, with its edge."""
        focused, cards = QApplication.focusWidget(), self.widget()
        if focused is not None and cards is not None and cards.isAncestorOf(focused):
            top = focused.mapTo(cards, QPoint(0, 0)).y()
            for edge in (top + focused.height(), top):
                self.ensureVisible(0, edge, 0, px(AROUND))

    def _keep_gutter(self, _least: int = 0, most: int = 0) -> None:
        end = px(GUTTER) - (px(BAR) if most else 0)
        left, right = (end, px(GUTTER)) if theme.is_rtl() else (px(GUTTER), end)
        self.column.setContentsMargins(left, px(4), right, px(16))


def lay_out(page: QWidget, head: tuple[QWidget, ...], cards: Cards, foot: QWidget, side: QWidget) -> None:
    """The head above the cards above the foot, and beside them the side."""
    upper = QVBoxLayout()
    upper.setContentsMargins(px(GUTTER), px(16), px(GUTTER), px(8))
    upper.setSpacing(px(10))
    for part in head:
        upper.addWidget(part)
    middle = QVBoxLayout()
    middle.setSpacing(0)
    middle.addLayout(upper)
    middle.addWidget(cards, 1)
    middle.addWidget(foot)
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addLayout(middle, 1)
    row.addWidget(side)
