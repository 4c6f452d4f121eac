"""Who the person is: the form for somebody new, and the question whether it is somebody known."""

from typing import TYPE_CHECKING

from resources.words import _
from ui.counter.find import SECOND_THOUGHT
from ui.counter.finding import Finding
from ui.counter.person import Person, Similar
from ui.trouble import trouble_of

if TYPE_CHECKING:
    from uuid import UUID


class Identifying(Finding):
    """The first card's verbs."""

    def choose_kind(self, kind: str) -> None:
        self.person.kind = kind
        self.person.similar = ()
        self.touched()

    def show_representative(self, shown: bool) -> None:
        self.person.with_representative = shown
        self.focus = "representative.given_name" if shown else ""
        self.touched()

    def show_more(self, shown: bool) -> None:
        self.person.with_more = shown
        self.focus = "client.birth_date" if shown and "client.birth_date" in self.person.paths else ""
        self.changed()

    def type_field(self, path: str, text: str) -> None:
        self.person.type(path, text)
        self.touched()

    def leave_field(self, path: str) -> None:
        self.person.check(path)
        self.changed()

    def enter_field(self, path: str) -> None:
        """Enter: the next field, or after the last one the service. On a doubtful number it confirms the number."""
        self.person.check(path)
        problem = self.person.problems.get(path)
        if problem is not None and problem.code == "needs_confirmation":
            self.person.confirmed.add(path)
            self.person.check(path)
        paths = self.person.paths
        position = paths.index(path) if path in paths else len(paths) - 1
        if path in self.person.problems:
            self.focus = path
        elif position + 1 < len(paths):
            self.focus = paths[position + 1]
        else:
            self.leave_person()
        self.changed()

    def leave_person(self) -> None:
        """The first card is done: ask whether this is somebody known, and only then go on to the service."""
        self.leaving = "service" if self.service.chosen is None else "outcome"
        if not self.person.is_new or "client" in self.person.confirmed or not self.person.name:
            self.focus, self.leaving = self.leaving, ""
            self.changed()
            return
        self.look_for_similar()

    def look_for_similar(self) -> None:
        client = self.person.client()
        self.doors.read(self, "_similar_read", lambda: self.acts.similar(client), failed="_read_failed", latest=True)

    def _similar_read(self, similar: tuple[Similar, ...]) -> None:
        if not self.person.is_new or "client" in self.person.confirmed:
            return
        self.ask_about(similar)
        if not similar and self.leaving:
            self.focus = self.leaving
        self.leaving = ""
        self.changed()

    def ask_about(self, similar: tuple[Similar, ...]) -> None:
        self.person.similar = similar
        if similar:
            self.asked_at = self.now()
            self.focus = "similar"

    def answer_similar(self, number: int, *, by_key: bool = False) -> None:
        """`1`, `2`, …: the same person as that one; the last number: somebody else. A reflex key is not an answer."""
        similar = self.person.similar
        if not 1 <= number <= len(similar) + 1 or (by_key and self.now() - self.asked_at < SECOND_THOUGHT):
            return
        if number <= len(similar):
            self.look_up(similar[number - 1].id)
            return
        self.person.similar = ()
        self.person.confirmed.add("client")
        self.focus = "service" if self.service.chosen is None else "outcome"
        self.touched()

    def show_full_number(self) -> None:
        """The known client's whole number, for this visit; the book says first that it was shown."""
        known = self.person.known
        if known is not None and self.person.shown_number is None:
            client = known.id
            job = lambda: (client, self.acts.full_number(client))  # noqa: E731  # two lines are one thought
            self.doors.change(self, "_number_read", job, failed="_number_unread")

    def _number_read(self, shown: "tuple[UUID, str]") -> None:
        known = self.person.known
        if known is not None and known.id == shown[0] and shown[1]:
            self.person.shown_number = shown[1]
            self.changed()

    def _number_unread(self, error: Exception) -> None:
        self.banner = trouble_of(error, _("The whole number is shown only once the book says so."))
        self.changed()

    def correct_person(self) -> None:
        """Back into the form, where it was written."""
        self.person.folded = False
        self.focus = self.person.paths[0]
        self.changed()

    def change_person(self) -> None:
        """Somebody else, for the same service."""
        self.find.clear()
        self.person = Person()
        self.continues = ""
        self.focus = "find"
        self.touched()
