"""The centre: where it is, what is safe there, what it holds against this desk's lines, and joining one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.codes import grouped
from resources import words
from resources.names import FLAG_ADVICE, FLAGS, settled_by
from resources.words import N_, _, ngettext
from ui import theme
from ui.settings.centre import CentreSettings
from ui.settings.parts import Part, beside, card
from ui.settings.printers_view import AsWritten
from ui.status.signs import centre_sign, fetched, more_of, when
from ui.theme import px
from ui.widgets.button import LINK, PLAIN, STRONG, Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.progress import Progress
from ui.widgets.words import Sentence

if TYPE_CHECKING:
    from app.desk.link.running import News
    from app.desk.link.standing import Held, Standing

MOST_HELD = 20
MEANING = N_(
    "This desk works by itself. Once it has joined a centre, all that was registered here is sent there, and people, "
    "services and holidays come from there."
)
AGAIN = N_("A new code of this desk's own place lets it in again. Nothing is lost; what is waiting is sent then.")
EXAMPLE = "https://centre.example.ir:8443"


class HeldLine(QWidget):
    """One thing that the centre holds against a line, what helps and who settles it, and the way to its file."""

    def __init__(self, held: "Held", now: int, open_file: Callable[[str], None]) -> None:
        super().__init__()
        code = f" · {theme.island(words.digits(grouped(held.code)))}" if held.code else ""
        said = _(FLAGS[held.reason]) if held.reason in FLAGS else held.reason
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(Sentence(f"{said}{code} · {when(held.raised_at, now)}", size=15, icon="circle-alert"), 1)
        if held.code:
            self.open = Button(_("Open the file"), LINK, icon="folder-open")
            self.open.setFixedHeight(px(26))
            self.open.clicked.connect(lambda: open_file(held.code))
            row.addWidget(self.open)
        column.addLayout(row)
        advice = [_(FLAG_ADVICE[held.reason])] if held.reason in FLAG_ADVICE else []
        column.addWidget(Sentence(" ".join([*advice, settled_by(held.reason)]), size=14, ink="text3"))


class CentrePart(Part):
    def __init__(self, centre: CentreSettings) -> None:
        super().__init__(_("Centre"))
        self._centre = centre
        self._held: tuple[Held, ...] | None = None
        self.office = Sentence(size=16, weight=theme.BOLD)
        self.host = Sentence(size=14, ink="text3", wraps=False)
        self.state = Sentence(size=15)
        self.more = Sentence(size=14, ink="text2")
        self.heard = Sentence(size=14, ink="text3")
        self.send = Button(_("Send now"), PLAIN, icon="refresh-cw")
        self.send.clicked.connect(centre.send_now)
        self.progress = Progress(_("How much of what others wrote is here"))
        self.rest = Button("", PLAIN, icon="ban")
        self.rest.clicked.connect(centre.rest_or_go_on)
        self.early = Sentence(
            _("One can work meanwhile: what has come is found already, and what is registered here is sent."),
            size=14,
            ink="text3",
        )
        parts = (self.office, self.host, self.state, self.progress, self.early, self.more, self.heard)
        self.place = card(*parts, beside(self.send, self.rest), gap=6)
        self.held_title = Sentence(size=16, weight=theme.MEDIUM, wraps=False)
        self.held = QVBoxLayout()
        self.held.setSpacing(px(10))
        self.held_card = card(self.held_title)
        self.held_card.column.addLayout(self.held)
        self.more_held = Sentence(size=14, ink="text3", wraps=False)
        self.held_card.column.addWidget(self.more_held)
        self.new = self._new()
        self.only = Sentence(
            _("This desk works by itself. Only an administrator joins it to a centre."), ink="text2", icon="info"
        )
        for part in (self.place, self.held_card, self.new, self.only):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def _new(self) -> Card:
        centre = self._centre
        hint = _("For example {address}").format(address=theme.island(EXAMPLE))
        self.address = Field(_("Address of the centre"), hint=hint, number=True, validator=AsWritten())
        self.code = Field(
            _("One-time code"), hint=_("20 or 50 digits, as the centre shows them"), number=True, validator=AsWritten()
        )
        self.certificate = Field(
            _("File with the centre's certificate, where it has its own"), number=True, validator=AsWritten()
        )
        self.fields = {"address": self.address, "code": self.code, "certificate": self.certificate}
        for name, field in self.fields.items():
            field.edited.connect(lambda text, name=name: centre.type(name, text))
        self.address.entered.connect(self.code.setFocus)
        self.code.entered.connect(centre.join)
        self.certificate.entered.connect(centre.join)
        self.join = Button(_("Join the centre"), STRONG, icon="log-in")
        self.join.clicked.connect(centre.join)
        self.problem = Sentence(size=14, ink="danger", icon="circle-alert")
        self.clock = Button(_("The clock is right"), PLAIN, icon="clock")
        self.clock.clicked.connect(centre.clock_is_right)
        self.title = Sentence(size=16, weight=theme.MEDIUM, wraps=False)
        self.meaning = Sentence(size=14, ink="text3")
        return card(self.title, self.meaning, *self.fields.values(), self.problem, beside(self.join, self.clock))

    def show_state(self) -> None:
        centre, news = self._centre, self._centre.news
        was_joining = any(field.frame.line.hasFocus() for field in self.fields.values()) or self.join.hasFocus()
        self.place.setVisible(news is not None)
        self.new.setVisible(centre.may_join)
        self.only.setVisible(news is None and not centre.may_join)
        if news is None:
            self.held_card.hide()
            self._show_new()
            return
        if centre.may_join:
            self._show_new()
        sign = centre_sign(news, centre.now)
        self.office.setText(news.standing.office)
        self.host.setText(theme.island(news.standing.host))
        self.state.setText(sign.text)
        self.state.setIcon(sign.icon)
        self.state.setInk(sign.ink)
        said = "\n".join(more_of(news, centre.now))
        self.more.setText(said)
        self.more.setVisible(bool(said))
        heard = news.standing.heard_at
        self.heard.setText(_("Last contact {when}").format(when=when(heard, centre.now)) if heard else "")
        self.heard.setVisible(bool(heard) and news.reach == "answers")
        if was_joining and not centre.may_join:
            self.send.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_fetching(news)
        self._show_held(news.standing)

    def _show_fetching(self, news: "News") -> None:
        """Without a long catch-up there is nothing to see and nothing to stop."""
        for part in (self.progress, self.early, self.rest):
            part.setVisible(self._centre.fetches)
        self.progress.show_share(fetched(news.standing))
        self.rest.show_as(*((_("Go on fetching"), "refresh-cw") if news.resting else (_("Stop fetching"), "ban")))

    def _show_new(self) -> None:
        centre = self._centre
        again = centre.news is not None
        if centre.news is not None and not centre.address:
            centre.address = centre.news.standing.url
        self.title.setText(_("Join the centre again") if again else _("Join a centre"))
        self.meaning.setText(_(AGAIN) if again else _(MEANING))
        for name, field in self.fields.items():
            field.show_text(getattr(centre, name))
            field.show_problem(centre.problem if centre.problem_at == name else "")
        self.problem.setText("" if centre.problem_at else centre.problem)
        self.problem.setVisible(bool(centre.problem) and not centre.problem_at)
        self.join.setEnabled(not centre.busy)
        self.clock.setVisible(centre.asks_clock)

    def _show_held(self, how: "Standing") -> None:
        count = how.flagged + how.waiting
        self.held_card.setVisible(count > 0)
        if how.held == self._held:
            return
        self._held = how.held
        while (item := self.held.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for held in how.held[:MOST_HELD]:
            self.held.addWidget(HeldLine(held, self._centre.now, self._centre.open_file))
        self.held_title.setText(
            ngettext("{n} entry of this desk wants a look", "{n} entries of this desk want a look", count).format(
                n=words.number(count)
            )
        )
        left = count - MOST_HELD
        self.more_held.setText(ngettext("and {n} more", "and {n} more", left).format(n=words.number(left)))
        self.more_held.setVisible(left > 0)
