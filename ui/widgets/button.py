"""Push buttons in the four weights of the desk, with their keys engraved on them."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons, theme
from ui.theme import colour, px
from ui.widgets import paint


@dataclass(frozen=True)
class Dress:
    """How a kind of button looks: colour names of the theme, empty for none. On a `filled` one the focus is a ring
    with a gap, and its keys are engraved in its own ink."""

    ink: str
    ground: str
    hover: str
    press: str
    edge: str
    height: int
    size: int
    weight: int
    filled: bool = False
    focus: str = "accent"


PRIMARY = Dress("onAccent", "accent", "accentHover", "accentPress", "", 56, 18, theme.BOLD, filled=True)
STRONG = Dress("onAccent", "accent", "accentHover", "accentPress", "", 44, 15, theme.BOLD, filled=True)
PLAIN = Dress("text", "surface", "surface2", "line", "keyLine", 40, 15, theme.MEDIUM)
QUIET = Dress("text2", "", "surface2", "line", "", 40, 15, theme.MEDIUM)
DANGER = Dress("danger", "surface", "dangerSoft", "dangerPress", "dangerLine", 40, 15, theme.MEDIUM)
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

    def takes_halo(self) -> int:
        """The radius of the halo round it while it has the focus; 0 where its own ring is enough."""
        return 0 if self.dress.filled else 10

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dress, area = self.dress, QRectF(self.rect())
        ink, ground, edge = dress.ink, dress.ground, dress.edge
        if not self.isEnabled():
            ink, edge = "text3", "line" if ground else ""
            ground = "surface2" if ground else ""
        elif self.isDown():
            ground = dress.press
        elif self.underMouse():
            ground = dress.hover
        radius, box = px(12 if dress.height > 50 else 10), area
        focused = paint.shows_focus(self)
        if focused and dress.filled:
            box = paint.ring(painter, area, radius, dress.focus)
        inner = radius - (area.height() - box.height()) / 2
        paint.rounded(painter, box, inner, colour(ground) if ground else None, colour(edge) if edge else None)
        if focused and not dress.filled:
            paint.rounded(painter, area, radius, None, colour("accent"), 2)
        self._content(painter, area.adjusted(px(15), 0, -px(15), 0), ink)

    def _content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        dress, cursor = self.dress, paint.Cursor(area, theme.is_rtl())
        engraved = ink if dress.filled and self.isEnabled() else ""
        paint.keys(painter, cursor, self._keys, ink=engraved)
        chosen = theme.font(dress.size, dress.weight)
        size = px(22 if dress.size > 16 else 18)
        wanted = QFontMetricsF(chosen).horizontalAdvance(self.text())
        wanted += (size + (px(9) if self.text() else 0)) if self._icon else 0
        rest = cursor.rest
        slack = max(0.0, (rest.width() - wanted) / 2)
        if self._keys and not dress.filled:
            slack = 0
        middle = paint.Cursor(rest.adjusted(slack, 0, -slack, 0), theme.is_rtl())
        if self._icon:
            icons.paint(painter, self._icon, paint.square(middle.start(size, px(9)), size), colour(ink))
        paint.text(painter, middle.rest, self.text(), chosen, colour(ink))


class FlushButton(Button):
    """A button without ground whose words stand flush with the lines above and below it."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() - px(28), hint.height())

    def _content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        super()._content(painter, area.adjusted(-px(15), 0, px(15), 0), ink)
