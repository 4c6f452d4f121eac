"""The settings page: a list of its parts at the reading side, and the part that is open beside it."""

from functools import cached_property

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from resources.words import _
from ui import icons, theme
from ui.settings.centre_view import CentrePart
from ui.settings.parts import Part
from ui.settings.presenter import SECTIONS, Settings
from ui.settings.printers_view import PrintersPart
from ui.settings.views import HelpPart, LockPart, LookPart
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.banner import Banner
from ui.widgets.words import Sentence

NAV = 188
WIDEST = 860


class NavItem(QPushButton):
    """A part of the settings; the open one is filled softly and marked at its edge."""

    def __init__(self, text: str, icon: str) -> None:
        super().__init__(text)
        self._icon, self._open = icon, False
        self.setFixedHeight(px(42))
        self.setMinimumWidth(px(NAV))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_open(self, is_open: bool) -> None:
        # The list is one stop for Tab; within it the arrows move.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_open else Qt.FocusPolicy.ClickFocus)
        if is_open != self._open:
            self._open = is_open
            self.setAccessibleDescription(_("open") if is_open else "")
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # Qt would go on as with Tab; the list knows better
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(px(NAV), px(42))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        if self._open or self.underMouse():
            paint.rounded(painter, area, px(10), colour("accentSoft" if self._open else "surface2"))
        if paint.shows_focus(self):
            paint.rounded(painter, area, px(10), None, colour("accent"), 2)
        cursor = paint.Cursor(area.adjusted(px(12), 0, -px(12), 0), theme.is_rtl())
        ink = colour("accent" if self._open else "text2")
        icons.paint(painter, self._icon, paint.square(cursor.start(px(20), px(10)), px(20)), ink)
        weight = theme.BOLD if self._open else theme.REGULAR
        paint.text(painter, cursor.rest, self.text(), theme.font(15, weight), ink)


class SettingsPage(QWidget):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        titles = {
            "look": (_("Look and legibility"), "sun"),
            "lock": (_("Screen lock"), "lock"),
            "printers": (_("Printers and paper"), "printer"),
            "centre": (_("Centre"), "cloud-upload"),
            "help": (_("Help and version"), "circle-question-mark"),
        }
        self.items = {section: NavItem(*titles[section]) for section in SECTIONS}
        self.banner = Banner()
        self.banner.closed.connect(settings.dismiss_banner)
        self.stack = QStackedWidget()
        self._places: dict[str, QScrollArea] = {}
        self._lay_out()
        for section, item in self.items.items():
            item.clicked.connect(lambda _checked=False, section=section: settings.go_to(section))
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setAutoRepeat(False)
        escape.activated.connect(settings.back)
        settings.changed = self.render_state
        self.render_state()

    # Each part is built when it is opened: all of them at once would hold the window up for longer than one sees.

    @cached_property
    def look(self) -> LookPart:
        return LookPart(self.settings)

    @cached_property
    def lock(self) -> LockPart:
        return LockPart(self.settings)

    @cached_property
    def printers(self) -> PrintersPart:
        return PrintersPart(self.settings)

    @cached_property
    def centre(self) -> CentrePart:
        return CentrePart(self.settings.centre)

    @cached_property
    def help(self) -> HelpPart:
        return HelpPart(self.settings)

    def _open(self, section: str) -> None:
        """Shows a part as it stands."""
        part: Part = getattr(self, section)
        if section not in self._places:
            self._places[section] = _scrolled(part)
            self.stack.addWidget(self._places[section])
        self.stack.setCurrentWidget(self._places[section])
        part.show_state()

    def _lay_out(self) -> None:
        nav = QVBoxLayout()
        nav.setSpacing(px(4))
        nav.addWidget(Sentence(_("Settings"), size=24, weight=theme.BOLD, wraps=False))
        nav.addSpacing(px(12))
        for item in self.items.values():
            nav.addWidget(item)
        nav.addStretch(1)
        middle = QVBoxLayout()
        middle.setSpacing(px(10))
        middle.addWidget(self.banner)
        middle.addWidget(self.stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(24), px(18), px(24), 0)
        row.setSpacing(px(24))
        row.addLayout(nav)
        row.addLayout(middle, 1)

    def start(self) -> None:
        self.settings.start()

    def first(self) -> QWidget:
        """Where the focus goes when the page is opened."""
        return self.items[self.settings.section]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows in the list go from part to part."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or not any(item.hasFocus() for item in self.items.values()):
            super().keyPressEvent(event)
            return
        place = min(max(SECTIONS.index(self.settings.section) + step, 0), len(SECTIONS) - 1)
        self.settings.go_to(SECTIONS[place])
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def render_state(self) -> None:
        """Show everything the presenter knows."""
        settings = self.settings
        for section, item in self.items.items():
            item.show_open(section == settings.section)
        if any(item.hasFocus() for item in self.items.values()):
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)
        self._open(settings.section)
        banner = settings.banner
        if banner is None:
            self.banner.hide()
        else:
            self.banner.show_message(banner.kind, banner.head, banner.text, "", _("Close"))


def _scrolled(part: Part) -> QScrollArea:
    part.setMaximumWidth(px(WIDEST))
    inside = QWidget()
    row = QHBoxLayout(inside)
    row.setContentsMargins(0, 0, 0, px(18))
    row.addWidget(part, 100)
    row.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
