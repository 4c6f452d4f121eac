"""The window: the rail at the reading side, and the page that is open beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.desk.doorstep import Here, Opening
from resources.words import _
from ui import icons, theme
from ui.sign_in.page import SignInPage
from ui.sign_in.presenter import SignIn
from ui.theme import colour, px
from ui.trouble import Trouble
from ui.widgets import paint
from ui.widgets.emblem import Emblem
from ui.widgets.halo import Halo
from ui.work import Work

if TYPE_CHECKING:
    from app.desk.people import Session
    from ui.counter.page import CounterPage
    from ui.counter.papers import Papers

RAIL = 88
OPEN_AFTER_MS = 80
"""From the first painting until the desk is opened behind it: by then the page has come to rest. Opening it sooner
would take the interpreter away from its paint and make it later, and nobody writes a password in that time."""


class RailItem(QPushButton):
    """A screen of the program: icon and word; the open one is filled softly."""

    def __init__(self, text: str, icon: str, *, is_open: bool = False) -> None:
        super().__init__(text)
        self._icon, self._open = icon, is_open
        self.setFixedSize(px(RAIL - 16), px(62))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(px(RAIL - 16), px(62))

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
        self._name, self._desk = name, desk
        self.setFixedHeight(px(92))
        self.setAccessibleName(f"{name}, {desk}")

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
    def __init__(self, name: str, desk: str) -> None:
        super().__init__()
        self.setFixedWidth(px(RAIL))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(16), 0, px(12))
        column.setSpacing(px(4))
        self.counter = RailItem(_("Counter"), "concierge-bell", is_open=True)
        self.leave = RailItem(_("Sign out"), "log-in")
        column.addWidget(Emblem(40), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(px(10))
        column.addWidget(self.counter, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        column.addWidget(Person(name, desk))
        column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignHCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface"))
        edge = 0 if theme.is_rtl() else self.width() - 1
        painter.fillRect(edge, 0, 1, self.height(), colour("line"))


class Window(QMainWindow):
    """One desk's window. `receipts` tells the folder into which receipts are written as files.

    With somebody `glanced` at, the sign-in page stands at once, and the desk is opened as soon as it has been painted:
    `opened` is called then, or the window closes with the `failure`.
    """

    def __init__(self, opening: Opening, receipts: Callable[[], Path], glanced: Here | None = None) -> None:
        super().__init__()
        self.opening, self.receipts = opening, receipts
        self.opened: Callable[[], None] = lambda: None
        self.failure: Exception | None = None
        self._painted = False
        self.work = Work(self)
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.setWindowTitle(_("Miz-e Khedmat"))
        self.setMinimumSize(px(960), px(600))
        self.resize(px(1366), px(768))
        self.counter: CounterPage | None = None
        self.papers: Papers | None = None
        self.sign_in = self._new_sign_in(glanced)
        self.halo = Halo(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(OPEN_AFTER_MS, self._open_desk)

    def _open_desk(self) -> None:
        self.work.change(self, "_desk_open", self.opening.desk, failed="_desk_shut")

    def _desk_open(self, _desk: object) -> None:
        if self.counter is None:
            self.sign_in.start()  # tables of an older program may say otherwise now
        self.opened()

    def _desk_shut(self, error: Exception) -> None:
        self.failure = error
        self.close()

    def _new_sign_in(self, glanced: Here | None = None) -> SignInPage:
        presenter = SignIn(self.opening, self.work)
        presenter.signed_in = self.open_counter
        page = SignInPage(presenter)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.start(glanced)
        return page

    def open_counter(self, session: "Session") -> None:
        """The counter, for whoever has just signed in."""
        from ui.counter.acts import Acts
        from ui.counter.page import CounterPage
        from ui.counter.papers import Papers
        from ui.counter.presenter import Counter

        acts = Acts(self.opening.desk(), session)
        self.papers = self.papers or Papers(self.work)  # they go on through a sign-out
        self.counter = CounterPage(Counter(acts, self.work, self.receipts(), self.papers))
        rail = Rail(session.person.name, self.sign_in.presenter.here.desk)
        rail.leave.clicked.connect(self.sign_out)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rail)
        row.addWidget(self.counter, 1)
        self._show_only(whole)
        self.counter.start()
        self.halo.raise_()

    def sign_out(self) -> None:
        """Back to the names; what is being written is kept as a draft."""
        if self.counter is not None:
            self.counter.counter.keep_draft()
            self.counter.counter.leave()
            self.counter = None
        self._show_only(None)

    def _show_only(self, page: QWidget | None) -> None:
        old = self.stack.currentWidget()
        if page is None:
            self.sign_in = self._new_sign_in()
        else:
            self.stack.addWidget(page)
            self.stack.setCurrentWidget(page)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()

    def show_trouble(self, trouble: Trouble) -> None:
        """A failure that nobody expected, said calmly wherever the clerk is."""
        if self.counter is not None:
            self.counter.counter.banner = trouble
            self.counter.render_state()
        else:
            self.sign_in.presenter.message = trouble.text
            self.sign_in.render_state()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.counter is not None:
            self.counter.counter.keep_draft()
        self.work.close()
        super().closeEvent(event)
