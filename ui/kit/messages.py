"""What the window says: banners, toasts, chips, and what stands where there is nothing or not yet anything."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources import words
from resources.names import STATES
from resources.words import _
from ui import theme
from ui.kit.exhibit import columns, flow, held, stacked, titled
from ui.theme import px
from ui.widgets.banner import Banner
from ui.widgets.button import PLAIN, QUIET, Button
from ui.widgets.card import Badge, Card
from ui.widgets.chip import StateChip, chip, chip_of, late_chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.popover import Popover
from ui.widgets.skeleton import Skeleton
from ui.widgets.toast import Toast
from ui.widgets.words import Sentence


def messages() -> QWidget:
    return columns(
        (
            10,
            stacked(
                titled(_("Banners: the page goes on below them"), _banners(), card=False),
                titled(_("States: colour never without a word and an icon"), *_chips()),
                titled(_("What needs a look"), _amber(), card=False),
                titled(_("Being read"), _skeleton()),
            ),
        ),
        (
            8,
            stacked(
                titled(_("Passing words, five seconds"), *_toasts(), card=False),
                titled(_("Nothing found"), _empty(), card=False),
                titled(_("Opens beside its control"), PopoverExhibit(), card=False),
            ),
        ),
    )


def _banners() -> QWidget:
    amber, red = Banner(), Banner()
    whole = stacked(amber, red, gap=10)  # first: what is shown without a parent is a window
    amber.show_message(
        "warn",
        _("The paper did not come out."),
        _("What is registered is safe."),
        _("Print again"),
        _("Another printer"),
        "printer",
    )
    red.show_message(
        "danger",
        _("This visit was not saved."),
        _("No receipt was printed; what you wrote is still here."),
        _("Try again"),
        "",
    )
    return whole


def _chips() -> tuple[QWidget, ...]:
    looks = [*(chip_of(state) for state in STATES), late_chip(), chip(_("not printed"), "warn", "printer")]
    chips = []
    for look in looks:
        shown = StateChip()
        shown.show_look(look)
        chips.append(shown)
    badges = []
    for state in ("waiting", "active", "done", "look"):
        badge = Badge(words.digits("3"))
        badge.show_state(state)
        badges.append(badge)
    return flow(*chips[:4]), flow(*chips[4:8]), flow(*chips[8:], *badges)


def _amber() -> QWidget:
    card = Card(ground="warnSoft", edge="warnLine")
    card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    head = _("This person may have been registered before")
    card.setAccessibleName(head)
    card.column.addWidget(Sentence(head, size=16, weight=theme.BOLD, ink="warn", icon="users"))
    card.column.addWidget(Sentence(_("First say: the same person, or another one?"), size=14, ink="text2"))
    card.column.addWidget(
        flow(Button(_("Another person"), PLAIN, keys=(words.digits("2"),)), Button(_("Cancel"), QUIET))
    )
    return held(card, "focus")


class ToastExhibit(QWidget):
    """A piece of page for a toast to lie on."""

    def __init__(self, text: str, action: str = "", **how: object) -> None:
        super().__init__()
        self.setFixedHeight(px(52))
        self._said = (text, action, how)
        self.toast = Toast(self, inset=0, foot=0)

    def showEvent(self, event: object) -> None:
        text, action, how = self._said
        self.toast.say(text, action, lambda: None, stays=True, **how)  # type: ignore[arg-type]


def _toasts() -> tuple[QWidget, ...]:
    return (
        ToastExhibit(_("The paper came out."), icon="circle-check"),
        ToastExhibit(_("The draft was set aside"), _("Bring it back")),
        ToastExhibit(_("The paper did not come out."), _("Print again"), warns=True, keys=("F12",)),
    )


def _empty() -> QWidget:
    empty = EmptyState()
    empty.show_words(
        "search-x",
        _("There are no visits on this day"),
        _("Write less, or take the filters away."),
        _("Register a new person"),
        "user-plus",
    )
    return empty


def _skeleton() -> QWidget:
    skeleton = Skeleton(rows=3)
    skeleton.setFixedHeight(px(44) * 3)
    return skeleton


class PopoverExhibit(QWidget):
    """A button, and the leaf that it opens."""

    def __init__(self) -> None:
        super().__init__()
        self.button = Button(_("Answer"), PLAIN, icon="calendar-days")
        self.setFixedHeight(px(212))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(4), px(12), 0)
        column.addWidget(flow(self.button))
        column.addStretch(1)
        self.leaf = Popover(self, _("Answer"))
        for word in (_("Today"), _("tomorrow"), _("Next day")):
            self.leaf.column.addWidget(Button(word, QUIET))
        self.button.clicked.connect(lambda: self.leaf.open_at(self.button))
