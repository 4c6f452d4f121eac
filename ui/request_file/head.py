"""The head of a file: its code and state, whose it is, and what may be done with it as a whole."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from resources import words
from resources.words import _
from ui import theme
from ui.counter.acts import masked, masked_mobile
from ui.request_file.happenings import late_words
from ui.request_file.presenter import Files
from ui.theme import island, px
from ui.widgets.button import DANGER, LINK, Button
from ui.widgets.card import Card
from ui.widgets.chip import StateChip, chip_of, late_chip
from ui.widgets.code import Code
from ui.widgets.words import Sentence


def number_label(kind: str) -> str:
    """What the identity number of this kind of client is called."""
    labels = {
        "person": _("National number"),
        "organisation": _("Organisation number"),
        "foreigner": _("Foreign national's number"),
        "passport": _("Passport number"),
    }
    return labels.get(kind, _("Identity number"))


class HeadCard(Card):
    def __init__(self, files: Files) -> None:
        super().__init__()
        self.code = Code(28)
        self.state = StateChip()
        self.late = StateChip()
        self.void = Button(_("Void this registration"), DANGER, icon="ban")
        self.void.clicked.connect(files.void)
        self.name = Sentence(size=17, weight=theme.BOLD, wraps=False)
        self.father = Sentence(size=14, ink="text3", wraps=False)
        self.service = Sentence(size=15, ink="text2")
        self.numbers = Sentence(size=14, ink="text2")
        policy = self.numbers.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Maximum)  # in two lines before any of it is cut off
        self.numbers.setSizePolicy(policy)
        self.full = Button("", LINK, icon="eye")
        self.full.clicked.connect(files.show_full_number)
        self.all = Button(_("This person's files"), LINK, icon="folder-open", keys=("F5",))
        self.all.clicked.connect(files.list_all)
        self.stood = Sentence(size=14, ink="text2", icon="user-check", wraps=False)
        upper, middle, lower = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (upper, middle, lower):
            row.setSpacing(px(12))
            self.column.addLayout(row)
        for widget in (self.code, self.state, self.late):
            upper.addWidget(widget)
        upper.addStretch(1)
        upper.addWidget(self.void)
        middle.addWidget(self.name)
        middle.addWidget(self.father)
        middle.addWidget(self.service, 1)
        lower.addWidget(self.numbers)
        lower.addWidget(self.full)
        lower.addStretch(1)
        lower.addWidget(self.all)
        self.column.addWidget(self.stood)
        self.column.setSpacing(px(2))

    def show_state(self, files: Files) -> None:
        file = files.file
        if file is None:
            return
        request, said, full = file.request, file.request.said, files.numbers
        self.code.show_code(request.tracking_code)
        self.state.show_look(chip_of(request.state))
        self.late.setVisible(bool(late_words(file)))
        self.late.show_look(late_chip())
        self.void.setVisible(files.may_void)
        self.name.setText(said.display_name)
        self.father.setText(_("child of {name}").format(name=said.father_name) if said.father_name else "")
        self.father.setVisible(bool(said.father_name))
        self.service.setText(request.service.title)
        shown = []
        if said.number:
            number = words.digits(full.client) if full else masked(said.number)
            shown.append(f"{number_label(said.kind)} {island(number)}")
        if said.mobile:
            shown.append(f"{_('Mobile')} {island(masked_mobile(said.mobile))}")
        self.numbers.setText(" · ".join(shown) or _("no identity number"))
        self.full.setVisible(bool(said.number))
        self.full.show_as(_("Cover the number") if full else _("Show the whole number"), "eye-off" if full else "eye")
        stood = request.representative
        self.stood.setVisible(stood is not None)
        if stood is not None:
            number = stood.national_number and (full.representative if full else stood.national_number)
            number = words.digits(number) if full else masked(number)
            who = f"{_('Representative')}: {stood.display_name}"
            parts = (who, stood.authority, island(number))
            self.stood.setText(" · ".join(part for part in parts if part))
