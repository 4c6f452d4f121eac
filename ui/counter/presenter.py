"""The counter without its glass: every state and decision of registering a visit. No Qt here.

The page shows what stands here and calls these methods when the clerk does something; `changed` tells it to look
again. Whatever takes time goes through the two doors and comes back to a method named with it.
"""

from functools import partial
from typing import TYPE_CHECKING

from app.desk.sentences import Problem
from resources.words import _
from ui.clock import ask_about_clock
from ui.counter.person import Similar
from ui.counter.receipting import Receipting
from ui.counter.saved import Saved
from ui.trouble import Trouble, still_here, trouble_of

if TYPE_CHECKING:
    from app.desk.visits import Refused, Registered
    from ui.counter.acts import Offered


class Counter(Receipting):
    """The whole page: starting, registering, and what comes after."""

    def start(self) -> None:
        """Reads what the empty counter shows."""
        self.doors.read(self, "_services_read", self.acts.offered, failed="_read_failed")
        self.look_at_today()
        self.look_at_papers()
        self.changed()

    def register(self) -> None:
        """Ctrl+Enter: everything is checked and written in one act, or the first part that lacks gets the focus."""
        if self.busy or self.saved is not None:  # a second key in haste must not hide the code of the first
            return
        self.bring.settle()
        self.due.settle()
        for path in self.person.paths:
            self.person.check(path)
        lacks = self.lacks
        if lacks:
            self.focus = lacks
            self.no_receipt_problem = _("Write the reason.") if lacks == "no_receipt" else ""
            self.service.papers_looked_at |= self.service.chosen is not None
            self.changed()
            return
        if self.outcome == "follow_up" and self.service.lacking and not self.service.papers_looked_at:
            self.service.papers_looked_at = True  # shown as lacking first: the promised day changes with it
            self.focus = "papers"
            self.ask_promise()
            self.changed()
            return
        self.busy, self.banner = True, None
        visit, draft = self.visit(), self.id
        job = partial(self.acts.register_for_printing, visit, draft, self.person.approver)
        self.doors.change(self, "_registered", job, failed="_not_registered")
        self.changed()

    def press_primary(self) -> None:
        """The one big button: register, and then the next person."""
        if self.saved is None:
            self.register()
        else:
            self.next_person()

    def _registered(self, answered: "tuple[Registered | Refused, bool]") -> None:
        from app.desk.visits import Registered

        answer, prints = answered
        self.busy = False
        if not isinstance(answer, Registered):
            self._refused(answer.errors)
            return
        service = self.service.chosen
        self.saved = Saved(
            tracking_code=answer.tracking_code,
            person=self.person.name,
            service=service.offered.title if service else "",
            outcome=self.outcome,
            due_on=answer.due_on,
            warnings=tuple(warning.message for warning in answer.warnings),
            paper="waiting" if answer.receipt else "none",
            client=answer.client,
            prints=prints,
            is_declined=self.declines,
        )
        if prints and answer.receipt:
            self.bring_paper()
        self.find.done()
        self.focus = "primary"
        self.look_at_today()
        self.look_at_centre()
        self.changed()

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        """Every problem goes to its field; what has none is said in the banner. Nothing typed is touched."""
        others = self.person.show_problems(problems)
        question = next((p for p in others if p.field == "client" and p.candidates), None)
        if question is not None:
            self.ask_about(tuple(Similar(c.id, c.name, ()) for c in question.candidates))
            self.look_for_similar()
        days = {pick.field: pick for pick in (self.due, self.bring)}
        for refused in others:
            if refused.field in days:
                days[refused.field].problem = refused.message
            elif refused.field == "receipt_reason":
                self.no_receipt_problem = refused.message
        said = (*days, "receipt_reason")
        rest = [p for p in others if p is not question and p.field not in said]
        if rest:
            asks_clock = rest[0].code == "clock"
            text = f"{rest[0].message} {still_here()}" if asks_clock else rest[0].message
            self.banner = Trouble("danger", _("This visit was not saved."), text, asks_clock)
        if question is None:
            self.focus = self.lacks or ("bring" if self.bring.problem else "due" if self.due.problem else "")
        self.changed()

    def _not_registered(self, error: Exception) -> None:
        self.busy = False
        self.banner = trouble_of(error, _("This visit was not saved."), unsaved=True)
        self.changed()

    def act_on_banner(self) -> None:
        """The banner's button: once more; or first two people say that the clock is right."""
        if self.banner is None or not self.banner.asks_clock:
            self.register()
            return
        ask_about_clock(self.shell, self.acts, self._clock_accepted)

    def _clock_accepted(self, _at: int) -> None:
        self.banner = None
        if self.stage == "visit":
            self.register()
        self.changed()

    def escape(self) -> None:
        if self.choosing:
            self.leave_printer()
        elif self.is_declining:
            self.stop_declining()
        elif self.saved is None:
            self.set_aside()
        else:
            self.next_person()

    def next_person(self) -> None:
        self.saved, self.banner = None, None
        self.clear()
        self.look_at_today()
        self.changed()

    def go_to_service(self) -> None:
        """F3: the service; after saving, one more for the same person."""
        saved = self.saved
        if saved is None:
            super().go_to_service()
            return
        self.saved, self.banner = None, None
        self.clear()
        self.look_up(saved.client)
        self.changed()

    def dismiss_banner(self) -> None:
        self.banner = None
        self.changed()

    def _services_read(self, offered: "Offered") -> None:
        self.service.services, self.service.frequent = offered.all, offered.frequent
        self.changed()
