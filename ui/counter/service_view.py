"""The second card: the service, what it takes, and its papers."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from models.records import Service
from models.text import ascii_digits
from resources import words
from resources.words import _, ngettext
from ui import theme
from ui.counter.due_date_view import DayField, Rule, working_days
from ui.counter.presenter import Counter
from ui.counter.service import MOST_CHOICES
from ui.theme import px
from ui.widgets.button import QUIET, Button, FlushButton
from ui.widgets.card import Card
from ui.widgets.choices import CheckRow, NumberedTile
from ui.widgets.digits import Letters
from ui.widgets.field import Frame
from ui.widgets.words import Sentence


class Facts(QWidget):
    """Steps, time, cost and unit in one row."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(18))
        icons = ("footprints", "clock", "banknote", "building-2")
        self._facts = [Sentence(size=14, ink="text2", icon=icon, wraps=icon == icons[-1]) for icon in icons]
        for fact in self._facts:
            row.addWidget(fact, int(fact is self._facts[-1]), Qt.AlignmentFlag.AlignTop)

    def show_service(self, service: Service) -> None:
        offered = service.offered
        steps = len(offered.steps)
        texts = (
            ngettext("{n} step", "{n} steps", steps).format(n=words.number(steps)) if steps else "",
            working_days(offered.working_days),
            _("{amount} rials").format(amount=words.number(offered.cost)) if offered.cost else _("free of charge"),
            ("، " if theme.is_rtl() else ", ").join(part for part in (offered.unit, offered.officer) if part),
        )
        for fact, text in zip(self._facts, texts, strict=True):
            fact.setText(text)
            fact.setVisible(bool(text))


class Papers(QWidget):
    """The papers in two columns; digits tick them while one of them has the focus."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self.rows: list[CheckRow] = []
        self.count = Sentence(size=14, ink="text3", wraps=False)
        self.everything = everything = Button(_("All received"), QUIET, icon="check-check", keys=("F4",))
        everything.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        everything.clicked.connect(counter.receive_all)
        heading = QHBoxLayout()
        heading.setSpacing(px(10))
        heading.addWidget(Sentence(_("Papers that are needed"), weight=theme.BOLD, wraps=False))
        heading.addWidget(self.count)
        heading.addStretch(1)
        heading.addWidget(everything)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(18))
        self._grid.setVerticalSpacing(px(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(heading)
        column.addLayout(self._grid)
        for number in (0, 1):
            self._grid.setColumnStretch(number, 1)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """The digits stand on the papers only while a digit would tick one."""
        if old in self.rows or new in self.rows:
            self.show_state(self._counter)

    def _add_row(self) -> None:
        number = len(self.rows)
        row = CheckRow("", _("lacking"))
        row.clicked.connect(lambda: self._counter.toggle_paper(number))
        self._grid.addWidget(row, number // 2, number % 2)
        QWidget.setTabOrder(self.rows[-1] if self.rows else self.everything, row)  # made late, but not the last
        self.rows.append(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = ascii_digits(event.text())
        if len(typed) == 1 and typed.isascii() and typed.isdecimal() and typed != "0":
            self._counter.toggle_paper(int(typed) - 1)
            self.take_focus(int(typed) - 1)
        else:
            super().keyPressEvent(event)

    def take_focus(self, number: int = 0) -> None:
        if number < len(self.rows) and self.rows[number].isVisibleTo(self):
            self.rows[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, counter: Counter) -> None:
        service = counter.service
        papers = service.chosen.documents if service.chosen else ()
        self.setVisible(bool(papers))
        while len(self.rows) < len(papers):
            self._add_row()
        numbered = any(row.hasFocus() for row in self.rows)
        for number, row in enumerate(self.rows):
            row.setVisible(number < len(papers))
            if number < len(papers):
                title = papers[number]
                received = title in service.received
                digit = words.digits(str(number + 1)) if numbered and number < 9 else ""
                row.show_state(title, received, counter.lacks_papers and not received, digit)
        here, wanted = words.number(len(papers) - len(service.lacking)), words.number(len(papers))
        self.count.setText(_("{n} of {all} received").format(n=here, all=wanted))
        self.count.setInk("warn" if counter.lacks_papers else "text3")


class BringBy(QWidget):
    """Until when the lacking papers are to be brought; there while any are lacking."""

    def __init__(self, counter: Counter, page: QWidget) -> None:
        super().__init__()
        self.field = DayField(_("Papers to be brought by"), counter.bring, page, _("On the receipt: papers by {day}"))
        self.note = Sentence(size=13, ink="text3", wraps=False)
        self.field.heading.insertWidget(1, self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(18))
        row.addWidget(self.field, 11)
        row.addStretch(9)

    def show_state(self, counter: Counter) -> None:
        self.setVisible(counter.lacks_papers)
        self.field.show_state()
        own = counter.bring.own
        if counter.bring.text and own:
            self.note.setText(_("usually {day}").format(day=words.short_date(own)))
        else:
            self.note.setText(_("then the answer counts from it"))


class ServiceView(Card):
    def __init__(self, counter: Counter, page: QWidget) -> None:
        super().__init__(words.digits("2"))
        self._counter = counter
        self.field = Frame(height=46, icon="layers", keys=("F3",), size=17)
        line = self.field.line
        line.setAccessibleName(_("Service"))
        line.setValidator(Letters())
        line.setAlignment(theme.start())
        line.textEdited.connect(counter.type_service)
        line.returnPressed.connect(counter.enter_service)
        line.moved.connect(counter.move_service)
        self.opener = opener = Button("", QUIET, icon="chevron-down")
        opener.setFixedSize(px(36), px(36))
        opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        opener.setAccessibleName(_("Show the services"))
        opener.clicked.connect(counter.go_to_service)
        self.field.add_at_end(opener)
        self.waiting = FlushButton(_("Service"), QUIET, keys=("F3",))
        self.waiting.setFixedHeight(px(28))
        self.waiting.clicked.connect(counter.go_to_service)
        self.hint = Sentence(size=13, ink="text3", wraps=False)
        self.choices = QWidget()
        grid = QGridLayout(self.choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(8))
        self.tiles = [NumberedTile() for _n in range(MOST_CHOICES)]
        for number, tile in enumerate(self.tiles):
            grid.addWidget(tile, number // 2, number % 2)
            tile.clicked.connect(lambda _checked=False, number=number: counter.choose_service(number))
        self.facts = Facts()
        self.rule = Rule()
        self.papers = Papers(counter)
        self.bring = BringBy(counter, page)
        for part in (self.waiting, self.field, self.hint, self.choices, self.facts, self.rule, self.papers, self.bring):
            self.column.addWidget(part)

    def show_state(self, counter: Counter) -> None:
        service, waits = counter.service, counter.service_waits
        chosen = service.chosen
        line = self.field.line
        self.waiting.setVisible(waits)
        self.field.setVisible(not waits)
        if line.text() != service.text:
            line.setText(service.text)
        title = chosen.offered.title if chosen else _("Write the service's name, or press its number")
        line.setPlaceholderText(f"\u00a0{title}")
        palette = line.palette()
        palette.setColor(palette.ColorRole.PlaceholderText, theme.colour("text" if chosen else "text3"))
        line.setPalette(palette)
        line.setFont(theme.font(17, theme.BOLD if chosen and not service.text else theme.REGULAR))
        line.setAccessibleDescription(title)
        is_open = (counter.person.is_there and service.is_open and not waits) or bool(service.text)
        choices = service.choices if is_open else ()
        self.choices.setVisible(bool(choices))
        frequent = choices == service.frequent[:MOST_CHOICES]
        for number, tile in enumerate(self.tiles):
            tile.setVisible(number < len(choices))
            if number < len(choices):
                offered = choices[number].offered
                digit = words.digits(str(number + 1)) if frequent else ""
                tile.show_choice(digit, offered.title, working_days(offered.working_days), number == service.marked)
        self.hint.setText(self._hint(counter, is_open, frequent, bool(choices)))
        self.hint.setVisible(bool(self.hint.text()))
        self.facts.setVisible(chosen is not None)
        if chosen is not None:
            self.facts.show_service(chosen)
        self.rule.setVisible(service.has_papers)
        self.papers.show_state(counter)
        self.bring.show_state(counter)
        state = "look" if counter.lacks_papers else "done" if chosen else "active" if is_open else "waiting"
        self.mark(state)

    def _hint(self, counter: Counter, is_open: bool, frequent: bool, found: bool) -> str:
        if not is_open:
            return ""
        if not found:
            return _("No service has this name; write it differently.") if counter.service.text else ""
        return _("Most used by you") if frequent else ""
