"""One file: its head, the timeline, and beside it papers, promise, receipts and what else is to be known."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources import words
from resources.words import _, ngettext
from ui import theme
from ui.request_file.facts import FactsCard, PapersCard, PromiseCard, ReceiptsCard
from ui.request_file.happenings import nodes_of
from ui.request_file.head import HeadCard
from ui.request_file.presenter import Files
from ui.theme import px
from ui.widgets.card import Card
from ui.widgets.timeline import Timeline
from ui.widgets.words import Sentence

SIDE = 240


class TimelineCard(Card):
    def __init__(self) -> None:
        super().__init__()
        self.count = Sentence(size=14, ink="text3", wraps=False)
        self.timeline = Timeline(_("Course of the file"))
        head = QHBoxLayout()
        head.addWidget(Sentence(_("Course of the file"), size=16, weight=theme.BOLD, wraps=False))
        head.addStretch(1)
        head.addWidget(self.count)
        self.column.addLayout(head)
        self.column.addWidget(self.timeline)
        self.column.addStretch(1)


class FileView(QWidget):
    def __init__(self, files: Files) -> None:
        super().__init__()
        self.head = HeadCard(files)
        self.course = TimelineCard()
        self.papers = PapersCard()
        self.promise = PromiseCard()
        self.receipts = ReceiptsCard()
        self.facts = FactsCard(files)
        side = QVBoxLayout()
        side.setSpacing(px(10))
        for card in (self.papers, self.promise, self.receipts, self.facts):
            card.setFixedWidth(px(SIDE))
            side.addWidget(card)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.course, 1)
        row.addLayout(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.head)
        column.addLayout(row, 1)

    def show_state(self, files: Files) -> None:
        file = files.file
        if file is None:
            return
        self.head.show_state(files)
        nodes = nodes_of(file)
        happened = sum(not node.awaited for node in nodes)
        self.course.count.setText(ngettext("{n} event", "{n} events", happened).format(n=words.number(happened)))
        self.course.timeline.show_nodes(nodes)
        for card in (self.papers, self.promise, self.receipts, self.facts):
            card.show_file(file)
