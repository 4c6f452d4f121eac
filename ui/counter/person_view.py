"""The first card: who was found, or the form for somebody new."""

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from models.text import compact
from resources import words
from resources.words import _, ngettext
from ui import theme
from ui.counter.acts import masked, masked_mobile
from ui.counter.person import KINDS, NUMBER_FIELDS, FormField, KnownPerson, Person, all_fields
from ui.counter.presenter import Counter
from ui.theme import island, px
from ui.widgets.button import QUIET, Button
from ui.widgets.card import Card
from ui.widgets.choices import Chip
from ui.widgets.digits import Digits, Letters
from ui.widgets.field import Field
from ui.widgets.words import Sentence

COLUMNS = 3


class KnownView(QWidget):
    """Name, father, masked numbers, and how many requests there were."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.name = Sentence(size=20, weight=theme.BOLD, wraps=False)
        self.father = Sentence(size=14, ink="text3", wraps=False)
        self.numbers = Sentence(size=14, ink="text2", wraps=False)
        self.whole = Button("", QUIET, icon="eye")
        self.whole.setFixedSize(px(38), px(30))
        self.whole.setAccessibleName(_("Show the whole number"))
        self.whole.setToolTip(_("Show the whole number"))
        self.whole.clicked.connect(counter.show_full_number)
        self.requests = Sentence(size=14, ink="text2", icon="folder-open", wraps=False)
        self.change = Button(_("Another person"), QUIET)
        self.change.clicked.connect(
            lambda: counter.correct_person() if counter.person.is_folded else counter.change_person()
        )
        upper = QHBoxLayout()
        upper.setSpacing(px(12))
        upper.addWidget(self.name)
        upper.addWidget(self.father)
        upper.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(px(2))
        left.addLayout(upper)
        lower = QHBoxLayout()
        lower.setSpacing(px(6))
        lower.addWidget(self.numbers)
        lower.addWidget(self.whole)
        lower.addStretch(1)
        left.addLayout(lower)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        row.addLayout(left, 1)
        row.addWidget(self.requests)
        row.addWidget(self.change)

    def show_person(self, person: KnownPerson, shown_number: str | None) -> None:
        """`shown_number` is the whole number, where it was asked for."""
        labels = {
            "person": _("National number"),
            "organisation": _("Organisation number"),
            "foreigner": _("Foreign national's number"),
            "passport": _("Passport number"),
        }
        self.name.setText(person.name)
        self.father.setText(_("child of {name}").format(name=person.father_name) if person.father_name else "")
        numbers = []
        if person.number:
            number = person.number if shown_number is None else words.digits(shown_number)
            numbers.append(f"{labels.get(person.kind, '')} {island(number)}")
        if person.mobile:
            numbers.append(f"{_('Mobile')} {island(person.mobile)}")
        self.numbers.setText(" · ".join(numbers))
        self.whole.setVisible(bool(person.number) and shown_number is None)
        self.requests.setText(_files(person))
        self.change.show_as(_("Another person"))

    def show_written(self, person: Person) -> None:
        """The form in one line: name, father and mobile; the number stays covered."""
        father, mobile = person.texts.get("client.father_name", ""), person.texts.get("client.mobile", "")
        self.name.setText(person.name)
        self.father.setText(_("child of {name}").format(name=father) if father else "")
        number = next(
            (person.texts[path] for path in person.paths if path in NUMBER_FIELDS and path in person.texts), ""
        )
        shown = (masked(compact(number)), masked_mobile(compact(mobile)))
        self.numbers.setText(" · ".join(island(text) for text in shown if text))
        self.whole.hide()
        self.requests.setText(_("new person"))
        self.change.show_as(_("Correct"), "pencil")


def _files(person: KnownPerson) -> str:
    if not person.requests:
        return _("no file yet")
    files = ngettext("{n} file", "{n} files", person.requests).format(n=words.number(person.requests))
    if not person.open_requests:
        return files
    return _("{files}, {n} open").format(files=files, n=words.number(person.open_requests))


class NewView(QWidget):
    """The form. All fields exist from the start; the kind of identity decides which ones lie in the grid."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._laid: tuple[str, ...] = ()
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
        self.representative = Button(_("A representative has come"), QUIET, icon="users")
        self.representative.clicked.connect(lambda: counter.show_representative(not counter.person.with_representative))
        self.more = Button(_("More details"), QUIET, icon="plus")
        self.more.clicked.connect(lambda: counter.show_more(not counter.person.with_more))
        extras = QHBoxLayout()
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
            validator=validator,
            number=spec.typed != "name",
        )
        path = spec.path
        field.edited.connect(lambda text: self._counter.type_field(path, text))
        field.entered.connect(lambda: self._counter.enter_field(path))
        field.left.connect(lambda: self._counter.leave_field(path))
        return field

    def _lay_out(self, paths: tuple[str, ...]) -> None:
        for field in self.fields.values():
            self.grid.removeWidget(field)
            field.hide()
        before: QWidget | None = None
        for number, path in enumerate(paths):
            field = self.fields[path]
            self.grid.addWidget(field, number // COLUMNS, number % COLUMNS)
            field.show()
            if before is not None:
                QWidget.setTabOrder(before, field.frame.line)
            before = field.frame.line
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
        self.representative.setVisible(person.kind != "organisation" or not person.is_new)
        self.representative.show_as(
            _("Came in person") if person.with_representative else _("A representative has come"), "users"
        )
        self._group.button(KINDS.index(person.kind)).setChecked(True)
        for path in person.paths:
            field, problem, doubt = self.fields[path], person.problems.get(path), person.doubts.get(path)
            field.show_text(person.texts.get(path, ""))
            confirmable = problem is not None and problem.code == "needs_confirmation"
            said = problem or doubt
            sentence = said.message if said else ""
            if confirmable:
                sentence += " " + _("Enter confirms it.")
            field.show_problem(sentence, doubt=confirmable or problem is None)
            field.show_tick(not sentence and person.is_right(path))


class PersonView(Card):
    """The card; F5 and what the register holds of the person come with the page of files."""

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
        writing = (person.is_new and not folded) or (person.known is not None and person.with_representative)
        self.known.setVisible(person.known is not None or folded)
        self.new.setVisible(writing)
        if person.known is not None:
            self.known.show_person(person.known, person.shown_number)
        elif folded:
            self.known.show_written(person)
        if writing:
            self.new.show_state(counter)
        done = person.is_there and not person.lacks and not person.similar
        self.mark("look" if person.problems else "done" if done else "active")
