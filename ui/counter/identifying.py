"""Who the person is: the form for somebody new, and the question whether it is somebody known."""

from functools import partial
from typing import TYPE_CHECKING

from models.text import ascii_digits
from resources.words import _
from ui.counter.find import SECOND_THOUGHT
from ui.counter.finding import Finding
from ui.counter.person import Person, Similar
from ui.counter.person_fields import AGENT, MORE, NAMES
from ui.trouble import trouble_of

if TYPE_CHECKING:
    from uuid import UUID

    from ui.counter.acts import Approval, DraftRow


class Identifying(Finding):
    """The first card's verbs."""

    def choose_kind(self, kind: str) -> None:
        self.person.choose_kind(kind)
        self.touched()

    def show_representative(self, shown: bool) -> None:
        self.person.with_representative = shown
        self.focus = AGENT if shown else ""
        self.touched()

    def show_more(self, shown: bool) -> None:
        self.person.with_more = shown
        self.focus = next((path for path in self.person.paths if path in MORE), "") if shown else ""
        self.changed()

    def type_field(self, path: str, text: str) -> None:
        longer = self._number_goes_on(path, text)
        if longer:
            draft = self.id
            self.clear()
            self.id = draft
            self.type_find(longer)
            self.focus = "find"
            self.changed()
            return
        self.person.type(path, text)
        self.touched()

    def _number_goes_on(self, path: str, text: str) -> str:
        """The longer number, where a digit comes into the name's empty field of a form that ten digits have opened:
        mobiles, organisations' numbers and codes have more."""
        digit, opened_with = ascii_digits(text), self.person.opened_with
        goes_on = opened_with and path in NAMES and len(digit) == 1 and digit.isascii() and digit.isdecimal()
        return opened_with + digit if goes_on else ""

    def leave_field(self, path: str) -> None:
        self.person.check(path)
        self.changed()

    def enter_field(self, path: str) -> None:
        """Enter: the next field, or after the last one the service. On a doubtful number it confirms the number."""
        if self.person.opened_with:
            self.person.opened_with = ""
            if not self.person.texts.get(path):
                return  # it was meant to open the form, which the number has done by itself
        self.person.check(path)
        problem = self.person.problems.get(path)
        if problem is not None and problem.code == "needs_confirmation":
            self.confirm_field(path)
            return
        if path in self.person.problems:
            self.focus = path
        else:
            self._go_on(path)
        self.changed()

    def confirm_field(self, path: str) -> None:
        """The unusual number is what stands on the card."""
        self.person.confirmed.add(path)
        self.person.check(path)
        self._go_on(path)
        self.touched()

    def _go_on(self, path: str) -> None:
        self.focus = self.person.next_path(path)
        if not self.focus:
            self.leave_person()

    def ask_override(self, path: str) -> None:
        """A number whose check digit is wrong is taken when a second person says so; until then it stays wrong."""
        person = self.person
        if not person.can_override(path):
            return
        number = person.texts[path]

        def approved(approval: "Approval") -> None:
            if self.person is person and person.texts.get(path) == number:
                person.override(path, approval.reason, approval.approver)
                self._go_on(path)
                self.touched()

        what = _("Register with a number whose check digit is wrong")
        hint = _("Compare the number with the card together; the book keeps the reason and both names.")
        self.shell.ask_second(what, self.acts.approve, approved, hint=hint)

    def leave_person(self) -> None:
        """The first card is done: ask whether this is somebody known, and only then go on to the service."""
        if self.person.is_editing and not self.person.end_edit():
            self.focus = self.person.lacks
            self.changed()
            return
        self.leaving = "service" if self.service.chosen is None else "outcome"
        self.service.is_reached = True
        if not self.person.is_new or "client" in self.person.confirmed or not self.person.name:
            self.focus, self.leaving = self.leaving, ""
            self.changed()
            return
        self.look_for_similar()

    def look_for_similar(self) -> None:
        visit = {name: part for name, part in self.visit().items() if name in ("client", "confirm", "override")}
        job = partial(self.acts.similar, visit)
        self.doors.read(self, "_similar_read", job, failed="_read_failed", latest=True)

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
        self.service.is_reached = True
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

    def edit_person(self) -> None:
        """What the register holds of the known client is put right with this visit."""
        self._read_details("_edit")

    def resume(self, row: "DraftRow") -> None:
        super().resume(row)
        if self.person.changes:
            self._read_details("_details_read")

    def _read_details(self, then: str) -> None:
        known = self.person.known
        if known is not None:
            client = known.id
            job = lambda: (client, self.acts.details(client))  # noqa: E731  # two lines are one thought
            self.doors.read(self, then, job, failed="_read_failed", latest=True)

    def _edit(self, read: "tuple[UUID, dict[str, str]]") -> None:
        person = self.person
        if person.known is not None and person.known.id == read[0]:
            person.edit(read[1])
            self.focus = person.paths[0]
            self.changed()

    def _details_read(self, read: "tuple[UUID, dict[str, str]]") -> None:
        """What a draft changed is shown on the card."""
        person = self.person
        if person.known is not None and person.known.id == read[0]:
            person.edit(read[1])
            person.is_editing = False
            self.changed()

    def end_edit(self) -> None:
        """The form closes; what was changed goes with the visit."""
        if self.person.end_edit():
            self.focus = "service" if self.service.chosen is None else "papers"
        else:
            self.focus = self.person.lacks
        self.touched()

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
