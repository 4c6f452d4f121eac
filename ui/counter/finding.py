"""Looking somebody up: results while typing, and whom the clerk or a whole number picks."""

from typing import TYPE_CHECKING
from uuid import UUID

from ui.counter.drafting import Drafting
from ui.counter.person import KnownPerson

if TYPE_CHECKING:
    from app.desk.finding import Hit


class Finding(Drafting):
    """The find field's verbs. The newest text wins, whatever order the answers come in."""

    def type_find(self, text: str) -> None:
        if self.find.waits or self.wanted is not None:
            self.find.ahead = self.find.typed_ahead(text)
            if self.find.ahead:
                return  # a quick hand: the number's holder is on the way, these digits are the service's
        if self.saved is not None:
            self.saved = None
            self.clear()
        if self.person.is_there:  # somebody else is looked for: what was written stays, as a draft
            self.keep_draft()
            self.clear()
        self.focus, self.wanted = "", None
        self.find.type(text)
        if self.find.waits:
            self.doors.read(self, "_found", lambda: self.acts.find(text), failed="_find_failed", latest=True)
        self.changed()

    def move_find(self, step: int) -> None:
        self.find.move(step)
        self.changed()

    def enter_find(self) -> None:
        if self.find.waits or self.find.ahead:
            self.find.enter_waits = True
        elif self.find.rows and self.stage == "found":
            self.pick(self.find.marked)

    def pick(self, index: int) -> None:
        """Take a row of the results: a client, a request's client, or (the last one) somebody new."""
        if index >= len(self.find.hits):
            self.new_person()
            return
        hit = self.find.hits[index]
        if hit.kind == "request":
            code, self.wanted = hit.tracking_code, hit.id
            self.doors.read(self, "_person_of_read", lambda: self.acts.person_of(code), failed="_read_failed")
        else:
            self.look_up(hit.id)

    def look_up(self, client: UUID) -> None:
        self.wanted = client
        self.doors.read(self, "_person_read", lambda: self.acts.person(client), failed="_read_failed", latest=True)

    def _found(self, hits: "tuple[Hit, ...]") -> None:
        if self.person.is_there or not self.find.waits:
            return
        enter, ahead = self.find.enter_waits, self.find.ahead
        self.find.found(hits)
        exact = self.find.exact()
        if exact is not None:
            self.find.selected_by_itself()
            self.look_up(exact.id)
        elif ahead:  # nobody holds the number: the digits were typed into this field after all
            self.type_find(self.find.text + ahead)
            self.find.enter_waits = enter
        elif enter:
            self.find.enter_waits = False
            self.pick(0)
        elif self.find.is_nobodys():
            self.new_person()
            self.person.opened_with = self.find.digits
        self.changed()

    def _person_of_read(self, answer: tuple[KnownPerson | None, str]) -> None:
        person, continues = answer
        if self.wanted is not None:
            self.continues = continues
            self._person_read(person)

    def _person_read(self, person: KnownPerson | None) -> None:
        if person is None or self.wanted is None:
            return  # the clerk has gone on to something else
        self.wanted = None
        self.find.done()
        self.person.take(person)
        self.focus = "service" if self.service.chosen is None else "papers"
        self.touched()

    def new_person(self) -> None:
        self.person.begin(self.find.text)
        self.focus = self.person.first_empty()
        self.touched()

    def _find_failed(self, error: Exception) -> None:
        self.find.waits = False
        self._read_failed(error)
