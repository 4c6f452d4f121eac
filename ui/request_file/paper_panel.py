"""The open file's paper at the side: its picture as it was printed, how it stands, and the keys for another one."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.desk.failures import note_defect
from app.vault.problems import sort_error
from printing.printers.reports import FAILED, PRINTED
from resources.words import _
from ui import theme
from ui.counter.elsewhere import PAGE
from ui.counter.papers import BROKEN_OFF
from ui.counter.printer_choice import PrinterChoice
from ui.request_file.happenings import listed, moment_of, paper_name
from ui.request_file.presenter import Files
from ui.theme import colour, px
from ui.widgets.button import PLAIN, PRIMARY, QUIET, Button
from ui.widgets.paper import Paper, grey_picture
from ui.widgets.words import Sentence

if TYPE_CHECKING:
    from app.desk.files import File
    from models.records import Receipt
    from printing.picture import Picture


class PaperButtons(QWidget):
    """What may be done with the open file's paper, and the sentence that says how it stands."""

    def __init__(self, files: Files, *, beside: bool = False) -> None:
        super().__init__()
        self.goes_on = Button(_("Continue this guidance"), PRIMARY, icon="footprints")
        self.again = Button(_("Print again"), PLAIN, icon="printer", keys=("F12",))
        self.came = Button(_("Yes, it came out"), PLAIN, icon="printer-check")
        self.missing = Button(_("No, it did not"), PLAIN, icon="x")
        self.back = Button(_("Take it back from the printer"), PLAIN, icon="undo-2")
        self.other = Button(_("Another printer"), PLAIN, icon="printer")
        self.pdf = Button(_("Save the receipt as PDF"), QUIET, icon="file-down")
        self.another = Button(_("Another service for this person"), QUIET, icon="plus", keys=("F3",))
        self.note = Sentence(size=14, ink="text3", alignment=None if beside else theme.CENTRE)
        self.goes_on.clicked.connect(files.continue_guided)
        self.again.clicked.connect(files.reprint)
        self.came.clicked.connect(lambda: files.say_it_came_out(True))
        self.missing.clicked.connect(lambda: files.say_it_came_out(False))
        self.back.clicked.connect(files.take_paper_back)
        self.other.clicked.connect(lambda: files.choose_printer(PAGE))
        self.pdf.clicked.connect(files.save_paper)
        self.another.clicked.connect(files.another_service)
        layout: QBoxLayout = QHBoxLayout(self) if beside else QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        for button in (
            self.goes_on,
            self.again,
            self.came,
            self.missing,
            self.other,
            self.back,
            self.pdf,
            self.another,
        ):
            layout.addWidget(button)
            button.hide()
        self.choice = PrinterChoice(files, PAGE)
        self.choice.hide()
        layout.addWidget(self.choice)
        layout.addWidget(self.note, 1 if beside else 0)

    def show_state(self, files: Files) -> None:
        file, slip = files.file, files.slip
        if file is None:
            return
        serves, void = files.acts.may_serve, file.request.state == "voided"
        is_asked, chooses = slip is not None and slip.asks, files.choosing == PAGE
        is_stuck, is_lost = slip is not None and slip.is_stuck, slip is not None and slip.state in (FAILED, BROKEN_OFF)
        self.goes_on.setVisible(serves and file.request.state == "guided")
        self.another.setVisible(serves)
        self.again.setVisible(files.may_print)
        if files.goes_to_file:
            self.again.show_as(_("Save the receipt as PDF"), "file-down", ("F12",))
        else:
            self.again.show_as(_("Print again") if file.request.copies else _("Print the receipt"), "printer", ("F12",))
        self.came.setVisible(is_asked)
        self.missing.setVisible(is_asked)
        may_move = serves and not void and not chooses
        self.other.setVisible(may_move and (is_stuck or is_lost))
        self.back.setVisible(is_stuck and not chooses)
        self.pdf.setVisible(may_move and is_lost and not files.goes_to_file)
        self.choice.show_state()
        text, ink = self._how_it_stands(files)
        self.note.setText(text)
        self.note.setInk(ink)
        self.note.setVisible(bool(text))

    def _how_it_stands(self, files: Files) -> tuple[str, str]:
        slip = files.slip
        if files.written is not None:
            place = theme.island(f"{files.written.parent.name}/{files.written.name}")
            return _("The receipt is in {file}").format(file=place), "text3"
        if slip is not None and not (slip.state == PRINTED and files.file and files.file.request.copies == 0):
            ink = "warn" if slip.wants_a_look else "text3"
            return slip.why, ink
        return "", "text3"


class PaperPanel(QWidget):
    """The paper, and under it what may be done. The picture is made behind the read door."""

    def __init__(self, files: Files) -> None:
        super().__init__()
        self._files = files
        self._drawn: object = None
        self.what = Sentence(size=14, ink="text2", icon="printer")
        self.paper = Paper()
        self.paper.installEventFilter(self)
        self.buttons = PaperButtons(files)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(14))
        column.setSpacing(px(14))
        column.addWidget(self.what)
        column.addWidget(self.paper, 1)
        self._bare = QWidget()
        column.addWidget(self._bare, 1)
        column.addWidget(self.buttons)
        self.hint = Sentence(
            _("The receipt of the open file is seen here"), size=14, ink="text3", alignment=theme.CENTRE, wraps=False
        )
        column.addWidget(self.hint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:  # keys that come or go below leave the paper another room
            self._files.doors.later(self, "draw", 50)
        return False

    def show_state(self, files: Files) -> None:
        file = files.file
        self.buttons.setVisible(file is not None)
        for part in (self.hint, self._bare):
            part.setVisible(file is None)
        self.paper.setVisible(file is not None)
        self.buttons.show_state(files)
        self.what.setVisible(file is not None)
        if file is not None:
            self.what.setText(how_it_came(file))
            self.paper.setAccessibleName(self.what.text())
        if self.isVisible():
            files.doors.later(self, "draw", 30)

    def draw(self) -> None:
        """Asks for a new picture, if another paper is to be seen."""
        files, file = self._files, self._files.file
        if not self.isVisible():
            return
        if file is None:
            self._drawn = None
            self.paper.show_picture(None)
            return
        width = self._wanted_width()
        wanted = (file.values, file.size, file.template, width)
        if wanted != self._drawn:
            self._drawn = wanted
            job = partial(files.acts.printed_picture, file, width)
            files.doors.read(self, "_picture_made", job, failed="_failed", latest=True)

    def _wanted_width(self) -> int:
        """In the screen's own pixels."""
        return round(self.paper.sheet().width() * self.devicePixelRatioF())

    def _picture_made(self, picture: "Picture") -> None:
        if self._files.file is not None:
            self.paper.show_picture(grey_picture(picture))
            if abs(picture.width - self._wanted_width()) > 2:  # the page's shape leaves it another width
                self.draw()

    def _failed(self, error: Exception) -> None:
        """The picture is a comfort: the file is read without it. What failed is in the log."""
        self._drawn = None
        if sort_error(error) is None:
            note_defect(error)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("panel"))


class BottomBar(QWidget):
    """What stands in for the panel where the window is too narrow for the paper."""

    def __init__(self, files: Files) -> None:
        super().__init__()
        self.buttons = PaperButtons(files, beside=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(28), px(10), px(28), px(10))
        row.addWidget(self.buttons)
        self.hide()

    def show_state(self, files: Files) -> None:
        self.buttons.show_state(files)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("panel"))


def outcome_of(receipt: "Receipt") -> str:
    """What became of a paper, in a word or two."""
    if receipt.outcome == "printed" and receipt.reason == "file":
        return _("written as PDF")
    if receipt.outcome == "unknown" and receipt.reason == "delivered":
        return _("handed to the printer")
    return {
        "printed": _("printed"),
        "failed": _("not printed"),
        "unknown": _("not known"),
    }.get(receipt.outcome, _("in the print queue"))


def how_it_came(file: "File") -> str:
    """Which paper is seen, and what became of it."""
    receipt = file.paper
    if receipt is None:
        return _("No receipt yet")
    when = moment_of(receipt.settled_at or receipt.at, file.today)
    return listed(f"{paper_name(receipt.copy)} {outcome_of(receipt)}", when)
