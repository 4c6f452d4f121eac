"""The person at the counter: somebody known, or a form for somebody new with its problems at their fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.desk.sentences import Problem, problem
from app.desk.visit_form import VisitForm, read_visit
from models.identity import IdentityError, national_number
from models.text import compact, search_key
from resources import words
from resources.words import _
from ui.counter.person_fields import (
    AGENT,
    EDITABLE,
    MORE,
    MORE_OF,
    NAMES,
    OF_KIND,
    REPRESENTATIVE,
    REQUIRED,
)

if TYPE_CHECKING:
    from models.records import Person as Approver

NATIONAL = ("client.national_number", "representative.national_number")


@dataclass(frozen=True)
class KnownPerson:
    """A client of the register as the counter shows them; numbers are already masked."""

    id: UUID
    kind: str
    name: str
    father_name: str
    number: str
    mobile: str
    requests: int
    open_requests: int


@dataclass(frozen=True)
class Similar:
    """Somebody who may be the same person, and which of their facts agree with what was typed."""

    id: UUID
    name: str
    facts: tuple[tuple[str, bool], ...]


class Person:
    """State of the first card. Texts stay as typed, also those of a kind that is not chosen at the moment."""

    def __init__(self) -> None:
        self.known: KnownPerson | None = None
        self.shown_number: str | None = None  # the known client's whole number, once it was asked for
        self.details: dict[str, str] | None = None  # what the register holds of them, once they are being put right
        self.changes: dict[str, str] = {}  # and what is another thing now
        self.is_editing = False
        self.is_new = False
        self.opened_with = ""  # a whole number opened the form by itself, and nothing has been done in it yet
        self.kind = "person"
        self.texts: dict[str, str] = {}
        self.problems: dict[str, Problem] = {}
        self.doubts: dict[str, Problem] = {}
        self.confirmed: set[str] = set()
        self.overrides: dict[str, str] = {}  # numbers taken although they are wrong, and why
        self.approver: Approver | None = None  # who said so
        self.similar: tuple[Similar, ...] = ()
        self.with_representative = False
        self.with_more = False
        self.folded = False

    @property
    def is_folded(self) -> bool:
        """The form is done and shown as one line, so that the whole visit is seen at once."""
        return self.folded and self.is_new and not self.lacks and not self.similar

    @property
    def is_there(self) -> bool:
        return self.is_new or self.known is not None

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the fields that are shown, in order."""
        if not self.is_new:
            own = EDITABLE[self.of_kind] if self.is_editing else ()
            return (*own, *(REPRESENTATIVE if self.has_representative else ()))
        came = REPRESENTATIVE if self.has_representative else (AGENT,)
        return (*OF_KIND[self.kind], *came, *(MORE_OF[self.kind] if self.with_more else ()))

    @property
    def of_kind(self) -> str:
        return self.known.kind if self.known is not None else self.kind

    @property
    def has_representative(self) -> bool:
        """Somebody else has come, or is expected to."""
        if self.is_new:
            return self.kind == "organisation" or any(map(self._text, REPRESENTATIVE))
        return self.with_representative

    @property
    def name(self) -> str:
        """Who this is, as far as is written."""
        if self.known is not None and not ({"client.name", *NAMES[:2]} & set(self.changes) and self.details):
            return self.known.name
        if self.of_kind == "organisation":
            return self._text("client.name")
        return f"{self._text('client.given_name')} {self._text('client.family_name')}".strip()

    @property
    def father_name(self) -> str:
        known = self.known.father_name if self.known else ""
        return self.changes.get(NAMES[2], known) if self.known else self._text(NAMES[2])

    @property
    def required(self) -> tuple[str, ...]:
        """What the visit cannot do without, of the fields that are shown."""
        own = REQUIRED[self.of_kind] if self.is_new or self.is_editing else ()
        came = REPRESENTATIVE[:2] if self.representative() else ()
        return tuple(path for path in self.paths if path in own or path in came)

    @property
    def lacks(self) -> str:
        """The first shown field that keeps the visit from being registered, empty if none does."""
        wanted = self.required
        return next((p for p in self.paths if p in self.problems or (p in wanted and not self._text(p))), "")

    def _text(self, path: str) -> str:
        return self.texts.get(path, "").strip()

    def next_path(self, path: str) -> str:
        """Where Enter goes from this field; empty behind the last one. Who came alone is not asked for anybody."""
        paths = [p for p in self.paths if p != AGENT or self.has_representative or p == path]
        return next(iter(paths[paths.index(path) + 1 :]), "") if path in paths else ""

    def type(self, path: str, text: str) -> None:
        """Keep what is typed. A changed field is judged anew, and whoever it resembled may be somebody else now."""
        self.texts[path] = text
        self.opened_with = ""
        self.problems.pop(path, None)
        self.doubts.pop(path, None)
        self.confirmed.discard(path)
        self._drop_override(path)
        if self.known is not None:
            self._note_change(path)
        elif path.startswith("client."):
            self.similar = ()
            self.confirmed.discard("client")

    def is_right(self, path: str) -> bool:
        """The number in this field is whole and holds its check digit."""
        name = path.rpartition(".")[2]
        if name not in ("national_number", "legal_number") or not self._text(path):
            return False
        return not any(self._judge(path))

    def choose_kind(self, kind: str) -> None:
        """Another sort of client; what was wrong with a field may be right now, and the other way round."""
        self.kind, self.similar = kind, ()
        judged = {*self.problems, *self.doubts}
        self.problems, self.doubts = {}, {}
        for path in self.paths:
            if path in judged:
                self.check(path)

    def check(self, path: str) -> None:
        """Judge one field by the desk's own rules, as registering would; one that is not shown has nothing to say."""
        self.problems.pop(path, None)
        self.doubts.pop(path, None)
        if path not in self.paths:
            return
        if not self._text(path):
            if self.known is not None and path in self.changes:  # nothing said is nothing changed
                self.type(path, (self.details or {}).get(path, ""))
            return
        wrong, doubtful = self._judge(path)
        if wrong is not None:
            self.problems[path] = wrong
        elif doubtful is not None:
            self.doubts[path] = doubtful

    def _judge(self, path: str) -> tuple[Problem | None, Problem | None]:
        part, _dot, name = path.partition(".")
        probe: dict[str, Any] = {"service": "-", "confirm": sorted(self.confirmed), "client": {"kind": self.of_kind}}
        if path in self.overrides:
            probe["override"] = {path: self.overrides[path]}
        if part == "client":
            if name == "passport_number":
                probe["client"]["nationality"] = "-"
            probe["client"][name] = self.texts[path]
        else:
            probe[part] = {"given_name": "-", "family_name": "-", name: self.texts[path]}
        answer = read_visit(probe)
        if not isinstance(answer, VisitForm):
            return next((self._exactly(p) for p in answer if p.field == path), None), None
        if path in self.overrides:
            said = _("This number is wrong; {name} has approved it.")
            return None, Problem(path, "override", said.format(name=self.approver.name if self.approver else ""))
        doubt = next((w for w in answer.warnings if w.field == path), None)
        return None, problem(doubt.field, doubt.code) if doubt else None

    def _exactly(self, wrong: Problem) -> Problem:
        """What is wrong with a short national number is that it is short; what zeros make of it is shown."""
        digits = compact(self.texts[wrong.field])
        if wrong.field not in NATIONAL or len(digits) >= 10:
            return wrong
        if wrong.code == "bad_check_digit":
            return problem(wrong.field, "bad_format", missing=10 - len(digits))
        try:
            padded = national_number(digits).value
        except IdentityError:
            return wrong
        if wrong.code != "needs_confirmation":
            return wrong
        said = _("With the zeros before it this is {number}; compare it with the card.")
        return Problem(wrong.field, wrong.code, said.format(number=f"\u2066{words.digits(padded)}\u2069"))

    # --- a wrong number that two people take ---------------------------------------------------------------------

    def can_override(self, path: str) -> bool:
        """The number is whole and only its check digit is wrong, so that a second person may say to take it."""
        return path in self.problems and self.problems[path].code == "bad_check_digit"

    def override(self, path: str, reason: str, approver: "Approver") -> None:
        """A second person takes this number. One visit has one such person: another's word goes with them."""
        if self.approver is not None and self.approver.id != approver.id:
            self.overrides.clear()
        self.approver = approver
        self.overrides[path] = reason
        self.check(path)

    def _drop_override(self, path: str) -> None:
        self.overrides.pop(path, None)
        if not self.overrides:
            self.approver = None

    # --- what the visit says of them -----------------------------------------------------------------------------

    def client(self) -> dict[str, str]:
        """The visit's `client`: whoever is known by id with what has changed, else what is typed for the kind."""
        if self.known is not None:
            return {"id": str(self.known.id), **{p.partition(".")[2]: text for p, text in self.changes.items()}}
        written = {p.partition(".")[2]: self.texts[p] for p in self.paths if p.startswith("client.") and self._text(p)}
        return {"kind": self.kind, **written}

    def representative(self) -> dict[str, str] | None:
        written = {p.partition(".")[2]: self.texts[p] for p in REPRESENTATIVE if self._text(p)}
        return written if written and self.has_representative else None

    def begin(self, find_text: str) -> None:
        """A new form that starts from what stood in the find field: a number, a mobile or a name."""
        self.is_new, self.known = True, None
        digits = compact(find_text)
        if not (digits.isascii() and digits.isdecimal()):
            given, _space, family = find_text.strip().partition(" ")
            self.texts |= {"client.given_name": given, "client.family_name": family.strip()}
        elif digits.startswith("09") and len(digits) == 11:
            self.texts["client.mobile"] = find_text
        elif len(digits) == 11:
            self.kind = "organisation"
            self.texts["client.legal_number"] = find_text
        else:
            self.texts["client.national_number"] = find_text
            self.check("client.national_number")

    def first_empty(self) -> str:
        """Where writing goes on: at the first problem, else the first empty field."""
        return next((p for p in self.paths if p in self.problems), "") or next(
            (p for p in self.paths if not self._text(p)), self.paths[0]
        )

    def take(self, known: KnownPerson) -> None:
        """Somebody of the register, whatever was typed before."""
        self.known, self.is_new, self.shown_number = known, False, None
        self.details, self.changes, self.is_editing = None, {}, False
        self.similar, self.problems, self.doubts = (), {}, {}
        self.overrides, self.approver = {}, None
        self.with_representative |= known.kind == "organisation"

    # --- somebody known is put right -----------------------------------------------------------------------------

    def edit(self, details: Mapping[str, str]) -> None:
        """The form with what the register holds, and over it what was changed already."""
        self.details = dict(details)
        self.texts |= self.details | self.changes
        self.is_editing = True

    def end_edit(self) -> bool:
        """The form closes, unless something in it is wrong."""
        for path in self.paths:
            self.check(path)
        if not self.lacks:
            self.is_editing = False
        return not self.is_editing

    def _note_change(self, path: str) -> None:
        if path not in EDITABLE[self.of_kind] or self.details is None:
            return
        if search_key(self.texts[path]) == search_key(self.details.get(path, "")):
            self.changes.pop(path, None)
        else:
            self.changes[path] = self.texts[path]

    def restore(self, visit: Mapping[str, Any]) -> None:
        """What a draft holds of the person; a known client is looked up by the caller. A second person's word is not
        kept: it was given to the one who asked."""
        client = visit.get("client", {})
        if "id" in client:
            self.changes = {f"client.{name}": text for name, text in client.items() if name != "id"}
        elif client:
            self.is_new = True
            self.kind = client.get("kind", "person")
            self.texts = {f"client.{name}": text for name, text in client.items() if name != "kind"}
            self.with_more = any(path in self.texts for path in MORE)
        self.texts |= {f"representative.{name}": text for name, text in visit.get("representative", {}).items()}
        self.with_representative = bool(visit.get("representative"))
        self.confirmed = set(visit.get("confirm", ()))

    def show_problems(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Take the problems that have a field here; returns the others."""
        fields = {p.field for p in problems}
        self.is_editing |= self.details is not None and not fields.isdisjoint(EDITABLE[self.of_kind])
        self.with_more |= not fields.isdisjoint(MORE)
        mine = [p for p in problems if p.field in self.paths]
        self.problems |= {p.field: p for p in mine}
        return tuple(p for p in problems if p not in mine)
