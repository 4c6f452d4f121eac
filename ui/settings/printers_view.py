"""The desk's printers: what they are, what each paper goes to, and one more."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import _
from ui import theme
from ui.settings.parts import Choice, Part, beside, card, worded
from ui.settings.presenter import EXAMPLE, PAPERS, Settings
from ui.theme import px
from ui.widgets.button import DANGER, PLAIN, QUIET, Button
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.words import Sentence

if TYPE_CHECKING:
    from printing.printers import Queue


def paper_name(paper: str) -> str:
    """A5, A4, or the roll."""
    return _("80 mm roll") if paper == "roll80" else theme.island(paper.upper())


def kind_name(kind: str) -> str:
    names = {
        "ipp": _("network printer"),
        "cups": _("printer of this computer"),
        "windows": _("printer of this computer"),
        "roll": _("roll printer"),
        "folder": _("folder of PDF files"),
    }
    return names.get(kind, "")


class AsWritten(QValidator):
    """An address stays in the letters and digits it is written in."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return QValidator.State.Acceptable, text, position


class PrinterRow(Card):
    """One printer: what is known of it, its test page, and a way to forget it."""

    def __init__(self, settings: Settings, queue: "Queue") -> None:
        super().__init__()
        self._settings, self._queue = settings, queue
        name = queue.name
        self.name = Sentence(f"\u2068{name}\u2069", size=16, weight=theme.BOLD, icon="printer", wraps=False)
        self.state = Sentence(size=14, ink="text3", wraps=False)
        self.facts = Sentence(size=14, ink="text3")
        self.said = Sentence(size=14, ink="text2", icon="info")
        self.test = Button(_("Test page"), PLAIN, icon="file-check")
        self.test.setAccessibleDescription(name)
        self.test.clicked.connect(lambda: settings.print_test(name))
        self.forget = Button(_("Remove"), QUIET, icon="trash-2")
        self.forget.setAccessibleDescription(name)
        self.forget.clicked.connect(lambda: settings.ask_to_remove(name))
        self.sure = Button(_("Yes, remove it"), DANGER, icon="trash-2")
        self.sure.setAccessibleDescription(name)
        self.sure.clicked.connect(settings.remove)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self.name)
        head.addWidget(self.state)
        head.addStretch(1)
        for button in (self.test, self.forget, self.sure):
            head.addWidget(button)
        self.column.setSpacing(px(4))
        self.column.addLayout(head)
        self.column.addWidget(self.facts)
        self.column.addWidget(self.said)

    def show_state(self) -> None:
        settings, queue = self._settings, self._queue
        asked = settings.asked.get(queue.name)
        if asked is None:
            self._state(_("is being asked"), "", "text3")
        elif asked.answers:
            self._state(_("answers"), "circle-check", "accent")
        else:
            self._state(_("does not answer"), "triangle-alert", "warn")
        papers = asked.papers if asked is not None and asked.papers else ()
        named = _("takes {papers}").format(papers=_(", ").join(map(paper_name, papers))) if papers else ""
        address = theme.island(queue.uri) if queue.kind not in ("cups", "windows") else ""
        self.facts.setText(" · ".join(part for part in (kind_name(queue.kind), address, named) if part))
        said = settings.tests.get(queue.name, "")
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.test.setEnabled(queue.name not in settings.testing)
        own = settings.may_change and settings.is_own(queue)
        removing = settings.removing == queue.name
        self.forget.setVisible(own)
        self.forget.show_as(_("Keep it") if removing else _("Remove"), "" if removing else "trash-2")
        self.sure.setVisible(own and removing)

    def _state(self, text: str, icon: str, ink: str) -> None:
        self.state.setText(text)
        self.state.setIcon(icon)
        self.state.setInk(ink)


class PrintersPart(Part):
    def __init__(self, settings: Settings) -> None:
        super().__init__(_("Printers and paper"))
        self._settings = settings
        self._queues: tuple[Queue, ...] | None = None
        self.rows: list[PrinterRow] = []
        self.none = Sentence(
            _("No printer is known here yet; receipts are written as files."), ink="text2", icon="info"
        )
        self.list = QWidget()
        self._rows = QVBoxLayout(self.list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(px(10))
        self.usual = Choice(_("Usual paper"), tuple((paper_name(p), p) for p in PAPERS), settings.choose_usual)
        self.defaults = {paper: Combo(paper_name(paper), widest=320, filters=False) for paper in PAPERS}
        for paper, combo in self.defaults.items():
            combo.activated.connect(
                lambda _place, paper=paper, combo=combo: settings.choose_default(paper, combo.currentData())
            )
        self.name = Field(_("Name at this desk"))
        hint = _("For example {address}").format(address=theme.island(EXAMPLE))
        self.address = Field(_("Address"), hint=hint, number=True, validator=AsWritten())
        for field, key in ((self.name, "name"), (self.address, "address")):
            field.edited.connect(lambda text, key=key: settings.type_new(**{key: text}))
        self.name.entered.connect(self.address.setFocus)
        self.address.entered.connect(settings.add)
        self.add = Button(_("Add"), PLAIN, icon="plus")
        self.add.clicked.connect(settings.add)
        self.only = Sentence(_("Only an administrator changes the desk's printers."), size=14, ink="text3", icon="lock")
        self.column.addWidget(self.none)
        self.column.addWidget(self.list)
        self.column.addWidget(self._papers())
        self.new = self._new()
        self.column.addWidget(self.new)
        self.column.addWidget(self.only)
        self.column.addStretch(1)

    def _papers(self) -> Card:
        rows = []
        for paper, combo in self.defaults.items():
            label = Sentence(paper_name(paper), size=15, wraps=False)
            label.setFixedWidth(px(150))
            combo.setMinimumWidth(px(300))
            rows.append(beside(label, combo, at=Qt.AlignmentFlag.AlignVCenter))
        usual = worded(_("Usual paper"), _("Receipts of new visits are made for it."), self.usual)
        return card(usual, Sentence(_("Where each paper goes"), size=16, weight=theme.MEDIUM, wraps=False), *rows)

    def _new(self) -> Card:
        fields = QWidget()
        row = QHBoxLayout(fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(self.name, 2)
        row.addWidget(self.address, 3)
        title = Sentence(_("A network printer, or a folder"), size=16, weight=theme.MEDIUM, wraps=False)
        return card(title, fields, beside(self.add))

    def show_state(self) -> None:
        settings = self._settings
        queues = settings.known.queues if settings.known is not None else ()
        self._show_rows(queues)
        self.none.setVisible(settings.known is not None and not queues)
        may = settings.may_change
        self.usual.show_chosen(settings.usual_paper)
        self.usual.setEnabled(may and not settings.busy)
        for paper, combo in self.defaults.items():
            chosen = settings.default(paper)
            names = {queue.name for queue in queues} | ({chosen} if chosen else set())
            choices = ((_("none"), ""), *((name, name) for name in sorted(names)))
            combo.show_choices(choices if not chosen else choices[1:], chosen)
            combo.setEnabled(may and bool(names) and not settings.busy)
        self.new.setVisible(may)
        self.only.setVisible(not may)
        self.name.show_text(settings.new_name)
        self.address.show_text(settings.new_address)
        self.name.show_problem(settings.new_problem if settings.new_problem_at == "name" else "")
        self.address.show_problem(settings.new_problem if settings.new_problem_at == "address" else "")
        self.add.setEnabled(not settings.busy)

    def _show_rows(self, queues: "tuple[Queue, ...]") -> None:
        if queues != self._queues:
            self._queues = queues
            for row in self.rows:
                self._rows.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = [PrinterRow(self._settings, queue) for queue in queues]
            for row in self.rows:
                self._rows.addWidget(row)
        for row in self.rows:
            row.show_state()
