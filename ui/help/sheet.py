"""The sheet of keys: over the page with F1, gone with F1 or Esc, and the focus is where it was."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from resources import words
from resources.words import _
from ui import theme
from ui.help.keys import Key, Section, keys_of
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.button import LINK, PLAIN, Button
from ui.widgets.card import Card
from ui.widgets.words import Sentence

WIDTH = 980
CAPS = 118


class KeyRow(QWidget):
    """Caps, and what they do."""

    def __init__(self, key: Key) -> None:
        super().__init__()
        self._key = key
        self.setFixedHeight(px(32))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spoken = (_("to") if key.either else "+").join(f" {cap} " for cap in key.caps).strip()
        self.setAccessibleName(f"{spoken}: {key.does}")

    def sizeHint(self) -> QSize:
        return QSize(px(340), px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        cursor = paint.Cursor(QRectF(self.rect()), theme.is_rtl())
        place = cursor.start(px(CAPS), px(10))
        # Struck together they stand as on a keyboard: the held one at the left.
        together = paint.Cursor(place, theme.is_rtl())
        caps = self._key.caps if self._key.either or not theme.is_rtl() else self._key.caps[::-1]
        for cap in caps:
            shown = cap if cap[0].isalpha() else words.digits(cap)
            paint.key_cap(painter, together.start(paint.key_width(shown), px(6)), shown)
        paint.text(painter, cursor.rest, self._key.does, theme.font(14), colour("text"))


class KeySheet(QWidget):
    """Covers `over`, the whole window. `guide` shows the first guide once more, where somebody is signed in."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._before: QWidget | None = None
        self.guide: Callable[[], None] = lambda: None
        self.title = Sentence(_("Keys"), size=20, weight=theme.BOLD, icon="keyboard", wraps=False)
        self.guide_button = Button(_("The first guide"), LINK)
        self.guide_button.clicked.connect(self._to_guide)
        self.close_button = Button(_("Close"), PLAIN, keys=("Esc",))
        self.close_button.clicked.connect(self.leave)
        self.rows: list[KeyRow] = []
        self.columns = QHBoxLayout()
        self.columns.setSpacing(px(28))
        self._lay_out()
        over.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        self.card = Card()
        inside = QWidget()
        inside.setLayout(self.columns)
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.guide_button)
        head.addWidget(self.close_button)
        column = self.card.column
        column.setContentsMargins(px(8), px(4), px(8), px(6))
        column.addLayout(head)
        column.addSpacing(px(4))
        column.addWidget(self.area)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(2)

    def show_page(self, page: str) -> None:
        """The keys of this page."""
        sections = keys_of(page)
        while self.columns.count():
            taken = self.columns.takeAt(0)
            section = taken.widget() if taken is not None else None
            if section is not None:
                section.deleteLater()
        self.rows = []
        for shown in sections:
            self.columns.addWidget(self._section(shown), 3 if not self.columns.count() else 2)
        longest = max(len(section.keys) for section in sections)
        self.area.setFixedHeight(min(px(34) + longest * px(34) + px(4), self._over.height() - px(140)))
        self.card.setFixedWidth(min(px(WIDTH), self._over.width() - px(40)))
        self.guide_button.setVisible(page not in ("sign-in", "lock"))
        self._before = self._over.focusWidget()
        self.setAccessibleName(_("Keys"))
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _section(self, section: Section) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(Sentence(section.title, size=15, weight=theme.BOLD, wraps=False))
        for key in section.keys:
            row = KeyRow(key)
            self.rows.append(row)
            column.addWidget(row)
        column.addStretch(1)
        return part

    def leave(self) -> None:
        """The page has its keys again, and the focus where it was."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()  # last: Qt asks what hides with the focus in it for the next place, and there is none

    def _to_guide(self) -> None:
        self.leave()
        self.guide()

    # --- keys stay here --------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no key of the page works while its keys are explained
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1) and not event.isAutoRepeat():
            self.leave()
        bar = self.area.verticalScrollBar()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        bar.setValue(bar.value() + step.get(Qt.Key(event.key()), 0) * px(34))

    def focusNextPrevChild(self, forward: bool) -> bool:
        places = [place for place in (self.guide_button, self.close_button) if place.isVisible()]
        if not places:
            return False
        if not places:
            return True  # it is on its way out, and Qt looks for somebody to take the focus
        now = places.index(self.close_button) if self.close_button.hasFocus() else 0
        places[(now + 1) % len(places)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        veil = QColor(colour("shadow"))
        veil.setAlphaF(0.32)
        painter.fillRect(self.rect(), veil)
