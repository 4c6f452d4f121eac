"""Things to choose from: chips, segments, check rows and tiles. Each is Qt's own control underneath."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QRadioButton, QSizePolicy, QWidget

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint


class Chip(QRadioButton):
    """One of a row of round choices."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFixedHeight(px(28))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(theme.font(13, theme.MEDIUM)).horizontalAdvance(self.text())
        return QSize(round(width) + px(26), px(28))

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        chosen, enabled, box = self.isChecked(), self.isEnabled(), area
        if paint.shows_focus(self):
            box = paint.ring(painter, area, area.height() / 2) if chosen else area
        hovered = enabled and self.underMouse()
        if chosen:
            paint.rounded(painter, box, box.height() / 2, colour("accentHover" if hovered else "accent"))
        else:
            ground, edge = ("surface2", "line") if not enabled else ("surface2" if hovered else "surface", "keyLine")
            paint.rounded(painter, box, box.height() / 2, colour(ground), colour(edge))
            if paint.shows_focus(self):
                paint.rounded(painter, area, area.height() / 2, None, colour("accent"), 2)
        ink = "onAccent" if chosen else "text2" if enabled else "text3"
        paint.text(painter, area, self.text(), theme.font(13, theme.MEDIUM), colour(ink), theme.CENTRE)

    def takes_halo(self) -> int:
        return 0 if self.isChecked() else 14


class Segment(QRadioButton):
    """One of a few big choices on a track: icon, word, what it means, and its key."""

    def __init__(self, text: str, meaning: str, icon: str, key: str) -> None:
        super().__init__(text)
        self._meaning, self._icon, self._key = meaning, icon, key
        self.setAccessibleDescription(meaning)
        self.setFixedHeight(px(58))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(58))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(58))

    def is_whole(self) -> bool:
        """Whether its words are seen in the size that it was given."""
        room = self.width() - px(6) - px(22) - px(32) - paint.keys_width((self._key,))
        lines = ((self.text(), theme.font(15, theme.BOLD)), (self._meaning, theme.font(13)))
        return all(QFontMetricsF(chosen).horizontalAdvance(text) <= room for text, chosen in lines)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect()).adjusted(px(3), px(3), -px(3), -px(3))
        chosen = self.isChecked()
        focused = paint.shows_focus(self)
        if focused:
            paint.ring(painter, QRectF(self.rect()), px(11))
        if chosen:
            box = QRectF(self.rect()).adjusted(4, 4, -4, -4) if focused else area
            paint.rounded(painter, box, px(9) - 2 * focused, colour("surface"), colour("accent"), 1 if focused else 2)
        elif self.isEnabled() and self.underMouse():
            paint.rounded(painter, area, px(9), colour("line"))
        cursor = paint.Cursor(area.adjusted(px(12), 0, -px(10), 0), theme.is_rtl())
        ink = colour("accent" if chosen else "text2")
        icons.paint(painter, self._icon, paint.square(cursor.start(px(22), px(10)), px(22)), ink, 2 if chosen else 1.75)
        paint.keys(painter, cursor, (self._key,))
        rest = cursor.rest
        upper = QRectF(rest.left(), rest.top() + px(4), rest.width(), px(23))
        lower = QRectF(rest.left(), upper.bottom() - px(1), rest.width(), px(21))
        weight = theme.BOLD if chosen else theme.MEDIUM
        paint.text(painter, upper, self.text(), theme.font(15, weight), colour("text" if chosen else "text2"))
        quiet = "text2" if self.isEnabled() and self.underMouse() and not chosen else "text3"
        paint.text(painter, lower, self._meaning, theme.font(13), colour(quiet))


class Track(QWidget):
    """The inset ground under a row of segments."""

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.rounded(QPainter(self), QRectF(self.rect()), px(11), colour("surface2"), colour("line"))


class CheckRow(QCheckBox):
    """A paper: the whole row ticks. Lacking ones turn amber and say so; its digit shows while `numbered`."""

    def __init__(self, text: str, lacking_word: str) -> None:
        super().__init__(text)
        self._lacking_word, self._lacking, self._digit = lacking_word, False, ""
        self.setFixedHeight(px(38))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_state(self, text: str, received: bool, lacking: bool, digit: str) -> None:
        if (text, received, lacking, digit) == (self.text(), self.isChecked(), self._lacking, self._digit):
            return
        self._lacking, self._digit = lacking, digit
        self.setText(text)
        self.setChecked(received)
        self.setAccessibleDescription(self._lacking_word if lacking else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(220), px(38))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(38))

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        if self._lacking:
            paint.rounded(painter, area, px(8), colour("warnSoft"))
        elif self.isEnabled() and self.underMouse():
            paint.rounded(painter, area, px(8), colour("surface2"))
        if paint.shows_focus(self):
            paint.rounded(painter, area, px(8), None, colour("accent"), 2)
        cursor = paint.Cursor(area.adjusted(px(8), 0, -px(8), 0), theme.is_rtl())
        box = paint.square(cursor.start(px(22), px(10)), px(22))
        enabled = self.isEnabled()
        if self.isChecked():
            paint.rounded(painter, box, px(6), colour("accent" if enabled else "keyLine"))
            icons.paint(painter, "check", paint.square(box, px(16)), colour("onAccent" if enabled else "text3"), 3)
        else:
            edge = "warnSolid" if self._lacking else "field" if enabled else "line"
            paint.rounded(painter, box, px(6), colour("surface" if enabled else "surface2"), colour(edge), 1.5)
        if self._lacking:
            width = QFontMetricsF(theme.font(13)).horizontalAdvance(self._lacking_word)
            place = cursor.end(width, px(6))
            paint.text(painter, place, self._lacking_word, theme.font(13), colour("warn"))
        elif self._digit:
            paint.keys(painter, cursor, (self._digit,))
        ink = "warn" if self._lacking else "text" if enabled else "text3"
        paint.text(painter, cursor.rest, self.text(), theme.font(15), colour(ink))

    def takes_halo(self) -> int:
        return 8


class Tile(QRadioButton):
    """A person to sign in as: first letter in a disc, name, what they do here. Arrows only move; a click or Enter
    means this person (`meant`)."""

    meant = Signal()

    def __init__(self, name: str, role: str) -> None:
        super().__init__(name)
        self._role = role
        self.setAccessibleDescription(role)
        self.setFixedHeight(px(68))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.meant.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.meant.emit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(px(270), px(68))

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        chosen = self.isChecked()
        edge, width = ("accent", 2.0) if chosen or paint.shows_focus(self) else ("line", 1.0)
        ground = "accentSoft" if chosen else "surface2" if self.isEnabled() and self.underMouse() else "surface"
        box, radius = area, px(12)
        if chosen and paint.shows_focus(self):
            box, radius, width = paint.ring(painter, area, radius), radius - 4, 1.0
        paint.rounded(painter, box, radius, colour(ground), colour(edge), width)
        cursor = paint.Cursor(area.adjusted(px(14), 0, -px(14), 0), theme.is_rtl())
        disc = paint.square(cursor.start(px(44), px(12)), px(44))
        paint.rounded(painter, disc, px(22), colour("accent" if chosen else "surface2"))
        letter = self.text()[:1]
        ink = colour("onAccent" if chosen else "text2")
        paint.text(painter, disc, letter, theme.font(17, theme.BOLD), ink, Qt.AlignmentFlag.AlignCenter)
        rest = cursor.rest
        upper = QRectF(rest.left(), rest.center().y() - px(24), rest.width(), px(25))
        lower = QRectF(rest.left(), rest.center().y(), rest.width(), px(22))
        paint.text(painter, upper, self.text(), theme.font(16, theme.MEDIUM), colour("text"))
        paint.text(painter, lower, self._role, theme.font(13), colour("text3"))

    def takes_halo(self) -> int:
        return 12


class NumberedTile(QPushButton):
    """A numbered choice of the service picker: digit cap, title, time. The marked one takes Enter."""

    def __init__(self) -> None:
        super().__init__()
        self._digit, self._title, self._detail, self._marked = "", "", "", False
        self.setFixedHeight(px(58))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_choice(self, digit: str, title: str, detail: str, marked: bool) -> None:
        if (digit, title, detail, marked) == (self._digit, self._title, self._detail, self._marked):
            return
        self._digit, self._title, self._detail, self._marked = digit, title, detail, marked
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(58))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(58))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        ground = "accentSoft" if self._marked else "line" if self.underMouse() else "surface2"
        paint.rounded(painter, area, px(10), colour(ground), colour("accentLine" if self._marked else "line"))
        cursor = paint.Cursor(area.adjusted(px(14), 0, -px(14), 0), theme.is_rtl())
        if self._digit:
            paint.key_cap(painter, cursor.start(paint.key_width(self._digit), px(12)), self._digit)
        rest = cursor.rest
        upper = QRectF(rest.left(), rest.center().y() - px(24), rest.width(), px(25))
        lower = QRectF(rest.left(), rest.center().y(), rest.width(), px(22))
        hovered = ground == "line"
        paint.text(painter, upper, self._title, theme.font(15, theme.MEDIUM), colour("text"))
        paint.text(painter, lower, self._detail, theme.font(13), colour("text2" if hovered else "text3"))
