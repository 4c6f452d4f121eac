"""The first card: who was found, or the form for somebody new."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from resources import words
from resources.words import _
from ui import theme
from ui.counter.known_view import KnownView
from ui.counter.person_fields import AGENT, KINDS, NUMBER_FIELDS, FormField, all_fields
from ui.counter.presenter import Counter
from ui.theme import px
from ui.widgets.button import LINK, QUIET, Button, FlushButton
from ui.widgets.card import Card
from ui.widgets.choices import Chip
from ui.widgets.digits import Digits, Letters
from ui.widgets.field import Field
from ui.widgets.words import Sentence

COLUMNS = 3


class NewView(QWidget):
    """The form. All fields exist from the start; the kind of identity decides which ones lie in the grid."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._laid: tuple[str, ...] = ()
        self._agent = all_fields()[AGENT].label
        self.offers: dict[str, Button] = {}
        self.fields = {path: self._field(field) for path, field in all_fields().items()}
        self.title = Sentence(_("Register a new person"), size=16, weight=theme.BOLD, wraps=False)
        self.hint = Sentence(_("No record was found; register here."), size=14, ink="text3", wraps=False)
        clear = Button(_("Set aside"), QUIET, keys=("Esc",))
        clear.clicked.connect(counter.escape)
        heading = QHBoxLayout()
        heading.setSpacing(px(10))
        heading.addWidget(self.title)
        heading.addWidget(self.hint)
        heading.addStretch(1)
        heading.addWidget(clear)
        self.heading = QWidget()
        self.heading.setLayout(heading)
        heading.setContentsMargins(0, 0, 0, 0)
        self.chips = self._kinds()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(14))
        self.grid.setVerticalSpacing(px(6))
        self.representative = FlushButton(_("A representative has come"), QUIET, icon="users")
        self.representative.clicked.connect(lambda: counter.show_representative(not counter.person.with_representative))
        self.more = FlushButton(_("More details"), QUIET, icon="plus")
        for button in (self.representative, self.more):
            button.setFixedHeight(px(34))
        self.more.clicked.connect(lambda: counter.show_more(not counter.person.with_more))
        extras = QHBoxLayout()
        extras.setSpacing(px(18))
        extras.addWidget(self.representative)
        extras.addWidget(self.more)
        extras.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.heading)
        column.addWidget(self.chips)
        column.addLayout(self.grid)
        column.addLayout(extras)

    def _kinds(self) -> QWidget:
        names = {
            "person": _("National number"),
            "organisation": _("Organisation number"),
            "foreigner": _("Foreign national"),
            "passport": _("Passport"),
            "unidentified": _("Without papers"),
        }
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self._group = QButtonGroup(box)
        for number, kind in enumerate(KINDS):
            chip = Chip(names[kind])
            self._group.addButton(chip, number)
            row.addWidget(chip)
        row.addStretch(1)
        self._group.idClicked.connect(lambda number: self._counter.choose_kind(KINDS[number]))
        return box

    def _field(self, spec: FormField) -> Field:
        validator: QValidator = Digits(spec.digits, "+/") if spec.typed == "number" else Letters()
        field = Field(
            spec.label,
            note=_("optional") if spec.optional else "",
            hint=spec.hint,
            placeholder=words.digits(spec.placeholder),
            validator=validator,
            number=spec.typed != "name",
        )
        field.setParent(self)  # one that is never shown goes with the form; an orphan would keep the whole page alive
        field.hide()
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # so that columns are alike
        path = spec.path
        field.edited.connect(lambda text: self._counter.type_field(path, text))
        field.entered.connect(lambda: self._counter.enter_field(path))
        field.left.connect(lambda: self._counter.leave_field(path))
        if spec.typed == "number" or path in NUMBER_FIELDS:
            self.offers[path] = self._offer(field, path)
        return field

    def _offer(self, field: Field, path: str) -> Button:
        """Under the field: the way on with a number that is unusual, or wrong."""
        offer = FlushButton("", LINK)
        offer.setFixedHeight(px(30))
        offer.hide()
        offer.clicked.connect(lambda: self._take(path))
        column = field.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.count() - 1, offer, 0, Qt.AlignmentFlag.AlignLeading)
        return offer

    def _take(self, path: str) -> None:
        if self._counter.person.can_override(path):
            self._counter.ask_override(path)
        else:
            self._counter.confirm_field(path)

    def _lay_out(self, paths: tuple[str, ...]) -> None:
        for path, field in self.fields.items():
            self.grid.removeWidget(field)
            if path not in paths:  # one that stays keeps the focus
                field.hide()
        before: QWidget | None = None
        for number, path in enumerate(paths):
            field = self.fields[path]
            row, column = divmod(number, COLUMNS)
            self.grid.addWidget(field, row, column, 1, COLUMNS - column if path == "client.address" else 1)
            field.show()
            for part in (self.offers.get(path), field.frame.line):  # Tab goes on, Shift+Tab to the offer
                if before is not None and part is not None:
                    QWidget.setTabOrder(before, part)
                before = part or before
        for button in (self.representative, self.more):
            if before is not None:
                QWidget.setTabOrder(before, button)
            before = button
        for column in range(COLUMNS):
            self.grid.setColumnStretch(column, 1)
        self._laid = paths

    def show_state(self, counter: Counter) -> None:
        person = counter.person
        if person.paths != self._laid:
            self._lay_out(person.paths)
        self.heading.setVisible(person.is_new)
        self.chips.setVisible(person.is_new)
        self.more.setVisible(person.is_new and not person.with_more)
        self.representative.setVisible(not person.is_new and person.of_kind != "organisation")
        self.fields[AGENT].label.setText(self._agent if person.has_representative else _("Representative"))
        self.representative.show_as(
            _("Came in person") if person.with_representative else _("A representative has come"), "users"
        )
        self._group.button(KINDS.index(person.kind)).setChecked(True)
        for path in person.paths:
            field, problem, doubt = self.fields[path], person.problems.get(path), person.doubts.get(path)
            field.show_text(person.texts.get(path, ""))
            asks = problem is not None and problem.code == "needs_confirmation"
            said = problem or doubt
            sentence = said.message if said else ""
            if asks:
                sentence += " " + _("Enter confirms it.")
            field.show_problem(sentence, doubt=asks or problem is None)
            self._show_offer(path, asks)
            field.show_tick(not sentence and person.is_right(path))

    def _show_offer(self, path: str, asks: bool) -> None:
        offer, wrong = self.offers.get(path), self._counter.person.can_override(path)
        if offer is None:
            return
        if wrong:
            offer.show_as(_("Register with this number"), "users")
        elif asks:
            offer.show_as(_("The number is right"), "check")
        offer.setVisible(wrong or asks)


class PersonView(Card):
    """The card of who is at the counter."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(words.digits("1"))
        self.known = KnownView(counter)
        self.new = NewView(counter)
        self.column.addWidget(self.known)
        self.column.addWidget(self.new)

    def show_state(self, counter: Counter) -> None:
        person = counter.person
        self.setVisible(person.is_there)
        folded = person.is_folded
        writing = (person.is_new and not folded) or (person.known is not None and bool(person.paths))
        self.known.setVisible(person.known is not None or folded)
        self.new.setVisible(writing)
        if person.known is not None:
            self.known.show_person(person.known, person)
        elif folded:
            self.known.show_written(person)
        if writing:
            self.new.show_state(counter)
        done = person.is_there and not person.lacks and not person.similar
        self.mark("look" if person.problems else "done" if done else "active")
