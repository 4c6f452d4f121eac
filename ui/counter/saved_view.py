"""After registering: the tick, the code in its groups, the promised day, and where the record is by now."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.codes import grouped
from resources import words
from resources.words import _
from ui import icons, theme
from ui.counter.presenter import Counter
from ui.counter.state import Saved
from ui.theme import colour, px
from ui.widgets import paint
from ui.widgets.button import PLAIN, Button
from ui.widgets.card import Card
from ui.widgets.words import Sentence

CENTRE = Qt.AlignmentFlag.AlignCenter


class Tick(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(px(64), px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        paint.rounded(painter, area, px(32), colour("accentSoft"))
        paint.rounded(painter, paint.square(area, px(48)), px(24), colour("accent"))
        icons.paint(painter, "check", paint.square(area, px(28)), colour("onAccent"), 2.5)


class CodeLine(QWidget):
    """The tracking code as three groups, each a left-to-right text of its own, shrunk to fit."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(104))

    def show_code(self, code: str) -> None:
        self._groups = [words.digits(group) for group in grouped(code).split(" ")]
        self.setAccessibleName(_("Tracking code {code}").format(code=" ".join(self._groups)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(400), px(104))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = 76.0
        while True:
            chosen = theme.font(size, theme.BOLD)
            chosen.setLetterSpacing(chosen.SpacingType.AbsoluteSpacing, chosen.pixelSize() * 0.035)
            metrics, gap = QFontMetricsF(chosen), chosen.pixelSize() * 0.34
            widths = [metrics.horizontalAdvance(group) for group in self._groups]
            total = sum(widths) + gap * (len(widths) - 1)
            if total <= self.width() or size <= 24:
                break
            size -= 2
        left = (self.width() - total) / 2
        for group, width in zip(self._groups, widths, strict=True):
            place = QRectF(left, 0, width + 1, self.height())
            paint.text(painter, place, group, chosen, colour("text"), CENTRE, ltr=True)
            left += width + gap


class Place(QWidget):
    """One of the places where the record is: its mark, its name, what is known."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._word, self._icon, self._ink = name, "", "circle-check", "accent"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(56))

    def show_state(self, word: str, icon: str, ink: str) -> None:
        self._word, self._icon, self._ink = word, icon, ink
        self.setAccessibleName(f"{self._name}: {word}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(170), px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = min(self.width(), px(170))
        area = QRectF((self.width() - width) / 2, 0, width, self.height())
        cursor = paint.Cursor(area, theme.is_rtl())
        icons.paint(painter, self._icon, paint.square(cursor.start(px(26), px(10)), px(24)), colour(self._ink))
        rest = cursor.rest
        upper = QRectF(rest.left(), rest.top() + px(4), rest.width(), px(24))
        lower = QRectF(rest.left(), upper.bottom(), rest.width(), px(22))
        paint.text(painter, upper, self._name, theme.font(15, theme.BOLD), colour("text"))
        paint.text(painter, lower, self._word, theme.font(14), colour("text3" if self._ink == "accent" else self._ink))


class SavedView(QWidget):
    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.person = Sentence(size=17, weight=theme.BOLD, wraps=False)
        self.service = Sentence(size=14, ink="text2", wraps=False)
        heading = QHBoxLayout()
        heading.setSpacing(px(12))
        heading.addWidget(self.person)
        heading.addWidget(self.service)
        heading.addStretch(1)
        self.head = Sentence(size=18, weight=theme.BOLD, alignment=CENTRE, wraps=False)
        self.code = CodeLine()
        self.due = Sentence(size=17, weight=theme.BOLD, alignment=CENTRE, wraps=False)
        self.here = Place(_("At this desk"))
        self.paper = Place(_("On paper"))
        places = QHBoxLayout()
        places.addWidget(self.here)
        places.addWidget(self.paper)
        card = Card()
        card.column.setContentsMargins(0, px(12), 0, 0)
        card.column.addWidget(Tick(), 0, CENTRE)
        card.column.addWidget(self.head)
        card.column.addWidget(Sentence(_("Tracking code"), size=14, ink="text3", alignment=CENTRE, wraps=False))
        card.column.addWidget(self.code)
        card.column.addWidget(self.due)
        card.column.addLayout(places)
        self.another = Button(_("Another service for this person"), PLAIN, icon="plus", keys=("F3",))
        self.another.clicked.connect(counter.go_to_service)
        self.pdf = Button(_("Save the receipt as PDF"), PLAIN, icon="file-down", keys=("F12",))
        self.pdf.clicked.connect(counter.save_paper)
        actions = QHBoxLayout()
        actions.setSpacing(px(10))
        actions.addWidget(self.another)
        actions.addWidget(self.pdf)
        actions.addStretch(1)
        self.note = Sentence(size=14, ink="text3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(heading)
        column.addWidget(card)
        column.addLayout(actions)
        column.addWidget(self.note)

    def show_saved(self, saved: Saved) -> None:
        self.person.setText(saved.person)
        self.service.setText(saved.service)
        heads = {
            "saved": _("Registered, and the receipt is written"),
            "none": _("Registered"),
        }
        self.head.setText(heads.get(saved.paper, _("Registered; the receipt is not out yet")))
        self.code.show_code(saved.tracking_code)
        self.due.setVisible(saved.due_on is not None)
        if saved.due_on is not None:
            self.due.setText(_("Answer by {day}").format(day=words.long_date(saved.due_on)))
        self.here.show_state(_("saved"), "circle-check", "accent")
        self.paper.show_state(*_paper_state(saved.paper))
        self.pdf.setVisible(saved.paper in ("waiting", "failed", "none"))
        lines = list(saved.warnings)
        if saved.file is not None:
            lines.insert(
                0,
                _("The receipt is in {file}").format(file=theme.island(f"{saved.file.parent.name}/{saved.file.name}")),
            )
        self.note.setText("\n".join(lines))
        self.note.setVisible(bool(lines))


def _paper_state(paper: str) -> tuple[str, str, str]:
    return {
        "none": (_("no paper is needed"), "info", "text3"),
        "waiting": (_("waiting"), "clock", "warn"),
        "writing": (_("being written"), "clock", "text2"),
        "saved": (_("written as PDF"), "circle-check", "accent"),
        "failed": (_("not written"), "triangle-alert", "warn"),
    }[paper]
