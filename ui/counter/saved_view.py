"""After registering: the tick, the code in its groups, the promised day, and where the record is by now."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.codes import grouped
from printing.printers.reports import FAILED, STUCK, UNKNOWN
from resources import words
from resources.words import _
from ui import icons, theme
from ui.counter.papers import BROKEN_OFF, NO_PRINTER, Slip
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
        self.again = Button(_("Print again"), PLAIN, icon="printer", keys=("F12",))
        self.again.clicked.connect(counter.bring_paper)
        self.back = Button(_("Take it back from the printer"), PLAIN, icon="undo-2")
        self.back.clicked.connect(counter.take_paper_back)
        self.came = Button(_("Yes, it came out"), PLAIN, icon="printer-check")
        self.came.clicked.connect(lambda: counter.say_it_came_out(True))
        self.missing = Button(_("No, it did not"), PLAIN, icon="x")
        self.missing.clicked.connect(lambda: counter.say_it_came_out(False))
        self.pdf = Button(_("Save the receipt as PDF"), PLAIN, icon="file-down", keys=("F12",))
        self.pdf.clicked.connect(counter.save_paper)
        actions = QHBoxLayout()
        actions.setSpacing(px(10))
        for button in (self.another, self.again, self.back, self.came, self.missing, self.pdf):
            actions.addWidget(button)
        actions.addStretch(1)
        self.note = Sentence(size=14, ink="text3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(heading)
        column.addWidget(card)
        column.addLayout(actions)
        column.addWidget(self.note)

    def show_saved(self, saved: Saved, slip: Slip | None) -> None:
        """`slip` is the printer's paper; None where it goes to a file."""
        self.person.setText(saved.person)
        self.service.setText(saved.service)
        paper = f"print-{slip.state}" if slip else saved.paper
        self.head.setText(_head(paper))
        self.code.show_code(saved.tracking_code)
        self.due.setVisible(saved.due_on is not None)
        if saved.due_on is not None:
            self.due.setText(_("Answer by {day}").format(day=words.long_date(saved.due_on)))
        self.here.show_state(_("saved"), "circle-check", "accent")
        self.paper.show_state(*_paper_state("print-delivered" if slip and slip.is_delivered else paper))
        self._show_actions(saved, slip)
        lines = list(saved.warnings)
        if slip is not None and paper in _TOLD:
            lines.insert(0, slip.why)
        if saved.file is not None:
            lines.insert(
                0,
                _("The receipt is in {file}").format(file=theme.island(f"{saved.file.parent.name}/{saved.file.name}")),
            )
        self.note.setText("\n".join(lines))
        self.note.setVisible(bool(lines))

    def _show_actions(self, saved: Saved, slip: Slip | None) -> None:
        is_asked = slip is not None and slip.state == UNKNOWN
        may_print = saved.prints and not is_asked and not (slip and slip.is_moving)
        self.again.show_as(_("Print again") if slip else _("Print the receipt"), "printer", ("F12",))
        self.again.setVisible(may_print)
        self.back.setVisible(slip is not None and slip.state == STUCK)
        self.came.setVisible(is_asked)
        self.missing.setVisible(is_asked)
        self.pdf.show_as(_("Save the receipt as PDF"), "file-down", () if saved.prints else ("F12",))
        is_out_of_reach = slip is not None and slip.state in (FAILED, BROKEN_OFF)
        self.pdf.setVisible(saved.paper in ("waiting", "failed", "none") and (is_out_of_reach or not saved.prints))


_TOLD = ("print-stuck", "print-failed", "print-unknown", f"print-{BROKEN_OFF}")
"""Papers of which a word in their place does not say enough."""


def _head(paper: str) -> str:
    heads = {
        "saved": _("Registered, and the receipt is written"),
        "none": _("Registered"),
        "print-queued": _("Registered; the receipt is being printed"),
        "print-sent": _("Registered; the receipt is being printed"),
        "print-printing": _("Registered; the receipt is being printed"),
        "print-printed": _("Registered, and the receipt is printed"),
        "print-unknown": _("Registered. Did the receipt come out?"),
    }
    return heads.get(paper, _("Registered; the receipt is not out yet"))


def _paper_state(paper: str) -> tuple[str, str, str]:
    return {
        "none": (_("no paper is needed"), "info", "text3"),
        "waiting": (_("waiting"), "clock", "warn"),
        "writing": (_("being written"), "clock", "text2"),
        "saved": (_("written as PDF"), "circle-check", "accent"),
        "failed": (_("not written"), "triangle-alert", "warn"),
        "print-queued": (_("in the print queue"), "printer", "text2"),
        "print-sent": (_("sent to the printer"), "printer", "text2"),
        "print-printing": (_("being printed"), "printer", "text2"),
        "print-stuck": (_("stuck"), "clock-alert", "warn"),
        "print-printed": (_("printed"), "printer-check", "accent"),
        "print-failed": (_("not printed"), "triangle-alert", "warn"),
        "print-unknown": (_("not known"), "circle-alert", "warn"),
        "print-delivered": (_("handed to the printer"), "printer", "text2"),
        f"print-{NO_PRINTER}": (_("waiting"), "clock", "warn"),
        f"print-{BROKEN_OFF}": (_("not followed"), "triangle-alert", "warn"),
    }[paper]
