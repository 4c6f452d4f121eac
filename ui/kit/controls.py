"""Everything one can press, tick, choose or write in."""

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QWidget

from resources import words
from resources.words import _
from ui.kit.exhibit import columns, flow, held, in_states, stacked, titled
from ui.theme import px
from ui.widgets.button import DANGER, LINK, PLAIN, PRIMARY, QUIET, STRONG, Button
from ui.widgets.choices import CheckRow, Chip, NumberedTile, Segment, Tile, Track
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.password import Password
from ui.widgets.spin import Spin
from ui.widgets.switch import Switch


def controls() -> QWidget:
    return stacked(
        titled(_("Buttons"), _buttons()),
        columns(
            (10, stacked(titled(_("Fields"), _fields()), titled(_("Choices"), _segments(), _chips(), _tiles()))),
            (8, stacked(titled(_("To choose and to tick"), _combos(), _checks()))),
        ),
    )


def _buttons() -> QWidget:
    return in_states(
        [
            lambda: Button(_("Sign in"), PRIMARY, icon="log-in", keys=("Enter",)),
            lambda: Button(_("Print the receipt"), STRONG, icon="printer"),
            lambda: Button(_("Print again"), PLAIN, icon="copy", keys=("F12",)),
            lambda: Button(_("Cancel"), QUIET, keys=("Esc",)),
            lambda: Button(_("Daily log"), LINK, icon="book-open-text"),
            lambda: Button(_("Void this registration"), DANGER, icon="ban"),
        ]
    )


def _field(label: str, text: str, state: str = "normal", *, problem: str = "", doubt: bool = False) -> Field:
    field = Field(label, number=text.isdecimal())
    field.show_text(words.digits(text))
    field.show_problem(problem, doubt=doubt)
    return held(field, state)


def _fields() -> QWidget:
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(14))
    grid.setVerticalSpacing(px(10))
    right = _field(_("National number"), "2911234561")
    right.show_tick(True)
    find = Field(_("Find"), placeholder=_("Name or tracking code"), icon="search", keys=("F2",))
    fields = (
        _field(_("Given name"), _("Name")),
        _field(_("Family name"), _("Family name"), "focus"),
        right,
        _field(_("National number"), "2911234564", problem=_("The last digit does not go with the others.")),
        _field(_("Mobile"), "09001234567", problem=_("This mobile's prefix is not known."), doubt=True),
        _field(_("Mobile"), "2911234564", "focus", problem=_("A mobile number begins with 09.")),
        find,
        _field(_("Postal code"), "1234567890", "disabled"),
    )
    for place, field in enumerate(fields):
        grid.addWidget(field, place // 2, place % 2)
    password = Password(height=44)
    password.line.setText("1405")
    grid.addWidget(password, len(fields) // 2, 0, 1, 2)
    return whole


def _segments() -> QWidget:
    track = Track()
    row = QHBoxLayout(track)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(4))
    group = QButtonGroup(track)
    segments = (
        Segment(_("Done"), _("Answered here"), "circle-check", "F6"),
        Segment(_("Taken in"), _("Papers stay with us"), "inbox", "F7"),
        Segment(_("Guided"), _("No file is opened"), "info", "F8"),
    )
    for segment in segments:
        group.addButton(segment)
        row.addWidget(segment, 1)
    segments[0].setChecked(True)
    held(segments[1], "hover")
    return track


def _chip(word: str, state: str = "normal", *, chosen: bool = False) -> Chip:
    chip = Chip(word)
    chip.setAutoExclusive(False)
    chip.setChecked(chosen)
    return held(chip, state)


def _chips() -> QWidget:
    return flow(
        _chip(_("Passport"), chosen=True),
        _chip(_("Passport"), "focus", chosen=True),
        _chip(_("Company number")),
        _chip(_("Company number"), "hover"),
        _chip(_("Company number"), "focus"),
        _chip(_("Company number"), "disabled"),
        gap=12,
    )


def _tiles() -> QWidget:
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(px(12))
    for place, (state, chosen) in enumerate((("normal", True), ("normal", False), ("focus", True), ("hover", False))):
        tile = Tile(_("Name"), _("Desk clerk"))
        tile.setAutoExclusive(False)
        tile.setChecked(chosen)
        grid.addWidget(held(tile, state), place // 2, place % 2)
    for place, (digit, marked) in enumerate((("1", True), ("2", False))):
        service = NumberedTile()
        service.show_choice(words.digits(digit), _("Another service"), _("free of charge"), marked)
        grid.addWidget(service, 2, place)
    return whole


def _combo(state: str, chosen: int = 0) -> Combo:
    combo = Combo(_("State"))
    combo.show_choices(((_("All states"), 0), (_("Registered"), 1), (_("Papers incomplete"), 2)), chosen)
    return held(combo, state)


def _spin(state: str) -> Spin:
    spin = Spin(_("Cost"), 0, 9_999_999)
    spin.setValue(1250)
    return held(spin, state)


def _combos() -> QWidget:
    return stacked(
        flow(_combo("normal"), _combo("normal", 1), _spin("normal")),
        flow(_combo("focus"), _combo("hover"), _spin("focus")),
        flow(_combo("disabled"), _spin("disabled")),
        gap=12,
    )


def _check(state: str, *, received: bool = False, lacking: bool = False, digit: str = "") -> CheckRow:
    row = CheckRow("", _("lacking"))
    row.show_state(_("Papers received") if received else _("Papers to bring"), received, lacking, digit)
    return held(row, state)


def _switch(state: str, *, on: bool) -> Switch:
    switch = Switch(_("Today"))
    switch.setChecked(on)
    return held(switch, state)


def _checks() -> QWidget:
    return stacked(
        _check("normal", received=True, digit=words.digits("1")),
        _check("normal", digit=words.digits("2")),
        _check("hover"),
        _check("normal", lacking=True),
        _check("focus", received=True),
        _check("focus", lacking=True),
        _check("disabled", received=True),
        _check("disabled"),
        columns(
            (1, stacked(*(_switch(state, on=True) for state in ("normal", "hover", "focus", "disabled")), gap=4)),
            (1, stacked(*(_switch(state, on=False) for state in ("normal", "hover", "focus", "disabled")), gap=4)),
        ),
        gap=6,
    )
