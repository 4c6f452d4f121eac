"""The desk under the paper: how it stands, the receipt as it grows, and the one big button under it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.desk.failures import note_defect
from app.vault.problems import sort_error
from resources.words import _
from ui import theme
from ui.counter.presenter import Counter
from ui.counter.preview import draft_values
from ui.status.strip import StatusStrip
from ui.theme import colour, px
from ui.widgets.button import PRIMARY, Button
from ui.widgets.paper import Paper, grey_picture
from ui.widgets.words import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.receipt import ReceiptValues
    from printing.picture import Picture

PAUSE = 120
"""Milliseconds without a change until the paper is drawn anew."""


class Primary(QWidget):
    """The one big button and the line that says what is still lacking."""

    def __init__(self, counter: Counter, *, beside: bool = False) -> None:
        super().__init__()
        self.button = Button("", PRIMARY)
        self.button.clicked.connect(counter.press_primary)
        self.hint = Sentence(size=14, ink="text3", alignment=theme.start() if beside else theme.CENTRE)
        layout = QHBoxLayout(self) if beside else QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(10))
        layout.addWidget(self.button, 1)
        if beside:
            layout.addWidget(self.hint, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            layout.addWidget(self.hint)

    def show_state(self, counter: Counter) -> None:
        if counter.saved is not None:
            self.button.show_as(_("Next person"), "user", ("Enter",))
            self._say(counter.paper_word, "warn" if counter.saved.is_voided else "text3")
            self.button.setEnabled(True)
            return
        words_and_icon = {
            "guided": (_("Register the guidance"), "check"),
            "done": (_("Register with receipt"), "printer"),
        }
        text, icon = words_and_icon.get(counter.outcome, (_("Register with receipt"), "printer"))
        if counter.lacks_papers:
            text = _("Register, papers lacking")
        if counter.declines:
            text, icon = _("Register without receipt"), "check"
        self.button.show_as(text, icon, ("Ctrl", "Enter"))
        self.button.setEnabled(counter.stage == "visit" and not counter.person.similar and not counter.busy)
        self._say(*_hint(counter))

    def _say(self, text: str, ink: str = "text3") -> None:
        self.hint.setText(text)
        self.hint.setInk(ink)


def _hint(counter: Counter) -> tuple[str, str]:
    lacks = counter.lacks
    if counter.stage != "visit":
        return _("The receipt is made here while you write"), "text3"
    if lacks == "similar":
        return _("First say: the same person, or another one?"), "warn"
    if lacks in counter.person.problems:
        return _("Correct what is marked in red"), "danger"
    if lacks == "service":
        return _("Choose the service"), "text3"
    if lacks == "no_receipt":
        return _("Why is no receipt wanted?"), "text3"
    if lacks:
        return _("Complete the person's details"), "text3"
    if counter.lacks_papers:
        return _("The receipt lists the papers that are lacking"), "warn"
    return "", "text3"


class SidePanel(QWidget):
    """Status, paper, button. The picture is made behind the read door; the newest one wins."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._letterhead: ReceiptValues | None = None
        self._drawn: object = None
        self.status = StatusStrip()
        self.paper = Paper()
        self.primary = Primary(counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(14))
        column.setSpacing(px(14))
        column.addWidget(self.status)
        column.addWidget(self.paper, 1)
        column.addWidget(self.primary)

    def start(self) -> None:
        self._counter.doors.read(self, "_letterhead_read", self._counter.acts.letterhead, failed="_failed")

    def _letterhead_read(self, letterhead: "ReceiptValues") -> None:
        self._letterhead = letterhead
        self.draw()

    def show_state(self, counter: Counter) -> None:
        self.primary.show_state(counter)
        if self.isVisible():
            counter.doors.later(self, "draw", PAUSE)

    def draw(self) -> None:
        """Ask for a new picture, if anything on the paper has changed."""
        counter = self._counter
        if self._letterhead is None or not self.isVisible():
            return
        width = round(self.paper.sheet().width() * self.devicePixelRatioF())
        acts = counter.acts
        if counter.saved is not None:
            code = counter.saved.tracking_code
            wanted: object = (code, width)
            job: Callable[[], Picture | None] = partial(acts.printed_picture, code, width)
        else:
            values = draft_values(self._letterhead, counter)
            wanted = (values, width)
            job = partial(acts.picture, values, width)
        if wanted != self._drawn:
            self._drawn = wanted
            counter.doors.read(self, "_picture_made", job, failed="_failed", latest=True)

    def _picture_made(self, picture: "Picture | None") -> None:
        self.paper.show_picture(grey_picture(picture) if picture is not None else None)

    def _failed(self, error: Exception) -> None:
        """The preview is a comfort: without it the counter works on. What failed is in the log."""
        self._drawn = None
        if sort_error(error) is None:
            note_defect(error)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("panel"))


class BottomBar(QWidget):
    """What stands in for the side panel where the window is too narrow for the paper."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.primary = Primary(counter, beside=True)
        self.status = StatusStrip()
        row = QHBoxLayout(self)
        row.setContentsMargins(px(28), px(10), px(28), px(10))
        row.setSpacing(px(14))
        row.addWidget(self.primary, 1)
        row.addWidget(self.status)

    def show_state(self, counter: Counter) -> None:
        self.primary.show_state(counter)
        self.status.be_brief(bool(self.primary.hint.text()))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("panel"))
