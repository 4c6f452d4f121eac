"""The visit as it is being written: what it holds, how it is kept, set aside and taken up again."""

from functools import partial
from typing import TYPE_CHECKING, Any

from resources.words import _
from ui.counter.state import CounterState
from ui.trouble import trouble_of

if TYPE_CHECKING:
    from ui.counter.acts import DraftRow, Offer

QUICKLY = 3
"""Working days in which a client who is quick brings what was lacking: the first quick choice."""


class Drafting(CounterState):
    """Everything typed is a draft in the desk's file after a pause, until the act that registers it."""

    def visit(self) -> dict[str, Any]:
        """The visit as it is typed, in the shape that registering and the drafts take."""
        person, service = self.person, self.service
        confirmed = sorted(person.confirmed)
        written = {
            "client": person.client() if person.is_there else None,
            "representative": person.representative(),
            "service": service.chosen.offered.code if service.chosen else None,
            "documents": [title for title in service.chosen.documents if title in service.received]
            if service.chosen
            else None,
            "outcome": self.outcome,
            "due_on": self.due.sent if self.outcome == "follow_up" else None,
            "bring_by": self.bring.sent if self.lacks_papers else None,
            "note": self.note,
            "receipt": "declined" if self.declines else None,
            "receipt_reason": self.no_receipt_reason.strip() if self.declines else None,
            "continues": self.continues,
            "confirm": confirmed,
            "override": person.overrides,
        }
        return {name: value for name, value in written.items() if value}

    def keep_draft(self) -> None:
        if self.saved is not None or self.busy or not self._is_worth_keeping():
            return
        visit, draft = self.visit(), self.id
        self.doors.change(self, "_kept", lambda: self.acts.save_draft(draft, visit), failed="_draft_failed")

    def _is_worth_keeping(self) -> bool:
        """Something was written; somebody only looked up, or an empty form, is not a visit yet."""
        visit = self.visit()
        return bool(visit.keys() - {"client"}) or bool(visit.get("client", {}).keys() - {"kind", "id"})

    def _kept(self, _nothing: None) -> None:
        if self.stage in ("empty", "found"):
            self.look_at_today()

    def set_aside(self) -> None:
        """The visit is kept as a draft and the counter is free; a passing word offers to bring it back."""
        row = self._row() if self.saved is None and self._is_worth_keeping() else None
        self.keep_draft()
        self.clear()
        if row is not None:
            self.shell.toast(_("The draft was set aside"), _("Bring it back"), lambda: self.bring_back(row))
        self.look_at_today()
        self.changed()

    def _row(self) -> "DraftRow":
        """What is being written, as a draft that is taken up again."""
        from app.desk.drafts import Draft
        from ui.counter.acts import DraftRow

        service = self.service.chosen
        draft = Draft(self.id, self.visit(), 0)
        return DraftRow(draft, self.person.known, self.person.name, service.offered.title if service else "")

    def bring_back(self, row: "DraftRow") -> None:
        """The visit that was just set aside, whole; what has been begun since is set aside in its place."""
        if self.busy or row.draft.id == self.id:
            return
        self.keep_draft()
        self.saved = None
        self.resume(row)
        self.keep_draft()

    def resume(self, row: "DraftRow") -> None:
        self.clear()
        visit = row.draft.visit
        self.id = row.draft.id
        self.person.restore(visit)
        self.person.known = row.person
        chosen = next((s for s in self.service.services if s.offered.code == visit.get("service")), None)
        if chosen is not None:
            self.person.folded = True
            self.service.take(chosen)
            self.service.received = set(visit.get("documents", ()))
            self.service.papers_looked_at |= bool(self.service.received)
        self.outcome = visit.get("outcome", "")
        self.due.text, self.bring.text = visit.get("due_on", ""), visit.get("bring_by", "")
        self.note, self.continues = visit.get("note", ""), visit.get("continues", "")
        self.takes_receipt = visit.get("receipt") != "declined"
        self.no_receipt_reason = visit.get("receipt_reason", "")
        if self.person.is_new and self.person.lacks:
            self.focus = self.person.first_empty()
        else:
            self.focus = "find" if not self.person.is_there else "papers" if chosen else "service"
        self.ask_promise()
        self.changed()

    def drop(self, row: "DraftRow") -> None:
        """The draft is forgotten; a passing word still offers to bring it back."""
        draft = row.draft.id
        self.shell.toast(_("The draft was dropped"), _("Bring it back"), lambda: self.bring_back(row))
        self.doors.change(self, "_kept", lambda: self.acts.drop_draft(draft), failed="_draft_failed")

    def _draft_failed(self, error: Exception) -> None:
        self.banner = trouble_of(error, _("What you write is not kept at the moment."), unsaved=True)
        self.changed()

    def ask_promise(self) -> None:
        service = self.service.chosen
        if service is None:
            return
        code, lacking, bring_by = service.offered.code, self.lacks_papers, self.bring.chosen
        job = partial(self.acts.promise, code, lacking, bring_by)
        self.doors.read(self, "_promise_read", job, failed="_read_failed", latest=True)

    def bring_changed(self) -> None:
        self.ask_promise()
        super().bring_changed()

    def _promise_read(self, offer: "Offer | None") -> None:
        service = self.service.chosen
        if offer is None or service is None:
            return
        promise, agenda = offer
        self.promise = promise
        self.bring.know(agenda, agenda.bring_by, None, QUICKLY)
        self.due.know(agenda, promise.due_on, promise.bring_by, service.offered.working_days)
        self.changed()
