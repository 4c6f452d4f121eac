"""The strip under the saved code when the paper wants a hand: what is safe, why it does not come out, what to do."""

from PySide6.QtWidgets import QHBoxLayout

from printing.printers.reports import FAILED
from resources.words import _
from ui.counter.elsewhere import PAGE
from ui.counter.papers import BROKEN_OFF, Slip
from ui.counter.presenter import Counter
from ui.counter.printer_choice import PrinterChoice
from ui.theme import px
from ui.widgets.button import PLAIN, QUIET, Button
from ui.widgets.card import Card
from ui.widgets.words import Sentence


class PaperStrip(Card):
    """Amber, between the code and what comes next; it is not there while all is well."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(ground="warnSoft", edge="warnLine")
        self.text = Sentence(size=15, icon="triangle-alert")
        self.came = Button(_("Yes, it came out"), PLAIN, icon="printer-check")
        self.came.clicked.connect(lambda: counter.say_it_came_out(True))
        self.missing = Button(_("No, it did not"), PLAIN, icon="x")
        self.missing.clicked.connect(lambda: counter.say_it_came_out(False))
        self.other = Button(_("Another printer"), PLAIN, icon="printer")
        self.other.clicked.connect(lambda: counter.choose_printer(PAGE))
        self.back = Button(_("Take it back from the printer"), QUIET, icon="undo-2")
        self.back.clicked.connect(counter.take_paper_back)
        self.pdf = Button(_("Save the receipt as PDF"), QUIET, icon="file-down")
        self.pdf.clicked.connect(counter.save_paper)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        for button in (self.came, self.missing, self.other, self.back, self.pdf):
            row.addWidget(button)
        row.addStretch(1)
        self.choice = PrinterChoice(counter, PAGE)
        self.column.addWidget(self.text)
        self.column.addLayout(row)
        self.column.addWidget(self.choice)

    def show_state(self, counter: Counter, slip: Slip | None) -> None:
        asks = slip is not None and slip.asks
        moves_on = slip is not None and (slip.is_stuck or slip.state in (FAILED, BROKEN_OFF))
        chooses = counter.choosing == PAGE
        wanted = slip is not None and not slip.is_unwanted and not counter.is_declining
        self.setVisible(wanted and (asks or moves_on or chooses))
        if slip is None:
            return
        self.text.setText(" ".join((_("The visit is safe."), slip.why)))
        self.came.setVisible(asks)
        self.missing.setVisible(asks)
        self.other.setVisible(moves_on and not chooses)
        self.back.setVisible(slip.is_stuck and not chooses)
        self.pdf.setVisible(moves_on and not slip.is_stuck and not chooses)
        self.choice.show_state()
