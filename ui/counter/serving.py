"""What is asked for and what becomes of it: service, papers, outcome, the promised day, the note."""

from ui.counter.identifying import Identifying
from ui.counter.person import KnownPerson


class Serving(Identifying):
    """The verbs of the second and third card."""

    def go_to_service(self) -> None:
        self.service.is_open = self.service.is_reached = True
        if self.person.is_new and self.person.name and not self.person.similar:
            self.leave_person()
        self.focus = "service"
        self.changed()

    def type_service(self, text: str) -> None:
        longer = self.find.takes_back(text)
        if longer:
            self.clear()
            self.type_find(longer)
            self.focus = "find"
            self.changed()
            return
        self.service.type(text)
        self.changed()

    def _person_read(self, person: KnownPerson | None) -> None:
        ahead, enter = self.find.ahead, self.find.enter_waits
        super()._person_read(person)
        if ahead and self.person.is_there and self.service.chosen is None:
            self.service.type(ahead)
            if enter:
                self.choose_service(self.service.marked)
            self.changed()

    def move_service(self, step: int) -> None:
        self.service.move(step)
        self.changed()

    def enter_service(self) -> None:
        if not self.service.text.strip() and self.find.is_fresh:
            return  # a scanner's Enter, sent behind the number that has just selected somebody
        if self.service.chosen is not None and not self.service.text.strip():
            self.service.is_open = False
            self.focus = "papers"
            self.changed()
            return
        self.choose_service(self.service.marked)

    def choose_service(self, index: int) -> None:
        if not self.service.choose(index):
            return
        if self.person.is_editing:
            self.person.end_edit()
        service = self.service.chosen
        self.outcome = "follow_up" if service and service.offered.working_days else "done"
        self.due.clear()
        self.bring.clear()
        self.person.folded = True
        self.focus = "papers"
        self.ask_promise()
        self.touched()

    def toggle_paper(self, index: int) -> None:
        self.service.toggle(index)
        self.ask_promise()
        self.touched()

    def receive_all(self) -> None:
        if self.service.chosen is None:
            return
        self.service.receive_all()
        self.focus = "papers"
        self.ask_promise()
        self.touched()

    def choose_outcome(self, outcome: str) -> None:
        if self.service.chosen is None:
            return
        self.outcome = outcome
        self.service.papers_looked_at = True
        self.focus = "outcome"
        self.ask_promise()
        self.touched()

    def type_note(self, text: str) -> None:
        self.note = text
        self.touched()

    def toggle_receipt(self) -> None:
        """The client takes no receipt, which wants a reason; once more, and they take one."""
        self.takes_receipt = not self.takes_receipt
        self.no_receipt_problem = ""
        self.focus = "primary" if self.takes_receipt else "no_receipt"
        self.touched()

    def type_no_receipt(self, text: str) -> None:
        self.no_receipt_reason, self.no_receipt_problem = text, ""
        self.touched()
