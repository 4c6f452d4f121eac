"""The first card in one line: whom the register knows, or what is written of somebody new."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.text import compact
from resources import words
from resources.words import _, ngettext
from ui import theme
from ui.counter.acts import masked, masked_mobile
from ui.counter.person import KnownPerson, Person
from ui.counter.person_fields import NUMBER_FIELDS, all_fields
from ui.counter.presenter import Counter
from ui.theme import island, px
from ui.widgets.button import QUIET, Button
from ui.widgets.words import Sentence


class KnownView(QWidget):
    """Name, father, masked numbers, and how many requests there were."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self.name = Sentence(size=20, weight=theme.BOLD, wraps=False)
        self.father = Sentence(size=14, ink="text3", wraps=False)
        self.numbers = Sentence(size=14, ink="text2", wraps=False)
        self.whole = Button("", QUIET, icon="eye")
        self.whole.setFixedSize(px(38), px(30))
        self.whole.setAccessibleName(_("Show the whole number"))
        self.whole.setToolTip(_("Show the whole number"))
        self.whole.clicked.connect(counter.show_full_number)
        self._labels = {path: field.label for path, field in all_fields().items()}
        self.changed = Sentence(size=13, ink="warn", icon="pencil")
        self.requests = Button("", QUIET, icon="folder-open", keys=("F5",))
        self.requests.clicked.connect(self._open_files)
        self.edit = Button(_("Edit"), QUIET, icon="pencil")
        self.edit.clicked.connect(lambda: counter.end_edit() if counter.person.is_editing else counter.edit_person())
        self.change = Button(_("Another person"), QUIET)
        self.change.clicked.connect(
            lambda: counter.correct_person() if counter.person.is_folded else counter.change_person()
        )
        upper = QHBoxLayout()
        upper.setSpacing(px(8))
        upper.addWidget(self.name)
        upper.addWidget(self.father)
        upper.addStretch(1)
        for button in (self.requests, self.edit, self.change):
            button.setFixedHeight(px(34))
            upper.addWidget(button)
        lower = QHBoxLayout()
        lower.setSpacing(px(6))
        lower.addWidget(self.numbers)
        lower.addWidget(self.whole)
        lower.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addLayout(lower)
        column.addWidget(self.changed)

    def _open_files(self) -> None:
        known = self._counter.person.known
        if known is not None:
            self._counter.shell.open_files_of(known.id)

    def show_person(self, known: KnownPerson, person: Person) -> None:
        """Whom the register knows, with what this visit changes of them."""
        shown_number, mobile = person.shown_number, person.changes.get("client.mobile", "")
        labels = {
            "person": _("National number"),
            "organisation": _("Organisation number"),
            "foreigner": _("Foreign national's number"),
            "passport": _("Passport number"),
        }
        self.name.setText(person.name)
        self.father.setText(_("child of {name}").format(name=person.father_name) if person.father_name else "")
        numbers = []
        if known.number:
            number = known.number if shown_number is None else words.digits(shown_number)
            numbers.append(f"{labels.get(known.kind, '')} {island(number)}")
        mobile = masked_mobile(compact(mobile)) if mobile else known.mobile
        if mobile:
            numbers.append(f"{_('Mobile')} {island(mobile)}")
        self.numbers.setText(" · ".join(numbers))
        self.whole.setVisible(bool(known.number) and shown_number is None)
        self._show_changes(person)
        self.requests.show_as(_files(known), "folder-open", ("F5",))
        self.requests.setEnabled(bool(known.requests))
        self.edit.show()
        self.edit.show_as(*((_("Done editing"), "check") if person.is_editing else (_("Edit"), "pencil")))
        self.change.show_as(_("Another person"))

    def _show_changes(self, person: Person) -> None:
        labels = [label for path, label in self._labels.items() if path in person.changes]
        listed = ("، " if theme.is_rtl() else ", ").join(labels)
        self.changed.setText(_("Changes with this visit: {details}").format(details=listed) if labels else "")
        self.changed.setVisible(bool(labels))

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
        self.changed.hide()
        self.edit.hide()
        self.requests.show_as(_("new person"), "user-plus")
        self.requests.setEnabled(False)
        self.change.show_as(_("Correct"), "pencil")


def _files(person: KnownPerson) -> str:
    if not person.requests:
        return _("no file yet")
    files = ngettext("{n} file", "{n} files", person.requests).format(n=words.number(person.requests))
    if not person.open_requests:
        return files
    return _("{files}, {n} open").format(files=files, n=words.number(person.open_requests))
