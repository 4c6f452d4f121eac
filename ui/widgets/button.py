"""Push buttons in the four weights of the desk, with their keys engraved on them."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint


@dataclass(frozen=True)
class Dress:
    """How a kind of button looks at rest; colour names of the theme, empty for none."""

    ink: str
    ground: str
    hover: str
    press: str
    edge: str
    height: int
    size: int
    weight: int


PRIMARY = Dress("onAccent", "accent", "accentHover", "accentPress", "", 56, 18, theme.BOLD)
PLAIN = Dress("text", "surface", "surface2", "line", "keyLine", 40, 15, theme.MEDIUM)
QUIET = Dress("text2", "", "surface2", "line", "", 40, 15, theme.MEDIUM)
DANGER = Dress("danger", "surface", "dangerSoft", "dangerLine", "dangerLine", 40, 15, theme.MEDIUM)
LINK = Dress("accent", "", "surface2", "line", "", 40, 15, theme.MEDIUM)


class Button(QPushButton):
    """A button; `keys` are drawn as caps at its end, `icon` before its words."""

    def __init__(
        self,
        text: str = "",
        dress: Dress = PLAIN,
        *,
        icon: str = "",
        keys: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.dress, self._icon, self._keys = dress, icon, keys
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(dress.height))
        self.setAutoDefault(False)

    def show_as(self, text: str, icon: str = "", keys: tuple[str, ...] = ()) -> None:
        """New words, icon and keys in the same place."""
        self._icon, self._keys = icon, keys
        self.setText(text)
        self.update()

    def sizeHint(self) -> QSize:
        if not self.text():
            return QSize(px(36), px(self.dress.height))
        metrics = QFontMetricsF(theme.font(self.dress.size, self.dress.weight))
        width = metrics.horizontalAdvance(self.text()) + px(30) + paint.keys_width(self._keys)
        width += px(30) if self._icon else 0
        width += px(8) if self._keys else 0
        return QSize(round(width) + 2, px(self.dress.height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave, QEvent.Type.EnabledChange):
            self.update()
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dress, area = self.dress, QRectF(self.rect())
        ink, ground, edge = colour(dress.ink), dress.ground, dress.edge
        if not self.isEnabled():
            ink, edge = colour("text3"), "line" if dress.ground else ""
            ground = "surface2" if dress.ground else ""
        elif self.isDown():
            ground = dress.press
        elif self.underMouse():
            ground = dress.hover
        radius = px(12 if dress.height > 50 else 10)
        paint.rounded(painter, area, radius, colour(ground) if ground else None, colour(edge) if edge else None)
        if paint.shows_focus(self):
            self._ring(painter, area, radius)
        self._content(painter, area.adjusted(px(15), 0, -px(15), 0), ink)

    def _ring(self, painter: QPainter, area: QRectF, radius: float) -> None:
        if self.dress is PRIMARY:
            paint.rounded(painter, area.adjusted(2, 2, -2, -2), radius - 2, None, colour("onAccent"), 1.5)
        else:
            paint.rounded(painter, area, radius, None, colour("accent"), 2)

    def _content(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        cursor = paint.Cursor(area, theme.is_rtl())
        on_accent = self.dress is PRIMARY and self.isEnabled()
        paint.keys(painter, cursor, self._keys, on_accent=on_accent)
        chosen = theme.font(self.dress.size, self.dress.weight)
        metrics = QFontMetricsF(chosen)
        size = px(22 if self.dress is PRIMARY else 18)
        wanted = metrics.horizontalAdvance(self.text()) + (size + px(9) if self._icon else 0)
        rest = cursor.rest
        slack = max(0.0, (rest.width() - wanted) / 2)
        if self._keys and self.dress is not PRIMARY:
            slack = 0
        middle = paint.Cursor(rest.adjusted(slack, 0, -slack, 0), theme.is_rtl())
        if self._icon:
            icons.paint(painter, self._icon, paint.square(middle.start(size, px(9)), size), ink)
        paint.text(painter, middle.rest, self.text(), chosen, ink)
