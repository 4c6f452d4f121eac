"""Another printer for a paper that does not come out of its own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from resources.words import _
from ui.theme import px
from ui.widgets.button import PLAIN, QUIET, Button
from ui.widgets.words import Sentence

if TYPE_CHECKING:
    from printing.printers import Queue
    from ui.counter.elsewhere import Elsewhere

COLUMNS = 2


class PrinterChoice(QWidget):
    """The printers by name; shown while the page is choosing one `where` this stands."""

    def __init__(self, page: "Elsewhere", where: str) -> None:
        super().__init__()
        self._page, self._where = page, where
        self._queues: tuple[Queue, ...] | None = None
        self._before: QWidget | None = None
        self.buttons: list[Button] = []
        self.head = Sentence(size=14, ink="text2", wraps=False)
        self.grid = QGridLayout()
        self.grid.setSpacing(px(8))
        self.leave = Button(_("None of these"), QUIET)
        self.leave.clicked.connect(page.leave_printer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.head)
        column.addLayout(self.grid)
        column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeading)

    def show_state(self) -> None:
        page = self._page
        is_here = page.choosing == self._where
        self.setVisible(is_here)
        queues = page.queues if is_here else ()
        if queues != self._queues:
            self._show(queues)

    def _show(self, queues: "tuple[Queue, ...] | None") -> None:
        self._queues = queues
        focused = QApplication.focusWidget()
        if queues:
            self._before = focused
        elif focused is not None and self.isAncestorOf(focused) and self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)  # before the button that has it is gone
        for button in self.buttons:
            self.grid.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        if queues is None:
            self.head.setText(_("Looking for printers"))
            return
        none = _("This desk has no other printer.")
        self.head.setText(_("Which printer takes it?") if queues else none)
        for number, queue in enumerate(queues):
            button = Button(queue.name, PLAIN, icon="printer")
            button.clicked.connect(lambda _checked=False, queue=queue: self._page.print_at(queue))
            self.grid.addWidget(button, number // COLUMNS, number % COLUMNS)
            button.show()  # what is not shown yet cannot take the focus
            self.buttons.append(button)
        if self.isVisible():
            (self.buttons[0] if self.buttons else self.leave).setFocus(Qt.FocusReason.OtherFocusReason)
