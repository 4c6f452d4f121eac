"""A field to write in: label above, frame with icon and key, and below it the sentence that says what is wrong."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.digits import Letters
from ui.widgets.words import Sentence


class Line(QLineEdit):
    """The bare line inside a frame. Enter asks for the next field; Up and Down are offered to the owner first."""

    moved = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bare", True)
        self.setFrame(False)

    def setValidator(self, validator: QValidator) -> None:
        validator.setParent(self)  # Qt keeps no hold of it, and nothing else would end it
        super().setValidator(validator)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step:
            self.moved.emit(step)
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # Qt hands an Enter on to the page, where the next part would take it for its own

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Frame(QWidget):
    """The box one writes in. It shows focus, error and a tick, and gives its line the whole rest."""

    def __init__(self, *, height: int = 44, icon: str = "", keys: tuple[str, ...] = (), size: int = 16) -> None:
        super().__init__()
        self._icon, self._keys, self._tick, self.wrong = icon, keys, False, False
        self.line = Line(self)
        self.line.setFont(theme.font(size))
        self.line.installEventFilter(self)
        self.setFixedHeight(px(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.line)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(px(6))
        self._row.addWidget(self.line, 1)
        self._margins()

    def add_at_end(self, widget: QWidget) -> None:
        self._row.addWidget(widget)

    def set_tick(self, tick: bool) -> None:
        if tick != self._tick:
            self._tick = tick
            self._margins()
            self.update()

    def set_wrong(self, wrong: bool) -> None:
        if wrong != self.wrong:
            self.wrong = wrong
            self.update()

    def _margins(self) -> None:
        begin = px(46) if self._icon else px(14)
        end = px(12) + paint.keys_width(self._keys) + (px(28) if self._tick else 0)
        left, right = (end, begin) if theme.is_rtl() else (begin, end)
        # Layout margins are mirrored by Qt in a right-to-left window; contents margins of a box layout are not.
        self._row.setContentsMargins(round(left), 0, round(right), 0)

    def takes_halo(self) -> int:
        return 10

    def sizeHint(self) -> QSize:
        return QSize(px(180), self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.EnabledChange):
            self.update()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        focused, enabled = paint.shows_focus(self.line), self.isEnabled()
        edge = "dangerSolid" if self.wrong else "accent" if focused else "field" if enabled else "line"
        width = 2.0 if focused else 1.5 if self.wrong else 1.0
        ground = colour("surface" if enabled else "surface2")
        paint.rounded(painter, QRectF(self.rect()), px(10), ground, colour(edge), width)
        cursor = paint.Cursor(QRectF(self.rect()).adjusted(px(14), 0, -px(12), 0), theme.is_rtl())
        if self._icon:
            ink = colour("accent" if focused else "text2" if enabled else "text3")
            icons.paint(painter, self._icon, paint.square(cursor.start(px(22)), px(22)), ink)
        paint.keys(painter, cursor, self._keys)
        if self._tick:
            icons.paint(painter, "check", paint.square(cursor.end(px(18)), px(18)), colour("accent"), 2)


class Field(QWidget):
    """Label, frame and message. `edited` carries what the clerk typed, `left` says that the focus went on."""

    edited = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(
        self,
        label: str,
        *,
        note: str = "",
        hint: str = "",
        placeholder: str = "",
        validator: QValidator | None = None,
        number: bool = False,
        icon: str = "",
        keys: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.hint = hint
        self.label = Sentence(label, size=13, weight=theme.MEDIUM, ink="text2", wraps=False)
        self.frame = Frame(icon=icon, keys=keys)
        self.message = Sentence(hint, size=13, ink="text3")
        line = self.frame.line
        line.setAccessibleName(label)
        line.setValidator(validator or Letters())
        line.setPlaceholderText(f"\u00a0{placeholder}" if placeholder else "")
        if number:
            line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        line.setAlignment(theme.start())
        line.textEdited.connect(self.edited)
        line.returnPressed.connect(self.entered)
        line.left.connect(self.left)
        self.heading = QHBoxLayout()
        self.heading.setSpacing(px(8))
        self.heading.addWidget(self.label)
        if note:
            self.heading.addWidget(Sentence(note, size=13, ink="text3", wraps=False))
        self.heading.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(self.heading)
        column.addWidget(self.frame)
        column.addWidget(self.message)
        column.addStretch(1)
        # Only now that it has a parent: a widget shown without one is a window and takes the keyboard.
        self.message.setVisible(bool(hint))
        self.setFocusProxy(self.frame.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        return self.frame.line.text()

    def show_text(self, text: str) -> None:
        """Put `text` into the line unless it stands there already; the caret is left alone while the clerk types."""
        if self.frame.line.text() != text:
            self.frame.line.setText(text)

    def show_problem(self, sentence: str, *, doubt: bool = False) -> None:
        """The sentence under the field: red when it blocks, amber when it is only a doubt, none when empty."""
        blocks = bool(sentence) and not doubt
        self.frame.set_wrong(blocks)
        self.label.setInk("danger" if blocks else "text2")
        self.message.setText(sentence or self.hint)
        self.message.setIcon(("triangle-alert" if doubt else "circle-alert") if sentence else "")
        self.message.setInk("text3" if not sentence else "warn" if doubt else "danger")
        self.message.setVisible(bool(sentence or self.hint))
        self.frame.line.setAccessibleDescription(sentence)

    def show_tick(self, right: bool) -> None:
        self.frame.set_tick(right)
