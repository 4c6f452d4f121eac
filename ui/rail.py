"""The rail at the reading side: the screens of the program, and who works here."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from resources.words import _
from ui import icons, theme
from ui.status.strip import RailStatus
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.button import QUIET, Button
from ui.widgets.emblem import Emblem

RAIL = 88
LOWEST_WITH_STATUS = 570
"""From this height on the desk's signs have room above the person."""


class RailItem(QPushButton):
    """A screen of the program: icon and word; the open one is filled softly."""

    def __init__(self, text: str, icon: str, key: str = "") -> None:
        super().__init__(text)
        self._icon, self._open = icon, False
        self.setToolTip(key)
        self.setFixedSize(px(RAIL - 16), px(60))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_open(self, is_open: bool) -> None:
        if is_open != self._open:
            self._open = is_open
            self.setAccessibleDescription(_("open") if is_open else "")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(RAIL - 16), px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        if self._open or self.underMouse():
            paint.rounded(painter, area, px(10), colour("accentSoft" if self._open else "surface2"))
        if paint.shows_focus(self):
            paint.rounded(painter, area, px(10), None, colour("accent"), 2)
        ink = colour("accent" if self._open else "text2")
        box = QRectF(area.left(), area.top() + px(8), area.width(), px(24))
        icons.paint(painter, self._icon, paint.square(box, px(24)), ink, 2 if self._open else 1.75)
        under = QRectF(area.left(), area.top() + px(33), area.width(), px(24))
        weight = theme.BOLD if self._open else theme.REGULAR
        paint.text(painter, under, self.text(), theme.font(13, weight), ink, theme.CENTRE)


class Person(QWidget):
    """Who works here at the moment, at the rail's foot."""

    def __init__(self, name: str, desk: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedHeight(px(86))
        self.show_desk(desk)

    def show_desk(self, desk: str) -> None:
        self._desk = desk
        self.setAccessibleName(f"{self._name}, {desk}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        disc = paint.square(QRectF(area.left(), area.top(), area.width(), px(40)), px(40))
        paint.rounded(painter, disc, px(20), colour("accentSoft"))
        paint.text(painter, disc, self._name[:1], theme.font(16, theme.BOLD), colour("accent"), theme.CENTRE)
        upper = QRectF(area.left() + 2, disc.bottom() + px(4), area.width() - 4, px(22))
        lower = QRectF(area.left() + 2, upper.bottom(), area.width() - 4, px(20))
        paint.text(painter, upper, self._name, theme.font(12, theme.MEDIUM), colour("text2"), theme.CENTRE)
        paint.text(painter, lower, self._desk, theme.font(12), colour("text3"), theme.CENTRE)


class Rail(QWidget):
    """`open` is called with the name of the page whose item was pressed."""

    def __init__(self, name: str, desk: str, pages: tuple[str, ...], open_page: Callable[[str], None]) -> None:
        super().__init__()
        self.setFixedWidth(px(RAIL))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(16), 0, px(12))
        column.setSpacing(px(6))
        column.addWidget(Emblem(40), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(px(10))
        titles = {
            "counter": (_("Counter"), "concierge-bell"),
            "files": (_("Files"), "folder-open"),
            "log": (_("Daily log"), "book-open-text"),
            "settings": (_("Settings"), "settings-2"),
        }
        self.items: dict[str, RailItem] = {}
        for number, page in enumerate(pages, 1):
            item = self.items[page] = RailItem(*titles[page], key=f"Ctrl+{number}")
            item.clicked.connect(lambda _checked=False, page=page: open_page(page))
            column.addWidget(item, 0, Qt.AlignmentFlag.AlignHCenter)
        self.lock = Button("", QUIET, icon="lock")
        self.leave = Button("", QUIET, icon="log-out")
        for button, word, key in ((self.lock, _("Lock"), "Ctrl+0"), (self.leave, _("Sign out"), "")):
            button.setAccessibleName(word)
            button.setToolTip(f"{word}  {key}".strip())
            button.setFixedSize(px(40), px(36))
        ways = QHBoxLayout()
        ways.setSpacing(0)
        ways.addStretch(1)
        ways.addWidget(self.lock)
        ways.addWidget(self.leave)
        ways.addStretch(1)
        self.status = RailStatus()
        column.addStretch(1)
        column.addWidget(self.status)
        self.person = Person(name, desk)
        column.addWidget(self.person)
        column.addLayout(ways)

    def show_open(self, page: str) -> None:
        for name, item in self.items.items():
            item.show_open(name == page)

    def show_status(self, wanted: bool) -> None:
        """The desk's signs, where no paper has them beside it and there is the height for them."""
        self.status.setVisible(wanted and self.height() >= px(LOWEST_WITH_STATUS))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface"))
        edge = 0 if theme.is_rtl() else self.width() - 1
        painter.fillRect(edge, 0, 1, self.height(), colour("line"))
